"""Long tables: cut on the page, whole in a file; lists page by page; what the search knows."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from registry.documents.fields import Column, Kind, Rest, Table
from registry.documents.projection import Audience
from registry.documents.site.site import Site
from registry.domain.dataset import Origin
from registry.domain.facts import VersionFacts
from registry.render.lists import PER_PAGE
from registry.render.long_tables import MOST_ROWS, LongTables, table_csv
from registry.render.search import search_data
from registry.render.site import render_site
from tests.facts import agent, component, holding, model, version
from tests.sites import site_of, whole
from tests.unit.render.test_html import Reader

COLUMNS = (Column("name", "Name"), Column("words", "Words", Kind.COUNT), Column("share", "Share", Kind.SHARE))


def table(rows: int) -> Table:
    return Table(
        "Some rows.",
        COLUMNS,
        tuple((f"row {number}", number, Fraction(number, 3)) for number in range(rows)),
        tuple(f"{number}.html" for number in range(rows)),
    )


class TestCutting:
    def test_a_short_table_stays_whole(self) -> None:
        long = LongTables()
        assert long.shown("rows", table(MOST_ROWS)) == table(MOST_ROWS)
        assert (long.files, long.downloads) == ({}, [])

    def test_a_long_one_shows_its_first_rows_and_says_where_all_are(self) -> None:
        long = LongTables()
        shown = long.shown("rows", table(MOST_ROWS + 1))
        assert shown.rows == table(MOST_ROWS).rows
        assert len(shown.hrefs) == MOST_ROWS
        assert shown.rest == Rest(MOST_ROWS + 1, "rows.csv", "rows.csv")
        assert [download.name for download in long.downloads] == ["rows.csv"]
        assert len(long.files["rows.csv"].splitlines()) == MOST_ROWS + 2

    def test_the_file_has_exact_numbers_and_nothing_for_what_is_not_known(self) -> None:
        cells: tuple[tuple[str | int | Fraction | None, ...], ...] = (
            ("=a", 1_000, Fraction(1, 3)),
            ("b", None, None),
        )
        content = table_csv(Table("", COLUMNS, cells)).decode()
        rows = list(csv.reader(io.StringIO(content, newline="")))
        assert rows == [["name", "words", "share"], ["'=a", "1000", "0.333333333333"], ["b", "", ""]]


@pytest.fixture(scope="module")
def many() -> list[VersionFacts]:
    """More datasets than a page of a list holds, the first the largest, some without a page."""
    count = 2 * PER_PAGE + 1
    return [
        version(
            f"set-{number:04}",
            size=(1, count - number, 9),
            origin=Origin.LICENSED if number % 100 == 99 else Origin.PUBLIC,
        )
        for number in range(count)
    ]


@pytest.fixture(scope="module")
def files(many: list[VersionFacts]) -> dict[str, bytes]:
    return whole(render_site(site_of(model(*map(component, many)))))


def links(files: dict[str, bytes], name: str) -> list[str]:
    return [str(one["href"]) for one in Reader(files[name].decode()).all("a")]


class TestLists:
    def test_the_first_page_shows_the_largest_and_leads_to_the_list(self, files: dict[str, bytes]) -> None:
        html = files["index.html"].decode()
        assert f"The first {MOST_ROWS} of 1,001 rows; all of them:" in html
        assert "lists/datasets/index.html" in links(files, "index.html")
        assert f"datasets/set-{MOST_ROWS:04}/1/index.html" not in links(files, "index.html")

    def test_every_dataset_with_a_page_is_linked_once_in_the_list(self, files: dict[str, bytes]) -> None:
        pages = sorted(name for name in files if name.startswith("datasets/") and name.endswith(".html"))
        names = [name for name in files if name.startswith("lists/datasets/")]
        assert names == ["lists/datasets/index.html", "lists/datasets/2.html", "lists/datasets/3.html"]
        found = [one for name in names for one in links(files, name) if one.endswith("/1/index.html")]
        assert sorted(found) == [f"../../{name}" for name in pages]

    def test_pages_lead_to_each_other(self, files: dict[str, bytes]) -> None:
        names = ["index.html", "2.html", "3.html"]
        for before, after in pairwise(names):
            assert after in links(files, f"lists/datasets/{before}")
            assert before in links(files, f"lists/datasets/{after}")
        assert 'aria-current="page">2</a>' in files["lists/datasets/2.html"].decode()
        assert "Next page" not in files["lists/datasets/3.html"].decode()

    def test_no_page_has_more_rows_than_it_should(self, files: dict[str, bytes]) -> None:
        folder = "models/mathlet/1.0"
        for name in ("index.html", f"{folder}/index.html", f"{folder}/attribution/index.html"):
            assert len(Reader(files[name].decode()).all("tr")) < 3 * MOST_ROWS, name
        assert len(files[f"{folder}/mixture.csv"].splitlines()) == 1_002

    def test_a_small_registry_has_no_lists(self) -> None:
        small = whole(render_site(site_of(model(component(version("one"))))))
        assert not [name for name in small if name.startswith("lists/")]


class TestSearchData:
    def site(self) -> Site:
        named = agent("Ada </script><!--<script>", shown_as="name")
        hidden = agent("Grace", shown_as="withheld")
        held = holding((5, 500, 9), named), holding((5, 500, 9), hidden)
        shown = version("a/b", title="Poems")
        secret = replace(version("vault", origin=Origin.LICENSED), title="Vault")
        return site_of(model(component(shown, *held), component(secret), provider="ACME"))

    def entries(self, most: int = 10_000) -> list[list[object]]:
        found: list[list[object]] = json.loads(search_data(self.site(), most))["entries"]
        return found

    def test_models_datasets_and_named_holders(self) -> None:
        assert self.entries() == [
            [0, "mathlet@1.0", "ACME"],
            [1, "a/b@1", "Poems"],
            [2, "Ada </script><!--<script>", "a/b@1"],
        ]

    def test_no_name_can_end_the_element_or_open_another(self) -> None:
        assert "<" not in search_data(self.site())

    def test_what_is_too_much_goes_and_is_counted(self) -> None:
        whole = len(search_data(self.site()))
        assert self.entries(whole - 1)[1] == [1, "a/b@1"]
        assert [entry[0] for entry in self.entries(whole - 20)] == [0, 1]
        assert json.loads(search_data(self.site(), whole - 20))["left"] == 1

    def test_a_folder_that_does_not_follow_from_the_name_is_given(self) -> None:
        site = site_of(unused=(version("Poems"), version("poems")), audience=Audience.PUBLIC)
        entries = json.loads(search_data(site))["entries"]
        assert {entry[3] for entry in entries} == {dataset.folder for dataset in site.datasets}
