"""Dictionaries of RFC 9651 (Structured Field Values for HTTP), as far as preferences need them."""

import re
from dataclasses import dataclass

_KEY = re.compile(r"[a-z*][a-z0-9_\-.*]*")
_TOKEN = re.compile(r"[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*")
_NUMBER = re.compile(r"-?(?:[0-9]{1,12}\.[0-9]{1,3}|[0-9]{1,15})(?![0-9.])")
_STRING = re.compile(r'"(?:[\x20-\x21\x23-\x5b\x5d-\x7e]|\\["\\])*"')
_BYTES = re.compile(r":[A-Za-z0-9+/]*={0,2}:")
_BOOLEAN = re.compile(r"\?[01]")
_DATE = re.compile(r"@-?[0-9]{1,15}(?![0-9.])")
_DISPLAY = re.compile(r'%"(?:[\x20-\x21\x23-\x24\x26-\x7e]|%[0-9a-f]{2})*"')
_BARE = (_NUMBER, _STRING, _BYTES, _BOOLEAN, _DATE, _DISPLAY)


class MalformedError(ValueError):
    """The text is no dictionary."""


@dataclass(frozen=True, slots=True)
class Token:
    """A value that is a token; every other kind of value is None."""

    text: str


def dictionary(text: str) -> dict[str, Token | None]:
    """The members of a dictionary (section 4.2.2): of a key that stands twice, the last.

    Raises `MalformedError` where the text is none: one mistake spoils the whole.
    """
    reader = _Reader(text.strip(" "))
    found: dict[str, Token | None] = {}
    while not reader.at_end():
        key = reader.key()
        found.pop(key, None)
        found[key] = reader.member()
        reader.skip(" \t")
        if reader.at_end():
            break
        reader.expect(",")
        reader.skip(" \t")
        if reader.at_end():
            raise MalformedError("it ends with a comma")
    return found


class _Reader:
    """Reads a text from its start to its end."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def at_end(self) -> bool:
        return self._at >= len(self._text)

    def key(self) -> str:
        if (found := self._match(_KEY)) is None:
            raise MalformedError(f"no key stands at character {self._at + 1}")
        return found

    def member(self) -> Token | None:
        """The value after a key; a key alone is the boolean true."""
        value: Token | None = None
        if self._take("="):
            if self._take("("):
                self._inner_list()
            else:
                value = self._item()
        self._parameters()
        return value

    def skip(self, blanks: str) -> None:
        while not self.at_end() and self._text[self._at] in blanks:
            self._at += 1

    def expect(self, sign: str) -> None:
        if not self._take(sign):
            raise MalformedError(f"'{sign}' is missing at character {self._at + 1}")

    def _item(self) -> Token | None:
        if (token := self._match(_TOKEN)) is not None:
            return Token(token)
        if all(self._match(form) is None for form in _BARE):
            raise MalformedError(f"no value stands at character {self._at + 1}")
        return None

    def _inner_list(self) -> None:
        while not self.at_end():
            self.skip(" ")
            if self._take(")"):
                return
            self._item()
            self._parameters()
            if not self.at_end() and self._text[self._at] not in " )":
                raise MalformedError(f"no blank separates the values at character {self._at + 1}")
        raise MalformedError("a list is not closed")

    def _parameters(self) -> None:
        while self._take(";"):
            self.skip(" ")
            self.key()
            if self._take("="):
                self._item()

    def _match(self, form: re.Pattern[str]) -> str | None:
        found = form.match(self._text, self._at)
        if found is None:
            return None
        self._at = found.end()
        return found[0]

    def _take(self, sign: str) -> bool:
        taken = self._text.startswith(sign, self._at)
        self._at += len(sign) if taken else 0
        return taken
