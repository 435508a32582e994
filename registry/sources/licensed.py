"""What the files of a source declare of their copyright and licensing by REUSE, taken together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from registry.domain.dataset import FieldRole, FileRole
from registry.sources.failures import reading
from registry.sources.files import open_bytes, open_raw, some
from registry.sources.interface import CardContributor, CardFact, SaidOfFiles, SourceFile
from registry.sources.reuse import (
    DEP5,
    SIDECAR,
    TOML,
    Annotation,
    Licensing,
    annotations,
    header,
    holder,
    licensing_of,
    paragraphs,
)

KIND = "reuse"
_HOLDS = "cph"  # MARC relator: copyright holder
_HEAD = 4096  # bytes at the beginning of a file in which its header stands
_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Declared:
    """The license of all files and their notices, whom these name, what is said of each, what to know."""

    facts: tuple[CardFact, ...] = ()
    contributors: tuple[CardContributor, ...] = ()
    warnings: tuple[str, ...] = ()
    said_of_files: SaidOfFiles = field(default_factory=dict)


def declared_licensing(files: Sequence[SourceFile], folder: Path | None) -> Declared:
    """What REUSE declares of the data files; nothing where none of its forms is there.

    The license holds of the whole, so it is only told where every data file has one; files under different
    licenses are under all of them together.
    """
    warnings: list[str] = []
    tomls = [(_folder(file), _tables(file, warnings)) for file in files if _name(file) == TOML]
    dep5 = _dep5(folder) if folder else []
    sidecars = {file.path.removesuffix(SIDECAR): file for file in files if file.path.endswith(SIDECAR)}
    data = [file for file in files if file.role is FileRole.DATA]
    found: dict[str, Licensing] = {}
    for file in data:
        sidecar = sidecars.get(file.path)
        own = header(_text(sidecar)) if sidecar else _header(file)
        says = licensing_of(file.path, own, tomls, dep5)
        if says != Licensing():
            found[file.path] = says
    if not found:
        return Declared(warnings=tuple(warnings))
    place = ", ".join(_places(tomls, dep5, sidecars)) or "file headers"
    without = [file.path for file in data if not found.get(file.path, Licensing()).licenses]
    if without:
        warnings.append(f"no license is declared, where it is of other files ({place}): {some(without)}")
    license_ = () if without else (CardFact("license", _joined(found.values()), KIND, f"{place}: license"),)
    said = {path: _said(one) for path, one in found.items()}
    facts = (*license_, *_notices(found.values(), place))
    return Declared(facts, _holders(found.values(), place), tuple(warnings), said)


def _said(one: Licensing) -> dict[FieldRole, tuple[str, ...]]:
    """What holds of the records of a file, as their own fields would say it."""
    names = dict.fromkeys(name for notice in one.notices if (name := holder(notice)))
    return {FieldRole.LICENSE: tuple(one.licenses), FieldRole.RIGHTS_HOLDER: tuple(names)}


def _joined(found: Iterable[Licensing]) -> str:
    expressions = sorted({expression for says in found for expression in says.licenses})
    return expressions[0] if len(expressions) == 1 else " AND ".join(f"({one})" for one in expressions)


def _notices(found: Iterable[Licensing], place: str) -> Iterator[CardFact]:
    """The copyright notices as they are written, each once: licenses ask to keep them."""
    for notice in sorted({notice for says in found for notice in says.notices}):
        yield CardFact("copyright", notice, KIND, f"{place}: copyright")


def _holders(found: Iterable[Licensing], place: str) -> tuple[CardContributor, ...]:
    names = {name for says in found for notice in says.notices if (name := holder(notice))}
    return tuple(CardContributor(name, _HOLDS, f"{place}: copyright") for name in sorted(names))


def _places(*kinds: Iterable[object]) -> list[str]:
    return [name for name, there in zip((TOML, DEP5, f"*{SIDECAR}"), kinds, strict=True) if there]


def _header(file: SourceFile) -> Licensing:
    """What stands in the first lines of a text file, where they carry a tag of SPDX."""
    if file.format != "text":
        return Licensing()
    with reading(file.path), open_bytes(file) as stream:
        head = stream.read(_HEAD).decode("utf-8", "replace")
    return header(head) if "SPDX-" in head else Licensing()


def _tables(file: SourceFile, warnings: list[str]) -> list[Annotation]:
    try:
        return annotations(_text(file))
    except ValueError as error:  # TOMLDecodeError is one
        warnings.append(f"{file.path} is not used: {error}")
        return []


def _dep5(folder: Path) -> list[Annotation]:
    path = folder / DEP5
    if not path.is_file():
        return []
    with reading(DEP5), path.open("rb") as stream:
        return paragraphs(stream.read(_BYTES).decode("utf-8", "replace"))


def _text(file: SourceFile) -> str:
    with reading(file.path), open_raw(file) as stream:
        return stream.read(_BYTES).decode("utf-8", "replace")


def _folder(file: SourceFile) -> str:
    return file.path[: -len(TOML)]


def _name(file: SourceFile) -> str:
    return file.path.rsplit("/", 1)[-1]
