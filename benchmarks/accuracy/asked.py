"""What the registry is asked: a blind mix taken apart, license conflicts, texts looked up."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy.sets import DATA, SETS, Row
from registry.app.home import Home
from registry.app.lookup import Searcher
from registry.documents.found import PASSAGE_FROM, VERIFIED_FROM
from registry.fingerprint.words import words
from tests.command import Command

Json = Any
PARTS: Final = (
    *("gsm8k/train:full", "gpteacher/codegen:full", "gpteacher/toolformer-dedupe-only:full"),
    *("standardebooks_pp:para", "tinyshakespeare:speech"),
)
BESIDE: Final = ("alpaca_cleaned/gsm_8k_train:full", "codealpaca/new:full", "mbpp:prompt", "ud_pud:sent")
UNSEEN: Final = "se_datascience_meta:body"
SHARES: Final = (0.3, 0.25, 0.15, 0.1, 0.08, 0.12)  # of the words: the parts, then what is unseen
WORDS: Final = 150_000
LICENSED: Final = {
    "selfinstruct_seed/seed_tasks.jsonl": "Apache-2.0",
    "gpteacher/seedprompts.jsonl": "MIT",
    "codealpaca/new_codealpaca.json": "Apache-2.0",
    "gpteacher/codegen-instruct.json": "MIT",
    "gsm8k/train.jsonl": "MIT",
    "mbpp/mbpp.jsonl": "CC-BY-4.0",
    "mbpp_sanitized/sanitized-mbpp.json": "CC-BY-4.0",
    "humaneval/HumanEval.jsonl.gz": "MIT",
}
BOOK: Final = "gutenberg_pp/1342-0.txt"
EDITION: Final = "standardebooks_pp:para"
QUOTES: Final = 200


def mix(scratch: Path) -> Json:
    """Five sets and unseen text in one file, taken apart; shares of the words."""
    registry = _registered(scratch, (*PARTS, *BESIDE))
    taken = {name: _some(name, share) for name, share in zip((*PARTS, UNSEEN), SHARES, strict=True)}
    file = scratch / "mix.jsonl"
    rows = [row for rows in taken.values() for row in rows]
    random.Random(7).shuffle(rows)
    file.write_text("".join(_line(row) for row in rows), "utf-8")
    found = registry("identify", file, "--format", "json").json
    counts = {name: sum(map(_count, rows)) for name, rows in taken.items()}
    whole = sum(counts.values())
    return {
        "words": whole,
        "parts": [
            {
                "set": SETS[_set_of(part["dataset"])].name,
                "share": round(part["share"], 4),
                "adds": round(part["unique_share"], 4),
                "true": round(counts.get(_set_of(part["dataset"]), 0) / whole, 4),
                "same": [_set_of(each.split("@")[0]) for each in part["ties"]],
            }
            for part in found["cover"]
        ],
        "unassigned": round(found["unassigned"], 4),
        "unseen": round(counts[UNSEEN] / whole, 4),
        "shadowed": [_set_of(each.split("@")[0]) for each in found["shadowed"]],
    }


def conflicts(scratch: Path) -> Json:
    """Sets with the licenses they are published under: which share content under different ones."""
    registry = Command(scratch / "conflicts")
    names = {}
    for number, (source, license_) in enumerate(LICENSED.items()):
        names[f"set-{number}@1"] = source
        registry(
            "ingest", DATA / source, "--name", f"set-{number}", "--license", license_, "--language", "en"
        )
    found = registry("license", "conflicts", "--format", "json", code=1).json["conflicts"]
    return [
        {
            "kind": each["kind"],
            "sets": [names[name] for name in each["datasets"]],
            "licenses": each["licenses"],
            "evidence": len(each["evidence"]),
        }
        for each in found
    ]


def looked_up(scratch: Path) -> Json:
    """A book against another edition and data of other origin; then quotes from every set."""
    sets = (*PARTS, *BESIDE, UNSEEN)
    registry = _registered(scratch, sets)
    book = (DATA / BOOK).read_text("utf-8")
    searcher, blind = (Searcher(Home(registry.home), verify=verify) for verify in (None, False))
    found = searcher.look_up(book)
    return {
        "words": found.words,
        "coverage": round(found.coverage, 4),
        "by_set": [
            {"set": _set_of(one.dataset), "matches": one.matches, "possible": one.possible}
            for one in found.searched
        ],
        "quotes": [
            _quoted(searcher, "verified", VERIFIED_FROM, sets),
            _quoted(blind, "by the index alone", VERIFIED_FROM, sets),
            _quoted(blind, "by the index alone", PASSAGE_FROM, sets),
        ],
    }


def _quoted(searcher: Searcher, how: str, size: int, sets: tuple[str, ...]) -> Json:
    """Runs of so many words of a record, other words around them."""
    chosen = random.Random(size)
    fields = [words(field) for name in sets for row in SETS[name].rows() for field in row.fields]
    long = [field for field in fields if len(field) >= size]
    hit = 0
    for number in range(QUOTES):
        field = chosen.choice(long)
        start = chosen.randrange(len(field) - size + 1)
        quote = " ".join(field[start : start + size])
        around = " ".join(f"around{number}x{place}" for place in range(40))
        matches = searcher.look_up(f"{around} {quote} {around}").matches
        hit += any(match.words >= (size if how == "verified" else 1) for match in matches)
    return {"how": how, "words": size, "quotes": QUOTES, "found": hit}


def _registered(scratch: Path, names: tuple[str, ...]) -> Command:
    """Sets in a registry of their own, each under its number among all sets."""
    registry = Command(scratch / f"asked-{len(names)}")
    for name in names:
        file, options = SETS[name].file(scratch), SETS[name].options
        registry("ingest", file, "--name", _dataset(name), "--language", "en", *options)
    return registry


def _dataset(name: str) -> str:
    return f"set-{list(SETS).index(name)}"


def _set_of(dataset: str) -> str:
    return list(SETS)[int(dataset.removeprefix("set-"))]


def _some(name: str, share: float) -> list[Row]:
    """Random records of a set that make up a share of all words, or all of it."""
    rows = SETS[name].rows()
    random.Random(name).shuffle(rows)
    return list(_up_to(rows, share * WORDS))


def _up_to(rows: list[Row], most: float) -> Iterator[Row]:
    for row in rows:
        if most <= 0:
            return
        most -= _count(row)
        yield row


def _count(row: Row) -> int:
    return sum(len(words(field)) for field in row.fields)


def _line(row: Row) -> str:
    return json.dumps({f"f{number}": field for number, field in enumerate(row.fields)}) + "\n"
