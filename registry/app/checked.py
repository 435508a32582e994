"""What users say on the command line, held against what it must be."""

from datetime import UTC, date, datetime

from registry.errors import UsageError


def require_words(said: str, option: str) -> None:
    """Refuse a name or reason without any."""
    if not said.strip():
        example = {"--because": "the letter of 1 March says so"}.get(option, "Jane Reviewer")
        raise UsageError(f"{option} says nothing", hint=f'for example: {option} "{example}"')


def past_day(text: str, hint: str) -> str:
    """A day as YYYY-MM-DD; refused is what is none, and with a hint what has not come yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"'{text}' is no day", hint="write it as YYYY-MM-DD") from error
    if day > datetime.now(UTC).date():
        raise UsageError(f"{day} has not come yet", hint=hint)
    return day.isoformat()
