"""The summaries of the Data Provenance Collection: one JSON file a collection, an entry a dataset."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from registry.errors import MissingSourceError, SourceError

FOLDER = "data_summaries"
_UNSAID = {"", "none", "null", "n/a"}
_WEB = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Licensed:
    """A license as an auditor wrote it: its name, and what stands where its address should."""

    name: str
    url: str | None

    @property
    def raw(self) -> str:
        """Both, as they were written."""
        return f"{self.name} ({self.url})" if self.url else self.name


@dataclass(frozen=True, slots=True)
class Entry:
    """A dataset of the collection; an empty text or tuple where the entry says nothing.

    id: its "Unique Dataset Identifier"; file: the name of the file it stands in
    tags: the licenses that hosts give it, by the field of "Inferred Metadata", those that say something
    """

    id: str
    file: str
    name: str
    urls: tuple[str, ...]
    languages: tuple[str, ...]
    tasks: tuple[str, ...]
    sources: tuple[str, ...]
    generated_by: tuple[str, ...]
    formats: tuple[str, ...]
    annotation: str
    derived_from: tuple[str, ...]
    creators: tuple[str, ...]
    licenses: tuple[Licensed, ...]
    verified_by: str
    tags: Mapping[str, str]
    dates: tuple[str, ...]

    def place(self, key: str) -> str:
        """Where a key of the entry stands."""
        return f"{self.file}: {self.id}: {key}"


def summary_files(folder: Path) -> list[Path]:
    """The files of summaries in a folder of the collection, or in its `data_summaries`, but for templates.

    Raises `MissingSourceError` where there are none.
    """
    for place in (folder / FOLDER, folder):
        found = sorted(one for one in place.glob("*.json") if not one.name.startswith("_"))
        if found:
            return found
    raise MissingSourceError(
        f"{folder} holds no summaries of the Data Provenance Collection",
        hint=f"name a copy of its repository: a folder with {FOLDER}/*.json",
    )


def entries(file: Path) -> Iterator[Entry]:
    """The entries of a file, in its order. Raises `SourceError` for what is no such file."""
    try:
        found = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError(
            f"cannot be read as JSON: {error}", file=file.name, hint="fetch it again"
        ) from error
    if not isinstance(found, dict):
        raise SourceError("is no object of entries", file=file.name, hint="see the collection's template")
    for key, value in found.items():
        if not isinstance(value, dict):
            raise SourceError(f"the entry {key!r} is no object", file=file.name, hint="mend or remove it")
        yield _entry(file.name, key, value)


_TAGS = ("HF Yaml License", "HF Config License", "GitHub License", "PwC License Name")
_DATES = ("HF Date", "Github Date", "PwC Date", "S2 Date")
_URLS = ("Dataset URL", "Hugging Face URL", "GitHub URL", "Papers with Code URL", "ArXiv URL")


def _entry(file: str, key: str, value: Mapping[str, Any]) -> Entry:
    inferred = value.get("Inferred Metadata")
    inferred = inferred if isinstance(inferred, dict) else {}
    urls = (_text(value, name) for name in _URLS)
    return Entry(
        id=_text(value, "Unique Dataset Identifier") or key,
        file=file,
        name=_text(value, "Dataset Name") or key,
        urls=tuple(dict.fromkeys(url for url in urls if url.lower().startswith(_WEB))),
        languages=_texts(value, "Languages"),
        tasks=_texts(value, "Task Categories"),
        sources=_texts(value, "Text Sources"),
        generated_by=_texts(value, "Model Generated"),
        formats=_texts(value, "Format"),
        annotation=", ".join(_texts(value, "Human Annotation")),
        derived_from=_texts(value, "Derived from Datasets"),
        creators=_texts(value, "Creators"),
        licenses=tuple(_licenses(value.get("Licenses"))),
        verified_by=_text(value, "License Verified By"),
        tags={name: tag for name in _TAGS if (tag := _text(inferred, name))},
        dates=tuple(date for name in _DATES if (date := _text(inferred, name))),
    )


def _licenses(found: Any) -> Iterator[Licensed]:
    for one in found if isinstance(found, list) else ():
        if isinstance(one, dict) and (name := _text(one, "License")):
            yield Licensed(name, _text(one, "License URL") or None)


def _text(value: Mapping[str, Any], name: str) -> str:
    """A text that says something, as one line."""
    found = value.get(name)
    text = " ".join(found.split()) if isinstance(found, str) else ""
    return "" if text.lower() in _UNSAID else text


def _texts(value: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Texts that say something, each once; a single one stands for a list of it."""
    found = value.get(name)
    listed = found if isinstance(found, list) else [found]
    texts = (_text({name: one}, name) for one in listed)
    return tuple(dict.fromkeys(filter(None, texts)))
