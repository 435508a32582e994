"""Long lists of holders: every one on exactly one page, in order, reached by links alone."""

import json
import re
from collections.abc import Iterator

import pytest

from registry.documents.attribution import build_attribution
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.render import holder_pages
from registry.render.attribution import render_attribution
from registry.render.works import MOST_HOLDERS
from tests.facts import agent, component, holding, model, version

COUNT = MOST_HOLDERS + 50


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holder_pages, "PER_PAGE", 100)


def crowd(count: int, name: str = "chat") -> ModelFacts:
    held = [holding((1, 10, 60), agent(f"Ada <b>{number:04}")) for number in range(count)]
    return model(component(version(f"forum-{name}", size=(count, 10 * count, 9)), *held), name=name)


def names(page: bytes) -> Iterator[str]:
    return (found[1] for found in re.finditer(r'rowheader"><bdi>([^<]*)</bdi>', page.decode()))


def test_every_holder_stands_on_one_page_in_order() -> None:
    files = render_attribution(build_attribution(crowd(COUNT)))
    pages = sorted((name for name in files if re.fullmatch(r"holders/\d+\.html", name)), key=len)
    assert pages == ["holders/1.html", "holders/2.html", "holders/3.html"]
    found = [one for name in pages for one in names(files[name])]
    assert found == [f"Ada &lt;b&gt;{number:04}" for number in range(COUNT)]
    first = files["holders/index.html"].decode()
    assert all(f'href="{number}.html"' in first for number in (1, 2, 3))
    assert 'href="holders/index.html"' in files["index.html"].decode()


def test_the_search_knows_with_which_name_each_page_begins() -> None:
    first = render_attribution(build_attribution(crowd(COUNT)))["holders/index.html"].decode()
    data = json.loads(re.search(r'id="names-data">(.*?)</script>', first)[1])  # type: ignore[index]
    assert data["first"] == ["ada <b>0000", "ada <b>0100", "ada <b>0200"]


def test_a_list_that_the_page_has_room_for_has_no_pages() -> None:
    files = render_attribution(build_attribution(crowd(MOST_HOLDERS)))
    assert not [name for name in files if name.startswith("holders/")]


def test_holders_of_a_base_model_have_pages_of_their_own() -> None:
    base = BaseModelFacts("base@1.0", None, crowd(COUNT, "base"))
    own = model(component(version("talks")), base_models=(base,))
    files = render_attribution(build_attribution(own))
    assert "inherited-1-holders/3.html" in files
    assert 'href="inherited-1-holders/index.html"' in files["index.html"].decode()
