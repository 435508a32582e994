"""Builders of facts: what queries would return, with everything but the point of a test filled in."""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

from registry.domain.benchmarks import Outcome, Presence, SearchBasis
from registry.domain.dataset import (
    FieldRole,
    FileRole,
    FingerprintMode,
    Origin,
    SelectionKind,
    SizeBasis,
    Visibility,
)
from registry.domain.facts import (
    AgentFacts,
    BaseDisclosure,
    BaseModelFacts,
    BenchmarkFacts,
    ComponentFacts,
    ContributorCount,
    DisclosedDataset,
    DistributionFacts,
    DomainPart,
    EvidenceFacts,
    FieldFacts,
    HoldingFacts,
    KnownModel,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    ModelFacts,
    Party,
    ProviderFacts,
    RunFacts,
    SearchFacts,
    SelectionFacts,
    Size,
    VersionFacts,
)
from registry.domain.identifiers import identity
from registry.domain.stated import (
    Acquisition,
    AggregateConsumerInformation,
    Answer,
    Crawl,
    Crawler,
    CrawlerBehaviour,
    DeclaredSize,
    Description,
    Engagement,
    IntellectualProperty,
    Modality,
    Pay,
    Period,
    PersonalInformation,
    ProviderAnswers,
    Reservations,
    RightsContact,
    Tokenizer,
    UserData,
)

STATED_AT = "2026-03-09T10:20:30Z"
Three = tuple[int, int, int]


def agent(
    name: str,
    *,
    scope: str = "corpus",
    kind: str = "person",
    shown_as: str = "name",
    handle: str | None = None,
) -> AgentFacts:
    """An agent named in a dataset."""
    return AgentFacts(identity("agent", scope, name), kind, name, scope, shown_as, handle)


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
        recipe="1",
        fingerprint_id=sha256(digest.encode()).hexdigest(),
        fingerprint_mode=FingerprintMode.FULL,
        size=Size(*size),
        characters=size[2],
        words_equal_records=0,
        near_duplicate_records=0,
        near_duplicates_complete=True,
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


def declared_version(
    name: str,
    measured: DeclaredSize,
    *,
    label: str = "1",
    origin: Origin | None = Origin.OTHER,
    visibility: Visibility | None = None,
    languages: Mapping[str, Three] | None = None,
) -> VersionFacts:
    """A version that nobody here has read: its sizes are declared, and it has no fields, files and digest."""
    size = (measured.records or 0, measured.words or 0, measured.bytes or 0)
    found = version(name, label=label, size=size, origin=origin, visibility=visibility, languages=languages)
    return replace(
        found,
        content_digest="",
        recipe="",
        fingerprint_id="",
        source="",
        basis=SizeBasis.DECLARED,
        description=Description(measured=measured),
        characters=0,
        words_equal_records=None,
        near_duplicate_records=None,
        near_duplicates_complete=None,
        fields=(),
        distributions=(),
    )


