"""Builders of facts: what queries would return, with everything but the point of a test filled in."""

from collections.abc import Mapping
from fractions import Fraction
from hashlib import sha256

from registry.domain.dataset import FieldRole, FileRole, FingerprintMode, Origin, Visibility
from registry.domain.facts import (
    AgentFacts,
    BaseModelFacts,
    ComponentFacts,
    ContributorCount,
    DistributionFacts,
    DomainPart,
    FieldFacts,
    HoldingFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    ModelFacts,
    Party,
    Size,
    VersionFacts,
)
from registry.domain.identifiers import identity

STATED_AT = "2026-03-09T10:20:30Z"
Three = tuple[int, int, int]


def agent(name: str, *, scope: str = "corpus", kind: str = "person", shown_as: str = "name") -> AgentFacts:
    """An agent named in a dataset."""
    return AgentFacts(identity("agent", scope, name), kind, name, scope, shown_as)


def holding(
    size: Three,
    *holders: AgentFacts,
    license: str | None = None,  # noqa: A002
    basis: str = "stated",
) -> HoldingFacts:
    """A part held in equal shares; by nobody: unidentified."""
    parties = tuple(Party(holder, Fraction(1, len(holders))) for holder in holders)
    return HoldingFacts(parties, license, basis if holders else "unidentified", Size(*size))


def version(
    name: str,
    *,
    label: str = "1",
    size: Three = (10, 1_000, 6_000),
    origin: Origin | None = Origin.PUBLIC,
    visibility: Visibility | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
    license: str | None = None,  # noqa: A002
    licenses: Mapping[tuple[str, str], Three] | None = None,
    languages: Mapping[str, Three] | None = None,
    language_basis: str = "declared",
    domains: Mapping[str, Three] | None = None,
    files: tuple[tuple[str, FileRole], ...] = (("data.jsonl", FileRole.DATA),),
    types: tuple[str, ...] = ("string",),
    source: str = "data/data.jsonl",
    derived_from: tuple[str, ...] = (),
) -> VersionFacts:
    """A dataset version."""
    digest = sha256(f"{name}@{label}".encode()).hexdigest()
    return VersionFacts(
        id=identity("dataset_version", name, label),
        name=name,
        label=label,
        content_digest=digest,
        recipe="draft",
        fingerprint_id=sha256(digest.encode()).hexdigest(),
        fingerprint_mode=FingerprintMode.FULL,
        size=Size(*size),
        characters=size[2],
        words_equal_records=0,
        sampled_records=size[0] if language_basis == "sample" else None,
        source=source,
        revision=None,
        recorded_at=STATED_AT,
        origin=origin,
        visibility=Visibility.default(origin) if visibility is None else visibility,
        title=title,
        url=url,
        publisher=publisher,
        license=LicenseFacts(license, license, None),
        licenses=tuple(
            LicensePart(expression, raw, Size(*part)) for (expression, raw), part in (licenses or {}).items()
        ),
        languages=tuple(
            LanguagePart(tag, language_basis, Size(*part)) for tag, part in (languages or {}).items()
        ),
        domains=tuple(DomainPart(domain, Size(*part)) for domain, part in (domains or {}).items()),
        contributors=ContributorCount(0, size[0]),
        fields=(FieldFacts("text", FieldRole.CONTENT, types, size[0]),),
        distributions=tuple(
            DistributionFacts(
                path, role, None, None, 10, sha256(path.encode("utf-8", "surrogatepass")).hexdigest()
            )
            for path, role in files
        ),
        derived_from=derived_from,
    )


def component(
    of: VersionFacts,
    *holdings: HoldingFacts,
    epochs: Fraction | int = 1,
    stage: str = "pretraining",
    run: int = 1,
    used: tuple[int, int] | None = None,
) -> ComponentFacts:
    """A version in a run: all of it, unless `used` says how many records and words."""
    records, words = used or (of.size.records, of.size.words)
    return ComponentFacts(stage, run, of, Fraction(epochs), records, words, holdings)


def model(
    *components: ComponentFacts,
    name: str = "mathlet",
    label: str = "1.0",
    provider: str | None = "ACME AI",
    url: str | None = "https://acme.example/mathlet-1.0",
    base_models: tuple[BaseModelFacts, ...] = (),
) -> ModelFacts:
    """A model version with its mixture."""
    identifier = identity("model_version", name, label)
    return ModelFacts(identifier, name, label, STATED_AT, STATED_AT, provider, url, base_models, components)


