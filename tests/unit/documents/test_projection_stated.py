"""What is stated in words does not name what is not public."""

import json
from dataclasses import replace
from typing import Any

import pytest

from registry.documents.disclosure import build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.guard import file_name, guard, without_folders
from registry.documents.projection import Audience, project
from registry.domain.dataset import Origin, SelectionKind, Visibility
from registry.domain.facts import (
    BaseModelFacts,
    ContradictionFacts,
    EvidenceFacts,
    KnownModel,
    ModelFacts,
    RunFacts,
    SelectionFacts,
    VersionFacts,
)
from registry.domain.stated import (
    Acquisition,
    AggregateConsumerInformation,
    Answer,
    Crawl,
    Crawler,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    IntellectualProperty,
    Modality,
    Period,
    PersonalInformation,
    ProviderAnswers,
    RightsContact,
    Tokenizer,
    UserData,
)
from tests.facts import STATED_AT, agent, all_answers, component, described_in_words, holding, model, version

HELD = version(
    "owner/secret-archive",
    origin=Origin.LICENSED,
    title="The Hidden Chronicle",
    publisher="Quiet Press GmbH",
    url="https://www.hush-press.co.example/archive",
    domains={"murmur.example": (10, 1_000, 6_000)},
)
TOLD = Description(
    summary="novels",
    content_types=("novels", "letters"),
    characteristics=("authors from Malta",),
    collected=Period("2020-01", "2021-02"),
    purpose="style",
    processing=("duplicates removed",),
    personal_information=PersonalInformation(Answer.YES, "names of authors"),
    generated_by=("our rewriter",),
    crawl=Crawl(
        (Crawler("Bot/1", "finds novels", CrawlerBehaviour(robots_txt="obeys it")),), geography="Malta"
    ),
    user_data=UserData(Answer.NO, Answer.YES, ("a forum",)),
    measured=DeclaredSize(Modality.AUDIO, hours="3", evidence="contract 7"),
    labels=("mood",),
    processing_purpose="so that nothing is learned twice",
    intellectual_property=IntellectualProperty(Answer.YES, explanation="novels of living authors"),
    acquired=Acquisition(Answer.YES, Answer.NO),
    aggregate_consumer_information=AggregateConsumerInformation(Answer.YES, "readers by age"),
)


def public(*versions: VersionFacts, **stated: Any) -> ModelFacts:
    return project(replace(model(*map(component, versions)), **stated), Audience.PUBLIC)


def shown(description: Description, held: VersionFacts = HELD) -> Description:
    return public(described_in_words(held, description)).components[0].version.description


def test_a_described_version_keeps_what_does_not_name_it() -> None:
    assert TOLD.measured is not None
    assert shown(TOLD) == replace(TOLD, measured=replace(TOLD.measured, evidence=None))


@pytest.mark.parametrize(
    "text",
    [
        "the Secret Archive, cleaned",
        "from secret_archive@1",
        "THE HIDDEN CHRONICLE of 1999",
        "bought from Quiet Press",
        "see https://hush-press.co.example/x",
        "pages of murmur.example",
        "texts by Ada Hush",
        "owner's own texts",
    ],
)
def test_every_text_that_names_it_is_withheld(text: str) -> None:
    told = replace(
        TOLD,
        summary=text,
        content_types=(text, "letters"),
        processing=(text,),
        generated_by=(text,),
        personal_information=PersonalInformation(Answer.YES, text),
        crawl=Crawl((Crawler(text, text, CrawlerBehaviour(other=text)),), site_types=(text,), geography=text),
        user_data=UserData(services=(text,)),
        labels=(text,),
        processing_purpose=text,
        intellectual_property=IntellectualProperty(explanation=text),
        aggregate_consumer_information=AggregateConsumerInformation(Answer.YES, text),
    )
    held = described_in_words(HELD, told)
    holders = holding((10, 1_000, 6_000), agent("Ada Hush"))
    chosen = SelectionFacts(SelectionKind.SHARE, "half", text)
    facts = model(replace(component(held, holders), selection=chosen))
    line = project(facts, Audience.PUBLIC).components[0]
    assert line.version.description.content_types == ("withheld", "letters")
    assert line.selection.label == "withheld"
    assert text not in json.dumps(as_json(build_disclosure(facts)), ensure_ascii=False)
    assert text in json.dumps(as_json(build_disclosure(facts, audience=Audience.AUDITOR)), ensure_ascii=False)


