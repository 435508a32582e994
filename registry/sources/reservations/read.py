"""Which protocol a file is of, and what it says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from registry.domain.reservation import EVERYWHERE, Signal
from registry.errors import SourceError
from registry.sources.reservations.ai_txt import ai_txt_signals
from registry.sources.reservations.headers import header_signals
from registry.sources.reservations.robots import robots_signals
from registry.sources.reservations.rsl import rsl_signals
from registry.sources.reservations.tdmrep import html_signals, tdmrep_signals

MOST_BYTES = 16 << 20
_STATUS = re.compile(rb"HTTP/[0-9.]+ [0-9]{3}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A file that the user fetched.

    path:   the page that headers or HTML belong to; `/` where they stand for the whole site
    agents: the crawlers that count in a robots.txt; none for those known to collect for training
    """

    name: str
    data: bytes
    path: str = EVERYWHERE
    agents: Sequence[str] = ()


READERS: dict[str, Callable[[Fetched], tuple[Signal, ...]]] = {
    "robots": lambda file: robots_signals(file.data, file.agents),
    "tdmrep": lambda file: tdmrep_signals(file.data),
    "rsl": lambda file: rsl_signals(file.data),
    "ai-txt": lambda file: ai_txt_signals(file.data),
    "headers": lambda file: header_signals(file.data, f"headers of {file.path}", file.path),
    "html": lambda file: html_signals(file.data, f"page {file.path}", file.path),
}
PAGES = ("headers", "html")  # the forms that are of one page; all others are of the whole site


def signals_in(file: Fetched, form: str | None = None) -> tuple[Signal, ...]:
    """What a file says of training; `form` is one of `READERS`, told from the file where it is None.

    Raises `SourceError` for a file of no form known here.
    """
    if len(file.data) > MOST_BYTES:
        raise SourceError(f"is larger than {MOST_BYTES >> 20} MiB", file=file.name, hint="fetch it again")
    return READERS[form or form_of(file)](file)


def form_of(file: Fetched) -> str:
    """The form of a file: by its name, else by how it begins. Raises `SourceError`."""
    name = file.name.rpartition("/")[2].lower()
    for form, fits in _BY_NAME:
        if re.search(fits, name):
            return form
    start = file.data[:2048].lstrip().lower()
    if _STATUS.match(file.data):
        return "headers"
    if b"<rsl" in start:
        return "rsl"
    if start.startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith(b"[") and b"tdm-reservation" in file.data:
        return "tdmrep"
    if re.search(rb"(?im)^[ \t]*user-agent[ \t]*:", file.data):
        return "robots"
    hint = f"say which with --protocol: {', '.join(READERS)}"
    raise SourceError("it cannot be told what this file is", file=file.name, hint=hint)


_BY_NAME = (
    ("robots", r"robots.*\.txt$"),
    ("ai-txt", r"(^|[^a-z])ai\.txt$"),
    ("tdmrep", r"tdmrep.*\.json$"),
    ("rsl", r"\.(xml|rsl)$"),
    ("html", r"\.html?$"),
    ("headers", r"header|\.http$"),
)
