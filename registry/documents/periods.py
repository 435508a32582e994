"""Periods and dates as the EU template writes them: MM/YYYY."""

from registry.documents.figures import exactly
from registry.domain.facts import RecordDates, VersionFacts
from registry.domain.stated import Period

ONGOING = "ongoing"


def month(moment: str) -> str:
    """MM/YYYY of YYYY-MM or YYYY-MM-DD; a year alone, and `ongoing`, as they are."""
    parts = moment.split("-")
    return f"{parts[1]}/{parts[0]}" if len(parts) > 1 else moment


def period_text(period: Period) -> str | None:
    """The period in words; None where nothing is stated."""
    if period.begin and period.end == ONGOING:
        return f"from {month(period.begin)}, ongoing"
    if period.begin and period.end:
        if month(period.begin) == month(period.end):
            return month(period.begin)
        return f"{month(period.begin)} to {month(period.end)}"
    if period.begin:
        return f"from {month(period.begin)}"
    return None if period.end is None else ONGOING if period.end == ONGOING else f"until {month(period.end)}"


def dates_text(dates: RecordDates) -> str:
    """From when to when records are dated, and how many are."""
    period = dates.first if dates.first == dates.last else f"{dates.first} to {dates.last}"
    return f"{period}, in {exactly(dates.records, 'record')}"


def period_of(version: VersionFacts) -> Period:
    """When a version was collected: as stated of it, else of its crawl."""
    said = version.description
    crawled = said.crawl.period if said.crawl else Period()
    return Period(said.collected.begin or crawled.begin, said.collected.end or crawled.end)


def crawl_period_of(version: VersionFacts) -> Period:
    """When a version was crawled: as stated of the crawl, else of the version."""
    said = version.description
    crawled = said.crawl.period if said.crawl else Period()
    return Period(crawled.begin or said.collected.begin, crawled.end or said.collected.end)


def is_exact(moment: str | None) -> bool:
    """Whether a date is stated, to the month."""
    return moment == ONGOING or "-" in (moment or "")


def missing_dates(period: Period, key: str) -> list[str]:
    """The keys under `key` whose dates are not stated to the month."""
    dates = (("from", period.begin), ("until", period.end))
    return [date_key(f"{key}.{name}", moment) for name, moment in dates if not is_exact(moment)]


def date_key(key: str, moment: str | None) -> str:
    """The key of a date that is not stated, or not to the month."""
    return f"`{key}`" + (" as YYYY-MM" if moment else "")


def latest(moments: list[str]) -> str | None:
    """The last of some dates; a year without a month may be its last month."""
    return max(moments, key=lambda moment: moment if "-" in moment else f"{moment}-12", default=None)