def test_of_a_described_version_neither_evidence_nor_fields_of_a_selection_are_shown() -> None:
    held = replace(
        HELD,
        evidence=(EvidenceFacts("url", "card", "README.md", "publisher", STATED_AT),),
        contradictions=(ContradictionFacts("license", "MIT", "GPL-3.0-only", "README.md"),),
        unavailable_since=STATED_AT,
        publisher_kind="organization",
    )
    chosen = SelectionFacts(SelectionKind.WHERE, "records whose press is quiet", evidence="log 3")
    line = project(model(replace(component(held), selection=chosen)), Audience.PUBLIC).components[0]
    assert line.selection == SelectionFacts(SelectionKind.WHERE, "the records that hold certain values")
    found = line.version
    assert (found.evidence, found.contradictions, found.unavailable_since, found.publisher_kind) == (
        (),
        (),
        None,
        None,
    )


def test_a_private_version_loses_its_description() -> None:
    hidden = replace(described_in_words(HELD, TOLD), visibility=Visibility.PRIVATE)
    assert public(hidden).components[0].version.description == Description()


def test_a_public_version_does_not_tell_of_others_that_are_not_public() -> None:
    told = Description(
        summary="novels, filtered against the secret archive",
        content_types=("archive of novels",),
        generated_by=("hidden-model@1", "hidden-model", "made by hidden-model", "GPT-4"),
    )
    open_one = described_in_words(version("open"), told)
    hidden = KnownModel("hidden-model@1", "https://acme.example/hidden", Visibility.PRIVATE)
    facts = public(open_one, HELD, models_here=(hidden,), runs=(RunFacts(1, "tuning", "on secret-archive"),))
    found = facts.components[0].version.description
    assert found.summary == "withheld"
    assert found.content_types == ("archive of novels",)
    assert found.generated_by == ("withheld", "GPT-4")
    assert facts.models_here == ()
    assert facts.runs == (RunFacts(1, "tuning", "withheld"),)


def test_one_plain_word_as_a_name_does_not_withhold_the_texts_of_others() -> None:
    letters = version("letters", visibility=Visibility.DESCRIBED)
    other = described_in_words(version("open"), Description(summary="novels and letters"))
    assert public(other, letters).components[0].version.description.summary == "novels and letters"


def test_what_a_public_base_model_withholds_is_withheld_from_the_model_too() -> None:
    base = model(component(HELD), name="base")
    told = described_in_words(version("open"), Description(summary="drawn from the secret archive"))
    facts = public(told, base_models=(BaseModelFacts("base@1.0", None, base),))
    assert facts.components[0].version.description.summary == "withheld"
    inner = facts.base_models[0].model
    assert inner is not None
    assert inner.components[0].version.name == "licensed dataset 1"


def test_evidence_of_public_versions_is_shown_without_folders() -> None:
    locations = ("/home/someone/data/README.md", "data/README.md", "https://x.example/a/b", "registry.yaml:7")
    evidence = tuple(EvidenceFacts("url", "card", place, "publisher", STATED_AT) for place in locations)
    told = Description(summary="see /home/someone/notes.txt")
    found = public(described_in_words(replace(version("x"), evidence=evidence), told)).components[0].version
    assert [one.location for one in found.evidence] == [
        "README.md",
        "README.md",
        "https://x.example/a/b",
        "registry.yaml:7",
    ]
    assert found.description.summary == "see notes.txt"


@pytest.mark.parametrize("audience", list(Audience))
def test_no_statement_holds_an_email_address_but_the_contacts_of_the_provider(audience: Audience) -> None:
    mail = "jane.doe@mail.example"
    answers = ProviderAnswers(
        authorised_representative=f"Law, {mail}",
        copyright_policy=mail,
        illegal_content_measures=mail,
        other_information=mail,
        rights_contact=RightsContact(email="rights@acme.example", what_happens=f"ask {mail}"),
    )
    provider = replace(all_answers(), answers=answers)
    told = replace(TOLD, summary=mail, content_types=(mail,), generated_by=(mail,))
    base = BaseModelFacts(None, f"https://x.example/{mail}")
    facts = replace(
        model(component(described_in_words(version("x"), told))),
        provider_facts=provider,
        base_models=(base,),
        runs=(RunFacts(1, "tuning", mail),),
        tokenizer=Tokenizer(mail),
        continues_to_learn=f"on what {mail} sends",
        intended_purpose=f"answering {mail}",
    )
    text = json.dumps(as_json(build_disclosure(facts, audience=audience)))
    assert mail not in text
    assert "mailto:rights@acme.example" in text
    assert "mailto:training-data@acme.example" in text


