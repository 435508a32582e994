"""Editions: a document is the newest one while it says the same, else the draft of the next."""

import json
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from registry.documents.edition import content_digest
from registry.documents.fields import Table
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema, disclosure_schema
from registry.documents.site.registered import Registered
from registry.domain.dataset import Visibility
from registry.domain.facts import ModelFacts
from tests.facts import component, fully_declared, several_origins, version
from tests.sites import approved, dated, registered

LATER = "2026-07-01T00:00:00Z"


def known(facts: ModelFacts | None = None) -> Registered:
    return registered(facts or fully_declared())


def changed(facts: ModelFacts) -> ModelFacts:
    return replace(facts, components=(*facts.components, component(version("more", license="MIT"))))


def after(before: Registered, facts: ModelFacts) -> Registered:
    return replace(registered(facts), editions=before.editions)


def test_nothing_approved_is_a_draft_without_a_number() -> None:
    site = dated(known())
    assert site.history.edition is None
    assert site.models[0].disclosure.history.latest is None
    assert site.models[0].disclosure.fields[0].value == "Draft, without a number"


def test_what_was_approved_is_the_first_edition() -> None:
    site = dated(approved(known()))
    for history in (site.history, site.models[0].disclosure.history, site.models[0].manifest.history):
        assert history.edition
        assert (history.edition.number, history.edition.approved_by) == (1, "Ada Approver")
    number, date = site.models[0].disclosure.fields[:2]
    assert isinstance(number.value, Table)
    assert number.value.summary == "Version 1, the first."
    assert date.value == "01/06/2026"


def test_approving_the_same_state_again_makes_no_edition() -> None:
    once = approved(known())
    assert approved(once, at=LATER) == once


def test_a_statement_that_changes_nothing_in_a_document_leaves_it_current() -> None:
    facts = fully_declared()
    later = replace(facts, stated_at=LATER)
    page = dated(after(approved(known(facts)), later)).models[0]
    assert page.disclosure.history.is_current
    assert page.disclosure.model.stated_at == facts.stated_at


def test_another_state_is_a_draft_of_the_next_that_says_what_changed() -> None:
    facts = fully_declared()
    page = dated(after(approved(known(facts)), changed(facts))).models[0]
    history = page.disclosure.history
    assert (history.edition, history.next_number) == (None, 2)
    assert history.before
    assert history.before.number == 1
    assert [one.subject for one in history.changes if one.part == "datasets"] == ["more@1"]
    value = page.disclosure.fields[0].value
    assert isinstance(value, Table)
    assert value.summary == "Draft of version 2; version 1 is published."


def test_editions_form_a_chain_with_addresses() -> None:
    facts = fully_declared()
    twice = approved(after(approved(known(facts)), changed(facts)), at=LATER)
    page = dated(twice).models[0]
    assert [edition.number for edition in page.disclosure.history.editions] == [2, 1]
    first, second = page.disclosures[1], page.disclosures[0]
    said = second.twin["edition"]
    assert said["supersedes"] == {"number": 1, "digest": first.edition.digest}
    assert said["address"].endswith(f"/{page.folder}/disclosure/2/index.html")
    assert second.twin["changes"]["since"] == said["supersedes"]
    value = page.disclosure.fields[0].value
    assert isinstance(value, Table)
    assert [(row[0], row[2]) for row in value.rows] == [
        ("Version 2", "this version"),
        ("Version 1", "superseded"),
    ]


def test_an_auditor_reads_drafts() -> None:
    site = dated(approved(known()), Audience.AUDITOR)
    assert site.models[0].disclosure.history.latest is None


@pytest.mark.parametrize("facts", [fully_declared, several_origins])
def test_frozen_documents_follow_their_schema(facts: Any) -> None:
    page = dated(approved(after(approved(known(facts())), changed(facts())), at=LATER)).models[0]
    for kept in page.disclosures:
        Draft202012Validator(disclosure_schema()).validate(kept.twin)
    for kept in page.manifests:
        Draft202012Validator(attribution_schema()).validate(kept.twin)


def test_earlier_holders_are_not_named_in_what_changed() -> None:
    """Who is no longer named may have asked for it."""
    facts = several_origins()
    fewer = replace(facts, components=tuple(replace(part, holdings=()) for part in facts.components))
    page = dated(after(approved(known(facts)), fewer)).models[0]
    assert "Ada Lovelace" in page.manifests[0].snapshot.decode()
    assert "Ada Lovelace" not in repr(page.manifest.history.changes)
    assert any(one.part == "holders" for one in page.manifest.history.changes)


def test_the_digest_is_of_what_is_said() -> None:
    page = dated(approved(known())).models[0]
    twin = page.disclosures[0].twin
    assert content_digest(twin) == page.disclosures[0].content_digest
    assert content_digest(
        twin | {"software": {"name": "other", "version": "9"}, "status": "draft"}
    ) == content_digest(twin)
    assert content_digest(twin | {"headline": "other"}) != content_digest(twin)
    assert json.loads(page.disclosures[0].snapshot) == twin


HIDDEN = "turncoat"


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.DESCRIBED])
def test_what_is_not_public_any_more_is_not_named_anew(visibility: Visibility) -> None:
    facts = fully_declared()
    turncoat = version(HIDDEN, title="The turncoat papers", url="https://turncoat.example", license="MIT")
    named = replace(facts, components=(*facts.components, component(turncoat)))
    hidden = replace(
        facts, components=(*facts.components, component(replace(turncoat, visibility=visibility)))
    )
    site = dated(after(approved(known(named)), hidden))
    page = site.models[0]
    assert HIDDEN in page.disclosures[0].snapshot.decode()
    for history in (page.disclosure.history, page.manifest.history, site.history):
        assert history.changes
        assert HIDDEN not in repr(history.changes)
    for document in (page.disclosure, page.manifest):
        said = [one.after for one in document.history.changes if one.subject == "Names"]
        assert said == ["1 dataset named before is not named now"]


def test_what_a_model_published_stays_when_it_is_withdrawn() -> None:
    facts = fully_declared()
    page = dated(after(approved(known(facts)), replace(facts, withdrawn=True))).models[0]
    assert page.disclosures
    assert page.model.withdrawn


def test_the_changes_that_a_page_tells_are_what_it_says() -> None:
    page = {"format": "registry", "changes": [{"subject": "poems@1"}]}
    assert content_digest(page) != content_digest(page | {"changes": []})
    document = page | {"edition": None}
    assert content_digest(document) == content_digest(document | {"changes": []})
