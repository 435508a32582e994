"""When a summary has to be public, and when it is due again."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from registry.documents.edition import Edition
from registry.documents.figures import exactly
from registry.documents.grade.examined import Examined
from registry.documents.grade.finding import Finding, Severity
from registry.domain.stated import NOT_APPLICABLE

RULE = (
    "A summary is public from the day on which the model is placed on the Union market. It is updated at "
    "least every six months, sooner where a change is material. Models placed before 2 August 2025 have "
    "until 2 August 2027."
)
PUBLISH = "Read the draft, then `registry publish --out FOLDER --approved-by NAME`."
_DUTY_SINCE, _OLDER_MODELS_UNTIL = date(2025, 8, 2), date(2027, 8, 2)
_MONTHS = 6
_NOTICE = timedelta(days=30)
_PATH = "publication"


def public_by(examined: Examined) -> date | None:
    """The day from which the summary has to be public; None where no date of placement is stated."""
    try:
        placed = date.fromisoformat(examined.model.placed_on_eu_market or "")
    except ValueError:
        return None
    return placed if placed >= _DUTY_SINCE else _OLDER_MODELS_UNTIL


def approved_on(edition: Edition) -> date:
    """The day of approval (UTC)."""
    return date.fromisoformat(edition.approved_at[:10])


def due_again(edition: Edition) -> date:
    """Six months after an edition, on the same day of the month or its last."""
    day = approved_on(edition)
    year, month = divmod(day.year * 12 + day.month - 1 + _MONTHS, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def clock_findings(examined: Examined) -> Iterator[Finding]:
    """What is due, or will be within thirty days."""
    if _off_market(examined):
        return
    latest = examined.history.latest
    if latest is None:
        yield _unpublished(public_by(examined), examined.on)
        return
    if not examined.history.is_current:
        yield Finding(
            Severity.WARNING,
            _PATH,
            f"Changed since edition {latest.number} of {_told(approved_on(latest))}: "
            "what is published is not what is recorded now.",
            f"If the change is material, publish the next edition now. {PUBLISH}",
        )
    yield from _renewal(latest, examined.on)


def _off_market(examined: Examined) -> bool:
    """Whether it is stated that the model is not placed on the Union market: then nothing is due."""
    return (examined.model.placed_on_eu_market or "").casefold() == NOT_APPLICABLE


def _unpublished(by: date | None, on: date) -> Finding:
    if by is None:
        message = "Never published, and when the model is placed on the Union market is not stated."
        remedy = f"The provider, in registry.yaml: `placed_on_eu_market` of the model. {PUBLISH}"
        return Finding(Severity.WARNING, _PATH, message, remedy)
    if by <= on:
        return Finding(Severity.ERROR, _PATH, f"Never published; due since {_told(by)}.", PUBLISH)
    left = exactly((by - on).days, "day")
    return Finding(Severity.WARNING, _PATH, f"Never published; due by {_told(by)}, in {left}.", PUBLISH)


def _renewal(latest: Edition, on: date) -> Iterator[Finding]:
    due = due_again(latest)
    of = f"Edition {latest.number} is of {_told(approved_on(latest))}"
    if due <= on:
        yield Finding(Severity.ERROR, _PATH, f"{of}: an update is due since {_told(due)}.", PUBLISH)
    elif due - on <= _NOTICE:
        left = exactly((due - on).days, "day")
        yield Finding(Severity.WARNING, _PATH, f"{of}: an update is due by {_told(due)}, in {left}.", PUBLISH)


def _told(day: date) -> str:
    return f"{day:%d/%m/%Y}"
