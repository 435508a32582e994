"""How a large collection's license names are read, against the page that says so."""

from pathlib import Path

import pytest

from registry.domain.license import parse_license
from scripts import license_coverage as coverage


@pytest.fixture(scope="module")
def collection(shared_data: Path) -> Path:
    return shared_data / "dpi"


def test_the_page_says_what_is_so(collection: Path) -> None:
    assert coverage.PAGE.read_text("utf-8") == coverage.page(collection), "run `make licenses`"


def test_most_names_are_read_and_the_others_have_a_reason(collection: Path) -> None:
    names = {name for name, _ in coverage.statements(collection)}
    assert len(names) == 49
    unread = {name for name in names if not parse_license(name).known}
    assert unread <= set(coverage.WHY)
    assert len(names - unread) == 42
    custom = coverage.table(collection, "custom_license_classes.json")
    read = {address: parse_license(address).expression for address in custom if parse_license(address).known}
    assert len(custom) == 79
    assert sorted(read.values()) == [
        "LicenseRef-LMSYS-Chat-1M",
        "LicenseRef-Microsoft-Research-Data",
        "O-UDA-1.0",
        "WordNet",
    ]


def test_every_difference_is_a_known_one_and_has_our_clause(collection: Path) -> None:
    """Theirs: MIT without its notice, ND as share-alike, no license as all uses, weak copyleft as none."""
    found = coverage.differences(collection)
    assert all(one.clause for one in found)
    decided = {(one.name, one.duty, one.theirs, one.ours) for one in found if one.ours in {"yes", "no"}}
    assert decided == {
        ("MIT", "attribution", "no", "yes"),
        ("CC BY-ND 4.0", "share_alike", "yes", "no"),
        ("BigScience OpenRAIL-M", "share_alike", "yes", "no"),
        ("CDLA Permissive 2.0", "attribution", "yes", "no"),
        ("EPL 1.0", "share_alike", "no", "yes"),
        ("LGPL 2.1", "share_alike", "no", "yes"),
        ("LGPL 3.0", "share_alike", "no", "yes"),
        ("MPL 2.0", "share_alike", "no", "yes"),
    }
    assert {one.ours for one in found if one.name == "No License"} == {"unknown"}


def test_one_license_is_answered_twice_by_them_and_once_by_us(collection: Path) -> None:
    assert [license_ for license_, _ in coverage.answered_twice(collection)] == ["MIT"]
