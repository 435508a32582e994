"""Every named query gives, on both databases, the answer worked out here by hand."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import make_url

from registry.queries.named import NAMED
from registry.queries.sandbox import run_query
from registry.queries.sandbox_rules import grants
from registry.store.engine import open_engine
from tests.rows import adding

Row = tuple[Any, ...]
UNDER_CONTRACT = "described dataset 1"


@pytest.fixture(scope="module")
def urls(module_registry_url: str) -> Iterator[tuple[str, str | None]]:
    """The registry, and the same as its reader where there are roles."""
    _fill(module_registry_url)
    owner = open_engine(module_registry_url)
    if owner.dialect.name == "sqlite":
        yield module_registry_url, None
        return
    role = f"reader_{uuid4().hex}"
    with owner.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for statement in grants(role):
            connection.exec_driver_sql(statement)
        reader = make_url(module_registry_url).set(username=role, password="choose one")
        yield module_registry_url, reader.render_as_string(hide_password=False)
        connection.exec_driver_sql(f'DROP OWNED BY "{role}"')
        connection.exec_driver_sql(f'DROP ROLE "{role}"')


def _fill(url: str) -> None:
    """Model `m` saw web@1 twice (400 words), book@1 once (100) and a private dataset once (100)."""
    with adding(open_engine(url)) as rows:
        web = rows.version("web", size=(20, 200), origin="crawled")
        rows.record_license(web, "CC-BY-4.0", "cc by 4", 5, 50)
        rows.record_license(web, "NOASSERTION", "see site", 15, 150)
        rows.language(web, "en", 15, 150)
        rows.language(web, "und", 5, 50)
        rows.domain(web, "a.example", 12, 120)
        rows.domain(web, "b.example", 8, 80)
        ann, bob = rows.agent("Ann"), rows.agent("Bob", shown_as="withheld")
        rows.contribution(web, ann, 12, 120, license_="CC-BY-4.0")
        rows.contribution(web, bob, 8, 80)
        rows.holding(web, [ann, bob], 20, 200)

        book = rows.version("book", size=(1, 100), origin="licensed")
        rows.license(book, "LicenseRef-contract")
        rows.language(book, "de", 1, 100)
        rows.holding(book, [ann], 1, 100)

        crumbs = rows.version("crumbs", size=(1, 10), origin="public")
        rows.language(crumbs, "en", 1, 10)
        rows.derivation(crumbs, of=web)
        rows.derivation(web, of_url="https://crawl.example/2025")

        hidden = rows.version("hidden", size=(2, 100), visibility="private")
        base = rows.model("base", provider="acme")
        model = rows.model("m", provider="acme")
        rows.base_model(model, of=base)
        rows.run(base, [(crumbs, 1, 1, 10)])
        rows.run(model, [(web, 2, 20, 200), (book, 1, 1, 100), (hidden, 1, 2, 100)])


ANSWERS: dict[str, tuple[dict[str, str], list[Row]]] = {
    "datasets": (
        {},
        [
            ("crumbs", "1", 1, "public", "public", "NOASSERTION", 1, 10),
            (UNDER_CONTRACT, "1", 1, "described", "licensed", "LicenseRef-withheld", 1, 100),
            ("web", "1", 1, "public", "crawled", "NOASSERTION", 20, 200),
            ("withheld (1)", None, 1, "private", None, None, 2, 100),
        ],
    ),
    "largest-datasets": (
        {},
        [
            ("web", "1", 200, 20, "NOASSERTION", "crawled"),
            (UNDER_CONTRACT, "1", 100, 1, "LicenseRef-withheld", "licensed"),
            ("crumbs", "1", 10, 1, "NOASSERTION", "public"),
        ],
    ),
    "models": (
        {},
        [("base", "1.0", "acme", 1, 1, 10, 10.0), ("m", "1.0", "acme", 3, 23, 400, 600.0)],
    ),
    "models-using": (
        {"dataset": "web@1"},
        [("m", "1.0", "pretraining", "1", 2.0, 400.0, 2 / 3)],
    ),
    "datasets-of": (
        {"model": "m"},
        [
            ("1.0", "pretraining", "web", "1", 2.0, 200, 400.0, 2 / 3, "NOASSERTION", "crawled"),
            (
                "1.0",
                "pretraining",
                UNDER_CONTRACT,
                "1",
                1.0,
                100,
                100.0,
                1 / 6,
                "LicenseRef-withheld",
                "licensed",
            ),
            ("1.0", None, "withheld (1)", None, None, 100, 100.0, 1 / 6, None, None),
        ],
    ),
    "licenses-of-model": (
        {"model": "m@1.0"},
        [
            ("1.0", "NOASSERTION", 300.0, 0.5),
            ("1.0", "CC-BY-4.0", 100.0, 1 / 6),
            ("1.0", "LicenseRef-withheld", 100.0, 1 / 6),
        ],
    ),
    "languages-of-model": (
        {"model": "m"},
        [("1.0", "en", 300.0, 0.5), ("1.0", "de", 100.0, 1 / 6), ("1.0", "und", 100.0, 1 / 6)],
    ),
    "domains-of-model": (
        {"model": "m"},
        [("1.0", "a.example", 12, 120, 720), ("1.0", "b.example", 8, 80, 480)],
    ),
    "license-mix": (
        {},
        [("NOASSERTION", 16, 160), ("LicenseRef-withheld", 1, 100), ("CC-BY-4.0", 5, 50)],
    ),
    "unlicensed": ({}, [("web", "1", 15, 150), ("crumbs", "1", 1, 10)]),
    "unmapped-licenses": ({}, [("see site", 1, 15, 150)]),
    "contributors-of": (
        {"dataset": "web"},
        [
            ("1", "Ann", "Creator", "CC-BY-4.0", 12, 120),
            ("1", "withheld (1)", "Creator", "NOASSERTION", 8, 80),
        ],
    ),
    "holders-of": (
        {"dataset": "web@1"},
        [
            ("1", "Ann", "stated", "NOASSERTION", 10.0, 100.0),
            ("1", "withheld (1)", "stated", "NOASSERTION", 10.0, 100.0),
        ],
    ),
    "lineage-of": (
        {"name": "crumbs"},
        [
            (1, "derivation", "crumbs", "1", "web", "1", None),
            (2, "derivation", "web", "1", None, None, "https://crawl.example/2025"),
        ],
    ),
    "gaps": (
        {},
        [
            ("dataset", "crumbs", "1", "license", None, 1, 10, "publisher"),
            ("dataset", "crumbs", "1", "rights holder", None, 1, 10, "publisher"),
            ("dataset", "web", "1", "language", None, 5, 50, "provider"),
            ("dataset", "web", "1", "license spelling", "see site", 15, 150, "reviewer"),
        ],
    ),
    "gaps-of-model": (
        {"model": "base"},
        [
            ("dataset", "crumbs", "1", "license", None, 10, "publisher"),
            ("dataset", "crumbs", "1", "rights holder", None, 10, "publisher"),
        ],
    ),
}


@pytest.mark.parametrize("name", NAMED)
def test_a_named_query_gives_the_expected_rows(urls: tuple[str, str | None], name: str) -> None:
    owner, reader = urls
    parameters, expected = ANSWERS[name]
    query = NAMED[name]
    assert set(query.parameters) == set(parameters)
    found = run_query(owner, query.sql, query_database_url=reader, parameters=parameters)
    assert found.rows == [pytest.approx(row) if _has_share(row) else row for row in expected]


def _has_share(row: Row) -> bool:
    return any(isinstance(value, float) for value in row)


def test_names_and_meanings_are_fit_for_a_list() -> None:
    for name, query in NAMED.items():
        assert query.name == name == name.lower()
        assert query.meaning.endswith(".")
