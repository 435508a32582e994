"""HTML pages: every value escaped, links only to the web and to mail, no request to anywhere."""

import base64
import hashlib
import re
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from registry.assets import folder
from registry.documents.fields import Kind, Status
from registry.documents.figures import exact, percent

_SCHEMES = {"http", "https", "mailto"}
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069<>\"`\\]")
_PERCENT = re.compile(r"(?<=[0-9]) (?=%)")
_CODE = re.compile(r"`([^`]+)`")
_STATUS = {
    Status.COMPUTED: "computed from the registry",
    Status.DECLARED: "declared",
    Status.NOT_APPLICABLE: "not applicable",
    Status.GAP: "not known",
}


def _without_blank_lines(html: str) -> str:
    return "\n".join(line.rstrip() for line in html.split("\n") if line.strip())


@cache
def _style() -> Markup:
    """The style sheet as it stands in the page: its digest is in the policy."""
    sheet = (folder("templates") / "site.css").read_text(encoding="utf-8")
    return Markup(_without_blank_lines(sheet))  # noqa: S704 - our own file


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the first screen, with its label and what it counts."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page."""

    name: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What base.html shows; a page of its own adds fields, which are all that its template may use."""

    style: Markup = field(default_factory=_style)
    policy: str = field(default_factory=lambda: content_policy(_style()))
    title: str
    kind: str
    subject: str
    updated: str
    software: str | None
    for_auditor: bool
    figures: tuple[Figure, ...]
    downloads: tuple[Download, ...]


def page_bytes(template: str, page: Page) -> bytes:
    """Render a page with its own template, as UTF-8 ending in one newline."""
    values = {one.name: getattr(page, one.name) for one in fields(page)}
    html = environment().get_template(template).render(values)
    return (_without_blank_lines(html) + "\n").encode()


def content_policy(style: str) -> str:
    """A Content-Security-Policy that allows this one style sheet and nothing else."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def environment() -> Environment:
    """Templates that escape everything and fail on a name they were not given."""
    environment = Environment(
        loader=FileSystemLoader(folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=_unbroken,
        keep_trailing_newline=False,
    )
    environment.filters |= {"link": link, "number": number, "code": code, "status": _STATUS.__getitem__}
    return environment


def _unbroken(value: object) -> object:
    """No line ends between a number and its percent sign. What is markup already came by here as text."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return _PERCENT.sub("\N{NO-BREAK SPACE}", value)
    return value


def link(address: str) -> Markup:
    """A link where the address is one of the web or of mail, else the text alone."""
    shown = escape(address)
    if not is_safe_address(address):
        return Markup("<bdi>{}</bdi>").format(shown)
    return Markup('<a href="{}" rel="noreferrer"><bdi>{}</bdi></a>').format(shown, shown)


def is_safe_address(address: str) -> bool:
    """Whether an address is http(s) or mailto, with nothing in it that could hide another."""
    if _NOT_IN_URL.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.path if parts.scheme == "mailto" else parts.netloc)


def number(value: int | Fraction, kind: str) -> str:
    """A count with thousands separated, a share in percent."""
    return percent(Fraction(value)) if kind == Kind.SHARE else exact(int(value))


def code(text: str) -> Markup:
    """Text with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped just before
