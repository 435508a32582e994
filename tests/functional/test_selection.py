"""How large the part of a dataset is that a mixture names, and what is refused."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from registry.app.digests import FileDigests, digests_of
from registry.app.home import Home
from registry.app.ingest import ingest
from registry.app.request import Request
from registry.app.selection import SelectedPart, select
from registry.app.stated_selection import stated_selection
from registry.declarations.schema import Selection
from registry.domain.dataset import FieldMapping, SelectionKind, SizeBasis
from registry.domain.facts import Size, VersionFacts
from registry.errors import RefusedError, UsageError
from registry.sources.interface import ReadOptions

LONG_AGO = 1_600_000_000_000_000_000
TRAIN: list[dict[str, Any]] = [
    {"id": f"t{n}", "subset": "code" if n % 3 else "math", "level": n % 2, "text": "word " * (n + 1)}
    for n in range(12)
]
TEST: list[dict[str, Any]] = [
    {"id": f"e{n}", "subset": "prose", "level": 5, "text": "und so weiter"} for n in range(3)
]
MAPPING = FieldMapping(text=("text",), id=("id",))


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """JSON Lines, written long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return path


def quiet(_bytes: int) -> Callable[[int, int], None]:
    return lambda _size, _records: None


@dataclass(frozen=True, slots=True)
class Registered:
    """A registry with one version, what read it, and the folder of its declaration file."""

    home: Home
    version: VersionFacts
    request: Request
    base: Path

    def select(self, **selection: Any) -> SelectedPart:
        """The part that a selection, as written in registry.yaml, takes."""
        return select(
            self.home,
            self.version,
            Selection.model_validate(selection),
            request=self.request,
            base=self.base,
            workers=2,
            started=quiet,
        )

    def measured(self, rows: Sequence[dict[str, Any]]) -> Size:
        """The size of these rows as a dataset of their own."""
        file = write(self.base / "alone" / f"{len(rows)}.jsonl", rows)
        request = replace(self.request, sources=(str(file),), name="alone", label=str(len(rows)))
        return ingest(self.home, request, quiet).version.size

    def declared_only(self) -> "Registered":
        """The same as if its size had been declared."""
        version = replace(self.version, basis=SizeBasis.DECLARED, distributions=())
        return replace(self, version=version, request=replace(self.request, sources=()))


@pytest.fixture
def registered(tmp_path: Path) -> Registered:
    write(tmp_path / "talk" / "train.jsonl", TRAIN)
    write(tmp_path / "talk" / "test.jsonl", TEST)
    return record(tmp_path, "talk")


def record(base: Path, name: str, reading: ReadOptions | None = None) -> Registered:
    home = Home(base / "home")
    sources = (str(base / name),)
    request = Request(sources, name, label="1", mapping=MAPPING, reading=reading or ReadOptions())
    return Registered(home, ingest(home, request, quiet).version, request, base)


def test_without_a_selection_all_is_used(registered: Registered) -> None:
    part = registered.select()
    whole = registered.version.size
    assert (part.kind, part.text, part.basis) == (SelectionKind.ALL, "all", SizeBasis.MEASURED)
    assert (part.records, part.words) == (whole.records, whole.words)


@pytest.mark.parametrize(
    ("share", "records", "text"),
    [
        ("0.3", 5, "30 % of the records"),  # 4.5, half up
        ("1/3", 5, "1/3 of the records"),
        ("0.125", 2, "12.5 % of the records"),
        ("0.001", 0, "0.1 % of the records"),
        ("1", 15, "100 % of the records"),
    ],
)
def test_a_share_is_rounded_half_up(registered: Registered, share: str, records: int, text: str) -> None:
    part = registered.select(share=share)
    exact = Fraction(share) * registered.version.size.words
    assert (part.records, part.text, part.basis) == (records, text, SizeBasis.MEASURED)
    assert 0 <= part.words - exact + Fraction(1, 2) <= 1


@pytest.mark.parametrize(
    ("where", "text", "wanted"),
    [
        ({"subset": "code"}, "records where subset is code", {"code"}),
        ({"subset": ["prose", "code"]}, "records where subset is code or prose", {"code", "prose"}),
    ],
)
def test_where_has_the_size_of_the_records_read_alone(
    registered: Registered, where: dict[str, Any], text: str, wanted: set[str]
) -> None:
    part = registered.select(where=where)
    alone = registered.measured([row for row in TEST + TRAIN if row["subset"] in wanted])
    assert (part.kind, part.text, part.basis) == (SelectionKind.WHERE, text, SizeBasis.MEASURED)
    assert (part.records, part.words) == (alone.records, alone.words)


def test_fields_of_where_hold_together_and_many_values_are_counted(registered: Registered) -> None:
    part = registered.select(where={"level": "1", "subset": ["a", "b", "c", "d", "e", "code"]})
    assert part.records == sum(row["level"] == 1 and row["subset"] == "code" for row in TRAIN)
    assert part.text == "records where level is 1 and subset is one of 6 values (a, b, c, code, d, ...)"


