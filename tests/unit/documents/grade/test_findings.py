"""What a check finds: open fields, vague names, general addresses, words that hide something."""

from dataclasses import replace

import pytest

from registry.documents.eu_template import TITLES
from registry.documents.grade.contacts import is_general, ways_to_reach
from registry.documents.grade.finding import Severity
from registry.documents.grade.findings import OPTIONAL
from registry.documents.grade.versions import is_moving, names_several
from registry.domain.facts import LicenseFacts, ModelFacts
from tests.unit.documents.grade.cases import (
    Change,
    answering,
    complete,
    crawled,
    dataset,
    modelled,
    providing,
    said,
    unclassified,
)
from tests.unit.documents.grade.changes import CHANGES
from tests.unit.documents.grade.reading import checked


def paths(facts: ModelFacts) -> list[str]:
    return [finding.path for finding in checked(facts).findings]


def test_of_the_complete_model_nothing_is_found() -> None:
    assert checked(complete()).findings == ()


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (modelled(name="complete-family"), "models.complete-family"),
        (modelled(label="latest"), "models.complete"),
        (providing(contact="info@acme.example"), "agents.ACME AI.contact"),
        (CHANGES["general contacts"], "provider.rights_contact"),
        (dataset("exercises", license=LicenseFacts(None, None, None)), "datasets.exercises.license"),
        (dataset("acme-crawl", domains=()), "datasets.acme-crawl.fields.url"),
        (dataset("exercises", label="main"), "datasets.exercises.version"),
        (dataset("exercises", url=None), "datasets.exercises.url"),
        (dataset("exercises", title="Common Crawl"), "datasets.exercises.version"),
        (said("exercises", summary="Pages of Common Crawl"), "datasets.exercises.version"),
        (said("exercises", processing=("various filters",)), "datasets.exercises.processing"),
        (crawled(geography="Europe, among others"), "datasets.acme-crawl.crawl.geography"),
        (answering(other_information="World-class."), "provider.other_information"),
        (answering(updates_announced_at=None), "updates"),
        (answering(published_at=None), "place"),
    ],
)
def test_what_is_vague_is_found_at_its_key(change: Change, path: str) -> None:
    found = [one for one in checked(change(complete())).findings if one.path == path]
    assert len(found) == 1
    assert found[0].severity is Severity.WARNING
    assert found[0].message
    assert found[0].remedy


@pytest.mark.parametrize(
    "change",
    [
        dataset("exercises", title="Common Crawl", label="CC-MAIN-2024-10"),
        said("exercises", summary="CC-MAIN-2024-10 of Common Crawl"),
    ],
)
def test_a_snapshot_that_is_named_is_not_missed(change: Change) -> None:
    assert paths(change(complete())) == []


def test_a_required_field_without_an_answer_is_an_error_and_one_that_lacks_something_a_warning() -> None:
    found = {one.path: one.severity for one in checked(CHANGES["no content types"](complete())).findings}
    assert found["1.3.c"] is Severity.ERROR
    assert found["2.3.f"] is Severity.WARNING
    assert checked(CHANGES["no copyright policy"](complete())).errors == 0
    assert checked(CHANGES["nothing on illegal content"](complete())).errors == 1


def test_what_stands_beside_the_form_is_not_stated_rather_than_incomplete() -> None:
    found = checked(answering(published_at=None)(complete())).findings
    assert [one.message for one in found] == [
        "Where this summary and its earlier versions are published: not stated."
    ]


def test_every_gap_is_found_and_errors_come_first() -> None:
    found = checked(unclassified())
    assert {gap.field for gap in found.disclosure.gaps} <= set(paths(unclassified()))
    severities = [one.severity for one in found.findings]
    assert severities == sorted(severities, key=lambda severity: severity is Severity.WARNING)


def test_optional_fields_are_fields_of_the_form() -> None:
    assert set(TITLES) >= OPTIONAL


def test_what_is_withheld_from_the_public_is_not_named() -> None:
    """The intermediary's data is described: neither its name nor what it lacks is told."""
    facts = dataset("intermediary-7", license=LicenseFacts(None, None, None))(complete())
    assert not any("intermediary" in path for path in paths(facts))
    told = [one.verdict.reason + (one.verdict.remedy or "") for one in checked(facts).graded]
    assert not any("intermediary" in text for text in told)


@pytest.mark.parametrize(
    ("way", "general"),
    [
        ("info@acme.example", True),
        ("mailto:Press@acme.example", True),
        ("support+eu@acme.example", True),
        ("https://acme.example", True),
        ("https://acme.example/", True),
        ("https://acme.example/en/contact", True),
        ("https://acme.example/contact.html?a=1", True),
        ("training-data@acme.example", False),
        ("https://acme.example/training-data", False),
        ("Rep Ltd, 1 Quay, Dublin", False),
    ],
)
def test_general_addresses(way: str, general: bool) -> None:
    assert is_general(way) is general


def test_ways_to_reach_someone() -> None:
    text = "Rep Ltd, https://rep.example/acme, rep@rep.example, +353 1 555 0199."
    assert ways_to_reach(text) == ("https://rep.example/acme", "rep@rep.example", "+353 1 555 0199")
    assert ways_to_reach("Rep Ltd, Dublin, 12 Quay") == ()


@pytest.mark.parametrize("name", ["gpt-family", "Nova Models", "x-series", "suite", "model-latest"])
def test_names_of_several_models(name: str) -> None:
    assert names_several(name)


@pytest.mark.parametrize("name", ["mathlet", "all-mini-lm", "supermodels-3", "latestage"])
def test_names_of_one_model(name: str) -> None:
    assert not names_several(name)


def test_versions_that_move() -> None:
    assert is_moving("Latest")
    assert not is_moving("main-2024-05-01")


def test_nothing_changes_by_looking() -> None:
    facts = complete()
    assert checked(facts) == checked(replace(facts))
