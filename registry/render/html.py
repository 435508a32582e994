"""HTML pages: every value escaped, links only to the web and to mail, no request to anywhere."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import cache
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from registry.assets import folder
from registry.documents.contact import Contact
from registry.documents.fields import Cell, Kind, Status, Table
from registry.documents.figures import exact
from registry.documents.names import WITHHELD_AGENT
from registry.documents.why import Why
from registry.render.charts import Chart, aligned, unbroken
from registry.render.open_points import by_closer
from registry.render.terms import license_name

_SCHEMES = {"http", "https", "mailto"}
_NOT_IN_URL = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\u200b-\u200f\u202a-\u202e\u2066-\u2069<>\"`\\]")
_SHORT = 16
_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{32,128}")
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


@cache
def _script() -> Markup:
    """The script as it stands in the page: its digest is in the policy."""
    script = (folder("templates") / "site.js").read_text(encoding="utf-8")
    return Markup(_without_blank_lines(script))  # noqa: S704 - our own file


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of the first screen (None: not known), its label, what it counts, and how it was computed."""

    label: str
    value: str | None
    note: str
    how: Why | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """A file beside the page."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Crumb:
    """A link to a page of this site, relative to the page it stands on, or to a part of the page."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The banner of a page: a mark, what it means, the style of the mark, where the newest version is."""

    mark: str
    said: str
    style: str
    newest: Crumb | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label with what is said under it, as a link where `address` is one of the web; None is not known."""

    label: str
    value: str | None
    address: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What base.html shows; a page of its own adds fields, which are all that its template may use.

    trail: the pages above this one, the registry's index first; contents: the parts of a long page, which
    then gets a table of contents; also: other pages of the same facts; how: how figures of the page were
    computed, by name
    """

    style: Markup = field(default_factory=_style)
    script: Markup = field(default_factory=_script)
    policy: str = field(default_factory=lambda: content_policy(_style(), _script()))
    title: str
    kind: str
    subject: str
    updated: str
    standing: Standing
    software: str | None
    for_auditor: bool
    figures: tuple[Figure, ...]
    downloads: tuple[Download, ...]
    contact: Contact
    facts: tuple[Fact, ...] = ()
    trail: tuple[Crumb, ...] = ()
    contents: tuple[Crumb, ...] = ()
    also: tuple[Crumb, ...] = ()
    charts: tuple[Chart, ...] = ()
    how: Mapping[str, Why] = field(default_factory=dict)
    withdrawn: bool = False
    superseded_by: Crumb | None = None


def page_bytes(template: str, page: Page) -> bytes:
    """Render a page with its own template, as UTF-8 ending in one newline."""
    values = {one.name: getattr(page, one.name) for one in fields(page)}
    html = environment().get_template(template).render(values)
    return (_without_blank_lines(html) + "\n").encode()


def content_policy(style: str, script: str) -> str:
    """A Content-Security-Policy that allows this one style sheet and this one script, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(content: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


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
    environment.filters |= {
        "link": link,
        "number": number,
        "code": code,
        "text": text,
        "license": license_shown,
        "status": _STATUS.__getitem__,
        "by_closer": by_closer,
        "exact": exact,
        "rows": rows,
    }
    return environment


def _unbroken(value: object) -> object:
    """Text with its percent signs held; what is markup already came by here as text."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return unbroken(value)
    return value


def link(address: str, label: str | None = None) -> Markup:
    """A link where the address is one of the web or of mail, its scheme left out; else the text alone."""
    if not is_safe_address(address):
        return Markup("<bdi>{}</bdi>").format(label or address)
    shown = unbroken(label or address.removeprefix("mailto:").removeprefix("https://").rstrip("/"))
    broken = escape(shown).replace("/", Markup("/<wbr>"))
    return Markup('<a href="{}" rel="noreferrer"><bdi>{}</bdi></a>').format(address, broken)


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
    return aligned(Fraction(value)) if kind == Kind.SHARE else exact(int(value))


def license_shown(expression: str) -> str:
    """A license as a sentence names it."""
    return license_name(expression, "no license stated")


def code(text: str) -> Markup:
    """Text with what stands between backticks as code."""
    return Markup(_CODE.sub(r"<code>\1</code>", str(escape(unbroken(text)))))  # noqa: S704 - escaped just before


def text(value: str) -> Markup:
    """Text that keeps its direction to itself; a digest as code; a short name without line ends in it."""
    if isinstance(value, Markup):  # made by this package, with a link in it
        html = f"<span>{value}</span>"
    elif _DIGEST.fullmatch(value):
        html = f"<code>{value}</code>"
    else:
        whole = ' class="whole"' if len(value) <= _SHORT and " " not in value else ""
        html = f"<bdi{whole}>{escape(unbroken(value))}</bdi>"
    return Markup(html)  # noqa: S704 - escaped above


def rows(table: Table, *, wide: bool) -> Markup:
    """The rows of a table, its first cell a heading unless it is a number; wide: cells name their column.

    Written here, not in the template: tables are most of what a large site consists of.
    """
    opened = []
    for place, column in enumerate(table.columns):
        if not (place or column.numeric):
            opened.append(('<th scope="row" role="rowheader">', "</th>"))
            continue
        label = f' data-label="{escape(unbroken(column.title))}"' if wide else ""
        kind = ' class="num"' if column.numeric else ""
        opened.append((f'<td role="cell"{kind}{label}>', "</td>"))
    html = []
    for place, row in enumerate(table.rows):
        cells = [_cell(value, column.kind) for value, column in zip(row, table.columns, strict=True)]
        href = table.hrefs[place] if table.hrefs else None
        if href and not table.columns[0].numeric:
            cells[0] = f'<a href="{escape(href)}">{cells[0]}</a>'
        html.append('<tr role="row">')
        html += [f"{begin}{cell}{end}" for (begin, end), cell in zip(opened, cells, strict=True)]
        html.append("</tr>")
    return Markup("\n".join(html))  # noqa: S704 - every value escaped above


def _cell(value: Cell, kind: Kind) -> str:
    if value is None:
        return '<span class="unknown">not known</span>'
    if value == WITHHELD_AGENT:
        return f'<span class="held">{WITHHELD_AGENT}</span>'
    if kind is Kind.LINK:
        return link(str(value))
    if isinstance(value, str):
        return text(value)
    return unbroken(number(value, kind))
