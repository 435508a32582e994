"""A multilingual corpus of text that the machine has: manuals, messages, documentation, sources, data."""

import argparse
import gzip
import json
import struct
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.leaves import Leaves, Tag

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared" / "data"
TARGET = 112_000_000  # bytes
MEAN = 1500  # bytes: the median target length of a record, log-normal
QUOTAS = {"manuals, English": 16e6, "messages": 44e6, "documentation": 14e6, "sources": 14e6}  # bytes


@dataclass(frozen=True)
class Corpus:
    """Records of one field each: text of record i is data[offsets[i] : offsets[i + 1]]."""

    data: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def texts(self) -> list[str]:
        """Each record as text."""
        whole, bounds = self.data.tobytes(), self.offsets.tolist()
        return [whole[a:b].decode() for a, b in pairwise(bounds)]

    def take(self, chosen: Iterable[int]) -> "Corpus":
        """Some of the records."""
        return pack(self.data[self.offsets[i] : self.offsets[i + 1]].tobytes() for i in chosen)

    def ascii(self) -> NDArray[np.bool_]:
        """Whether each record is pure ASCII."""
        above = np.concatenate([[0], np.cumsum(self.data >= 0x80)])
        return np.asarray(above[self.offsets[1:]] == above[self.offsets[:-1]])

    def leaves(self, fields: int = 1) -> Leaves:
        """As one batch; each record has `fields` leaves, cut at even places between its characters."""
        cuts = [self._cut(part, fields) for part in range(fields + 1)]
        start, stop = np.stack(cuts[:-1], 1).ravel(), np.stack(cuts[1:], 1).ravel()
        full = stop > start
        records = np.concatenate([[0], np.cumsum(full.reshape(-1, fields).sum(1))])
        paths = np.tile(np.arange(fields, dtype=np.int32), len(self))[full]
        n = int(full.sum())
        return Leaves(
            len(self), tuple(f"field {i}" for i in range(fields)), records, paths,
            np.full(n, Tag.STRING, np.uint8), start[full], stop[full], self.data,
            np.zeros(n + 1, np.int64), np.zeros(0, np.uint32),
        )  # fmt: skip

    def _cut(self, part: int, parts: int) -> NDArray[np.int64]:
        first, last = self.offsets[:-1], self.offsets[1:]
        cut = np.asarray(first + (last - first) * part // parts)
        inside = np.append(self.data & 0xC0 == 0x80, False)
        for _ in range(3):
            cut = cut + inside[cut]
        return cut


def pack(texts: Iterable[bytes]) -> Corpus:
    """A corpus of encoded texts."""
    kept = list(texts)
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in kept], dtype=np.int64)])
    return Corpus(np.frombuffer(b"".join(kept), np.uint8), offsets)


def manuals(root: Path, *, english: bool) -> Iterator[str]:
    """Compressed manual pages; of the other languages in turn."""
    folders = sorted(folder for folder in root.glob("*") if folder.name.startswith("man") == english)
    pages = [iter(sorted(folder.rglob("*.gz"))) for folder in folders]
    while pages:
        for language in list(pages):
            page = next(language, None)
            if page is None:
                pages.remove(language)
            else:
                yield from decoded(gzip.decompress(page.read_bytes()))


def messages(root: Path) -> Iterator[str]:
    """Translated messages of programs (GNU gettext, "The Format of GNU MO Files"), languages in turn."""
    for catalogue in sorted(root.glob("*/LC_MESSAGES/*.mo"), key=lambda file: (file.name, file)):
        content = catalogue.read_bytes()
        count, _, table = struct.unpack_from("<3I", content, 8)
        places = [struct.unpack_from("<2I", content, table + 8 * index) for index in range(1, count)]
        yield from decoded(b"\n\n".join(content[start : start + length] for length, start in places))