def described_in_words(version: VersionFacts, description: Description) -> VersionFacts:
    """The version with what is stated of it; the size that was declared of it stays."""
    measured = description.measured or version.description.measured
    return replace(version, description=replace(description, measured=measured))


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
    described, private = Visibility.DESCRIBED, Visibility.PRIVATE
    here, there = outcome(*[Presence.SAME_WORDS] * 4), outcome(*[Presence.ABSENT] * 4)
    searches = (
        search("letters@1", there),
        search("secret-news-archive@1", here, visibility=described),
        search("secret-broker-list@1", visibility=described, why="sketch fingerprints alone are kept of it"),
        search("vault-a@1", there, visibility=private),
    )
    tests = (
        benchmark("letters-test", *searches, results=(("accuracy", "as Secret News told us"),)),
        benchmark("secret-test", *searches, visibility=private, results=(("secret metric", "0.5"),)),
    )
    found = model(
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
    return replace(found, benchmarks=tests)


_COLLECTED = Period("2023-02", "2024-11")
_SAID = Description(
    content_types=("school exercises with worked answers",),
    characteristics=("curricula of Germany and Austria", "pupils of 10 to 18 years"),
    collected=_COLLECTED,
    purpose="arithmetic in words",
    processing=("exact duplicates removed",),
    personal_information=PersonalInformation(Answer.NO),
    generated_by=(),
    labels=("grade of the exercise",),
    processing_purpose="so that no exercise is learned by heart",
    intellectual_property=IntellectualProperty(Answer.YES, Answer.NO, Answer.NO, "school books are quoted"),
    acquired=Acquisition(Answer.NO, Answer.YES),
    aggregate_consumer_information=AggregateConsumerInformation(Answer.NO),
    engagements=(
        Engagement(
            task="annotation",
            vendor="Example Labels",
            countries=("KE", "IN"),
            people=40,
            hours="1200",
            pay=Pay("4.50", "USD", "hour", "1.4"),
            protections=("may refuse content", "counselling"),
            contract="employed",
            period=Period("2024-01", "2024-06"),
        ),
        Engagement(
            task="translation", countries=("AT",), people=3, pay=Pay("80", "EUR", "hour"), protections=()
        ),
    ),
)
_HERE = "https://acme.example"


def all_answers() -> ProviderFacts:
    """A provider that answers every question."""
    return ProviderFacts(
        name="ACME AI",
        agent=identity("agent", "ror", "05dxps055"),
        kind="organization",
        url=_HERE,
        contact="training-data@acme.example",
        identifiers=(("ror", "https://ror.org/05dxps055"),),
        answers=ProviderAnswers(
            authorised_representative="not applicable",
            small_or_medium_enterprise=Answer.NO,
            code_of_practice_signatory=Answer.YES,
            copyright_policy=f"{_HERE}/copyright",
            reservations=Reservations(
                before_collection="Sites that reserve rights in robots.txt or by TDMRep are left out.",
                during_collection="robots.txt is read again at the start of every visit.",
                protocols=("robots.txt", "TDMRep"),
                kept_up_to_date="Requests are applied to every dataset within two weeks.",
            ),
            illegal_content_measures="Known addresses of illegal content are blocked by hash lists.",
            rights_contact=RightsContact(
                f"{_HERE}/rights", None, "A person answers, and the data is removed from later models.", 30
            ),
            published_at=f"{_HERE}/training-data",
            updates_announced_at=f"{_HERE}/changes",
            other_information="Contractors were paid by the hour.",
            labour=(),
        ),
    )


def outcome(*kinds: Presence, basis: SearchBasis = SearchBasis.VERIFIED, short: int = 0) -> Outcome:
    """What became of each record of a benchmark."""
    return Outcome(basis, bytes(kinds), short)


def benchmark(
    name: str,
    *searches: SearchFacts,
    records: int = 4,
    visibility: Visibility = Visibility.PUBLIC,
    results: tuple[tuple[str | None, str | None], ...] = (("accuracy", "57.1 %"),),
    unsearchable: str | None = None,
) -> BenchmarkFacts:
    """A test that a model is measured by."""
    key = identity("dataset_version", name, "1")
    return BenchmarkFacts(key, f"{name}@1", None, None, visibility, records, results, searches, unsearchable)


def search(
    dataset: str,
    found: Outcome | None = None,
    *,
    visibility: Visibility = Visibility.PUBLIC,
    through: str | None = None,
    is_part: bool = False,
    why: str | None = None,
) -> SearchFacts:
    """What is found of a test in a dataset version."""
    key = identity("dataset_version", dataset)
    return SearchFacts(key, dataset, visibility, through, is_part, found, why)


def disclosed_elsewhere() -> BaseDisclosure:
    """A base model as another registry discloses it."""
    dataset = DisclosedDataset(
        dataset="encyclopedia",
        version="2024-06",
        title="An Encyclopedia",
        url="https://encyclopedia.example/dump",
        publisher="Encyclopedia Foundation",
        origin="public",
        license="CC-BY-SA-4.0",
        records=5_000,
        words=900_000,
    )
    return BaseDisclosure(
        name="elder",
        label="3.0",
        provider="Elder Labs",
        url="https://elder.example/elder-3.0",
        headline="elder 3.0 was trained on 1 dataset, 900,000 words",
        audience="public",
        sha256=sha256(b"elder").hexdigest(),
        records=5_000,
        words=900_000,
        datasets=(dataset,),
    )


def _own_crawl() -> VersionFacts:
    behaviour = CrawlerBehaviour(
        captchas="leaves the site",
        passwords="reads nothing behind them",
        paywalls="reads nothing behind them",
        robots_txt="obeys it",
        other="obeys TDMRep and the noai tag",
    )
    crawl = Crawl(
        crawlers=(Crawler("AcmeBot/1.2", "finds pages with exercises", behaviour),),
        period=_COLLECTED,
        site_types=("sites of schools", "sites of publishers"),
        geography="Germany, Austria, Switzerland",
    )
    found = version(
        "acme-crawl",
        label="2024-11",
        publisher="ACME AI",
        size=(500, 60_000, 400_000),
        origin=Origin.CRAWLED,
        languages={"de": (500, 60_000, 400_000)},
        domains={f"school{n:02}.example": (20, 2_400, 16_000) for n in range(1, 26)},
        language_basis="sample",
    )
    found = replace(found, measured_with="py3langid 0.3.0, publicsuffixlist 2026-01-02")
    return described_in_words(found, replace(_SAID, crawl=crawl))


def _recordings() -> VersionFacts:
    recordings = declared_version(
        "radio-hours",
        DeclaredSize(Modality.AUDIO, records=900, hours="1200.5", evidence="delivery note 7 of 2024-03-01"),
        languages={"de": (900, 0, 0)},
    )
    said = replace(
        _SAID, summary="Lessons recorded by contractors in a studio", content_types=("spoken lessons",)
    )
    published = replace(recordings, url=f"{_HERE}/radio", publisher="ACME AI")
    return described_in_words(published, said)


def fully_declared() -> ModelFacts:
    """A model of which everything is stated: no field of the form is a gap, and none is incomplete."""
    german = {"de": (100, 10_000, 60_000)}
    exercises = version(
        "exercises",
        size=(1_000, 100_000, 600_000),
        title="Exercises",
        publisher="Example School",
        url="https://exercises.example",
        license="CC-BY-4.0",
        languages={"de": (1_000, 100_000, 600_000)},
    )
    riddles = version(
        "riddles",
        url="https://riddles.example",
        publisher="Example School",
        size=(10, 1_000, 6_000),
        license="CC0-1.0",
        languages={"de": (10, 1_000, 6_000)},
    )
    licensed = version("contract-texts", size=(100, 10_000, 60_000), origin=Origin.LICENSED, languages=german)
    known = version(
        "agency-pictures",
        size=(100, 10_000, 60_000),
        origin=Origin.THIRD_PARTY,
        visibility=Visibility.PUBLIC,
        title="Agency Captions",
        publisher="Example Agency",
        url="https://agency.example/captions",
        languages=german,
    )
    unknown = version(
        "intermediary-7", size=(100, 10_000, 60_000), origin=Origin.THIRD_PARTY, languages=german
    )
    chats = version("tutor-logs", size=(100, 10_000, 60_000), origin=Origin.USER, languages=german)
    made = version(
        "made-sums",
        size=(100, 10_000, 60_000),
        origin=Origin.SYNTHETIC,
        languages=german,
        publisher="ACME AI",
    )
    free = IntellectualProperty(None, Answer.NO, Answer.NO)
    generators = ("teacher@2", "Elder 3 https://elder.example/elder-3.0", "a grammar of sums")
    users = UserData(Answer.YES, Answer.YES, ("the pupils' forum of ACME AI",))
    evidence = EvidenceFacts("url", "card", "exercises/README.md", "publisher", STATED_AT)
    chosen = SelectionFacts(SelectionKind.SHARE, "30 % of the records", "drawn at random, seed 7")
    components = (
        component(replace(described_in_words(exercises, _SAID), evidence=(evidence,)), used=(300, 30_000)),
        component(
            described_in_words(
                riddles, replace(_SAID, generated_by=("teacher@2",), intellectual_property=free)
            )
        ),
        component(described_in_words(licensed, _SAID)),
        component(described_in_words(known, _SAID)),
        component(described_in_words(unknown, _SAID)),
        component(_own_crawl()),
        component(described_in_words(chats, replace(_SAID, user_data=users))),
        component(
            described_in_words(made, replace(_SAID, generated_by=generators)), stage="fine-tuning", run=2
        ),
        component(_recordings(), stage="fine-tuning", run=2),
    )
    below = BaseModelFacts(None, None, disclosure=disclosed_elsewhere())
    base = replace(
        model(component(described_in_words(riddles, _SAID)), name="root", base_models=(below,)),
        provider_facts=all_answers(),
    )
    return replace(
        model(
            replace(components[0], selection=chosen),
            *components[1:],
            name="complete",
            label="2.0",
            base_models=(BaseModelFacts(base.reference, None, base),),
        ),
        provider_facts=all_answers(),
        runs=(
            RunFacts(1, "pretraining", None, "2025-01", "1.2e21"),
            RunFacts(2, "fine-tuning", "second pass", "2025-03", "3e19"),
        ),
        placed_on_eu_market="2026-03-01",
        tokenizer=Tokenizer("acme-bpe-32k", Fraction(13, 10)),
        continues_to_learn="no",
        intended_purpose="answering pupils who learn arithmetic",
        models_here=(KnownModel("teacher@2", f"{_HERE}/teacher-2"),),
        benchmarks=(_sums(),),
    )


def _sums() -> BenchmarkFacts:
    """A test that stands in training data in every way that there is, also through a base model."""
    closed = Visibility.DESCRIBED
    found = outcome(
        Presence.SAME_WORDS,
        Presence.NEAR_DUPLICATE,
        Presence.CONTAINED,
        Presence.IN_PART,
        *[Presence.ABSENT] * 796,
    )
    likely = outcome(*[Presence.ABSENT] * 799, Presence.LIKELY, basis=SearchBasis.INDEX)
    return benchmark(
        "sums-test",
        search("exercises@1", found, is_part=True),
        search("contract-texts@1", likely, visibility=closed),
        search("made-sums@1", outcome(*[Presence.ABSENT] * 800)),
        search("riddles@1", outcome(*[Presence.ABSENT] * 799, Presence.SAME_WORDS), through="root@1"),
        records=800,
    )


CASES = {
    "several-origins": several_origins,
    "nothing-known": nothing_known,
    "guarded": guarded,
    "fully-declared": fully_declared,
}
