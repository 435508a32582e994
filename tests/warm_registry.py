"""The `registry` command for `tests.forked`: its libraries are loaded, its loops compiled, its SQL known."""

import tempfile
from pathlib import Path

from registry.cli.main import main
from tests.command import Command

__all__ = ["main", "warm"]


def warm() -> None:
    """Go the usual way once, in a registry that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="registry-warm-") as place:
        folder = Path(place)
        (folder / "a.jsonl").write_text('{"text": "one two three"}\n', encoding="utf-8")
        file = folder / "registry.yaml"
        file.write_text("datasets: [{name: a, source: a.jsonl}]", encoding="utf-8")
        registry = Command(folder / "home")
        registry("apply", file)
        registry("train", "m", "--dataset", "a", "--stage", "pretraining")
        registry("publish", "--out", folder / "site")
        registry("check", "m")
        registry("compare", "a", "a")
        registry("lookup", "--text", "one two three")
        registry("search", "a")
