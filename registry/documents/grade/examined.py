"""A disclosure under examination: its fields by id, its data by origin, the day of the check."""

from dataclasses import dataclass
from datetime import date

from registry.documents.composition import Use, of_origin
from registry.documents.disclosure import Disclosure
from registry.documents.edition import History
from registry.documents.eu_model import answers_of
from registry.documents.fields import Cell, Field, Table
from registry.documents.sizes import is_declared, may_hold_more, modalities_of
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts
from registry.domain.stated import Modality, ProviderAnswers

_NAMES = frozenset({"dataset", "datasets", "title", "url", "version", "license"})


@dataclass(frozen=True, slots=True)
class Examined:
    """What the deciders look at; the same disclosure on the same day gives the same verdicts."""

    disclosure: Disclosure
    on: date

    @property
    def model(self) -> ModelFacts:
        """The model as the audience sees it."""
        return self.disclosure.model

    @property
    def answers(self) -> ProviderAnswers:
        """What the provider answers."""
        return answers_of(self.model)

    @property
    def history(self) -> History:
        """The editions so far."""
        return self.disclosure.history

    def field(self, identifier: str) -> Field:
        """A field of the form."""
        return next(field for field in self.disclosure.fields if field.id == identifier)

    def rows(self, identifier: str) -> tuple[dict[str, Cell], ...]:
        """The rows of a field by column; none where the answer is no table."""
        value = self.field(identifier).value
        if not isinstance(value, Table):
            return ()
        keys = [column.key for column in value.columns]
        return tuple(dict(zip(keys, row, strict=True)) for row in value.rows)

    def cells(self, identifier: str, column: str) -> tuple[Cell, ...]:
        """A column of a field from top to bottom."""
        return tuple(row[column] for row in self.rows(identifier) if column in row)

    def text(self, identifier: str) -> str:
        """An answer as one text: its sentence, else the summary of its table."""
        value = self.field(identifier).value
        return value.summary if isinstance(value, Table) else value or ""

    def texts(self, identifier: str) -> tuple[str, ...]:
        """Every text of an answer but proper names: what a dataset is called is not what is said of it."""
        cells = (cell for row in self.rows(identifier) for key, cell in row.items() if key not in _NAMES)
        return (self.text(identifier), *(cell for cell in cells if isinstance(cell, str)))

    def of(self, origin: Origin) -> tuple[Use, ...]:
        """The datasets that came in this way."""
        return of_origin(self.disclosure.uses, origin)

    @property
    def unclassified(self) -> bool:
        """Whether some dataset states no origin, so that it may belong to any section."""
        return any(use.version.origin is None for use in self.disclosure.uses)


def is_counted(found: tuple[Use, ...]) -> bool:
    """Whether every size of some datasets was counted in the data by the registry."""
    return all(use.version.is_measured and not any(map(is_declared, use.components)) for use in found)


def is_counted_text(found: tuple[Use, ...]) -> bool:
    """Whether some datasets were counted and hold text and nothing else."""
    return is_counted(found) and all(
        modalities_of(use.version) <= {Modality.TEXT} and not may_hold_more(use.version) for use in found
    )
