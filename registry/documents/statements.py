"""What people state, as an audience may see it: each text goes through one function that cleans it."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from registry.documents.engagements import cleaned_engagements
from registry.documents.names import one_line, plain
from registry.domain.facts import (
    BaseDisclosure,
    DisclosedDataset,
    EvidenceFacts,
    ProviderFacts,
    RunFacts,
    SelectionFacts,
)
from registry.domain.stated import (
    AggregateConsumerInformation,
    AgreedSplits,
    Crawl,
    Crawler,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    IntellectualProperty,
    Links,
    PersonalInformation,
    ProviderAnswers,
    Reservations,
    UserData,
)

Clean = Callable[[str], str]
CONTRACTS = frozenset({"agreed_splits"})  # properties that are never public
_UNNAMED = "a crawler without a name"


def cleaned_description(found: Description, clean: Clean, generator: Clean) -> Description:
    """A description with every text cleaned; `generator` does so for what names a model."""
    personal, aggregate = found.personal_information, found.aggregate_consumer_information
    return replace(
        found,
        summary=_optional(found.summary, clean),
        content_types=_each(found.content_types, clean),
        characteristics=_each(found.characteristics, clean),
        purpose=_optional(found.purpose, clean),
        processing=_each(found.processing, clean),
        personal_information=personal and _personal_information(personal, clean),
        generated_by=_generators(found.generated_by, generator),
        crawl=found.crawl and _crawl(found.crawl, clean),
        user_data=found.user_data and _user_data(found.user_data, clean),
        measured=found.measured and _measured(found.measured, clean),
        labels=_labels(found.labels, clean),
        processing_purpose=_optional(found.processing_purpose, clean),
        intellectual_property=found.intellectual_property
        and _intellectual_property(found.intellectual_property, clean),
        aggregate_consumer_information=aggregate and _aggregate(aggregate, clean),
        engagements=cleaned_engagements(found.engagements, clean),
        agreed_splits=found.agreed_splits and _agreed(found.agreed_splits, clean),
        copyright=_each(found.copyright, clean),
        notice=_optional(found.notice, clean),
        links=found.links and _links(found.links),
    )


def without_contracts(found: Description) -> Description:
    """A description without what parties agreed on between them: nothing public is made of that."""
    return found if found.agreed_splits is None else replace(found, agreed_splits=None)


def _links(found: Links) -> Links:
    return Links(web_address(found.record), web_address(found.creator))


def cleaned_selection(selection: SelectionFacts, clean: Clean) -> SelectionFacts:
    """A selection with its words, its label and its evidence cleaned."""
    return replace(
        selection,
        text=clean(selection.text),
        label=_optional(selection.label, clean),
        evidence=_optional(selection.evidence, clean),
    )


def cleaned_evidence(found: Iterable[EvidenceFacts], clean: Clean) -> tuple[EvidenceFacts, ...]:
    """Evidence with its locations cleaned."""
    return tuple(
        EvidenceFacts(one.property, one.kind, clean(one.location), plain(one.asserted_by), one.recorded_at)
        for one in found
    )


def cleaned_run(run: RunFacts, clean: Clean) -> RunFacts:
    """A training run with its name cleaned."""
    return replace(run, stage=plain(run.stage), name=_optional(run.name, clean))


def cleaned_provider(provider: ProviderFacts, clean: Clean) -> ProviderFacts:
    """A provider; its own contacts are the e-mail addresses that may stand: they are its to declare.

    clean: for what it answers in words
    """
    return replace(
        provider,
        name=one_line(provider.name),
        url=web_address(provider.url),
        contact=_optional(provider.contact, one_line),
        identifiers=tuple((plain(scheme), plain(value)) for scheme, value in provider.identifiers),
        answers=_answers(provider.answers, clean),
    )


def cleaned_disclosure(found: BaseDisclosure) -> BaseDisclosure:
    """What another registry discloses, which nobody here has checked."""
    return replace(
        found,
        name=plain(found.name),
        label=plain(found.label),
        provider=_optional(found.provider, plain),
        url=web_address(found.url),
        headline=plain(found.headline),
        datasets=tuple(map(_disclosed_dataset, found.datasets)),
    )


def web_address(url: str | None) -> str | None:
    """An address that holds an e-mail address is not repaired but dropped."""
    return url if url is not None and plain(url) == url else None


def _optional(text: str | None, clean: Clean) -> str | None:
    """What is left of a text; nothing stated where nothing is left."""
    return None if text is None else clean(text) or None


def _each(texts: tuple[str, ...], clean: Clean) -> tuple[str, ...]:
    """What reads the same after cleaning stands once, what is empty not at all."""
    return tuple(dict.fromkeys(filter(None, map(clean, texts))))


def _generators(names: tuple[str, ...] | None, generator: Clean) -> tuple[str, ...] | None:
    """Names of which nothing is left do not become the statement that no model generated the data."""
    return _each(names, generator) or None if names else names


def _personal_information(found: PersonalInformation, clean: Clean) -> PersonalInformation:
    return replace(found, explanation=_optional(found.explanation, clean))


def _aggregate(found: AggregateConsumerInformation, clean: Clean) -> AggregateConsumerInformation:
    return replace(found, explanation=_optional(found.explanation, clean))


def _intellectual_property(found: IntellectualProperty, clean: Clean) -> IntellectualProperty:
    return replace(found, explanation=_optional(found.explanation, clean))


def _agreed(found: AgreedSplits, clean: Clean) -> AgreedSplits:
    return replace(
        found, authority=_optional(found.authority, clean), evidence=_optional(found.evidence, clean)
    )


def _labels(found: tuple[str, ...] | None, clean: Clean) -> tuple[str, ...] | None:
    """Labels of which nothing is left do not become the statement that there are none."""
    return _each(found, clean) or None if found else found


def _crawl(found: Crawl, clean: Clean) -> Crawl:
    return replace(
        found,
        crawlers=tuple(_crawler(crawler, clean) for crawler in found.crawlers),
        site_types=_each(found.site_types, clean),
        geography=_optional(found.geography, clean),
    )


def _crawler(crawler: Crawler, clean: Clean) -> Crawler:
    seen = crawler.behaviour
    behaviour = CrawlerBehaviour(
        *(
            _optional(text, clean)
            for text in (seen.captchas, seen.passwords, seen.paywalls, seen.robots_txt, seen.other)
        )
    )
    return Crawler(clean(crawler.name) or _UNNAMED, _optional(crawler.purpose, clean), behaviour)


def _user_data(found: UserData, clean: Clean) -> UserData:
    return replace(found, services=_each(found.services, clean))


def _measured(found: DeclaredSize, clean: Clean) -> DeclaredSize:
    return replace(found, evidence=_optional(found.evidence, clean))


def _answers(found: ProviderAnswers, clean: Clean) -> ProviderAnswers:
    contact = found.rights_contact
    return replace(
        found,
        authorised_representative=_optional(found.authorised_representative, plain),
        copyright_policy=_optional(found.copyright_policy, plain),
        reservations=found.reservations and _reservations(found.reservations, clean),
        illegal_content_measures=_optional(found.illegal_content_measures, clean),
        rights_contact=contact
        and replace(
            contact,
            url=_optional(contact.url, one_line),
            email=_optional(contact.email, one_line),
            what_happens=_optional(contact.what_happens, clean),
        ),
        published_at=web_address(found.published_at),
        updates_announced_at=web_address(found.updates_announced_at),
        other_information=_optional(found.other_information, clean),
        labour=cleaned_engagements(found.labour, clean),
    )


def _reservations(found: Reservations, clean: Clean) -> Reservations:
    return Reservations(
        before_collection=_optional(found.before_collection, clean),
        during_collection=_optional(found.during_collection, clean),
        protocols=_each(found.protocols, plain),
        kept_up_to_date=_optional(found.kept_up_to_date, clean),
    )


def _disclosed_dataset(found: DisclosedDataset) -> DisclosedDataset:
    return replace(
        found,
        dataset=plain(found.dataset),
        version=_optional(found.version, plain),
        title=_optional(found.title, plain),
        url=web_address(found.url),
        publisher=_optional(found.publisher, plain),
        license=plain(found.license),
    )
