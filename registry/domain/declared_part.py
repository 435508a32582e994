"""A part of a dataset version as it is declared: records with a value in a field, or of a domain."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_SHOWN_VALUES = 5


@dataclass(frozen=True, slots=True)
class DeclaredPart:
    """The records that have, in every one of these fields, one of its values, and are of this domain.

    where:  values by field, as a selection of a mixture names them; sorted, in whatever order they are given
    domain: registrable; None where records of every domain are meant
    """

    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    domain: str | None = None

    def __post_init__(self) -> None:
        fields = sorted((name, tuple(sorted(set(values)))) for name, values in self.where)
        object.__setattr__(self, "where", tuple(fields))

    def as_json(self) -> dict[str, Any]:
        """What identifies the part; a key without a value is left out."""
        where = {name: list(values) for name, values in self.where}
        stated = {"domain": self.domain, "where": where or None}
        return {name: value for name, value in stated.items() if value is not None}

    @property
    def key(self) -> str:
        """The same as text, as it is kept."""
        return json.dumps(self.as_json(), sort_keys=True)

    @property
    def text(self) -> str:
        """As in "source is news or blogs and domain is example.org"."""
        of_domain = [("domain", (self.domain,))] if self.domain else []
        return where_text((*self.where, *of_domain))


def declared_part(where: Mapping[str, Iterable[str]], domain: str | None) -> DeclaredPart:
    """The part of some values by field."""
    return DeclaredPart(tuple((name, tuple(values)) for name, values in where.items()), domain)


def part_of_json(stated: Mapping[str, Any]) -> DeclaredPart:
    """The part that `as_json` describes."""
    return declared_part(stated.get("where", {}), stated.get("domain"))


def part_of_key(key: str | None) -> DeclaredPart | None:
    """The part of a key; None for none."""
    return None if key is None else part_of_json(json.loads(key))


def where_text(fields: Iterable[tuple[str, Sequence[str]]]) -> str:
    """Fields and their values as a sentence names them."""
    return " and ".join(f"{name} is {_one_of(values)}" for name, values in fields)


def _one_of(values: Sequence[str]) -> str:
    if len(values) > _SHOWN_VALUES:
        return f"one of {len(values):,} values ({', '.join(values[:_SHOWN_VALUES])}, ...)"
    *most, last = values
    return f"{', '.join(most)} or {last}" if most else last
