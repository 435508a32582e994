"""The public views: documented as they are, and nothing private in them."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text

from registry.documents.periods import crawl_period_of
from registry.domain.stated import Crawl, Crawler, CrawlerBehaviour, Period
from registry.queries.catalogue import version_facts
from registry.queries.named import NAMED
from registry.queries.training import ModelSummary, list_models
from registry.queries.views import VIEWS, View
from registry.store.encoded import encoded
from registry.store.engine import open_engine, reading
from tests.rows import Rows, adding

TYPES = {"TEXT": "text", "BIGINT": "integer", "DOUBLE PRECISION": "real", "DOUBLE_PRECISION": "real"}
VALUES = {"text": str, "integer": int, "real": float}
PRIVATE = "Sësame"  # in every name, address and text that nobody may see


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def select(engine: Engine, sql: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with reading(engine) as session:
        return [tuple(row) for row in session.execute(text(sql), parameters)]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.name)
def test_a_view_has_the_columns_it_is_documented_with(engine: Engine, view: View) -> None:
    columns = inspect(engine).get_columns(view.name)
    assert [column["name"] for column in columns] == [column.name for column in view.columns]
    if engine.dialect.name == "postgresql":
        types = [TYPES[str(column["type"]).upper()] for column in columns]
        assert types == [column.type for column in view.columns]


def test_every_public_view_is_documented(engine: Engine) -> None:
    public = {name for name in inspect(engine).get_view_names() if name.startswith("public_")}
    assert public == {view.name for view in VIEWS}


def test_columns_of_one_name_mean_one_thing() -> None:
    types = {(column.name, column.type) for view in VIEWS for column in view.columns}
    assert len(types) == len(dict(types))


def test_values_are_of_the_documented_types(engine: Engine) -> None:
    with adding(engine) as rows:
        build(rows)
    for view in VIEWS:
        found = select(engine, f"SELECT * FROM {view.name}")
        assert found, f"no row in {view.name}"
        for row in found:
            for value, column in zip(row, view.columns, strict=True):
                assert value is None or type(value) is VALUES[column.type], (view.name, column.name, value)


def test_nothing_private_is_in_any_public_view(engine: Engine) -> None:
    with adding(engine) as rows:
        build(rows)
    for view in VIEWS:
        for row in select(engine, f"SELECT * FROM {view.name}"):
            assert PRIVATE not in repr(row), view.name
            assert "@" not in repr(row), view.name
            assert "/home/" not in repr(row), view.name


def build(rows: Rows) -> None:
    """A registry with something to hide in every place that could show it."""
    secret = rows.agent(PRIVATE, shown_as="withheld")
    for visibility in ("described", "private"):
        version = rows.version(
            f"{PRIVATE}-{visibility}",
            f"{PRIVATE}-label",
            visibility=visibility,
            title=PRIVATE,
            url=f"https://{PRIVATE}.example",
            publisher=PRIVATE,
            source=f"https://{PRIVATE}.example/data",
        )
        rows.license(version, "NOASSERTION", raw=PRIVATE)
        rows.language(version, "en", 4, 40)
        rows.domain(version, f"{PRIVATE}.example", 10, 100)
        rows.media(version, "audio", 10, milliseconds=1_500, rates="8000,16000")
        rows.record_license(version, "NOASSERTION", PRIVATE, 10, 100)
        rows.contribution(version, rows.agent(f"{PRIVATE} {visibility}"), 1, 10)
        rows.holding(version, [rows.agent(f"{PRIVATE} {visibility}")], 10, 100)
        rows.derivation(version, of_url=f"https://{PRIVATE}.example/parent")
    described, private = (
        rows.version(f"{PRIVATE}-{kind}", "2", sequence=2, visibility=kind)
        for kind in ("described", "private")
    )
    public = rows.version("open", source="/home/me/data.jsonl", title="Jane <jane@corp.example>")
    rows.license(public, "MIT", raw="mail john@corp.example")
    rows.record_license(public, "NOASSERTION", "ask john%40corp.example", 10, 100)
    rows.language(public, "und", 10, 100)
    rows.domain(public, "corp.example", 10, 100)
    rows.file(public, f"/home/{PRIVATE}/data.jsonl")
    rows.holding(public, [secret], 10, 100)
    rows.evidence(detail=PRIVATE)
    rows.contribution(public, rows.agent("Jane Doe"), 1, 10)
    rows.contribution(public, rows.agent("jane@corp.example"), 1, 10)
    rows.contribution(public, secret, 1, 10)
    rows.contribution(public, rows.agent(f"{PRIVATE} A."), 1, 10, contributor_type="Annotator")
    rows.property(public, "collected", '{"begin":"2024-01","end":"2025-06"}')
    rows.reservation("corp.example")
    rows.reservation("corp.example", protocol="letter")
    rows.reservation(f"{PRIVATE}.example")
    again = rows.version("open", "2", sequence=2)
    rows.overlap(public, again)
    rows.overlap(public, described)
    rows.overlap(public, private)
    rows.derivation(public, of=described)
    rows.derivation(public, of=private)
    rows.derivation(public, of_url=f"file:///home/{PRIVATE}")
    model = rows.model("mathlet", provider="acme (press@acme.example)")
    rows.run(model, [(public, 2, 10, 100), (described, 1, 10, 100), (private, 1, 10, 100)])
    rows.edition("disclosure", 1, model)
    for test in (again, described, private):
        rows.benchmark(model, test)
        for searched in (public, described, private):
            rows.benchmark_overlap(test, searched)
    for visibility in ("described", "private"):
        hidden = rows.model(f"{PRIVATE}-{visibility}", visibility=visibility, provider=PRIVATE, url=PRIVATE)
        rows.run(hidden, [(public, 1, 10, 100)])
        rows.edition("disclosure", 1, hidden, by=PRIVATE)
        rows.base_model(model, of=hidden)
        rows.base_model(hidden, of_url=f"https://{PRIVATE}.example/base")


class TestVisibility:
    """What is stated counts; where nothing is, the origin decides."""

    @pytest.mark.parametrize(
        ("origin", "expected"),
        [
            ("public", "public"),
            ("licensed", "described"),
            ("third-party", "described"),
            ("user", "described"),
            ("crawled", "public"),
            ("synthetic", "public"),
            ("other", "public"),
        ],
    )
    def test_the_default_follows_the_origin(self, engine: Engine, origin: str, expected: str) -> None:
        with adding(engine) as rows:
            rows.version("a", origin=origin)
        assert select(engine, "SELECT visibility FROM public_dataset_version") == [(expected,)]

    def test_nothing_stated_is_public(self, engine: Engine) -> None:
        with adding(engine) as rows:
            rows.version("a")
        assert select(engine, "SELECT dataset, visibility FROM public_dataset") == [("a", "public")]

    def test_what_is_stated_counts_more_than_the_origin(self, engine: Engine) -> None:
        with adding(engine) as rows:
            rows.version("open", origin="licensed", visibility="public")
            rows.version("closed", origin="public", visibility="private")
        assert select(engine, "SELECT dataset FROM public_dataset_version") == [("open",)]

    def test_a_superseded_statement_no_longer_counts(self, engine: Engine) -> None:
        with adding(engine) as rows:
            version = rows.version("a", visibility="described")
            rows.property(version, "visibility", "public", superseded=True)
        assert select(engine, "SELECT visibility FROM public_dataset_version") == [("described",)]

    def test_an_unknown_visibility_is_private(self, engine: Engine) -> None:
        with adding(engine) as rows:
            rows.version("a", visibility="Public?")
        assert select(engine, "SELECT * FROM public_dataset_version") == []

    def test_a_described_version_shows_sizes_license_languages_and_no_name(self, engine: Engine) -> None:
        with adding(engine) as rows:
            version = rows.version("a", "v9", origin="licensed", title="t", size=(3, 30))
            rows.license(version, "MIT")
            rows.language(version, "de", 3, 30)
            rows.domain(version, "a.example", 3, 30)
            rows.contribution(version, rows.agent("A"), 3, 30)
        assert select(
            engine,
            "SELECT dataset, version, title, origin, license, records, words FROM public_dataset_version",
        ) == [("described dataset 1", "1", None, "licensed", "MIT", 3, 30)]
        assert select(engine, "SELECT dataset, language, words FROM public_version_language") == [
            ("described dataset 1", "de", 30)
        ]
        assert select(engine, "SELECT * FROM public_version_domain") == []
        assert select(engine, "SELECT * FROM public_contribution") == []

    def test_private_datasets_are_one_line_with_their_sizes(self, engine: Engine) -> None:
        with adding(engine) as rows:
            rows.version("open", size=(1, 10))
            rows.version("one", visibility="private", size=(2, 20))
            rows.version("two", visibility="private", size=(3, 30))
        assert select(engine, "SELECT dataset, records, words FROM public_dataset ORDER BY words") == [
            ("open", 1, 10),
            ("withheld (2)", 5, 50),
        ]

    def test_the_newest_public_version_stands_for_the_dataset(self, engine: Engine) -> None:
        with adding(engine) as rows:
            for sequence, visibility in enumerate(("public", "public", "private"), start=1):
                rows.version("a", f"v{sequence}", sequence=sequence, visibility=visibility)
        assert select(engine, "SELECT dataset, versions, newest_version FROM public_dataset") == [
            ("a", 2, "v2")
        ]


class TestModels:
    """What a model was trained on adds up, whatever is withheld."""

    @pytest.fixture
    def model(self, engine: Engine) -> Engine:
        with adding(engine) as rows:
            open_, contract = rows.version("open"), rows.version("contract", origin="licensed")
            hidden = [rows.version(name, visibility="private") for name in ("x", "y")]
            model = rows.model("m", provider="acme")
            rows.run(
                model, [(open_, Fraction(1, 2), 10, 100), (contract, 2, 10, 100), (hidden[0], 1, 10, 100)]
            )
            rows.run(model, [(hidden[1], 1, 5, 50), (open_, 1, 10, 100)], stage="fine-tuning", sequence=2)
        return engine

    def test_private_components_are_one_line(self, model: Engine) -> None:
        found = select(
            model,
            "SELECT run, stage, dataset, epochs, words, words_seen, share FROM public_model_dataset "
            "ORDER BY words_seen, run",
        )
        assert found == [
            (1, "pretraining", "open", 0.5, 100, 50.0, 0.1),
            (2, "fine-tuning", "open", 1.0, 100, 100.0, 0.2),
            (None, None, "withheld (2)", None, 150, 150.0, 0.3),
            (1, "pretraining", "described dataset 1", 2.0, 100, 200.0, 0.4),
        ]

    def test_the_lines_add_up_to_the_model_a_version_of_two_runs_once(self, model: Engine) -> None:
        once = "SELECT DISTINCT dataset, version, records, words FROM public_model_dataset"
        records, words = select(model, f"SELECT SUM(records), SUM(words) FROM ({once}) AS once")[0]
        seen, share = select(model, "SELECT SUM(words_seen), SUM(share) FROM public_model_dataset")[0]
        whole = select(model, "SELECT datasets, records, words, words_seen FROM public_model")
        assert whole == [(4, records, words, seen)]
        assert share == pytest.approx(1)

    def test_another_run_over_the_same_versions_changes_no_size(self, model: Engine) -> None:
        """Definitions, Sizes: "`words`, `records`, `bytes`: of a version, once"."""
        before = sizes(model)
        with adding(model) as rows:
            mixture = select(
                model, "SELECT DISTINCT version_id, records, words FROM mixture_component ORDER BY version_id"
            )
            again = [(version, 3, records, words) for version, records, words in mixture]
            rows.run(
                select(model, "SELECT id FROM model_version")[0][0], again, stage="alignment", sequence=3
            )
        assert sizes(model) == before
        assert select(model, "SELECT words_seen FROM public_model") == [(500.0 + 3 * 350,)]

    def test_a_private_model_is_a_line_without_a_mixture(self, model: Engine) -> None:
        with adding(model) as rows:
            rows.run(rows.model("secret", visibility="private"), [(rows.version("other"), 1, 1, 1)])
        assert ("withheld (1)", None) in select(model, "SELECT model, model_version FROM public_model")
        assert select(model, "SELECT DISTINCT model FROM public_model_dataset") == [("m",)]


def sizes(engine: Engine) -> list[object]:
    """What sums up to records and words: of the view that goes run by run, the line over all runs."""
    withheld = "SELECT dataset, records, words FROM public_model_dataset WHERE run IS NULL"
    found: list[object] = [select(engine, withheld), list_models_in(engine)]
    for view in VIEWS:
        if view.name != "public_model_dataset":
            columns = ", ".join(column.name for column in view.columns if column.name != "words_seen")
            found.append(sorted(map(repr, select(engine, f"SELECT {columns} FROM {view.name}"))))
    for query in NAMED.values():
        if not query.parameters:
            rows = select(engine, query.sql)
            found.append([row[:-1] for row in rows] if query.name == "models" else rows)
    domains = select(engine, NAMED["domains-of-model"].sql, model="m")
    return [*found, domains]


def list_models_in(engine: Engine) -> list[ModelSummary]:
    with reading(engine) as session:
        return list_models(session)


def test_a_reservation_stands_beside_the_version_that_it_is_about(engine: Engine) -> None:
    with adding(engine) as rows:
        public = rows.version("open", collected='{"begin":"2024-01","end":"2025-06"}')
        rows.domain(public, "a.example", 3, 30)
        other = rows.version("other")
        rows.domain(other, "a.example", 4, 40)
        rows.reservation("a.example", scope="part")
        rows.reservation("a.example", "allow", protocol="rsl", version=public)
        rows.reservation("a.example", "allow", protocol="tdmrep", superseded=True)
        rows.reservation("a.example", protocol="contract")
        rows.reservation("b.example")
    columns = "dataset, domain, protocol, answer, scope, observed, collected_from, collected_until, records"
    assert select(engine, f"SELECT {columns} FROM public_reservation ORDER BY dataset, protocol") == [
        ("open", "a.example", "robots", "disallow", "part", "2025-03-01", "2024-01", "2025-06", 3),
        ("open", "a.example", "rsl", "allow", "whole", "2025-03-01", "2024-01", "2025-06", 3),
        ("other", "a.example", "robots", "disallow", "part", "2025-03-01", None, None, 4),
    ]


@pytest.mark.parametrize("begin", [None, "2024", "2024-01", "2024-01-31"])
@pytest.mark.parametrize("end", [None, "2025", "2025-06", "2025-06-30", "ongoing"])
def test_the_view_reads_every_period_that_can_be_stated(
    engine: Engine, begin: str | None, end: str | None
) -> None:
    with adding(engine) as rows:
        version = rows.version("open", collected=encoded(Period(begin, end), Period))
        rows.domain(version, "a.example", 3, 30)
        rows.reservation("a.example")
    assert select(engine, "SELECT collected_from, collected_until FROM public_reservation") == [(begin, end)]


def test_the_dates_of_a_crawl_come_before_those_of_the_collection(engine: Engine) -> None:
    hard = Crawler('"period":{"begin":"1999"}', '\\"period":{', CrawlerBehaviour(other="}"))
    crawled = [Period(), Period("2023-04"), Period(None, "ongoing"), Period("2023", "2023-05-06")]
    collected = [None, Period("2024-01", "2025"), Period(None, "2025-06")]
    with adding(engine) as rows:
        rows.reservation("a.example")
        versions = {}
        for number, (crawl, other, crawlers) in enumerate(product(crawled, collected, ((), (hard,)))):
            key = rows.version(f"v{number}", crawl=encoded(Crawl(crawlers, crawl, ("news",)), Crawl))
            if other:
                rows.property(key, "collected", encoded(other, Period))
            rows.domain(key, "a.example", 3, 30)
            versions[f"v{number}"] = key
    with reading(engine) as session:
        periods = {
            name: crawl_period_of(version_facts(session, version)) for name, version in versions.items()
        }
    found = select(engine, "SELECT dataset, collected_from, collected_until FROM public_reservation")
    assert {name: Period(*dates) for name, *dates in found} == periods
    assert periods["v9"] == Period("2023-04", "2025")


@pytest.mark.parametrize("visibility", ["public", "described"])
def test_a_language_stated_later_counts_more_than_a_detected_one(engine: Engine, visibility: str) -> None:
    with adding(engine) as rows:
        detected = rows.version("detected", size=(4, 40), visibility=visibility)
        rows.language(detected, "en", 3, 30)
        rows.language(detected, "und", 1, 10)
        rows.property(detected, "language", "de")
        fields = rows.version("fields", size=(5, 50), visibility=visibility)
        rows.language(fields, "en", 5, 50, basis="field")
        rows.property(fields, "language", "de")
        unmeasured = rows.version("unmeasured", size=(6, 60), visibility=visibility)
        rows.property(unmeasured, "language", "en", superseded=True)
        rows.property(unmeasured, "language", "fr")
    found = "SELECT language, basis, records, words FROM public_version_language ORDER BY records"
    expected = [("de", "declared", 4, 40), ("en", "field", 5, 50), ("fr", "declared", 6, 60)]
    assert select(engine, found) == expected
    assert select(engine, "SELECT * FROM public_gap WHERE unknown = 'language'") == []
    with reading(engine) as session:
        facts = [version_facts(session, version) for version in (detected, fields, unmeasured)]
    parts = [part for one in facts for part in one.languages]
    assert [(part.language, part.basis, part.size.records, part.size.words) for part in parts] == expected
    assert [one.sampled_records for one in facts] == [None] * 3


def test_withheld_contributors_are_one_line(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("a")
        rows.license(version, "MIT")
        rows.contribution(version, rows.agent("Ann"), 1, 10, license_="CC-BY-4.0")
        rows.contribution(
            version, rows.agent("Bob", shown_as="handle", identifiers={"handle": "bob7"}), 2, 20
        )
        rows.contribution(
            version, rows.agent("Cid", shown_as="handle", identifiers={"orcid": "0000-1"}), 3, 30
        )
        rows.contribution(version, rows.agent("d@e.example"), 4, 40)
        rows.contribution(version, rows.agent("Eve", shown_as="withheld"), 5, 50)
        rows.contribution(version, rows.agent("Fay"), 6, 60, superseded=True)
    assert select(engine, "SELECT contributor, license, words FROM public_contribution ORDER BY words") == [
        ("Ann", "CC-BY-4.0", 10),
        ("bob7", "MIT", 20),
        ("withheld (3)", "MIT", 120),
    ]


@pytest.mark.parametrize(("count", "shown"), [(9, "withheld (fewer than 10)"), (10, "withheld (10)")])
def test_annotators_are_never_shown_one_by_one(engine: Engine, count: int, shown: str) -> None:
    with adding(engine) as rows:
        version = rows.version("a")
        for number in range(count):
            annotator = rows.agent(f"annotator {number}")
            rows.contribution(version, annotator, 1, 1, contributor_type="Annotator", license_=str(number))
    assert select(engine, "SELECT contributor, license, words FROM public_contribution") == [
        (shown, None, count)
    ]


def test_rights_holdings_add_up_to_the_version(engine: Engine) -> None:
    with adding(engine) as rows:
        posts = rows.version("posts", size=(10, 150))
        rows.license(posts, "CC0-1.0")
        hidden = rows.version("hidden", visibility="described")
        ada, bob = rows.agent("Ada", shown_as="name"), rows.agent("Bob", shown_as="name")
        shy, mute = (rows.agent(name, shown_as="withheld") for name in ("Shy", "Mute"))
        rows.holding(posts, [ada], 1, 10, basis="presumed-author")
        rows.holding(posts, [ada, bob], 2, 20, basis="presumed-author")
        rows.holding(posts, [ada], 1, 30, license_="MIT")
        rows.holding(posts, [shy], 1, 40)
        rows.holding(posts, [shy, mute], 2, 8)
        rows.holding(posts, [], 3, 42)
        rows.holding(hidden, [ada], 1, 1)
    found = select(
        engine, "SELECT holder, basis, license, held_words FROM public_rights_holding ORDER BY held_words"
    )
    assert found == [
        ("Bob", "presumed-author", "CC0-1.0", 10.0),
        ("Ada", "presumed-author", "CC0-1.0", 20.0),
        ("Ada", "stated", "MIT", 30.0),
        ("unidentified", "unidentified", "CC0-1.0", 42.0),
        ("withheld (2)", "stated", "CC0-1.0", 48.0),
    ]
    sums = "SELECT SUM(held_records), SUM(held_words) FROM public_rights_holding"
    assert select(engine, sums) == [(10.0, 150.0)]


def test_what_shares_leave_is_unidentified(engine: Engine) -> None:
    with adding(engine) as rows:
        version = rows.version("book", size=(1, 90))
        rows.holding(version, [rows.agent("Ada", shown_as="name")], 1, 90, left=Fraction(2, 3))
    found = select(engine, "SELECT holder, basis, held_words FROM public_rights_holding ORDER BY held_words")
    assert [(holder, basis, round(words, 9)) for holder, basis, words in found] == [
        ("Ada", "stated", 30.0),
        ("unidentified", "unidentified", 60.0),
    ]


def test_licenses_of_records_add_up_to_the_version(engine: Engine) -> None:
    with adding(engine) as rows:
        mixed, plain = rows.version("mixed", size=(6, 60)), rows.version("plain", size=(1, 5))
        rows.license(mixed, "MIT")
        rows.record_license(mixed, "CC-BY-4.0", "cc by 4", 1, 10)
        rows.record_license(mixed, "NOASSERTION", "see site", 2, 20)
        rows.record_license(mixed, "NOASSERTION", "", 3, 30)
        rows.license(plain, "Apache-2.0")
        rows.license(plain, "ISC", kind="concluded")
    assert select(
        engine, "SELECT dataset, expression, raw, basis, words FROM public_version_license ORDER BY words"
    ) == [
        ("plain", "ISC", None, "version", 5),
        ("mixed", "CC-BY-4.0", "cc by 4", "record", 10),
        ("mixed", "NOASSERTION", "see site", "record", 20),
        ("mixed", "MIT", None, "version", 30),
    ]


def test_gaps_say_what_is_unknown_and_who_could_say_it(engine: Engine) -> None:
    with adding(engine) as rows:
        bare = rows.version("bare", size=(4, 40))
        full = rows.version("full", size=(4, 40), origin="public")
        spelled = rows.version("spelled", size=(1, 10), origin="public")
        rows.license(full, "MIT")
        rows.license(spelled, "NOASSERTION", raw="free for all")
        for version, size in ((full, (4, 40)), (spelled, (1, 10))):
            rows.language(version, "en", *size)
            rows.holding(version, [rows.agent("A")], *size)
        rows.language(bare, "en", 3, 30)
        rows.language(bare, "und", 1, 10)
        rows.holding(bare, [], 4, 40)
        rows.run(rows.model("m", provider="acme"), [(full, 1, 4, 40)])
        rows.model("empty")
    found = select(
        engine, "SELECT name, unknown, detail, words, closed_by FROM public_gap ORDER BY name, unknown"
    )
    assert found == [
        ("bare", "language", None, 10, "provider"),
        ("bare", "license", None, 40, "publisher"),
        ("bare", "origin", None, 40, "provider"),
        ("bare", "rights holder", None, 40, "publisher"),
        ("empty", "provider", None, None, "provider"),
        ("empty", "training data", None, None, "provider"),
        ("spelled", "license spelling", "free for all", 10, "reviewer"),
    ]


def test_lineage_names_what_may_be_named(engine: Engine) -> None:
    with adding(engine) as rows:
        child, parent = rows.version("child"), rows.version("parent", "p1")
        rows.derivation(child, of=parent)
        rows.derivation(child, of=rows.version("secret", visibility="private"))
        rows.derivation(child, of_url="https://up.example/data")
        rows.derivation(child, of_url="s3://bucket/data")
        rows.base_model(rows.model("tuned"), of=rows.model("base"))
    columns = "kind, name, from_name, from_version, from_url"
    found = select(engine, f"SELECT {columns} FROM public_lineage")
    assert set(found) == {
        ("derivation", "child", "parent", "p1", None),
        ("derivation", "child", "withheld", None, None),
        ("derivation", "child", None, None, "https://up.example/data"),
        ("derivation", "child", None, None, "withheld"),
        ("base-model", "tuned", "base", "1.0", None),
    }


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("hf://openai/gsm8k@v1.0", "hf://openai/gsm8k@v1.0"),
        ("https://a.example/x.jsonl", "https://a.example/x.jsonl"),
        ("https://me:key@a.example/x.jsonl", "withheld"),
        ("/home/me/x.jsonl", None),
        ("x.jsonl", None),
    ],
)
def test_only_public_addresses_are_sources(engine: Engine, source: str, shown: str | None) -> None:
    with adding(engine) as rows:
        rows.version("a", source=source)
    assert select(engine, "SELECT source FROM public_dataset_version") == [(shown,)]


def test_overlaps_are_public_where_a_relation_is_declared(engine: Engine) -> None:
    with adding(engine) as rows:
        base, made, copy, hidden = (rows.version(name) for name in ("base", "made", "copy", "hidden"))
        newer = rows.version("base", "2", sequence=2)
        rows.property(hidden, "visibility", "described")
        for version in (made, hidden):
            rows.derivation(version, of=base)
        for a, b in ((base, base), (base, made), (base, copy), (base, hidden), (base, newer)):
            rows.overlap(a, b)
    found = select(engine, "SELECT a_dataset, b_dataset FROM public_overlap")
    assert {frozenset(pair) for pair in found} == {frozenset({"base", "made"}), frozenset({"base"})}


def test_editions_of_a_document_are_a_chain_and_the_newest_is_the_latest(engine: Engine) -> None:
    with adding(engine) as rows:
        model = rows.model("mathlet")
        for number in (1, 2):
            rows.edition("disclosure", number, model)
            rows.edition("registry", number)
        rows.edition("attribution", 1, model)
    found = select(
        engine,
        "SELECT kind, model, number, standing, predecessor_digest IS NULL FROM public_document "
        "ORDER BY kind, number",
    )
    assert [
        (kind, model, number, standing, bool(first)) for kind, model, number, standing, first in found
    ] == [
        ("attribution", "mathlet", 1, "latest", True),
        ("disclosure", "mathlet", 1, "superseded", True),
        ("disclosure", "mathlet", 2, "latest", False),
        ("registry", None, 1, "superseded", True),
        ("registry", None, 2, "latest", False),
    ]


def test_media_of_described_versions_are_shown_under_their_general_name_and_of_private_ones_not(
    engine: Engine,
) -> None:
    with adding(engine) as rows:
        for visibility in ("public", "described", "private"):
            version = rows.version(f"v-{visibility}", visibility=visibility)
            rows.media(version, "audio", 3, milliseconds=2_500, undetermined=1, rates="8000,16000")
            rows.media(version, "image", 7)
    columns = "dataset, modality, items, milliseconds, undetermined, rates, bytes"
    found = select(engine, f"SELECT {columns} FROM public_version_media ORDER BY dataset DESC, modality")
    assert found == [
        (name, *part)
        for name in ("v-public", "described dataset 1")
        for part in (("audio", 3, 2_500, 1, "8000,16000", 300), ("image", 7, None, 0, None, 700))
    ]


def test_what_is_found_of_tests_is_shown_of_public_models_tests_and_datasets_alone(engine: Engine) -> None:
    with adding(engine) as rows:
        test, used, unused = (rows.version(name) for name in ("test", "used", "unused"))
        closed = [rows.version(f"v-{kind}", visibility=kind) for kind in ("described", "private")]
        for name, kind in (("open", "public"), ("closed", "private")):
            model = rows.model(name, visibility=kind)
            rows.run(model, [(version, 1, 10, 100) for version in (used, *closed)])
            for one in (test, *closed):
                rows.benchmark(model, one)
        for one in (test, *closed):
            for searched in (used, unused, *closed):
                rows.benchmark_overlap(one, searched)
    found = select(engine, "SELECT model, benchmark, dataset, found_records FROM public_benchmark_overlap")
    assert found == [("open", "test", "used", 4)]
