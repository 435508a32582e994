"""RSL 1.0 (Really Simple Licensing, rslstandard.org/rsl, 2025-11-06): licenses for machines, in XML.

Kinds of use: section 3.4.1.1; permits 3.5; payment 3.7.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from registry.domain.reservation import EVERYWHERE, Protocol, Says, Signal, combined
from registry.errors import SourceError
from registry.sources.markup.xml import Document

NAMESPACE = "https://rslstandard.org/rsl"
PLACE = "license.xml"
_TRAINING = {"all", "ai-all", "ai-train"}
_USAGES = _TRAINING | {"ai-input", "ai-index", "search"}
_UNNAMED, _PRICED = "", "priced"
_WITHOUT_PRICE = {"free", "attribution", _UNNAMED}
_PRICES = {"amount", "standard", "custom", "accepts"}
_ALL = {"/", "/*", "*"}


@dataclass(slots=True)
class License:
    """One license: what it permits and prohibits by kind of use, and how it is paid for."""

    permits: list[str] = field(default_factory=list)
    prohibits: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)

    def says(self, *, needs_server: bool) -> Says:
        """On training: what is prohibited, not among what is permitted, or sold, is reserved.

        A license without `permits` permits what it does not prohibit; without `payment` it is free, and so
        is one whose payment names neither a type nor a price (3.7); with a license server it has to be
        obtained first, also where it is free (3.3).
        """
        if _TRAINING.intersection(self.prohibits):
            return Says.DISALLOW
        if self.permits and not _TRAINING.intersection(self.permits):
            return Says.DISALLOW
        sold = bool(self.payments) and not _WITHOUT_PRICE.intersection(self.payments)
        return Says.DISALLOW if sold or needs_server else Says.ALLOW


@dataclass(slots=True)
class Content:
    """A part of a site and the licenses offered for it."""

    url: str
    needs_server: bool
    licenses: list[License] = field(default_factory=list)

    def signal(self) -> Signal:
        """What is said of training on it; of licenses to choose from, one that allows it is enough."""
        path = _path(self.url)
        said = [one.says(needs_server=self.needs_server) for one in self.licenses]
        says = Says.ALLOW if Says.ALLOW in said and not self._prohibited() else combined(said)
        wrong = sorted({use for one in self.licenses for use in one.permits + one.prohibits} - _USAGES)
        reason = f"unknown kinds of use: {', '.join(wrong)[:80]}" if wrong and says is Says.UNSET else None
        return Signal(Protocol.RSL, PLACE, says, path=path, is_whole=path == EVERYWHERE, malformed=reason)

    def _prohibited(self) -> bool:
        return any(_TRAINING.intersection(one.prohibits) for one in self.licenses)


def rsl_signals(data: bytes) -> tuple[Signal, ...]:
    """What a license file says of training, for each part of the site that it names."""
    reader = _Reader()
    try:
        for _ in reader.document.feed(BytesIO(data)):
            pass
    except SourceError as error:
        return (_malformed(error.message),)
    if reader.root != f"{NAMESPACE} rsl":
        return (_malformed(f"its root is not <rsl xmlns={NAMESPACE!r}>"),)
    if not reader.contents:
        return (_malformed("it names no content"),)
    return tuple(_in_part(tuple(content.signal() for content in reader.contents)))


def _in_part(signals: Sequence[Signal]) -> Iterator[Signal]:
    """What is said of the whole site is of the whole where no part of it is told something else."""
    said = {signal.says for signal in signals}
    for signal in signals:
        whole = signal.is_whole and len(said) == 1
        yield Signal(
            signal.protocol, signal.place, signal.says, path=signal.path, is_whole=whole,
            malformed=signal.malformed,
        )  # fmt: skip


def _malformed(reason: str) -> Signal:
    return Signal(Protocol.RSL, PLACE, Says.UNSET, malformed=reason)


def _path(url: str) -> str:
    """The path of an address, with the characters that RFC 9309 gives a meaning."""
    rest = url.partition("://")[2]
    path = f"/{rest.partition('/')[2]}" if rest else url
    return EVERYWHERE if path in _ALL else path


class _Reader:
    """Takes what matters of the elements as they come."""

    def __init__(self) -> None:
        self.document = Document(PLACE, namespaces=True, hint="fetch it again")
        self.document.parser.StartElementHandler = self.start
        self.document.parser.EndElementHandler = self.end
        self.document.parser.CharacterDataHandler = self.text
        self.root = ""
        self.contents: list[Content] = []
        self._into: list[str] | None = None
        self._text: list[str] = []
        self._depth = 0

    def start(self, name: str, attributes: list[str]) -> None:
        """An element begins."""
        self._depth += 1
        self.document.check_depth(self._depth)
        given = dict(zip(attributes[::2], attributes[1::2], strict=True))
        self.root = self.root or name
        kind = name.removeprefix(f"{NAMESPACE} ")
        if kind == "content":
            self.contents.append(Content(given.get("url", EVERYWHERE), bool(given.get("server"))))
        elif self.contents and kind == "license":
            self.contents[-1].licenses.append(License())
        elif self.contents and self.contents[-1].licenses:
            self._inside(self.contents[-1].licenses[-1], kind, given.get("type", ""))

    def _inside(self, license_: License, kind: str, about: str) -> None:
        if kind == "payment":
            license_.payments.append(about)
        elif kind in _PRICES and license_.payments[-1:] == [_UNNAMED]:
            license_.payments[-1] = _PRICED
        elif about == "usage" and kind in {"permits", "prohibits"}:
            self._into, self._text = (license_.permits if kind == "permits" else license_.prohibits), []

    def text(self, text: str) -> None:
        """Text of an element."""
        if self._into is not None:
            self._text.append(text)

    def end(self, _name: str) -> None:
        """An element ends."""
        self._depth -= 1
        if self._into is not None:
            self._into += "".join(self._text).replace(",", " ").lower().split()
            self._into = None
