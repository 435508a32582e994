"""What the builders of a form's fields work on, and how their sentences name it."""

from dataclasses import dataclass

from registry.documents.composition import Use, by_language, of_origin, total_records, total_words
from registry.documents.figures import counted, exactly, percent
from registry.documents.projection import shown_as
from registry.documents.withheld import is_withheld
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts
from registry.domain.languages import UNDETERMINED, language_name


@dataclass(frozen=True, slots=True)
class Subject:
    """A projected model, its mixture by version, and what the reader asked for."""

    model: ModelFacts
    uses: tuple[Use, ...]
    exact_sizes: bool
    small_provider: bool

    def of(self, origin: Origin) -> tuple[Use, ...]:
        """What came in this way."""
        return of_origin(self.uses, origin)

    def certain(self, origin: Origin) -> bool:
        """Whether it is known that something, or nothing, came in this way."""
        return bool(self.of(origin)) or not self.unclassified

    @property
    def unclassified(self) -> tuple[Use, ...]:
        """What states no origin, or withholds it."""
        return tuple(use for use in self.uses if use.version.origin is None)

    def origin_closer(self) -> str:
        """Who can say of which origin the unclassified datasets are."""
        unstated = [shown_as(use.version) for use in self.unclassified if not is_withheld(use.version)]
        withheld = [use.version.name for use in self.unclassified if is_withheld(use.version)]
        parts = []
        if unstated:
            parts.append(f"The provider: `origin` of {listed(unstated)} (`--origin` of registry ingest).")
        if withheld:
            what = "datasets whose origin is withheld"
            parts.append(f"The provider: `visibility` of the {what} ({listed(withheld)}).")
        return " ".join(parts)

    def sizes(self, found: tuple[Use, ...]) -> str:
        """How much some datasets are, in a sentence: rounded, unless exact sizes are asked for."""
        records_and_words = self.size(total_records(found), total_words(found))
        return f"{counted(len(found), 'dataset')}, {records_and_words}"

    def counted_once(self, found: tuple[Use, ...]) -> str:
        """How runs over the same dataset are counted, as the end of a sentence on the method."""
        once = "each dataset once, however many runs used it"
        if all(len({(part.records, part.words) for part in use.components}) == 1 for use in found):
            return once
        return f"{once}; where they used different parts of it, the largest, as what these share is not known"

    def size(self, records: int, words: int) -> str:
        """Records and words, rounded or exact as `sizes`."""
        amount = exactly if self.exact_sizes else counted
        return f"{amount(records, 'record')}, {amount(words, 'word')}"


def listed(names: list[str], most: int = 5) -> str:
    """Names in a sentence, the first few of many."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def languages_of(found: tuple[Use, ...]) -> str:
    """The languages of some datasets with their shares of the words, or that they are not known."""
    parts = [part for part in by_language(found) if part.share > 0]
    if all(part.key == UNDETERMINED for part in parts):
        return "not known"
    return ", ".join(f"{language_name(part.key)} {percent(part.share)}" for part in parts)


def has_text(found: tuple[Use, ...]) -> bool:
    """Whether any words were used."""
    return any(use.words for use in found)
