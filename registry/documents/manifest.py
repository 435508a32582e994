"""The attribution manifest as a value."""

from dataclasses import dataclass
from fractions import Fraction

from registry.documents.fields import Gap
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.documents.projection import Audience
from registry.domain.facts import ModelFacts
from registry.domain.license import NOASSERTION

WHAT_LICENSES_ASK = (
    "Of a license whose duties are known, what is not named is not asked for. Where they are not known, "
    "anything may be asked for; where no license is stated, nothing may be permitted at all."
)


@dataclass(frozen=True, slots=True)
class Row:
    """What one holder has in one dataset version under one license; `share` is of the words seen."""

    holder: str
    contributor: str
    dataset: str
    version: str
    license: str
    records: int
    words: int
    weighted_words: int | Fraction
    share: str
    basis: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Holder:
    """A holder with all that is theirs; `identity` tells namesakes in different datasets apart."""

    identity: str
    name: str
    rows: tuple[Row, ...]
    records: int
    words: int
    weighted_words: int | Fraction

    @property
    def is_named(self) -> bool:
        """Whether this is someone, not the withheld or the unidentified."""
        return self.identity not in {WITHHELD_AGENT, UNIDENTIFIED}


@dataclass(frozen=True, slots=True)
class LicenseDuties:
    """A license, how much stands under it, and what it asks for: (duty, yes | no | contested | unknown)."""

    license: str
    title: str
    url: str | None
    records: int
    words: int
    share: Fraction
    duties: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]

    @property
    def is_unknown(self) -> bool:
        """Whether nothing is known of what it asks for: there may be no license at all, or no table row."""
        return all(given == "unknown" for _, given in self.duties)

    @property
    def asks(self) -> bool:
        """Whether any duty holds, is contested or is unknown."""
        return any(given != "no" for _, given in self.duties)

    def answered(self, answer: str) -> list[str]:
        """The duties that have this answer, as they stand in sentences."""
        return [name.replace("_", " ") for name, given in self.duties if given == answer]


@dataclass(frozen=True, slots=True)
class Source:
    """A dataset version to credit: title, author, source, license, and the notices that came with it."""

    dataset: str
    version: str
    title: str | None
    publisher: str | None
    url: str | None
    license: str
    notices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """An attribution manifest of one model version, a draft until it is published.

    Holders in order of their names, then the withheld, then the unidentified; the rows partition the words.
    `share_sum` is the sum of the rows' shares as printed: exactly 1 wherever there are words.
    """

    model: ModelFacts
    audience: Audience
    software: str | None
    headline: str
    updated: str
    holders: tuple[Holder, ...]
    licenses: tuple[LicenseDuties, ...]
    sources: tuple[Source, ...]
    records: int
    words: int
    words_seen: Fraction
    share_sum: str
    gaps: tuple[Gap, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order of the holders."""
        return tuple(row for holder in self.holders for row in holder.rows)

    @property
    def named(self) -> tuple[Holder, ...]:
        """The holders with a name."""
        return tuple(holder for holder in self.holders if holder.is_named)

    def words_of(self, identity: str) -> int:
        """Words of the withheld or the unidentified."""
        return sum(holder.words for holder in self.holders if holder.identity == identity)

    @property
    def unclassified(self) -> int:
        """Words whose holder or whose license is not known."""
        return sum(row.words for row in self.rows if row.basis == UNIDENTIFIED or row.license == NOASSERTION)
