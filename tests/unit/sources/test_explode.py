import io
import json
from pathlib import Path
from typing import Any

import pytest

from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves
from registry.sources.explode import explode, list_paths, tokens
from registry.sources.interface import ReadOptions
from registry.sources.json.reader import json_batches
from registry.sources.open import open_source


def decoded(*records: Any) -> Leaves:
    stream = io.BytesIO("\n".join(map(json.dumps, records)).encode())
    [batch] = json_batches(stream, file="a.jsonl")
    return batch.leaves()


def shown(leaves: Leaves) -> list[list[tuple[str, list[int], str]]]:
    return [
        [
            (
                leaves.paths[leaves.path[i]],
                leaves.positions[leaves.position[i] : leaves.position[i + 1]].tolist(),
                leaves.text(i),
            )
            for i in range(leaves.record[record], leaves.record[record + 1])
        ]
        for record in range(leaves.records)
    ]


SQUAD = {
    "version": "1.1",
    "data": [
        {
            "title": "T1",
            "paragraphs": [
                {
                    "context": "C1",
                    "qas": [
                        {"question": "Q1", "answers": [{"text": "A"}, {"text": "B"}]},
                        {"question": "Q2"},
                    ],
                },
                {"context": "C2", "qas": []},
            ],
        },
        {"title": "T2", "tags": ["x"], "paragraphs": [{"context": "C3", "qas": [{}, {"question": "Q3"}]}]},
    ],
    "other": [{"dropped": 1}],
}


@pytest.mark.parametrize(
    "path", ["data.paragraphs.qas", "data[].paragraphs[].qas[]", "data.paragraphs[].qas"]
)
def test_elements_become_records_with_the_scalars_of_their_ancestors(path: str) -> None:
    def ancestors(title: str, context: str) -> list[tuple[str, list[int], str]]:
        return [(".data.title", [], title), (".data.paragraphs.context", [], context)]

    assert shown(explode(decoded(SQUAD), path)) == [
        [
            (".version", [], "1.1"),
            *ancestors("T1", "C1"),
            ("question", [], "Q1"),
            ("answers[].text", [0], "A"),
            ("answers[].text", [1], "B"),
        ],
        [(".version", [], "1.1"), *ancestors("T1", "C1"), ("question", [], "Q2")],
        [(".version", [], "1.1"), *ancestors("T2", "C3"), ("question", [], "Q3")],
    ]


def test_scalar_elements_take_the_name_of_their_list() -> None:
    leaves = explode(
        decoded({"a": {"list": ["x", "", "y"]}, "id": 1}, {"a": {"list": []}, "id": 2}), "a.list"
    )
    assert shown(leaves) == [
        [("list", [], "x"), (".id", [], "1")],
        [("list", [], "y"), (".id", [], "1")],
    ]


def test_only_one_level_of_a_list_of_lists_is_opened() -> None:
    leaves = explode(decoded({"rows": [["a", "b"], ["c"]]}), "rows")
    assert shown(leaves) == [[("rows[]", [0], "a"), ("rows[]", [1], "b")], [("rows[]", [0], "c")]]


def test_fields_of_objects_on_the_way_are_kept_with_their_names() -> None:
    leaves = explode(decoded({"meta": {"by": "me"}, "a": {"note": "n", "items": [{"x": 1}]}}), "a.items")
    assert shown(leaves) == [[(".meta.by", [], "me"), (".a.note", [], "n"), ("x", [], "1")]]


def test_records_are_exploded_in_their_order() -> None:
    first, second = {"items": [{"x": i} for i in range(3)]}, {"items": [{"x": i} for i in range(3, 5)]}
    assert [record[0][2] for record in shown(explode(decoded(first, {}, second), "items"))] == list("01234")


def test_lists_that_differ_in_depth_are_all_found() -> None:
    leaves = explode(decoded({"a": [{"b": [1]}]}, {"a": {"b": [2]}}, {"a": [{"b": [3]}]}), "a.b")
    assert [record[0][2] for record in shown(leaves)] == ["1", "2", "3"]


def test_names_with_dots_and_brackets_are_escaped() -> None:
    assert tokens(r"a\.b[].c\[\]") == (r"a\.b", "[]", r"c\[\]")
    leaves = explode(decoded({"a.b": [{"c[]": "x"}]}), r"a\.b")
    assert shown(leaves) == [[(r"c\[\]", [], "x")]]


def test_exploding_what_is_not_there_gives_no_records() -> None:
    assert explode(decoded({"a": 1}), "b").records == 0
    assert list_paths(decoded(SQUAD)) == [
        "data", "data.paragraphs", "data.paragraphs.qas", "data.paragraphs.qas.answers", "data.tags", "other",
    ]  # fmt: skip


def test_a_file_without_the_path_is_an_error_that_lists_what_there_is(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps([SQUAD]))
    batches = open_source([str(tmp_path)], ReadOptions(explode="data.nope")).batches()
    with pytest.raises(SourceError, match=r"a\.json: has no list of records at 'data\.nope'") as error:
        list(batches)
    assert error.value.hint
    assert "data.paragraphs.qas" in error.value.hint


@pytest.mark.parametrize(
    ("folder", "path", "count"),
    [("bbh", "examples", 6511), ("xquad", "data.paragraphs.qas", 6 * 1190)],
)
def test_real_nested_datasets(shared_data: Path, folder: str, path: str, count: int) -> None:
    if not (shared_data / folder).exists():
        pytest.skip("the shared data is absent")
    spec = str(shared_data / folder)
    batches = open_source([spec], ReadOptions(explode=path)).batches()
    assert sum(batch.leaves().records for batch in batches) == count
    source = open_source([spec], ReadOptions())
    assert all(batch.leaves().records == 1 for batch in source.batches())
    assert any(
        "--explode" in warning and path.split(".", maxsplit=1)[0] in warning for warning in source.warnings
    )
