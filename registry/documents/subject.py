"""What the builders of a form's fields work on, and how their sentences name it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.composition import (
    Part,
    Use,
    by_language,
    of_origin,
    total_records,
    total_words,
    uses,
)
from registry.documents.eu_template import CLOSERS, PROVIDER
from registry.documents.figures import counted, exactly, lasting, lasting_exactly, percent, told
from registry.documents.projection import shown_as
from registry.documents.sizes import hours, images, is_declared, is_declared_once
from registry.documents.withheld import is_withheld, stands_for
from registry.domain.dataset import Origin
from registry.domain.facts import LASTING, ModelFacts
from registry.domain.languages import UNDETERMINED, language_name

MEASURED, DECLARED = "measured", "declared, not measured"


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

    def unclassified_text(self) -> str:
        """How many datasets state no origin, and of how many it is withheld."""
        withheld = sum(stands_for(use.version) for use in self.unclassified if is_withheld(use.version))
        unstated = sum(not is_withheld(use.version) for use in self.unclassified)
        parts = [f"{counted(unstated, 'dataset')} of no stated origin"] if unstated else []
        parts += [f"{counted(withheld, 'dataset')} whose origin is withheld"] if withheld else []
        return listed(parts)

    def origin_closer(self) -> str:
        """Who can say of which origin the unclassified datasets are."""
        unstated = [shown_as(use.version) for use in self.unclassified if not is_withheld(use.version)]
        withheld = [use.version.name for use in self.unclassified if is_withheld(use.version)]
        parts = []
        if unstated:
            where = "in registry.yaml (or `registry ingest --origin`)"
            parts.append(f"The provider: `origin` of {listed(unstated)} {where}.")
        if withheld:
            what = "datasets whose origin is withheld"
            parts.append(f"The provider: `visibility` of the {what} ({listed(withheld)}).")
        return " ".join(parts)

    def sizes(self, found: tuple[Use, ...]) -> str:
        """How much some datasets are, in a sentence, with what of it is declared."""
        lines = counted(sum(stands_for(use.version) for use in found), "dataset")
        declared = [is_declared_once(use) for use in found]
        note = f" ({DECLARED})" if all(declared) else f" (in parts {DECLARED})" if any(declared) else ""
        return f"{lines}, {self.amounts(found)}{note}"

    def amounts(self, found: tuple[Use, ...]) -> str:
        """Records, words, images and hours: rounded, unless exact sizes are asked for."""
        amount = exactly if self.exact_sizes else counted
        records, words = total_records(found), total_words(found)
        pictures = [count for use in found if (count := images(use)) is not None]
        lengths = [length for use in found if (length := hours(use)) is not None]
        parts = [amount(records, "record")] if records else []
        parts += [amount(words, "word")] if words or not (pictures or lengths) else []
        parts += [amount(sum(pictures), "image")] if pictures else []
        length = sum(lengths, Fraction(0))
        parts += [lasting_exactly(length) if self.exact_sizes else lasting(length)] if lengths else []
        return ", ".join(parts)

    def counted_once(self, found: tuple[Use, ...]) -> str:
        """How runs over the same dataset are counted, as the end of a sentence on the method."""
        once = "each dataset once, however many runs used it"
        if all(len({(part.records, part.words) for part in use.components}) == 1 for use in found):
            return once
        return f"{once}; where they used different parts of it, the largest, as what these share is not known"


def listed(names: list[str], most: int = 5) -> str:
    """Names in a sentence, the first few of many."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


def spoken(found: tuple[Use, ...]) -> tuple[Part, ...]:
    """The languages of some datasets, also those declared of data in which no words were counted."""
    parts = tuple(part for part in by_language(found) if part.share > 0)
    wordless: dict[str, int] = {}
    for use in found:
        if not use.words:
            for language in use.version.languages:
                wordless[language.language] = wordless.get(language.language, 0) + 1
    more = set(wordless) - {part.key for part in parts} - {UNDETERMINED}
    return (*parts, *(Part(key, wordless[key], 0, 0, Fraction(0)) for key in sorted(more)))


def languages_of(found: tuple[Use, ...]) -> str | None:
    """The languages of some datasets with their shares of the words; None where none is known."""
    parts = spoken(found)
    if all(part.key == UNDETERMINED for part in parts):
        return None
    return ", ".join(
        f"{language_name(part.key)} {percent(part.share)}" if part.share else language_name(part.key)
        for part in parts
    )


def basis_of(use: Use) -> str:
    """How the size of what was used is known."""
    if not use.version.is_measured:
        return DECLARED
    if is_declared_once(use):
        return f"size of the part {DECLARED}"
    return f"{MEASURED}; of a part {DECLARED}" if any(map(is_declared, use.components)) else MEASURED


def closer(identifier: str, lacking: Iterable[Use]) -> str | None:
    """Who can add to a field what some datasets lack; None where none lacks anything."""
    uses = tuple(lacking)
    named = [shown_as(use.version) for use in uses if not is_withheld(use.version)]
    withheld = [use.version.name for use in uses if is_withheld(use.version)]
    parts = [f"{CLOSERS[identifier]} Lacking: {listed(named)}."] if named else []
    if withheld:
        parts.append(_private(withheld))
    return " ".join(parts) or None


def _private(withheld: list[str]) -> str:
    return f"The provider: `visibility` of the private datasets ({listed(withheld)})."


def needed(lacking: Iterable[tuple[Use, Sequence[str]]]) -> str | None:
    """`closer` by the keys that each dataset lacks; None where none lacks any."""
    by_keys: dict[str, list[str]] = {}
    withheld = []
    for use, keys in lacking:
        if keys and is_withheld(use.version):
            withheld.append(use.version.name)
        elif keys:
            by_keys.setdefault(listed(list(keys)), []).append(shown_as(use.version))
    told = "; ".join(f"{keys} of {listed(names)}" for keys, names in by_keys.items())
    parts = [f"{PROVIDER}{told}."] if told else []
    if withheld:
        parts.append(_private(withheld))
    return " ".join(parts) or None


def stated_texts(texts: tuple[str, ...]) -> str | None:
    """Statements in one cell; None where there are none."""
    return told(texts) or None


def headline(model: ModelFacts, datasets: int, words: int) -> str:
    """The report in a sentence: "mathlet 1.0 was trained on 5 datasets, 1.2 million words, 12 images"."""
    if not datasets:
        return f"What {model.name} {model.label} was trained on is not recorded"
    media = _media_amounts(uses(model))
    text = [counted(words, "word")] if words or not media else []
    amounts = ", ".join((counted(datasets, "dataset"), *text, *media))
    return f"{model.name} {model.label} was trained on {amounts}"


def _media_amounts(found: tuple[Use, ...]) -> list[str]:
    """Images by number, audio and video by length, as far as they were counted or declared."""
    pictures = [count for use in found if (count := images(use)) is not None]
    told = [counted(sum(pictures), "image")] if pictures else []
    for modality in sorted(LASTING):
        lengths = [length for use in found if (length := hours(use, modality)) is not None]
        told += [f"{lasting(sum(lengths, Fraction(0)))} of {modality.value}"] if lengths else []
    return told


def dataset_count(model: ModelFacts) -> int:
    """The dataset versions behind the lines of a projected model."""
    return sum(stands_for(runs[0].version) for runs in model.by_version())
