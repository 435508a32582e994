"""Whose works a model version was trained on, as a value: rows, holders, sources."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from heapq import nsmallest

from registry.documents.credit import Credit
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.partition import UNIDENTIFIED
from registry.domain.facts import ContributorFacts, NoticeFacts
from registry.domain.license import NOASSERTION, Duty, combine, obligations


@dataclass(frozen=True, slots=True)
class Row:
    """What one holder has in one dataset version under one license; `share` is of the words seen.

    weighted_records, weighted_words: times epochs, added up over the runs
    author: whom the attribution names; None where no name is known or may be shown
    """

    holder: str
    contributor: str
    dataset: str
    version: str
    license: str
    records: int
    words: int
    weighted_records: int | Fraction
    weighted_words: int | Fraction
    share: str
    basis: str
    author: str | None
    credit: Credit

    @property
    def attribution(self) -> str:
        """Title, author, source, license, changes, and whether a part was used."""
        return self.credit.text(self.author)

    @property
    def size_text(self) -> str:
        """How the size is known; "" where the registry counted it in the data of this holder."""
        size = self.credit.size
        unknown = "" if size.words_known else "words not known"
        return "; ".join(filter(None, (size.remark, unknown, size.of_a_part)))

    @property
    def basis_text(self) -> str:
        """On which basis the holder is known and, unless it was counted, the size."""
        return f"{self.basis}; {self.size_text}" if self.size_text else self.basis


@dataclass(frozen=True, slots=True)
class Sum:
    """Rows of one version, license and basis, whose holders are alike named, withheld or unidentified.

    row: the first of them, with the records and words of all; rows: how many there are
    """

    row: Row
    rows: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder with all that is theirs; `identity` tells namesakes in different datasets apart.

    by_handle: whether `name` is a handle, as the name is not public
    """

    identity: str
    name: str
    rows: tuple[Row, ...]
    records: int
    words: int
    weighted_words: int | Fraction
    by_handle: bool = False

    @property
    def is_named(self) -> bool:
        """Whether this is someone, not the withheld or the unidentified."""
        return self.identity not in {WITHHELD_AGENT, UNIDENTIFIED}

    @property
    def duties(self) -> tuple[tuple[str, str], ...]:
        """What the licenses of all rows ask for together: (duty, yes | contested | unknown)."""
        return duties_of(frozenset(row.license for row in self.rows))

    @property
    def words_known(self) -> bool:
        """Whether the words of every row are known; else `words` is the least."""
        return all(row.credit.size.words_known for row in self.rows)


@lru_cache(4_096)
def duties_of(licenses: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """What several licenses ask for together: (duty, yes | contested | unknown), without what none asks."""
    asked = combine(map(obligations, sorted(licenses - {WITHHELD_LICENSE})))
    return tuple((name, duty.value) for name, duty in asked.duties().items() if duty is not Duty.NO)


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset version to credit: title, author, source, license, and the notices that came with it.

    in_proportion: a part was used, and who holds what in it is taken in proportion to the whole
    texts: the notices with their texts, stated ones too
    notice: whether its licenses ask to pass notices on: yes where one of them does
    notice_in_any_case: whether one asks for a notice that did not come with the data, too
    contributors: who is stated to have taken part in the whole of it
    """

    dataset: str
    version: str
    title: str | None
    publisher: str | None
    url: str | None
    license: str
    notices: tuple[tuple[str, str], ...]
    credit: Credit
    in_proportion: bool = False
    texts: tuple[NoticeFacts, ...] = ()
    notice: Duty = Duty.NO
    notice_in_any_case: bool = False
    contributors: tuple[ContributorFacts, ...] = ()


@dataclass(frozen=True)
class Works:
    """Whose works one model version was trained on itself: the rows partition its records and words.

    Holders in order of their names, then the withheld, then the unidentified; rows in the same order. Both
    may be long: their members are made as they are asked for, and `sums` adds up the rows that are alike.
    `holder_words`: the words of each holder. `share_sum` is the sum of the rows' shares as
    printed: exactly 1 wherever there are words.
    """

    holders: Sequence[Holder]
    sources: tuple[Source, ...]
    records: int
    words: int
    words_seen: Fraction
    share_sum: str
    rows: Sequence[Row]
    sums: tuple[Sum, ...]
    holder_words: Sequence[int]

    @cached_property
    def named(self) -> Sequence[Holder]:
        """The holders with a name."""
        at = len(self.holders)
        while at and not self.holders[at - 1].is_named:
            at -= 1
        return self.holders[:at]

    @cached_property
    def unnamed(self) -> Sequence[Holder]:
        """The withheld and the unidentified."""
        return self.holders[len(self.named) :]

    @property
    def named_words(self) -> int:
        """Words of the holders with a name."""
        return sum(self.holder_words) - sum(holder.words for holder in self.unnamed)

    def largest(self, most: int) -> list[Holder]:
        """The holders with a name that have the most words, so many at most."""
        places = nsmallest(most, range(len(self.named)), key=lambda place: -self.holder_words[place])
        return [self.holders[place] for place in places]

    @property
    def without_words(self) -> tuple[Source, ...]:
        """The dataset versions whose words nobody has counted or declared: they are not in any sum."""
        return tuple(source for source in self.sources if not source.credit.size.words_known)

    def words_of(self, identity: str) -> int:
        """Words of the withheld or the unidentified."""
        return sum(holder.words for holder in self.unnamed if holder.identity == identity)

    @property
    def unclassified(self) -> int:
        """Words whose holder or whose license is not known."""
        return sum(one.row.words for one in self.sums if _is_unclassified(one.row))

    @property
    def unclassified_rows(self) -> int:
        """Rows whose holder or license is not known, those without counted words too."""
        return sum(one.rows for one in self.sums if _is_unclassified(one.row))


def _is_unclassified(row: Row) -> bool:
    return row.basis == UNIDENTIFIED or row.license == NOASSERTION
