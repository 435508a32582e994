"""Names people give to datasets and models, and the digests that identify rows."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

from registry.errors import UsageError

_HEX = 32
_LONGEST = 128
_SHOWN = 60
_NAME = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?(?:/[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9_])?)*"
)
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._+-]*[A-Za-z0-9])?")
_URL = re.compile(r"https?://[^\s/]+(/\S*)?", re.IGNORECASE)
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?|[0-9]{1,9}/[0-9]{1,9}")
_NAME_HINT = (
    "use letters, digits and . _ - /, at most 128, each part between slashes starting with a letter "
    "or digit, no '..'; '@' and ':' are for versions and epochs (NAME@VERSION:EPOCHS)"
)
_LABEL_HINT = "use letters, digits and . _ + -, at most 128, for example 1, 2024-05-01 or v1.2"


@dataclass(frozen=True, slots=True)
class Reference:
    """A dataset or model, and its version label where one was given (else the newest)."""

    name: str
    version: str | None = None

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name}@{self.version}"


@dataclass(frozen=True, slots=True)
class Component:
    """A dataset in a mixture and how often it is seen, exactly."""

    reference: Reference
    epochs: Fraction = Fraction(1)


def identity(*parts: str) -> str:
    """Return the 128-bit id of a natural key as 32 hex digits: SHA-256, truncated.

    The first part says what kind of thing it is. Parts are prefixed with their length, so that no two keys
    share an input.
    """
    return sha256(_input(parts)).hexdigest()[:_HEX]


def identities(*first: str) -> Callable[..., str]:
    """The ids of many natural keys that begin alike: `identities(*a)(*b)` is `identity(*a, *b)`, sooner."""
    begun = _input(first)

    def of(*rest: str) -> str:
        return sha256(begun + _input(rest)).hexdigest()[:_HEX]

    return of


def _input(parts: Iterable[str]) -> bytes:
    whole = b""
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        whole += len(encoded).to_bytes(8) + encoded
    return whole


def check_name(name: str) -> str:
    """Return a dataset or model name that can stand in file names and URLs; else raise `UsageError`."""
    if len(name) > _LONGEST or ".." in name or not _NAME.fullmatch(name):
        raise UsageError(f"{_shown(name)} cannot be a name", hint=_NAME_HINT)
    return name


def check_label(label: str) -> str:
    """Return a version label that can stand in file names and URLs; else raise `UsageError`."""
    if len(label) > _LONGEST or ".." in label or not _LABEL.fullmatch(label):
        raise UsageError(f"{_shown(label)} cannot be a version label", hint=_LABEL_HINT)
    return label


def check_url(url: str) -> str:
    """Return an address that a page may link to, http or https; else raise `UsageError`."""
    if not _URL.fullmatch(url):
        raise UsageError(
            f"'{_shown(url)}' is not a web address", hint="write it out: https://example.org/page"
        )
    return url


def parse_reference(text: str) -> Reference:
    """Read `NAME[@VERSION]`; raise `UsageError` where either part cannot be one."""
    name, at, label = text.partition("@")
    return Reference(check_name(name), check_label(label) if at else None)


def parse_epochs(text: str) -> Fraction:
    """Read a number of epochs above zero, exactly: "3", "0.5", "1/3"."""
    epochs = Fraction(text) if _DECIMAL.fullmatch(text) and not re.search("/0+$", text) else Fraction(0)
    if epochs == 0:
        hint = "give a number above zero, for example 3, 0.5 or 1/3"
        raise UsageError(f"{_shown(text)} is not a number of epochs", hint=hint)
    return epochs


def parse_component(text: str) -> Component:
    """Read `NAME[@VERSION][:EPOCHS]`; one epoch where none is given."""
    reference, colon, epochs = text.partition(":")
    return Component(parse_reference(reference), parse_epochs(epochs) if colon else Fraction(1))


def slug(name: str) -> str:
    """Return a file name for any name: `openai/gsm8k` is `openai--gsm8k`.

    Lower case for file systems that fold it. Where that loses something, eight digits of the name's digest
    follow, so that two names do not share a file.
    """
    plain = re.sub(r"[^a-z0-9._-]+", "-", name.lower().replace("/", "--"))[:_LONGEST].strip("-.") or "-"
    exact = len(name) <= _LONGEST and ".." not in name and "--" not in name and _NAME.fullmatch(name)
    if exact and name == name.lower() and len(plain) == len(name) + name.count("/"):
        return plain
    return f"{plain.lstrip('-')}-{identity('slug', name)[:8]}".lstrip("-")


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}...")