def several_origins() -> ModelFacts:
    """Public data under licenses of their own, a crawl with domains, synthetic data, two stages."""
    ada, ben, press = (
        agent("Ada Lovelace"),
        agent("Ben Ali <ben@mail.example>"),
        agent("Example Press", kind="organization"),
    )
    forum = version(
        "forum",
        size=(1_000, 120_000, 700_000),
        title="Example Forum Posts",
        url="https://forum.example/dump",
        publisher="Example Forum",
        license="CC-BY-SA-4.0",
        licenses={
            ("CC-BY-4.0", "cc-by-4.0"): (200, 20_000, 120_000),
            ("NOASSERTION", ""): (800, 100_000, 580_000),
        },
        languages={"en": (700, 90_000, 500_000), "de": (300, 30_000, 200_000)},
        language_basis="field",
        files=(("posts.jsonl", FileRole.DATA), ("NOTICE.txt", FileRole.NOTICE)),
    )
    crawl = version(
        "crawl",
        label="2026-01",
        size=(500, 60_000, 400_000),
        origin=Origin.CRAWLED,
        languages={"en": (450, 55_000, 360_000), "und": (50, 5_000, 40_000)},
        language_basis="sample",
        domains={f"site{n:02}.example": (20, 2_000 + n, 10_000 + 500 * n) for n in range(1, 26)},
    )
    sums = version(
        "sums",
        size=(300, 7_001, 30_000),
        origin=Origin.SYNTHETIC,
        license="CC0-1.0",
        languages={"zxx": (300, 7_001, 30_000)},
    )
    held = (
        holding((150, 15_000, 90_000), ada, license="CC-BY-4.0", basis="presumed-author"),
        holding((50, 5_000, 30_000), ada, ben, license="CC-BY-4.0", basis="presumed-author"),
        holding((600, 80_001, 460_000), press),
        holding((200, 19_999, 120_000)),
    )
    return model(
        component(forum, *held, epochs=3),
        component(crawl, epochs=Fraction(1, 3)),
        component(sums, epochs=2, stage="fine-tuning", run=2, used=(100, 2_333)),
        component(forum, *held, stage="fine-tuning", run=2, used=(10, 1_300)),
    )


def nothing_known() -> ModelFacts:
    """One dataset of which nothing was said."""
    files = version("files", size=(3, 12, 70), origin=None)
    return model(component(files), name="tiny", label="1", provider=None, url=None)


def guarded() -> ModelFacts:
    """Described and private datasets beside a public one, with people who are not to be named."""
    shy = agent("Shy Person", scope="letters", shown_as="handle")
    handle = agent("@open_handle", scope="letters", shown_as="handle")
    secret = agent("Secret Source GmbH", scope="vault", kind="organization")
    letters = version(
        "letters",
        size=(40, 4_000, 24_000),
        title="Letters",
        url="https://letters.example",
        license="CC-BY-4.0",
        languages={"fr": (40, 4_000, 24_000)},
        derived_from=("vault-a@1", "https://archive.example/letters"),
    )
    news = version(
        "secret-news-archive",
        size=(100, 30_000, 180_000),
        origin=Origin.LICENSED,
        title="Secret News",
        license="LicenseRef-Secret-News-Contract",
        languages={"de": (100, 30_000, 180_000)},
        domains={"secret-news.example": (100, 30_000, 180_000)},
        source="/home/someone/secret-news",
    )
    broker = version("secret-broker-list", size=(20, 2_000, 12_000), origin=Origin.THIRD_PARTY)
    second = version("secret-broker-more", size=(90, 9_000, 54_000), origin=Origin.THIRD_PARTY)
    vault_a = version("vault-a", size=(7, 701, 4_200), origin=Origin.OTHER, visibility=Visibility.PRIVATE)
    vault_b = version("vault-b", size=(9, 900, 5_400), origin=Origin.USER, visibility=Visibility.PRIVATE)
    return model(
        component(letters, holding((20, 2_500, 15_000), shy), holding((20, 1_500, 9_000), handle)),
        component(news, holding((100, 30_000, 180_000), secret)),
        component(broker, epochs=2),
        component(second, epochs=2),
        component(vault_a, holding((7, 701, 4_200), secret), epochs=Fraction(3, 2), used=(4, 400)),
        component(vault_b, epochs=Fraction(3, 2)),
        name="guarded",
        label="2.0",
        base_models=(BaseModelFacts(None, "https://base.example/summary"),),
    )


CASES = {"several-origins": several_origins, "nothing-known": nothing_known, "guarded": guarded}
