"""From the entries of a declaration file to what use cases take."""

from pathlib import Path

from registry.app.declared import PUBLISHER_KIND, Declared
from registry.app.request import Request
from registry.declarations import engagements, schema
from registry.domain.dataset import FieldMapping, SplitText
from registry.domain.stated import (
    Acquisition,
    AggregateConsumerInformation,
    AgreedSplits,
    Conclusion,
    Crawl,
    Crawler,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    Engagement,
    IntellectualProperty,
    Links,
    Pay,
    Period,
    PersonalInformation,
    ProviderAnswers,
    Reservations,
    RightsContact,
    UserData,
)
from registry.sources.interface import ReadOptions
from registry.store.holdings import HOLDERS

WITHDRAWN = "withdrawn"
HUB = "hf://"
CONTRIBUTORS = "contributors"


def reference(entry: schema.Dataset | schema.Model) -> str:
    """How messages name an entry: `name@version`, or the name alone."""
    return f"{entry.name}@{entry.version}" if entry.version else entry.name


def request_of(entry: schema.Dataset, file: Path, workers: int) -> Request:
    """What to read for an entry; paths are relative to the declaration file."""
    sources = tuple(entry.source or ())
    return Request(
        sources=tuple(_located(source, file.parent) for source in sources),
        name=entry.name,
        label=entry.version,
        mapping=_mapping(entry.fields),
        reading=ReadOptions(
            explode=entry.explode,
            split=entry.split,
            config=entry.config,
            split_text=entry.split_text or SplitText.DOCUMENT,
        ),
        declared=declared_of(entry, file),
        fingerprints=entry.fingerprints,
        workers=workers,
        named=" ".join(sources),
    )


def declared_of(entry: schema.Dataset, file: Path) -> Declared:
    """What an entry states, derivations and holders apart: these may name entries that come later."""
    publisher = entry.publisher
    named = publisher if isinstance(publisher, str) or publisher is None else publisher.name
    kind = publisher.type.value if isinstance(publisher, schema.Publisher) else None
    return Declared(
        license=entry.license,
        concluded=None if entry.concluded is None else Conclusion(**entry.concluded.model_dump()),
        origin=entry.origin,
        visibility=entry.visibility,
        title=entry.title,
        url=entry.url,
        publisher=named,
        publisher_kind=kind,
        language=entry.language,
        description=description_of(entry),
        withdrawn=entry.state == WITHDRAWN,
        taken_back=_taken_back(entry),
        said_in=f"{file.name}: datasets: {reference(entry)}",
        by_entry=True,
    )


def _taken_back(entry: schema.Dataset) -> tuple[str, ...]:
    """The facts that end, but for holders; of a publisher who is but a name, the kind of the one before."""
    facts = [fact for fact in entry.withdrawn if fact not in {HOLDERS, CONTRIBUTORS}]
    if isinstance(entry.publisher, str):
        facts.append(PUBLISHER_KIND)
    return (*facts, *(() if entry.state else ("state",)))


def derivations_of(entry: schema.Dataset, file: Path) -> Declared:
    """What an entry was made from."""
    parents = None if entry.derived_from is None else tuple(entry.derived_from)
    said_in = f"{file.name}: datasets: {reference(entry)}"
    return Declared(derived_from=parents, said_in=said_in, by_entry=True)


def description_of(entry: schema.Dataset) -> Description:
    """What an entry states in words."""
    return Description(
        summary=entry.summary,
        content_types=tuple(entry.content_types or ()),
        characteristics=tuple(entry.characteristics or ()),
        collected=_period(entry.collected),
        published=entry.published,
        purpose=entry.purpose,
        processing=tuple(entry.processing or ()),
        personal_information=_personal(entry.personal_information),
        generated_by=None if entry.generated_by is None else tuple(entry.generated_by),
        crawl=_crawl(entry.crawl),
        user_data=_user_data(entry.user_data),
        measured=None if entry.measured is None else DeclaredSize(**entry.measured.model_dump()),
        labels=None if entry.labels is None else tuple(entry.labels),
        processing_purpose=entry.processing_purpose,
        intellectual_property=_intellectual_property(entry.intellectual_property),
        acquired=None if entry.acquired is None else Acquisition(**entry.acquired.model_dump()),
        aggregate_consumer_information=_aggregate(entry.aggregate_consumer_information),
        engagements=_engagements(entry.engagements),
        agreed_splits=_splits(entry.agreed_splits),
        copyright=tuple(entry.copyright or ()),
        notice=entry.notice,
        links=None if entry.links is None else Links(**entry.links.model_dump()),
    )