def test_terms_are_found_whatever_stands_between_their_words() -> None:
    found = guard(("secret-news",))
    assert found.names("Secret  NEWS!")
    assert not found.names("secretnews or news secret")
    assert not guard(("",)).names("anything")


def test_statements_of_nothing_but_blanks_are_none() -> None:
    blank = Description(summary=" ", content_types=("\n", "letters"), processing=("",), generated_by=(" ",))
    found = shown(blank, version("x"))
    assert (found.summary, found.content_types, found.processing) == (None, ("letters",), ())
    assert found.generated_by is None
    assert shown(Description(generated_by=()), version("x")).generated_by == ()


def test_a_public_version_does_not_tell_the_address_of_an_ancestor_that_is_not_public() -> None:
    made = version("made", derived_from=(str(HELD.url), "https://open.example"))
    assert public(made, HELD).components[0].version.derived_from == ("withheld", "https://open.example")


@pytest.mark.parametrize(
    ("location", "name"),
    [
        ("C:\\Users\\x\\card.md", "card.md"),
        ("~/data/card.md", "card.md"),
        ("file:///home/x/card.md", "card.md"),
        ("hf://datasets/a/b/README.md", "hf://datasets/a/b/README.md"),
        ("the contract of 3/2021", "the contract of 3/2021"),
    ],
)
def test_locations_are_shortened_to_the_file(location: str, name: str) -> None:
    assert file_name(location) == name


def test_folders_in_sentences_are_left_out() -> None:
    assert without_folders("see /srv/data/a.txt and and/or") == "see a.txt and and/or"


@pytest.mark.parametrize(
    "text",
    [
        "read from /srv/in/chronicle-2021.jsonl",
        "kept as chronicle-2021.jsonl",
        "under LicenseRef-Quiet-Contract",
        "collected by QuietpressBot",
        "from the Murmurarchiv",
    ],
)
def test_files_own_licenses_and_compounds_of_a_name_give_a_text_away(text: str) -> None:
    held = replace(
        version(
            "owner/secret-archive",
            origin=Origin.LICENSED,
            publisher="Quietpress",
            license="LicenseRef-Quiet-Contract",
            domains={"murmur.example": (10, 1_000, 6_000), "murmurarchiv": (0, 0, 0)},
            source="/srv/in/chronicle-2021.jsonl",
        ),
        description=replace(TOLD, processing=(text, "duplicates removed")),
    )
    shown = project(model(component(held)), Audience.PUBLIC).components[0].version
    assert shown.description.processing == ("withheld", "duplicates removed")


def test_texts_are_withheld_where_the_names_they_may_hold_were_not_read() -> None:
    """The data names ten creators: without their names nobody can say whether a text holds one."""
    counted = replace(HELD, contributors=replace(HELD.contributors, count=10), description=TOLD)
    shown = project(model(component(counted)), Audience.PUBLIC).components[0].version.description
    assert (shown.content_types, shown.summary, shown.collected) == (
        ("withheld",),
        "withheld",
        TOLD.collected,
    )
    read = component(counted, holding((10, 1_000, 6_000), agent("Ada Brook")))
    shown = project(model(read), Audience.PUBLIC).components[0].version.description
    assert shown.content_types == TOLD.content_types


def test_answers_of_the_provider_do_not_name_what_is_not_public() -> None:
    answers = replace(
        all_answers().answers,
        illegal_content_measures="The Hidden Chronicle was searched.",
        other_information="Nothing else.",
    )
    told = replace(model(component(HELD)), provider_facts=replace(all_answers(), answers=answers))
    for audience, measures in (
        (Audience.PUBLIC, "withheld"),
        (Audience.AUDITOR, "The Hidden Chronicle was searched."),
    ):
        shown = project(told, audience).provider_facts
        assert shown is not None
        assert shown.answers.illegal_content_measures == measures
        assert shown.answers.other_information == "Nothing else."
