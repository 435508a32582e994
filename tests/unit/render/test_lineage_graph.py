"""The drawing of a lineage: who led to whom, told in text too, and no more than there is room for."""

import re

import pytest

from registry.documents.site.site import Site
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.render.charts import Chart
from registry.render.lineage import bases
from registry.render.lineage_graph import MOST, lineage_chart
from tests.facts import component, model, version
from tests.sites import site_of


def made_from(name: str, *bases: ModelFacts) -> ModelFacts:
    known = tuple(BaseModelFacts(base.reference, None, base) for base in bases)
    return model(component(version("x")), name=name, base_models=known)


def family() -> Site:
    """A model, made from one that was made from another, with one made from it."""
    oldest = model(component(version("x")), name="oldest")
    base = model(
        component(version("x")), name="base", base_models=(BaseModelFacts("oldest@1.0", None, oldest),)
    )
    own = model(component(version("x")), name="own", base_models=(BaseModelFacts("base@1.0", None, base),))
    tuned = model(component(version("x")), name="tuned", base_models=(BaseModelFacts("own@1.0", None, own),))
    return site_of(oldest, base, own, tuned)


def drawn(site: Site, name: str) -> Chart | None:
    page = next(page for page in site.models if page.model.name == name)
    return lineage_chart(page, bases(page))


@pytest.fixture
def chart() -> Chart:
    found = drawn(family(), "own")
    assert found is not None
    return found


def test_the_older_stand_above_and_every_model_is_named(chart: Chart) -> None:
    names = re.findall(r'class="name"[^>]*>([^<]+)<', chart.svg)
    assert names == ["oldest@1.0", "base@1.0", "own@1.0", "tuned@1.0"]
    assert len(re.findall("<line ", chart.svg)) == 3


def test_it_says_in_words_what_it_draws(chart: Chart) -> None:
    assert chart.title == "What own@1.0 was made from and led to"
    assert chart.description == "own@1.0. Made from base@1.0 and oldest@1.0. Led to tuned@1.0."
    assert [key.label for key in chart.legend] == ["base model", "this model", "made from it"]


def test_a_model_alone_is_not_drawn() -> None:
    assert drawn(site_of(model(component(version("x")))), "mathlet") is None


def test_names_are_text(chart: Chart) -> None:
    attack = "<script>alert(1)</script>"
    found = drawn(
        site_of(model(component(version("x")), base_models=(BaseModelFacts(None, attack),))), "mathlet"
    )
    assert found is not None
    assert "<script" not in found.svg
    assert "&lt;script&gt;" in found.svg


def test_of_many_as_many_are_drawn_as_there_is_room_for_and_the_rest_is_counted() -> None:
    own = made_from("own")
    made = [made_from(f"made-{number}", own) for number in range(MOST + 5)]
    found = drawn(site_of(own, *made), "own")
    assert found is not None
    assert len(re.findall('class="name"', found.svg)) == MOST
    assert found.description.endswith("6 more are in the tables.")
    assert found.legend[-1].label == "6 more are in the tables"
