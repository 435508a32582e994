"""The attribution manifest as a value."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.contact import Contact
from registry.documents.edition import History
from registry.documents.fields import Gap
from registry.documents.inherited import Inherited
from registry.documents.lineage_duties import InheritedDuties
from registry.documents.notices import Notice
from registry.documents.projection import Audience
from registry.documents.works import Holder, Row, Source, Works
from registry.domain.facts import ModelFacts

WHAT_LICENSES_ASK = (
    "Of a license whose duties are known, what is not named is not asked for. Where they are not known, "
    "anything may be asked for; where no license is stated, nothing may be permitted at all."
)
HOW_SHARES_COUNT = (
    "The shares of the model's own lines add up to 1: they are of the words of its own training, times "
    "epochs. The shares of inherited lines are of the base model that each line names, and add up to 1 "
    "there. Own and inherited sizes are never added together."
)


@dataclass(frozen=True, slots=True)
class LicenseDuties:
    """A license, how much stands under it, and what it asks for: (duty, yes | no | contested | unknown).

    records, words, share: of the model's own training; inherited: added up over its base models.
    is_own: whether anything of own training stands under it. words_known: whether all own words under it
    are known; else `words` is the least
    """

    license: str
    title: str
    url: str | None
    records: int
    words: int
    share: Fraction
    duties: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    is_own: bool = True
    inherited_records: int = 0
    inherited_words: int = 0
    words_known: bool = True

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
class Manifest:
    """An attribution manifest of one model version, a draft until it is published.

    own: of its own training, with the totals of its disclosure; inherited: each base model once, nearest
    first. `no_base_model`: it is stated that there is none. lineage: the terms that its datasets inherit.
    notices: the texts to reproduce, each once, of own training and of base models.
    """

    model: ModelFacts
    audience: Audience
    software: str | None
    headline: str
    updated: str
    own: Works
    inherited: tuple[Inherited, ...]
    no_base_model: bool
    licenses: tuple[LicenseDuties, ...]
    contact: Contact
    gaps: tuple[Gap, ...]
    history: History = History()
    lineage: tuple[InheritedDuties, ...] = ()
    notices: tuple[Notice, ...] = ()

    @property
    def holders(self) -> Sequence[Holder]:
        """The holders of the model's own training."""
        return self.own.holders

    @property
    def sources(self) -> tuple[Source, ...]:
        """The dataset versions of the model's own training."""
        return self.own.sources

    @property
    def records(self) -> int:
        """Records of the model's own training, each dataset version once."""
        return self.own.records

    @property
    def words(self) -> int:
        """Words of the model's own training, each dataset version once."""
        return self.own.words

    @property
    def words_seen(self) -> Fraction:
        """Words of the model's own training times epochs."""
        return self.own.words_seen

    @property
    def share_sum(self) -> str:
        """The sum of the shares of the own rows as printed."""
        return self.own.share_sum

    @property
    def rows(self) -> Sequence[Row]:
        """Every row of the model's own training, in the order of the holders."""
        return self.own.rows

    @property
    def named(self) -> Sequence[Holder]:
        """The holders with a name, of the model's own training."""
        return self.own.named

    def words_of(self, identity: str) -> int:
        """Own words of the withheld or the unidentified."""
        return self.own.words_of(identity)

    @property
    def unclassified(self) -> int:
        """Own words whose holder or whose license is not known."""
        return self.own.unclassified

    @property
    def base_is_stated(self) -> bool:
        """Whether anything is stated of base models: some, or that there is none."""
        return bool(self.inherited) or self.no_base_model

    @property
    def inherited_unknown(self) -> int:
        """How many base models' works are not known in full."""
        return sum(bool(found.gaps) for found in self.inherited)