def test_a_field_that_is_not_there_is_refused_by_the_name_of_the_dataset(registered: Registered) -> None:
    with pytest.raises(UsageError, match="in talk@1 no record has a field 'subst'") as caught:
        registered.select(where={"subst": "code"})
    assert "did you mean subset?" in str(caught.value.hint)


def test_where_without_a_field_is_refused(registered: Registered) -> None:
    with pytest.raises(UsageError, match="names no value"):
        registered.select(where={})


@pytest.mark.parametrize(("split", "rows"), [("train", TRAIN), ("test", TEST)])
def test_a_split_is_the_data_of_its_files(
    registered: Registered, split: str, rows: list[dict[str, Any]]
) -> None:
    part = registered.select(split=split)
    alone = registered.measured(rows)
    assert (part.kind, part.text) == (SelectionKind.SPLIT, f"the split {split}")
    assert (part.records, part.words) == (alone.records, alone.words)


def test_a_split_reads_no_other_file(registered: Registered) -> None:
    told: list[int] = []

    def started(total: int) -> Callable[[int, int], None]:
        told.append(total)
        return lambda size, _: told.append(-size)

    select(
        registered.home,
        registered.version,
        Selection(split="test"),
        request=registered.request,
        base=registered.base,
        workers=1,
        started=started,
    )
    assert told[0] == (registered.base / "talk" / "test.jsonl").stat().st_size
    assert sum(told) == 0


def test_a_split_that_is_not_there_is_refused_with_those_there_are(registered: Registered) -> None:
    with pytest.raises(UsageError, match="talk@1 has no split 'dev'") as caught:
        registered.select(split="dev")
    assert caught.value.hint == "it has: test, train"


def test_a_split_of_data_without_splits_is_refused_with_the_way_by_field(tmp_path: Path) -> None:
    write(tmp_path / "songs" / "songs.jsonl", TRAIN)
    with pytest.raises(UsageError, match="no split 'train'") as caught:
        record(tmp_path, "songs").select(split="train")
    assert "where: {FIELD: VALUE}" in str(caught.value.hint)


def test_a_split_of_several_configurations_is_what_the_version_holds_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "pairs"
    write(folder / "en" / "train.jsonl", TRAIN)
    write(folder / "de" / "train.jsonl", TEST)
    write(folder / "de" / "test.jsonl", TEST[:1])
    (folder / "README.md").write_text(
        "---\nconfigs:\n"
        "- config_name: en\n  data_files:\n  - {split: train, path: en/train.jsonl}\n"
        "- config_name: de\n  data_files:\n  - {split: train, path: de/train.jsonl}\n"
        "  - {split: test, path: de/test.jsonl}\n---\n"
    )
    part = record(tmp_path, "pairs").select(split="train")
    assert part.records == len(TRAIN) + len(TEST)


def test_ids_are_read_beside_the_declaration_file(registered: Registered) -> None:
    listed = registered.base / "lists" / "ids.txt"
    listed.parent.mkdir()
    listed.write_bytes(b"\xef\xbb\xbft1\r\nt2\n\n  e0 \nt2\nnowhere")
    part = registered.select(ids_file="lists/ids.txt")
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()
    rows = [TRAIN[1], TRAIN[2], TEST[0]]
    assert (part.records, part.words) == (3, registered.measured(rows).words)
    assert part.text == f"3 records listed in ids.txt (SHA-256 {digest[:12]})"
    assert part.warnings == ("1 of the 4 ids in ids.txt are in no record of talk@1",)
    assert json.loads(part.canonical)["ids_file"] == {"name": "ids.txt", "sha256": digest}


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot be read"), (b"\n \n", "holds no id"), (b"\xff\xfe", "not UTF-8")],
)
def test_an_ids_file_that_is_none_is_refused(
    registered: Registered, content: bytes | None, message: str
) -> None:
    if content is not None:
        (registered.base / "ids.txt").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        registered.select(ids_file="ids.txt")


def test_a_declared_size_is_as_declared(registered: Registered) -> None:
    part = registered.select(records=10, words=30, tokens=1234, evidence="the log of the run")
    assert (part.kind, part.basis) == (SelectionKind.DECLARED, SizeBasis.DECLARED)
    assert (part.records, part.words, part.tokens) == (10, 30, 1234)
    assert part.text == "declared: 10 records, 30 words, 1,234 tokens"
    assert part.evidence == json.loads(part.canonical)["evidence"] == "the log of the run"


@pytest.mark.parametrize("sizes", [{"records": 16, "words": 1}, {"records": 1, "words": 10_000}])
def test_more_than_the_whole_cannot_be_declared(registered: Registered, sizes: dict[str, int]) -> None:
    with pytest.raises(RefusedError, match="talk@1, which has"):
        registered.select(**sizes)


