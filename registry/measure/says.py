"""What records say of their rights, languages and addresses, added up."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy import bool_, object_
from numpy.typing import NDArray

from registry.domain.agent import clean_text
from registry.domain.dataset import FieldRole
from registry.domain.dates import first_of, last_of, record_date
from registry.domain.declared_part import DeclaredPart
from registry.domain.erasure import NOBODY, Erased
from registry.domain.facts import RecordDates, Size
from registry.domain.languages import language_tag
from registry.fingerprint.leaves import I64, Leaves
from registry.measure.domains import registrable_domain
from registry.measure.measurement import AnnotationKey, RightsKey
from registry.measure.roles import Roles
from registry.measure.tally import Tally
from registry.measure.values import Values, Vocabulary, code_records

READINGS: dict[FieldRole, Callable[[str], str | None]] = {
    FieldRole.LICENSE: clean_text,
    FieldRole.CREATOR: clean_text,
    FieldRole.RIGHTS_HOLDER: clean_text,
    FieldRole.ANNOTATOR: clean_text,
    FieldRole.LANGUAGE: language_tag,
    FieldRole.URL: registrable_domain,
    FieldRole.DATE: record_date,
}
TEXTS = (FieldRole.ID, FieldRole.TITLE, FieldRole.URL)
SaidOfFiles = Mapping[str, Mapping[FieldRole, Values]]
NOTHING_SAID: Mapping[FieldRole, Values] = {}
NOTHING_SAID_OF_FILES: SaidOfFiles = {}
NAMES = {FieldRole.CREATOR, FieldRole.RIGHTS_HOLDER, FieldRole.ANNOTATOR}
RIGHTS = (FieldRole.RIGHTS_HOLDER, FieldRole.CREATOR, FieldRole.LICENSE)
ANNOTATIONS = (FieldRole.ANNOTATOR, FieldRole.LICENSE)


def _names(erased: Erased) -> Callable[[str], str]:
    """How names are read: whoever was erased stays erased."""
    return (lambda name: erased.shown(clean_text(name))) if erased.numbers else clean_text


def said_of_file(said: SaidOfFiles, file: str, leaves: Leaves) -> Mapping[FieldRole, Values]:
    """What is declared of the records of a batch by their file; a batch of media is of many files."""
    return NOTHING_SAID if leaves.media else said.get(file, NOTHING_SAID)


class Says:
    """Sums by what the records say, batch after batch.

    parts:   declared parts, to tell which of them the records that name nobody are of
    of_part: how many records each part has, whoever they name
    overlaps: how many that name nobody two parts have both, by their places among the parts
    """

    def __init__(self, roles: Roles, erased: Erased = NOBODY, parts: Sequence[DeclaredPart] = ()) -> None:
        self._roles = roles
        self._parts = tuple(parts)
        self.of_part: Counter[int] = Counter()
        self.overlaps: Counter[tuple[int, int]] = Counter()
        names = _names(erased)
        self._vocabularies = {
            role: Vocabulary(names if role in NAMES else reading) for role, reading in READINGS.items()
        }
        self._rights, self._annotations = Tally(), Tally()
        self._domains, self._languages, self._dates = Tally(), Tally(), Tally()
        self._by_roles = (
            (self._annotations, ANNOTATIONS),
            (self._domains, (FieldRole.URL,)),
            (self._languages, (FieldRole.LANGUAGE,)),
            (self._dates, (FieldRole.DATE,)),
        )

    def add(
        self,
        leaves: Leaves,
        words: I64,
        sizes: I64,
        kept: NDArray[bool_] | None = None,
        of_file: Mapping[FieldRole, Values] = NOTHING_SAID,
        met: Sequence[NDArray[bool_]] = (),
    ) -> dict[FieldRole, I64]:
        """Count a batch, or the records of it that are kept; returns the codes of every record, by role.

        words, sizes (bytes of content): int64[records]; kept: bool[records]; of_file: the licenses and
        holders declared of their file, for the records that name none themselves; met: bool[records] for
        each declared part, which records have the values that it asks for
        """
        codes = {
            role: code_records(leaves, role, self._roles, vocabulary)
            for role, vocabulary in self._vocabularies.items()
        }
        self._fill(codes, of_file)
        chosen = slice(None) if kept is None else kept
        counted = {role: found[chosen] for role, found in codes.items()}
        part = (self._part_codes(counted, [one[chosen] for one in met]),) if self._parts else ()
        self._rights.add((*(counted[role] for role in RIGHTS), *part), words[chosen], sizes[chosen])
        for tally, roles in self._by_roles:
            if counted[roles[0]].any():  # a batch that says nothing of it takes no time
                tally.add(tuple(counted[role] for role in roles), words[chosen], sizes[chosen])
        return codes

    def texts(self, leaves: Leaves) -> dict[FieldRole, NDArray[object_]]:
        """What each record of a batch is called and where it stands: nearly all differ, so none is kept."""
        return {role: self._texts(leaves, role) for role in TEXTS}

    def _texts(self, leaves: Leaves, role: FieldRole) -> NDArray[object_]:
        vocabulary = Vocabulary(clean_text)
        codes = code_records(leaves, role, self._roles, vocabulary)
        meant = np.empty(len(vocabulary.values), object)
        for place, texts in enumerate(vocabulary.values):
            meant[place] = texts
        found: NDArray[object_] = meant[codes]
        return found

    def _fill(self, codes: Mapping[FieldRole, I64], of_file: Mapping[FieldRole, Values]) -> None:
        """A record that names whoever made it is not of the holder of its file."""
        for role, texts in of_file.items():
            silent = codes[role] == 0
            if role is FieldRole.RIGHTS_HOLDER:
                silent &= codes[FieldRole.CREATOR] == 0
            codes[role][silent] = self._vocabularies[role].code(texts)

    def _part_codes(self, codes: Mapping[FieldRole, I64], met: Sequence[NDArray[bool_]]) -> I64:
        """int64[records]: the number of the first part that each record which names nobody is of; 0: none."""
        nobody = (codes[FieldRole.RIGHTS_HOLDER] == 0) & (codes[FieldRole.CREATOR] == 0)
        found = np.zeros(len(nobody), np.int64)
        for number, (part, of_values) in enumerate(zip(self._parts, met, strict=True), 1):
            which = of_values if part.domain is None else of_values & self._is_of(part.domain, codes)
            self.of_part[number - 1] += int(which.sum())
            which = which & nobody
            for other in np.unique(found[which & (found > 0)]).tolist():
                self.overlaps[other - 1, number - 1] += int((which & (found == other)).sum())
            found[which & (found == 0)] = number
        return found

    def _is_of(self, domain: str, codes: Mapping[FieldRole, I64]) -> NDArray[bool_]:
        """bool[records]: whose domain it is; of several addresses the first counts, as in `domains`."""
        is_it = np.array([texts[:1] == (domain,) for texts in self.values[FieldRole.URL]], np.bool_)
        found: NDArray[bool_] = is_it[codes[FieldRole.URL]]
        return found

    @property
    def values(self) -> Mapping[FieldRole, list[Values]]:
        """What the codes mean, by role."""
        return {role: vocabulary.values for role, vocabulary in self._vocabularies.items()}

    def rights(self) -> dict[RightsKey, Size]:
        """The sums by holders, creators and license: a partition of the records."""
        holders, creators, licenses = (self.values[role] for role in RIGHTS)
        parts = (None, *self._parts)
        return {
            RightsKey(holders[held], creators[made], licenses[under], parts[of[0]] if of else None): sums
            for (held, made, under, *of), sums in self._rights.result().items()
        }

    def annotations(self) -> dict[AnnotationKey, Size]:
        """The sums by annotators and license, of the records that name any."""
        annotators, licenses = (self.values[role] for role in ANNOTATIONS)
        return {
            AnnotationKey(annotators[made], licenses[under]): sums
            for (made, under), sums in self._annotations.result().items()
            if made
        }

    def languages(self) -> dict[str, Size]:
        """The sums by language tag, of the records that state one."""
        return self._decoded(FieldRole.LANGUAGE, self._languages)

    def domains(self) -> dict[str, Size]:
        """The sums by registrable domain, of the records that have an address."""
        return self._decoded(FieldRole.URL, self._domains)

    def dates(self) -> RecordDates | None:
        """The first and the last date of a record, and how many have one; None where none has."""
        dated = self._decoded(FieldRole.DATE, self._dates)
        records = sum(size.records for size in dated.values())
        return RecordDates(first_of(dated), last_of(dated), records) if dated else None

    def _decoded(self, role: FieldRole, tally: Tally) -> dict[str, Size]:
        values = self.values[role]
        return {values[code][0]: sums for (code,), sums in tally.result().items() if code}