def answers_of(provider: schema.Provider) -> ProviderAnswers:
    """What a provider answers to the questions of the law's forms."""
    said, contact = provider.reservations, provider.rights_contact
    return ProviderAnswers(
        authorised_representative=provider.authorised_representative,
        small_or_medium_enterprise=provider.small_or_medium_enterprise,
        code_of_practice_signatory=provider.code_of_practice_signatory,
        copyright_policy=provider.copyright_policy,
        reservations=None
        if said is None
        else Reservations(
            said.before_collection, said.during_collection, tuple(said.protocols or ()), said.kept_up_to_date
        ),
        illegal_content_measures=provider.illegal_content_measures,
        rights_contact=None if contact is None else RightsContact(**contact.model_dump()),
        published_at=provider.published_at,
        updates_announced_at=provider.updates_announced_at,
        other_information=provider.other_information,
        labour=_engagements(provider.labour),
    )


def _engagements(stated: list[engagements.Engagement] | None) -> tuple[Engagement, ...] | None:
    return None if stated is None else tuple(map(_engagement, stated))


def _engagement(stated: engagements.Engagement) -> Engagement:
    pay, protections = stated.pay, stated.protections
    return Engagement(
        task=stated.task,
        vendor=stated.vendor,
        countries=tuple(dict.fromkeys(stated.countries or ())),
        people=stated.people,
        hours=stated.hours,
        pay=None if pay is None else Pay(**pay.model_dump()),
        protections=None if protections is None else tuple(protections),
        contract=stated.contract,
        period=_period(stated.period),
        visibility=stated.visibility,
    )


def _located(source: str, folder: Path) -> str:
    return source if "://" in source else str(folder / source)


def _mapping(fields: schema.Fields) -> FieldMapping:
    return FieldMapping(**{name: tuple(paths) for name, paths in fields})


def _period(collected: schema.Collected | engagements.Worked | None) -> Period:
    return Period() if collected is None else Period(collected.begin, collected.end)


def _personal(stated: schema.PersonalInformation | None) -> PersonalInformation | None:
    return None if stated is None else PersonalInformation(stated.answer, stated.explanation)


def _aggregate(stated: schema.AggregateConsumerInformation | None) -> AggregateConsumerInformation | None:
    return None if stated is None else AggregateConsumerInformation(stated.answer, stated.explanation)


def _intellectual_property(stated: schema.IntellectualProperty | None) -> IntellectualProperty | None:
    return None if stated is None else IntellectualProperty(**stated.model_dump())


def _crawl(crawl: schema.Crawl | None) -> Crawl | None:
    if crawl is None:
        return None
    crawlers = tuple(
        Crawler(one.name, one.purpose, CrawlerBehaviour(**one.behaviour.model_dump()))
        for one in crawl.crawlers
    )
    return Crawl(crawlers, Period(crawl.begin, crawl.end), tuple(crawl.site_types), crawl.geography)


def _splits(stated: schema.AgreedSplits | None) -> AgreedSplits | None:
    if stated is None:
        return None
    shares = tuple((party, str(share)) for party, share in sorted(stated.shares.items()))
    return AgreedSplits(shares, stated.authority, stated.evidence)


def _user_data(stated: schema.UserData | None) -> UserData | None:
    if stated is None:
        return None
    return UserData(stated.interactions, stated.other_services, tuple(stated.services))
