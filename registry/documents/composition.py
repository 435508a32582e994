"""What a model's training data is made of: versions, origins, licenses, languages, domains, added up."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.figures import share_of
from registry.documents.partition import portions, used_bytes
from registry.domain.dataset import Origin
from registry.domain.facts import ComponentFacts, ModelFacts, VersionFacts, counted_once
from registry.domain.languages import UNDETERMINED


@dataclass(frozen=True, slots=True)
class Use:
    """A dataset version in all the runs that used it: `once` is what they used of it, counted once."""

    version: VersionFacts
    components: tuple[ComponentFacts, ...]
    once: ComponentFacts

    @property
    def records(self) -> int:
        """Records used, once."""
        return self.once.records

    @property
    def words(self) -> int:
        """Words used, once."""
        return self.once.words

    @property
    def bytes(self) -> int:
        """UTF-8 bytes of content used, once."""
        return used_bytes(self.once)

    @property
    def words_seen(self) -> Fraction:
        """Words times epochs, added up over the runs."""
        return sum((component.words_seen for component in self.components), Fraction(0))

    @property
    def is_whole(self) -> bool:
        """Whether every run used all of the version."""
        return all(component.takes_all for component in self.components)

    @property
    def is_scaled(self) -> bool:
        """Whether a part was used that was not counted record by record: it takes of all in proportion."""
        return any(
            (part.records, part.words) != (part.whole.records, part.whole.words)
            for part in (*self.components, self.once)
        )

    @property
    def scales_languages(self) -> bool:
        """Whether the languages of a part are those of the whole version, in proportion."""
        counted = all(component.part and component.part.languages for component in self.components)
        return not self.is_whole and not counted


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the training data that shares something: an origin, a license, a language."""

    key: str
    versions: int
    records: int
    words: int
    share: Fraction


def uses(model: ModelFacts) -> tuple[Use, ...]:
    """The versions of a mixture, the one with the most words first."""
    found = [
        Use(components[0].version, components, counted_once(components)) for components in model.by_version()
    ]
    return tuple(sorted(found, key=lambda use: (-use.words, use.version.name, use.version.label)))


def total_words(found: Iterable[Use]) -> int:
    """Words used, each version once."""
    return sum(use.words for use in found)


def total_records(found: Iterable[Use]) -> int:
    """Records used, each version once."""
    return sum(use.records for use in found)


def of_origin(found: Iterable[Use], origin: Origin) -> tuple[Use, ...]:
    """The versions that came in one way."""
    return tuple(use for use in found if use.version.origin is origin)


def by_origin(found: tuple[Use, ...]) -> tuple[Part, ...]:
    """In the order of the template; "" collects what states no origin."""
    order = [origin.value for origin in Origin]
    parts = _parts((use.version.origin or "", use.version.id, use.records, use.words) for use in found)
    return tuple(sorted(parts, key=lambda part: order.index(part.key) if part.key else len(order)))


def by_license(found: tuple[Use, ...]) -> tuple[Part, ...]:
    """By the license that each portion stands under, largest first."""
    cells = (
        (portion.license, use.version.id, portion.records, portion.words)
        for use in found
        for portion in portions(use.once)
    )
    return tuple(sorted(_parts(cells), key=lambda part: (-part.words, part.key)))


def by_language(found: tuple[Use, ...]) -> tuple[Part, ...]:
    """By language tag, largest first, the undetermined last; without data on languages: undetermined."""
    cells = [cell for use in found for cell in _languages(use.once)]
    return tuple(sorted(_parts(cells), key=lambda part: (part.key == UNDETERMINED, -part.words, part.key)))


def _parts(cells: Iterable[tuple[str, str, int, int]]) -> list[Part]:
    """Cells are (key, version id, records, words)."""
    versions: dict[str, set[str]] = {}
    sums: dict[str, tuple[int, int]] = {}
    for key, version, records, words in cells:
        versions.setdefault(key, set()).add(version)
        old_records, old_words = sums.get(key, (0, 0))
        sums[key] = (old_records + records, old_words + words)
    total = sum(words for _, words in sums.values())
    return [
        Part(key, len(versions[key]), records, words, share_of(words, total))
        for key, (records, words) in sums.items()
    ]


def _languages(component: ComponentFacts) -> Iterable[tuple[str, str, int, int]]:
    """What of a component is in which language, in proportion where its part was not counted by language."""
    counted = component.part is not None and component.part.languages
    parts = component.part.languages if component.part and counted else component.version.languages
    whole = component.whole if counted else component.version.size
    version = component.version.id
    left = [component.records, component.words]
    for part in parts:
        records = part.size.records * component.records // whole.records if whole.records else 0
        words = part.size.words * component.words // whole.words if whole.words else 0
        left = [left[0] - records, left[1] - words]
        if records or words:
            yield part.language, version, records, words
    if left[0] > 0 or left[1] > 0:
        yield UNDETERMINED, version, left[0], left[1]
