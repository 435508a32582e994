"""What a mixture states of the part of a dataset that was used, before anything is counted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from registry.declarations.schema import Selection
from registry.documents.figures import exactly
from registry.domain.dataset import SelectionKind
from registry.domain.declared_part import where_text
from registry.errors import UsageError

_SHOWN_DIGITS = 12


@dataclass(frozen=True, slots=True)
class IdsFile:
    """A text file with one identifier a line, blank lines and the space around them aside."""

    name: str
    sha256: str
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class StatedSelection:
    """A selection with the way it is stated, and the ids file where it is stated by one."""

    kind: SelectionKind
    selection: Selection
    ids: IdsFile | None = None

    @property
    def where(self) -> Mapping[str, frozenset[str]]:
        """The values asked for, by field."""
        stated = self.selection.where or {}
        return {name: frozenset([it] if isinstance(it, str) else it) for name, it in stated.items()}

    def is_same(self, stored: str | None) -> bool:
        """Whether the JSON of `canonical` (None: all of the version) was made from the same statement."""
        if stored is None or self.kind is SelectionKind.ALL:
            return stored is None and self.kind is SelectionKind.ALL
        known = json.loads(stored)
        return {key: value for key, value in known.items() if key != "text"} == self._identity()

    def canonical(self, text: str) -> str:
        """JSON that identifies the selection, with the sentence that documents show."""
        return json.dumps(self._identity() | {"text": text}, sort_keys=True)

    def counted_text(self, records: int) -> str:
        """Which records of a version, of which so many were found, as a sentence names them."""
        if self.ids is not None:
            digest = f"SHA-256 {self.ids.sha256[:_SHOWN_DIGITS]}"
            return f"{exactly(records, 'record')} listed in {self.ids.name} ({digest})"
        if self.selection.split is not None:
            return f"the split {self.selection.split}"
        return f"records where {where_text((name, sorted(values)) for name, values in self.where.items())}"

    def _identity(self) -> dict[str, object]:
        """All that tells a selection from others; fields and their values in whatever order."""
        where = {name: sorted(values) for name, values in self.where.items()}
        given = self.selection
        stated = {
            "kind": self.kind.value,
            "share": str(given.share) if given.share is not None else None,
            "where": where or None,
            "ids_file": self.ids and {"name": self.ids.name, "sha256": self.ids.sha256},
            "split": given.split,
            "records": given.records,
            "words": given.words,
            "tokens": given.tokens,
            "evidence": given.evidence,
        }
        return {name: value for name, value in stated.items() if value is not None}


def stated_selection(selection: Selection, base: Path) -> StatedSelection:
    """How a selection is stated; its ids file, relative to `base`, is read.

    Raises `UsageError` where it is stated in two ways at once, or the ids file is none.
    """
    kind = _kind_of(selection)
    ids = None if selection.ids_file is None else _read_ids(selection.ids_file, base)
    return StatedSelection(kind, selection, ids)


def _kind_of(selection: Selection) -> SelectionKind:
    """A count of tokens and its evidence may stand beside every way of stating a selection."""
    ways = {
        SelectionKind.SHARE: selection.share,
        SelectionKind.WHERE: selection.where,
        SelectionKind.IDS: selection.ids_file,
        SelectionKind.SPLIT: selection.split,
    }
    stated = [kind for kind, value in ways.items() if value is not None]
    has_size = selection.records is not None or selection.words is not None
    if has_size or (selection.tokens is not None and not stated):
        stated.append(SelectionKind.DECLARED)
    if len(stated) > 1:
        raise UsageError(
            f"a selection is stated in {len(stated)} ways at once: {', '.join(stated)}",
            hint="state one: share, where, ids_file, split, or records and words",
        )
    return stated[0] if stated else SelectionKind.ALL


def _read_ids(name: str, base: Path) -> IdsFile:
    path = base / name
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise UsageError(
            f"the ids file '{name}' cannot be read: {error.strerror}",
            hint="its path is relative to the declaration file",
        ) from error
    except UnicodeDecodeError as error:
        raise UsageError(
            f"the ids file '{name}' is not UTF-8 text", hint="write one identifier a line"
        ) from error
    ids = frozenset(line.strip() for line in text.split("\n")) - {""}
    if not ids:
        raise UsageError(f"the ids file '{name}' holds no id", hint="write one identifier a line")
    return IdsFile(path.name, hashlib.sha256(content).hexdigest(), ids)