def files(root: Path, *suffixes: str) -> Iterator[str]:
    """Text files below a folder."""
    for file in sorted(root.rglob("*")):
        if file.is_file() and file.name.endswith(suffixes):
            content = file.read_bytes()
            yield from decoded(gzip.decompress(content) if file.suffix == ".gz" else content)


def decoded(content: bytes) -> Iterator[str]:
    """The content as text, where it is UTF-8."""
    try:
        yield content.decode()
    except UnicodeDecodeError:
        return


def shared(root: Path) -> Iterator[str]:
    """Strings of at least 20 characters in the JSON files of the shared data."""
    for file in sorted([*root.rglob("*.json"), *root.rglob("*.jsonl")]):
        lines = file.read_text().splitlines() if file.suffix == ".jsonl" else [file.read_text()]
        for line in filter(str.strip, lines):
            yield from (text for text in strings(json.loads(line)) if len(text) >= 20)


def strings(value: Any) -> Iterator[str]:
    """All string values of a JSON document."""
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


def cut(text: str, lengths: Iterator[float]) -> Iterator[bytes]:
    """Records of whole paragraphs, of about the lengths asked for."""
    target, size, held = next(lengths), 0, list[str]()
    for paragraph in text.split("\n\n"):
        held.append(paragraph)
        size += len(paragraph.encode(errors="ignore"))
        if size >= target:
            yield "\n\n".join(held).encode(errors="ignore")
            target, size, held = next(lengths), 0, []
    if size > 40:
        yield "\n\n".join(held).encode(errors="ignore")


def limited(records: Iterable[bytes], quota: float) -> Iterator[bytes]:
    """Records up to a number of bytes."""
    for record in records:
        quota -= len(record)
        if quota < 0:
            return
        yield record


def build() -> Corpus:
    """Read the sources in order and print what came of each."""
    random = np.random.default_rng(1)
    lengths = iter(lambda: float(random.lognormal(np.log(MEAN), 0.8)), None)
    share = Path("/usr/share")
    sources: dict[str, Iterator[str]] = {
        "manuals, English": manuals(share / "man", english=True),
        "manuals, other": manuals(share / "man", english=False),
        "messages": messages(share / "locale"),
        "documentation": files(share / "doc", ".txt", ".html", ".md", ".rst", ".gz"),
        "sources": files(Path(sysconfig.get_path("purelib")), ".py", ".md", ".rst", ".txt"),
        "shared data": shared(SHARED),
    }
    kept: list[bytes] = []
    for name, texts in sources.items():
        records = (record for text in texts for record in cut(text, lengths))
        new = list(limited(records, QUOTAS.get(name, TARGET - sum(map(len, kept)))))
        size, other = sum(map(len, new)) / 1e6, sum(not record.isascii() for record in new)
        print(f"{name:18} {len(new):7,} records {size:6.1f} MB, {other:,} records not ASCII")
        kept += new
    order = random.permutation(len(kept))
    return pack(kept[i] for i in order)


def corpus() -> list[str]:
    """The records of the corpus as texts."""
    return stored_corpus().texts()


def stored_corpus() -> Corpus:
    """The corpus, from the cache in the temporary folder where it is there."""
    cached = Path(tempfile.gettempdir()) / "training-data-registry-corpus-1.npz"
    if not cached.exists():
        built = build()
        np.savez(cached, data=built.data, offsets=built.offsets)
    with np.load(cached) as stored:
        return Corpus(stored["data"], stored["offsets"])


def describe(texts: Corpus) -> str:
    """Size and composition in one line."""
    plain = texts.ascii()
    size = np.diff(texts.offsets)
    letters = int((texts.data >= 0x80).sum()) / max(len(texts.data), 1)
    return (
        f"{len(texts):,} records, {len(texts.data) / 1e6:.1f} MB, mean {size.mean():,.0f} bytes, "
        f"{plain.mean():.0%} pure ASCII, {letters:.0%} of the bytes are not ASCII"
    )


def main() -> None:
    """Build the corpus anew and print its composition."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    print(describe(build()))


if __name__ == "__main__":
    main()