@pytest.mark.parametrize("sizes", [{"records": 1}, {"words": 1}, {"tokens": 1}])
def test_a_declared_size_leaves_nothing_open(registered: Registered, sizes: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="leaves open how many"):
        registered.select(**sizes)


def test_of_data_never_read_any_size_can_be_declared(registered: Registered) -> None:
    unread = registered.declared_only()
    assert unread.select(words=10**9).words == 10**9
    assert unread.select(tokens=5).text == "declared: 5 tokens"
    assert unread.select(share="0.5").basis is SizeBasis.DECLARED
    assert unread.select().basis is SizeBasis.DECLARED


def test_data_never_read_cannot_be_searched(registered: Registered) -> None:
    with pytest.raises(RefusedError, match="no source here") as caught:
        registered.declared_only().select(where={"subset": "code"})
    assert "records: ..., words: ..." in str(caught.value.hint)


def test_tokens_may_be_declared_beside_what_is_counted(registered: Registered) -> None:
    part = registered.select(split="train", tokens=99, evidence="tokenizer log")
    assert (part.kind, part.tokens, part.basis) == (SelectionKind.SPLIT, 99, SizeBasis.MEASURED)


def test_one_selection_is_stated_in_one_way(registered: Registered) -> None:
    with pytest.raises(UsageError, match="2 ways at once: share, split"):
        registered.select(share="0.5", split="train")


def test_a_source_that_is_gone_is_refused(registered: Registered) -> None:
    (registered.base / "talk").rename(registered.base / "elsewhere")
    with pytest.raises(RefusedError, match="talk@1 cannot be read any more") as caught:
        registered.select(where={"subset": "code"})
    assert "declare the size" in str(caught.value.hint)
    assert registered.select(share="0.2").records == 3


def test_a_source_that_changed_is_refused(registered: Registered) -> None:
    write(registered.base / "talk" / "test.jsonl", TEST[:2])
    with pytest.raises(RefusedError, match="source of talk@1 has changed"):
        registered.select(split="train")


def test_a_change_behind_the_same_size_and_time_is_found_by_reading(registered: Registered) -> None:
    registered.select(split="train")
    content = (registered.base / "talk" / "test.jsonl").read_text(encoding="utf-8")
    (registered.base / "talk" / "test.jsonl").write_text(content.replace("weiter", "fertig"))
    os.utime(registered.base / "talk" / "test.jsonl", ns=(LONG_AGO, LONG_AGO))
    assert registered.select(split="train").records == len(TRAIN)

    def reading(digests: FileDigests) -> SelectedPart:
        return select(
            registered.home,
            registered.version,
            Selection(split="train"),
            request=registered.request,
            base=registered.base,
            workers=1,
            started=quiet,
            digests=digests,
        )

    with pytest.raises(RefusedError, match="has changed"):
        reading(digests_of(registered.home, rehash=True))


def test_files_with_other_names_are_still_the_source(registered: Registered) -> None:
    (registered.base / "talk" / "train.jsonl").rename(registered.base / "talk" / "train-0.jsonl")
    assert registered.select(split="train").records == len(TRAIN)


def test_the_same_statement_is_known_again_without_reading(registered: Registered) -> None:
    (registered.base / "ids.txt").write_text("t1\n")
    stated: list[dict[str, Any]] = [
        {"share": "1/3"},
        {"share": "0.5"},
        {"where": {"subset": "code", "level": ["1", "0"]}},
        {"where": {"subset": "code"}},
        {"split": "train"},
        {"split": "train", "tokens": 7},
        {"ids_file": "ids.txt"},
        {"records": 1, "words": 2},
        {"records": 1, "words": 2, "evidence": "log"},
    ]
    stored = [registered.select(**selection).canonical for selection in stated]
    again = [stated_selection(Selection.model_validate(each), registered.base) for each in stated]
    for place, selection in enumerate(again):
        assert [selection.is_same(each) for each in stored] == [n == place for n in range(len(stored))]
        assert not selection.is_same(None)
    reordered = Selection(where={"level": ["0", "1"], "subset": ["code"]})
    assert stated_selection(reordered, registered.base).is_same(stored[2])
    assert stated_selection(Selection(), registered.base).is_same(None)
    (registered.base / "ids.txt").write_text("t2\n")
    assert not stated_selection(Selection(ids_file="ids.txt"), registered.base).is_same(stored[6])


def test_real_records_are_selected_by_their_numbers(tmp_path: Path, shared_data: Path) -> None:
    source = shared_data / "mbpp" / "mbpp.jsonl"
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    home = Home(tmp_path / "home")
    request = Request((str(source),), "mbpp", mapping=FieldMapping(text=("text",), id=("task_id",)))
    version = ingest(home, request, quiet).version
    (tmp_path / "first.txt").write_text("".join(f"{number}\n" for number in range(1, 11)))
    part = Registered(home, version, request, tmp_path).select(ids_file="first.txt")
    assert part.records == sum(row["task_id"] <= 10 for row in rows)
    assert not part.warnings
