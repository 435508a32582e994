"""The files of three models, byte for byte; `pytest --update-golden` writes them anew."""

from collections.abc import Callable
from pathlib import Path

import pytest

from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.domain.facts import ModelFacts
from registry.render.attribution import render_attribution
from registry.render.forms import render_forms
from tests.facts import CASES

GOLDEN = Path(__file__).resolve().parents[2] / "golden"


def disclosed(facts: ModelFacts) -> dict[str, bytes]:
    return render_forms(build_disclosure(facts, software="0.0.0"))


def attributed(facts: ModelFacts) -> dict[str, bytes]:
    return render_attribution(build_attribution(facts, software="0.0.0"))


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("kind", "render"), [("disclosure", disclosed), ("attribution", attributed)])
def test_files_are_as_they_were(
    case: str, kind: str, render: Callable[[ModelFacts], dict[str, bytes]], request: pytest.FixtureRequest
) -> None:
    folder, files = GOLDEN / case / kind, render(CASES[case]())
    if request.config.getoption("--update-golden", default=False):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, content in files.items():
            (folder / name).write_bytes(content)
    assert sorted(path.name for path in folder.iterdir()) == sorted(files)
    for name, content in files.items():
        assert content.decode().split("\n") == (folder / name).read_bytes().decode().split("\n"), name


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("render", [disclosed, attributed])
def test_the_same_facts_give_the_same_bytes(
    case: str, render: Callable[[ModelFacts], dict[str, bytes]]
) -> None:
    first, second = render(CASES[case]()), render(CASES[case]())
    assert first == second
    for name, content in first.items():
        assert content.endswith(b"\n"), name
        assert name.endswith(".csv") or b"\r" not in content, name
