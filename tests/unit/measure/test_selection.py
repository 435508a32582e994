"""What part of the records a selection takes, and how much that is."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from registry.domain.dataset import FieldMapping
from registry.domain.declared_part import DeclaredPart, declared_part
from registry.domain.facts import Size
from registry.errors import UsageError
from registry.measure.selection import EVERYTHING, Ids, Selected, Where, measure_parts, measure_selection
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source

ROWS: list[dict[str, Any]] = [
    {"key": "a", "subset": "code", "split": 1, "good": True, "text": "one two three"},
    {"key": "b", "subset": "math", "split": 1, "good": False, "text": "four five"},
    {"key": "c", "subset": "code", "split": 2, "score": 0.5, "text": "Größe"},
    {"key": "c", "subset": "prose", "split": 2, "tags": ["x", "y"], "text": ""},
]
TEXT = FieldMapping(text=("text",), id=("key",))


def where(**fields: str | Sequence[str]) -> Where:
    return Where({name: frozenset([it] if isinstance(it, str) else it) for name, it in fields.items()})


def selected(
    folder: Path,
    rows: Sequence[Mapping[str, Any]],
    keep: Where | Ids,
    *,
    mapping: FieldMapping = TEXT,
    explode: str | None = None,
    workers: int = 2,
) -> Selected:
    """What a pass over the rows, written as JSON Lines, gives."""
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    source = open_source((str(file),), ReadOptions(explode=explode))
    return measure_selection(
        source.batches(),
        mapping,
        source.implied,
        explode=explode,
        keep=keep,
        workers=workers,
        progress=lambda _bytes, _records: None,
    )


def size_of(rows: Sequence[Mapping[str, Any]]) -> Size:
    """The size as a reader would count it."""
    texts = [row["text"] for row in rows]
    words = sum(len(text.split()) for text in texts)
    return Size(len(rows), words, sum(len(text.encode()) for text in texts))


@pytest.mark.parametrize(
    ("keep", "places"),
    [
        (EVERYTHING, [0, 1, 2, 3]),
        (where(subset="code"), [0, 2]),
        (where(subset=["code", "prose"]), [0, 2, 3]),
        (where(split="1"), [0, 1]),
        (where(score="0.5"), [2]),
        (where(good="true"), [0]),
        (where(tags="y"), [3]),
        (where(**{"tags[]": "x"}), [3]),
        (where(subset="code", split="2"), [2]),
        (Ids(frozenset({"a", "b"})), [0, 1]),
        (Ids(frozenset({"c"})), [2, 3]),
    ],
)
def test_the_size_is_that_of_the_records_that_match(
    tmp_path: Path, keep: Where | Ids, places: list[int]
) -> None:
    assert selected(tmp_path, ROWS, keep).size == size_of([ROWS[place] for place in places])


def test_ids_that_no_record_has_are_counted(tmp_path: Path) -> None:
    found = selected(tmp_path, ROWS, Ids(frozenset({"a", "y", "z"})))
    assert (found.size, found.missing_ids) == (size_of(ROWS[:1]), 2)


def test_numbers_are_ids_by_their_text(tmp_path: Path) -> None:
    rows = [{"id": 7, "text": "a b"}, {"id": 8, "text": "c"}]
    assert selected(tmp_path, rows, Ids(frozenset({"7"})), mapping=FieldMapping(id=("id",))).size.records == 1


def test_the_first_id_field_with_a_value_is_the_id(tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"id": "7", "old": "8", "text": "a"},
        {"id": None, "old": "9", "text": "b c"},
    ]
    mapping = FieldMapping(text=("text",), id=("id", "old"))
    found = selected(tmp_path, rows, Ids(frozenset({"8", "9"})), mapping=mapping)
    assert (found.size, found.missing_ids) == (size_of(rows[1:]), 1)


def test_many_batches_count_as_one(tmp_path: Path) -> None:
    filler = "word " * 400
    rows: list[dict[str, Any]] = [
        {"n": number, "subset": str(number % 7), "text": filler} for number in range(20_000)
    ]
    source_bytes: list[int] = []
    file = tmp_path / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = measure_selection(
        open_source((str(file),), ReadOptions()).batches(),
        FieldMapping(text=("text",)),
        FieldMapping(),
        explode=None,
        keep=where(subset="3"),
        workers=2,
        progress=lambda size, _: source_bytes.append(size),
    )
    assert len(source_bytes) > 1
    assert sum(source_bytes) == file.stat().st_size
    assert found.size == size_of([row for row in rows if row["subset"] == "3"])


def test_a_field_of_the_objects_around_a_nested_record_selects_it(tmp_path: Path) -> None:
    rows = [
        {"topic": "hills", "questions": [{"text": "how high"}, {"text": "why"}]},
        {"topic": "seas", "questions": [{"text": "how very deep"}]},
    ]
    for name in ("topic", ".topic"):
        found = selected(
            tmp_path, rows, where(**{name: "hills"}), mapping=FieldMapping(), explode="questions"
        )
        assert (found.size.records, found.size.words) == (2, 3)


def test_without_a_mapping_every_string_is_content_as_in_ingest(tmp_path: Path) -> None:
    found = selected(tmp_path, ROWS, where(split="1"), mapping=FieldMapping(id=("key",)))
    assert found.size.words == 3 + 2 + len({"code", "math"})


def test_bytes_that_are_no_text_match_nothing_and_break_nothing(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"blob": [b"\xff\xfe", b"ok"], "text": ["a", "b"]}), file)
    with pytest.raises(UsageError):
        measure_selection(
            open_source((str(file),), ReadOptions()).batches(),
            FieldMapping(text=("text",)),
            FieldMapping(),
            explode=None,
            keep=where(blob="ok"),
            workers=1,
            progress=lambda _bytes, _records: None,
        )


def test_a_field_that_is_nowhere_is_refused_with_what_comes_close(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no record has a field 'subst'") as caught:
        selected(tmp_path, ROWS, where(subst="code"))
    assert "did you mean subset?" in str(caught.value.hint)
    assert "score" in str(caught.value.hint)


def test_a_value_that_no_record_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'cod' in 'subset'") as caught:
        selected(tmp_path, ROWS, where(subset="cod"))
    assert caught.value.hint == "values there: code, math, prose"


def test_values_that_no_record_has_together_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'subset' and 'split' together"):
        selected(tmp_path, ROWS, where(subset="math", split="2"))


def test_ids_of_which_none_is_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="one of the 2 values asked for in 'key'") as caught:
        selected(tmp_path, ROWS, Ids(frozenset({"y", "z"})))
    assert caught.value.hint == "values there: a, b, c"


def test_ids_without_an_id_field_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no field is mapped as id") as caught:
        selected(tmp_path, ROWS, Ids(frozenset({"a"})), mapping=FieldMapping())
    assert "fields.id" in str(caught.value.hint)


def test_the_number_of_workers_changes_nothing(tmp_path: Path) -> None:
    one, four = (selected(tmp_path, ROWS, where(subset="code"), workers=workers) for workers in (1, 4))
    assert one == four


# --- parts that holders are declared of -------------------------------------------------------------------


OWNED = [
    {"kind": "news", "by": "Ada", "url": "https://a.example/1", "text": "one"},
    {"kind": "news", "by": "", "url": "https://www.a.example/2", "text": "two three"},
    {"kind": "blog", "by": "", "url": "https://b.example/3", "text": "four five six"},
    {"kind": "blog", "by": "", "text": "seven"},
]
NEWS, OF_B = declared_part({"kind": ["news"]}, None), declared_part({}, "b.example")


def words_of_parts(folder: Path, *parts: DeclaredPart) -> dict[DeclaredPart | None, int]:
    """The words of the records that name nobody, by part."""
    file = folder / "rows.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in OWNED), encoding="utf-8")
    source = open_source((str(file),), ReadOptions())
    rights = measure_parts(
        source.batches(),
        FieldMapping(text=("text",), creator=("by",), url=("url",)),
        source.implied,
        explode=None,
        parts=parts,
        workers=1,
        progress=lambda _bytes, _records: None,
    )
    assert sum(sums.words for sums in rights.values()) == 7
    found: dict[DeclaredPart | None, int] = {}
    for key, sums in rights.items():
        if not key.creators:
            found[key.part] = found.get(key.part, 0) + sums.words
    return found


def test_a_declared_part_has_those_of_its_records_that_name_nobody(tmp_path: Path) -> None:
    assert words_of_parts(tmp_path, NEWS, OF_B) == {NEWS: 2, OF_B: 3, None: 1}
    both = declared_part({"kind": ["news"]}, "a.example")
    assert words_of_parts(tmp_path, both) == {both: 2, None: 4}


def test_declared_parts_that_share_a_record_which_names_nobody_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"kind is blog and where domain is b\.example: 1$"):
        words_of_parts(tmp_path, declared_part({"kind": ["blog"]}, None), OF_B)


def test_a_declared_part_without_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no record has 'sport' in 'kind'"):
        words_of_parts(tmp_path, declared_part({"kind": ["sport"]}, None))
    with pytest.raises(UsageError, match=r"no record is in the part where domain is c\.example"):
        words_of_parts(tmp_path, declared_part({}, "c.example"))
