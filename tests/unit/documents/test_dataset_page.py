"""The page of a dataset version: holders that add up, models, relatives, gaps."""

from dataclasses import replace
from fractions import Fraction

from registry.documents.site.dataset import DatasetPage
from registry.domain.dataset import Visibility
from registry.domain.facts import ModelFacts
from tests.facts import agent, component, guarded, holding, model, several_origins, version
from tests.sites import site_of


def page_of(reference: str, *models: ModelFacts) -> DatasetPage:
    return next(page for page in site_of(*models).datasets if page.version.reference == reference)


def test_holders_add_up_to_the_version_largest_first_unidentified_last() -> None:
    page = page_of("forum@1", several_origins())
    assert sum(holder.words for holder in page.holders) == page.version.size.words
    assert sum(holder.records for holder in page.holders) == page.version.size.records
    assert page.holders[0].name == "Example Press"
    assert [holder.is_named for holder in page.holders][-1] is False
    assert page.holders[-1].name == "unidentified"


def test_the_withheld_are_numbered_within_the_dataset() -> None:
    shy, other = (agent(name, shown_as="withheld") for name in ("Shy Person", "Other Person"))
    one = version("one")
    two = version("two")
    models = model(
        component(one, holding((10, 1_000, 6_000), shy)), component(two, holding((10, 1_000, 6_000), other))
    )
    assert [holder.name for holder in page_of("one@1", models).holders] == ["withheld (1)"]


def test_it_says_which_models_used_how_much_of_it() -> None:
    hidden = replace(several_origins(), id="x", name="hidden", visibility=Visibility.PRIVATE)
    page = page_of("sums@1", several_origins(), hidden)
    (found,) = page.trained
    assert (found.model, found.use.words) == ("mathlet@1.0", 2_333)
    assert found.share == Fraction(2_333 * 2) / several_origins().words_seen
    assert page.hidden_models == 1


def test_relatives_lead_to_their_pages_where_they_have_one() -> None:
    child = version("child", derived_from=("parent@1", "https://archive.example/x", "vault@1"))
    vault = version("vault", visibility=Visibility.PRIVATE)
    models = model(*(component(one) for one in (child, version("parent"), vault)))
    page = page_of("child@1", models)
    assert [(parent.name, parent.folder) for parent in page.parents] == [
        ("parent@1", "datasets/parent/1"),
        ("https://archive.example/x", None),
        ("withheld", None),
    ]
    assert [made.name for made in page_of("parent@1", models).children] == ["child@1"]


def test_an_older_version_leads_to_the_newest() -> None:
    models = model(component(version("data", label="2")), component(version("data", label="1")))
    old, new = page_of("data@1", models), page_of("data@2", models)
    assert old.newer is not None
    assert (old.newer.name, new.newer) == ("data@2", None)
    assert [other.name for other in new.others] == ["data@1"]


def test_gaps_say_who_can_close_them() -> None:
    gaps = {gap.field: gap.closed_by for gap in page_of("letters@1", guarded()).gaps}
    assert "registry.yaml" in gaps["publisher"]
    assert all(closed_by.startswith("The ") for closed_by in gaps.values())
