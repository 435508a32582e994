"""README.md of the Hugging Face Hub: YAML front matter, and Markdown in which no text of others is markup."""

import re
from collections.abc import Iterator

import yaml

from registry.documents.twins.card import Card, Fact
from registry.render.html import is_safe_address

_MARKUP = re.compile(r"([\\`*\[\]|~$]|(?<!\w)[_@]|_(?!\w))")
_BLOCK = re.compile(r"^(\d+(?=[.)])|(?=[-+=#]))")
_CODE = re.compile(r"(`[^`]+`)")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_NOT_IN_LINK = re.compile(r"[()\[\]|*_~`\\<>\"']")
_WIDE = 1 << 20


def card_bytes(card: Card) -> bytes:
    """UTF-8 with LF: the same card gives the same bytes."""
    front = yaml.safe_dump(card.front, allow_unicode=True, sort_keys=False, width=_WIDE)
    return ("\n".join(("---", *front.splitlines(), "---", "", *_text(card))) + "\n").encode(
        "utf-8", "replace"
    )


def _text(card: Card) -> Iterator[str]:
    yield from (f"# {plain(card.title)}", "", plain(card.summary), "")
    yield from (f"- **{fact.label}:** {_value(fact)}" for fact in card.facts)
    if card.mixture:
        yield from ("", "## What it was trained on", "")
        yield from ("| Dataset | License | Used | Size |", "| --- | --- | --- | --- |")
        for row in card.mixture:
            name = _value(Fact("", row.name, row.address))
            yield f"| {name} | {plain(row.license)} | {plain(row.used)} | {plain(row.size)} |"
    yield from ("", "## What is not known", "")
    yield from (f"- {_with_code(gap)}" for gap in card.gaps)
    if not card.gaps:
        yield "Nothing is open."
    yield from ("", plain(card.written))


def plain(text: str) -> str:
    """A text on one line that Markdown shows as it stands: no markup, no HTML, no mention."""
    line = " ".join(text.split()).translate(_ENTITIES)
    return _BLOCK.sub(r"\1\\", _MARKUP.sub(r"\\\1", line))


def _with_code(text: str) -> str:
    """A text in which what stands between backticks is code, as pages show it."""
    parts = _CODE.split(" ".join(text.split()))
    return "".join(
        part if number % 2 else _MARKUP.sub(r"\\\1", part.translate(_ENTITIES))
        for number, part in enumerate(parts)
    )


def _value(fact: Fact) -> str:
    address = fact.address
    if address is None or not is_safe_address(address) or _NOT_IN_LINK.search(address):
        return plain(fact.value)
    return f"[{plain(fact.value)}]({address})"
