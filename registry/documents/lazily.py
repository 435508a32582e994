"""Sequences by the million, whose members are made as they are asked for."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

T = TypeVar("T")


class Lazily(Sequence[T]):
    """A sequence whose members are made one by one, and not kept; equal to any with the same members."""

    __slots__ = ("_make", "_places")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, places: Sequence[int], make: Callable[[int], T]) -> None:
        self._places, self._make = places, make

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> "Lazily[T]": ...
    def __getitem__(self, at: int | slice) -> "T | Lazily[T]":
        """One member, or a part that is as lazy."""
        if isinstance(at, slice):
            return Lazily(self._places[at], self._make)
        return self._make(self._places[at])

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places)

    def __iter__(self) -> Iterator[T]:
        """Every member, made anew."""
        return map(self._make, self._places)

    def __eq__(self, other: object) -> bool:
        """Whether another sequence has the same members."""
        if not isinstance(other, Sequence) or len(self) != len(other):
            return False
        return all(one == another for one, another in zip(self, other, strict=True))
