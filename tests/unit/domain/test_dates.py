"""Dates of records, as far as they are exact."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.dates import first_of, last_day, last_of, record_date


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2013", "2013"),
        ("2013-05", "2013-05"),
        ("2013-05-18", "2013-05-18"),
        (" 2013-05-18 ", "2013-05-18"),
        ("2013-05-18T01:02:03.456Z", "2013-05-18"),
        ("2013-05-18 01:02:03+02:00", "2013-05-18"),
        ("20130518", "2013-05-18"),
        ("20130518010203", "2013-05-18"),  # WARC-style
        ("20130518T010203Z", "2013-05-18"),
        ("2013-02-30", None),
        ("2013-13", None),
        ("0000", None),
        ("20139999", None),
        ("1368838923", None),  # seconds since 1970 are no date by themselves
        ("18/05/2013", None),
        ("May 2013", None),
        ("", None),
        ("٢٠١٣", None),
    ],
)
def test_only_iso_dates_are_read(text: str, found: str | None) -> None:
    assert record_date(text) == found


@given(st.datetimes())
def test_every_moment_has_its_day(moment: datetime) -> None:
    for text in (moment.isoformat(), moment.isoformat(" "), moment.strftime("%Y%m%dT%H%M%S").zfill(15)):
        assert record_date(text) == moment.date().isoformat()


@given(st.lists(st.dates(), min_size=1))
def test_first_and_last_are_those_of_the_calendar(days: list[date]) -> None:
    texts = [day.isoformat() for day in days]
    assert (first_of(texts), last_of(texts)) == (min(days).isoformat(), max(days).isoformat())


def test_what_is_less_exact_may_be_earlier_and_later() -> None:
    moments = ["2013-05", "2013", "2013-05-18"]
    assert (first_of(moments), last_of(moments), last_day("2013-05")) == ("2013", "2013", "2013-05-31")
