"""Models whose disclosures are graded: one of which everything is stated, and each with one thing changed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.edition import Edition, History
from registry.domain.dataset import FieldRole, Origin, Visibility
from registry.domain.facts import (
    BaseModelFacts,
    ComponentFacts,
    FieldFacts,
    LicenseFacts,
    ModelFacts,
    ProviderFacts,
    SelectionFacts,
    VersionFacts,
)
from registry.domain.stated import (
    Answer,
    Crawl,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    Modality,
    Period,
    Reservations,
    UserData,
)
from tests.facts import (
    component,
    declared_version,
    described_in_words,
    disclosed_elsewhere,
    fully_declared,
    model,
    version,
)

ON = date(2026, 6, 1)
Change = Callable[[ModelFacts], ModelFacts]


def edition(number: int, day: str) -> Edition:
    """An edition approved on a day."""
    moment = f"{day}T10:00:00Z"
    return Edition(number, "Ada Lovelace", moment, f"{number:064x}", moment)


HISTORY = History(
    (edition(2, "2026-05-02"), edition(1, "2026-02-20")),
    is_current=True,
    address="https://acme.example/models/complete/2.0/disclosure/",
)


def graded(facts: ModelFacts, history: History = HISTORY) -> Disclosure:
    """The disclosure that is examined."""
    return build_disclosure(facts, history=history)


# --- changing facts --------------------------------------------------------------------------------------


def answering(**answers: Any) -> Change:
    """The provider answers so."""

    def change(facts: ModelFacts) -> ModelFacts:
        provider = facts.provider_facts or ProviderFacts("ACME AI")
        return replace(facts, provider_facts=replace(provider, answers=replace(provider.answers, **answers)))

    return change


def providing(**stated: Any) -> Change:
    """The provider is so."""

    def change(facts: ModelFacts) -> ModelFacts:
        provider = facts.provider_facts or ProviderFacts("ACME AI")
        return replace(facts, provider_facts=replace(provider, **stated))

    return change


def modelled(**stated: Any) -> Change:
    """The model is so."""
    return lambda facts: replace(facts, **stated)


def with_version(name: str, change: Callable[[VersionFacts], VersionFacts]) -> Change:
    """A dataset of the mixture is so."""

    def changed(part: ComponentFacts) -> ComponentFacts:
        return replace(part, version=change(part.version)) if part.version.name == name else part

    return lambda facts: replace(facts, components=tuple(map(changed, facts.components)))


def dataset(name: str, **stated: Any) -> Change:
    """Facts of a dataset are so."""
    return with_version(name, lambda found: replace(found, **stated))


def said(name: str, **stated: Any) -> Change:
    """What is stated of a dataset in words is so."""
    return with_version(name, lambda found: replace(found, description=replace(found.description, **stated)))


def said_of_all(**stated: Any) -> Change:
    """The same is stated of every dataset."""

    def change(part: ComponentFacts) -> ComponentFacts:
        return replace(
            part, version=described_in_words(part.version, replace(part.version.description, **stated))
        )

    return lambda facts: replace(facts, components=tuple(map(change, facts.components)))


def crawled(**stated: Any) -> Change:
    """The crawl is so."""
    return with_version(
        "acme-crawl",
        lambda found: replace(
            found,
            description=replace(
                found.description, crawl=replace(found.description.crawl or Crawl(), **stated)
            ),
        ),
    )


def crawler(**stated: Any) -> Change:
    """The crawler is so."""

    def change(found: VersionFacts) -> VersionFacts:
        crawl = found.description.crawl or Crawl()
        crawlers = tuple(replace(one, **stated) for one in crawl.crawlers)
        return replace(found, description=replace(found.description, crawl=replace(crawl, crawlers=crawlers)))

    return with_version("acme-crawl", change)


def behaving(**stated: Any) -> Change:
    """The crawler behaves so."""
    shown = CrawlerBehaviour("leaves", "leaves", "leaves", "obeys it", "obeys TDMRep")
    return crawler(behaviour=replace(shown, **stated))


def selected(name: str, selection: SelectionFacts) -> Change:
    """The part of a dataset that was used is so."""

    def change(part: ComponentFacts) -> ComponentFacts:
        return replace(part, selection=selection) if part.version.name == name else part

    return lambda facts: replace(facts, components=tuple(map(change, facts.components)))


def without(*names: str) -> Change:
    """Some datasets were not used."""
    return lambda facts: replace(
        facts, components=tuple(part for part in facts.components if part.version.name not in names)
    )


def also(*changes: Change) -> Change:
    """One change after another."""

    def change(facts: ModelFacts) -> ModelFacts:
        for one in changes:
            facts = one(facts)
        return facts

    return change


# --- models ----------------------------------------------------------------------------------------------


def _sensors() -> VersionFacts:
    found = declared_version("sensors", DeclaredSize(Modality.OTHER, records=50, bytes=9_000))
    period = Period("2024-01", "2024-02")
    said = Description(
        summary="Readings of thermometers", content_types=("temperatures",), characteristics=("Graz",),
        collected=period, processing=("read every minute",), engagements=(),
    )  # fmt: skip
    return described_in_words(replace(found, languages=()), said)


def _notes() -> VersionFacts:
    """So little that it is no large public dataset."""
    german = {"de": (5, 100, 600)}
    found = version("notes", size=(5, 100, 600), license="MIT", url="https://notes.example", languages=german)
    said = Description(
        engagements=(), content_types=("marginal notes",), characteristics=("schools in Graz",),
        collected=Period("2023-02", "2023-03"), processing=("duplicates removed",),
    )  # fmt: skip
    return described_in_words(found, said)


def complete() -> ModelFacts:
    """Everything is stated, and everything that a program can see is as the rubric asks."""
    facts = fully_declared()
    provider = facts.provider_facts
    assert provider is not None
    reservations = replace(
        provider.answers.reservations or Reservations(),
        before_collection="Sites that reserve rights in robots.txt are left out. Of the datasets of others "
        "those are used that apply opt-outs.",
    )
    change = also(
        answering(
            reservations=reservations,
            authorised_representative="Rep Ltd, Dublin, https://rep.example/acme",
            copyright_policy="Rights that are reserved so that machines can read it are observed: "
            "https://acme.example/copyright",
        ),
        modelled(placed_on_eu_market="2026-03-01"),
        dataset("acme-crawl", url="https://data.acme.example", fields=(
            FieldFacts("text", FieldRole.CONTENT, ("string",), 500),
            FieldFacts("address", FieldRole.URL, ("string",), 500),
        )),
        said("radio-hours", processing=("resampled to 16 kHz",)),
        said("made-sums", generated_by=(
            "teacher@2",
            "Elder 3 https://elder.example/elder-3.0",
            "Sums 7, trained on sums alone",
        )),
        said("tutor-logs", user_data=UserData(Answer.YES, Answer.YES, ("Forum 10 of ACME AI",))),
    )  # fmt: skip
    more = (component(_notes()), component(_sensors(), stage="fine-tuning", run=2))
    facts = change(replace(facts, components=(*facts.components, *more)))
    declared = LicenseFacts("CC-BY-4.0", "CC-BY-4.0", None)
    parts = tuple(
        replace(part, version=replace(part.version, license=declared))
        if part.version.license.declared is None
        else part
        for part in facts.components
    )
    return replace(facts, components=parts)


def counted() -> ModelFacts:
    """Text alone, all of it read by the registry, of every origin; the records say their language."""
    english = {"en": (10, 1_000, 6_000)}
    crawl = version(
        "acme-crawl",
        origin=Origin.CRAWLED,
        languages=english,
        language_basis="field",
        domains={"a.example": (10, 1_000, 6_000)},
    )
    others = (
        version(f"d-{origin.value}", origin=origin, languages=english, language_basis="field")
        for origin in Origin
        if origin is not Origin.CRAWLED
    )
    below = BaseModelFacts(None, None, disclosure=disclosed_elsewhere())
    return model(component(crawl), *map(component, others), base_models=(below,))


def silent() -> ModelFacts:
    """A dataset of each origin, of which nothing else is stated, nor of model and provider."""
    parts = (
        component(version(f"d-{origin.value}", origin=origin, size=(10, 0, 0), types=("binary",)))
        for origin in Origin
    )
    known = version("d-known", origin=Origin.THIRD_PARTY, size=(10, 0, 0), visibility=Visibility.PUBLIC)
    return model(*parts, component(known), provider=None, url=None)


def unclassified() -> ModelFacts:
    """A dataset of which not even the origin is stated."""
    return model(component(version("files", origin=None)), provider=None, url=None)


def never_read() -> ModelFacts:
    """The size of all data is declared."""
    return model(component(declared_version("letters", DeclaredSize(words=1_000))))


def in_no_band() -> ModelFacts:
    """So much text that the tokenizer, which is not stated, decides on the band."""
    return model(component(version("texts", size=(10**6, 2 * 10**8, 2 * 10**9))))
