"""The cards beside the data: which files they are, and what they declare together."""

import os
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from registry.domain.dataset import FileRole
from registry.domain.license.headers import spdx_identifiers
from registry.errors import SourceError
from registry.sources import bibliographic, card, croissant
from registry.sources.croissant import Croissant
from registry.sources.failures import reading
from registry.sources.files import display, open_raw, some
from registry.sources.interface import Card, CardContributor, CardFact, SourceFile
from registry.sources.licensed import Declared

README = "README.md"
_NAMED = re.compile(r"(.*\.)?croissant.*\.json(ld)?", re.IGNORECASE)
_UNNAMED = re.compile(r"metadata\.json|.*\.jsonld", re.IGNORECASE)
_LOOKED_INTO = 20  # files that only their content makes Croissant; where there are more, they are the data


@dataclass(slots=True)
class Beside:
    """What lies beside the data: the facts of the cards, the front matter, what a user should know."""

    facts: list[CardFact] = field(default_factory=list)
    contributors: list[CardContributor] = field(default_factory=list)
    front: Mapping[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    @property
    def card(self) -> Card | None:
        """All facts and contributors; None where there is none."""
        found = Card(tuple(self.facts), tuple(self.contributors))
        return found if found.facts or found.contributors else None

    def declare(self, front: Mapping[str, Any], where: str) -> None:
        """Add what the front matter of a README.md says."""
        declared = card.stated(front, where)
        self.front = front
        self.facts += declared.facts
        self.warnings += declared.warnings

    def license(self, declared: Declared) -> None:
        """Add what the files declare of their copyright and licensing."""
        self.facts += declared.facts
        self.contributors += declared.contributors
        self.warnings += declared.warnings

    def describe(self, found: Iterable[Croissant]) -> None:
        """Add what Croissant files say."""
        for each in found:
            self.facts += each.facts
            self.warnings += each.warnings


def told_apart(files: Sequence[SourceFile], named: Collection[str] = ()) -> list[SourceFile]:
    """The files, those at the root that are Croissant by what they hold as metadata, not as records.

    named: locations that the user named one by one; such a file is read, whatever it holds
    """
    looked = [file for file in files if "/" not in file.path and _UNNAMED.fullmatch(file.path)]
    looked = [file for file in looked if file.location not in named][:_LOOKED_INTO]
    found = {file.location for file in looked if _croissant(file) is not None}
    return [
        replace(file, role=FileRole.METADATA, format=None, compression=None)
        if file.location in found
        else file
        for file in files
    ]


def cards_of(files: Iterable[SourceFile], within: str = "") -> Beside:
    """The cards at the root of a folder or repository: README.md, Croissant files, local LICENSE files.

    within: the repository, as it follows the name of a file: " of acme/chat at commit 1234". Raises
    `SourceError` where front matter is no mapping, or a file cannot be read.
    """
    beside = Beside()
    for file in files:
        if file.path == README:
            beside.declare(_front(file), f"dataset card{within}" if within else README)
    at_root = [file for file in files if "/" not in file.path]
    cards = [file for file in at_root if file.role is FileRole.METADATA]
    beside.describe(filter(None, (_croissant(file, within) for file in cards)))
    if not within:
        beside.facts += filter(None, map(_tagged, (one for one in at_root if one.role is FileRole.LICENSE)))
    for file in cards:
        if bibliographic.NAMED.fullmatch(file.path):
            beside.contributors += _credited(file)
    return beside


def cards_near(files: Iterable[SourceFile]) -> Beside:
    """The cards in the one folder that holds all of some local files, as far as they are about these.

    A README.md is by its front matter, a Croissant file where it names all the files, or no file. Whatever
    is wrong with them is a warning, as nobody named these cards.
    """
    data = {Path(file.location) for file in files if file.role is FileRole.DATA}
    folders = {path.parent for path in data}
    beside, found = Beside(), {}
    for file in _near(folders.pop(), data) if len(folders) == 1 else ():
        try:
            if file.path == README:
                beside.declare(_front(file), README)
            elif bibliographic.NAMED.fullmatch(file.path):
                beside.contributors += _credited(file)
            elif declared := _croissant(file):
                found[file.path] = declared
        except SourceError as error:
            beside.warnings.append(f"{error.message}, not used")
    about = [each for each in found.values() if all(each.describes(path.name) for path in data)]
    if found and not about:
        beside.warnings.append(f"not used, of other files than those named: {some(list(found))}")
    beside.describe(about)
    return beside


def _near(folder: Path, data: Collection[Path]) -> list[SourceFile]:
    """The files of a folder that may be cards by their names, README.md first; none where it has no list."""
    try:
        sizes = {Path(entry.path): entry.stat().st_size for entry in os.scandir(folder) if entry.is_file()}
    except OSError:
        return []
    cards = [path for path in sorted(sizes) if path not in data]
    named = [path for path in cards if path.name == README or _is_named(path.name)]
    unnamed = [path for path in cards if _UNNAMED.fullmatch(path.name)][:_LOOKED_INTO]
    paths = sorted({*named, *unnamed}, key=lambda path: (path.name != README, path.name))
    return [SourceFile(display(path, folder), str(path), FileRole.METADATA, sizes[path]) for path in paths]


def _is_named(name: str) -> bool:
    return any(pattern.fullmatch(name) for pattern in (_NAMED, bibliographic.NAMED))


def _credited(file: SourceFile) -> tuple[CardContributor, ...]:
    with reading(file.path), open_raw(file) as stream:
        return bibliographic.contributors_in(stream, file.path)


def _front(readme: SourceFile) -> dict[str, Any]:
    with reading(readme.path), open_raw(readme) as stream:
        return card.front_matter(stream.read(card.BYTES).decode("utf-8", "replace"))


def _tagged(file: SourceFile) -> CardFact | None:
    """The one license that the SPDX tags of a LICENSE file name; its text alone may be that of a part."""
    with reading(file.path), open_raw(file) as stream:
        found = spdx_identifiers(stream.read(card.BYTES).decode("utf-8", "replace"))
    if len(found) != 1 or not found[0].known:
        return None
    return CardFact("license", found[0].expression, "card", f"{file.path}: SPDX-License-Identifier")


def _croissant(file: SourceFile, within: str = "") -> Croissant | None:
    """What a file declares; None where neither its name nor what it holds is Croissant."""
    named = _NAMED.fullmatch(file.path) is not None
    if not named and (not _UNNAMED.fullmatch(file.path) or file.bytes > croissant.BYTES):
        return None
    with reading(file.path), open_raw(file) as stream:
        data = stream.read(croissant.BYTES + 1)
    return croissant.parse_croissant(data, f"{file.path}{within}", named=named)
