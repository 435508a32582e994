"""What `ingest` promises: one content digest, idempotence, labels for ever, nothing half visible."""

import gzip
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from tests import builders
from tests.command import Command

POEMS = [
    {
        "title": "Dawn",
        "body": "The grey light climbs the garden wall and wakes the quarrelling sparrows.",
        "by": "Ada",
    },
    {
        "title": "Noon",
        "body": "Über den Feldern steht die Hitze, und niemand geht, und niemand spricht.",
        "by": "Bo",
    },
    {"title": "Dusk", "body": "山の端に日が落ちて、川面に風が立つ。", "by": ""},
    {
        "title": "Night",
        "body": "The grey light climbs the garden wall, and wakes the quarrelling sparrows!",
        "by": "Ada",
    },
]


@pytest.fixture
def registry(tmp_path: Path) -> Command:
    return Command(tmp_path / "home")


def write(folder: Path, form: str, rows: list[dict[str, str]]) -> Path:
    """The rows in one format; for `shards`, one file each."""
    folder.mkdir(parents=True)
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    file = folder / f"poems.{form}"
    if form == "json":
        file.write_text("[" + ",\n".join(lines) + "]", encoding="utf-8")
    elif form == "jsonl":
        file.write_text("\n".join(lines), encoding="utf-8")
    elif form == "jsonl.gz":
        file.write_bytes(gzip.compress("\n".join(lines).encode()))
    elif form == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), file)
    elif form == "arrow":
        pyarrow.feather.write_feather(pa.Table.from_pylist(rows), file)
    elif form == "csv":
        cells = [[row[name].replace('"', '""') for name in ("title", "body", "by")] for row in rows]
        text = "title,body,by\n" + "".join('"' + '","'.join(row) + '"\n' for row in cells)
        file.write_text(text, encoding="utf-8")
    else:
        for number, line in enumerate(lines):
            (folder / f"part-{number}.jsonl").write_text(line, encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["json", "jsonl.gz", "parquet", "arrow", "csv", "shards"])
def test_the_same_records_have_one_digest_whatever_the_format_and_order(
    registry: Command, tmp_path: Path, form: str
) -> None:
    shuffled = random.Random(7).sample(POEMS, len(POEMS))
    registry("ingest", write(tmp_path / "a", "jsonl", POEMS), "--name", "plain")
    registry("ingest", write(tmp_path / "b", form, shuffled), "--name", "other")
    plain, other = (registry("dataset", "show", name, "--format", "json").json for name in ("plain", "other"))
    assert plain["digest"] == other["digest"]
    same = ("records", "words", "characters", "bytes", "languages", "self_duplication")
    assert {key: plain[key] for key in same} == {key: other[key] for key in same}


def test_sizes_are_those_of_the_content(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path / "a", "jsonl", POEMS), "--name", "poems", "--text-field", "body")
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["records"] == 4
    assert shown["bytes"] == sum(len(row["body"].encode()) for row in POEMS)
    assert shown["characters"] == sum(len(row["body"]) for row in POEMS)
    assert shown["self_duplication"]["words_equal_records"] == 1
    roles = {field["path"]: field["role"] for field in shown["fields"]}
    assert roles == {"body": "content", "by": "other", "title": "other"}


def test_the_same_again_changes_nothing(registry: Command, tmp_path: Path) -> None:
    source = write(tmp_path / "a", "jsonl", POEMS)
    options = ("--name", "poems", "--license", "cc by 4.0", "--origin", "public", "--creator-field", "by")
    registry("ingest", source, *options)
    before = registry("dataset", "show", "poems", "--format", "json").json
    again = registry("ingest", source, *options)
    assert "Unchanged" in again.stderr
    assert registry("dataset", "show", "poems", "--format", "json").json == before
    assert len(registry("dataset", "list", "--format", "json").json) == 1


def test_a_label_names_one_content_for_ever(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path / "a", "jsonl", POEMS), "--name", "poems", "--version", "1")
    changed = write(tmp_path / "b", "jsonl", POEMS[:3])
    refused = registry("ingest", changed, "--name", "poems", "--version", "1", code=3)
    assert '--version "2"' in refused.stderr
    registry("ingest", changed, "--name", "poems")
    listed = registry("dataset", "list", "--format", "json").json
    assert [(line["version"], line["records"]) for line in listed] == [("2", 3), ("1", 4)]
    assert registry("dataset", "show", "poems", "--format", "json").json["version"] == "2"
    assert registry("dataset", "show", "poems@1", "--format", "json").json["records"] == 4


def test_another_mapping_of_the_same_content_is_another_version(registry: Command, tmp_path: Path) -> None:
    source = write(tmp_path / "a", "jsonl", POEMS)
    registry("ingest", source, "--name", "poems")
    registry("ingest", source, "--name", "poems", "--text-field", "body")
    listed = registry("dataset", "list", "--format", "json").json
    assert len({line["digest"] for line in listed}) == 1
    assert [line["version"] for line in listed] == ["2", "1"]


def test_a_new_statement_supersedes_the_old_one(registry: Command, tmp_path: Path) -> None:
    source = write(tmp_path / "a", "jsonl", POEMS)
    registry("ingest", source, "--name", "poems", "--license", "MIT")
    registry("ingest", source, "--name", "poems", "--license", "my own terms")
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["license"]["effective"] == "NOASSERTION"
    assert shown["license"]["declared_as"] == "my own terms"
    assert any(gap["field"] == "license" and "my own terms" in gap["unknown"] for gap in shown["gaps"])


@pytest.mark.parametrize("workers", ["1", "3"])
def test_workers_change_nothing(registry: Command, tmp_path: Path, workers: str) -> None:
    source = write(tmp_path / "a", "shards", POEMS * 50)
    registry("ingest", source, "--name", "poems", "--workers", workers)
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["records"] == 200
    assert shown["self_duplication"]["words_equal_records"] == 200 - 4


def test_neither_workers_nor_batches_change_a_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**poem, "body": f"{poem['body']} {number}"} for number in range(300) for poem in POEMS]
    source = write(tmp_path / "a", "parquet", rows)
    stored = []
    for workers, size in (("1", 8 << 20), ("3", 2_000), ("2", 9_000)):
        monkeypatch.setattr("registry.sources.tables.BATCH_BYTES", size)
        home = tmp_path / f"home-{workers}"
        Command(home)("ingest", source, "--name", "poems", "--creator-field", "by", "--workers", workers)
        root = home / "fingerprints"
        stored.append({file.relative_to(root): file.read_bytes() for file in root.rglob("*.*")})
    assert len(stored[0]) == 10
    assert stored[0] == stored[1] == stored[2]


BAD = {
    "empty.jsonl": b"",
    "blank.jsonl": b"\n \n",
    "truncated.json": b'[{"a": "b"}, {"a": ',
    "truncated.parquet": b"PAR1 this is no parquet",
    "text.parquet": b"just text",
    "latin.jsonl": '{"a": "café"}'.encode("latin-1"),
    "utf16.jsonl": '{"a": "b"}'.encode("utf-16"),
    "surrogate.jsonl": rb'{"a": "\ud800"}',
    "scalars.jsonl": b'"one"\n"two"\n',
    "deep.json": b"[" * 20_000 + b"]" * 20_000,
    "keys.jsonl": b'{"a": 1, "a": 2}',
    "broken.jsonl.gz": gzip.compress(b'{"a": "b"}\n' * 999)[:-9],
    "ragged.csv": b"a,b\n1,2\n3,4,5\n",
    "bomb.xml": b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x><r a="&a;"/></x>',
    "latin.txt": "café".encode("latin-1"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_clear_error_and_leaves_nothing(registry: Command, tmp_path: Path, name: str) -> None:
    registry("init")
    file = tmp_path / name
    file.write_bytes(BAD[name])
    failed = registry("ingest", file, "--name", "bad", code=3)
    assert name in failed.stderr
    assert "Hint: " in failed.stderr
    assert "Traceback" not in failed.stderr
    assert registry("dataset", "list", "--format", "json").json == []
    fingerprints = registry.home / "fingerprints"
    assert [path for path in fingerprints.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    ("content", "records", "words"),
    [
        pytest.param(rb'{"a": "one\u0000two"}', 1, 2, id="NUL separates words"),
        pytest.param(b'{"a": "one"}\n{"z": "two three"}\n', 2, 3, id="late column"),
        pytest.param(b'{"a": "one"}\n{"a": 1}\n{"a": null}\n', 3, 1, id="type change"),
        pytest.param(b'{"a": "x", "n": 123456789012345678901234567890}', 1, 1, id="30 digits"),
        pytest.param(b'\xef\xbb\xbf{"a": "one"}\r\n\r\n{"a": "two"}\r\n', 2, 2, id="BOM, CRLF, blank line"),
    ],
)
def test_odd_input_with_a_defined_reading(
    registry: Command, tmp_path: Path, content: bytes, records: int, words: int
) -> None:
    file = tmp_path / "odd.jsonl"
    file.write_bytes(content)
    registry("ingest", file, "--name", "odd")
    shown = registry("dataset", "show", "odd", "--format", "json").json
    assert (shown["records"], shown["words"]) == (records, words)


def test_a_wrong_field_is_refused_with_the_fields_there_are(registry: Command, tmp_path: Path) -> None:
    source = write(tmp_path / "a", "jsonl", POEMS)
    refused = registry("ingest", source, "--name", "poems", "--text-field", "boddy", code=2)
    assert "'boddy'" in refused.stderr
    assert "body" in refused.stderr


def test_an_unknown_dataset_names_those_that_come_close(registry: Command, tmp_path: Path) -> None:
    registry("ingest", write(tmp_path / "a", "jsonl", POEMS), "--name", "poems")
    failed = registry("dataset", "show", "poem", code=3)
    assert "no dataset named 'poem'" in failed.stderr
    assert "poems" in failed.stderr


@pytest.mark.parametrize("folder", ["a%20b", "with space", "ünïcode", "q?mark#hash"])
def test_a_home_may_have_any_name(tmp_path: Path, folder: str) -> None:
    registry = Command(tmp_path / folder)
    registry("init")
    assert (tmp_path / folder / "registry.db").exists()
    assert registry("query", "SELECT count(*) AS n FROM public_dataset", "--format", "json").json == [
        {"n": 0}
    ]


def test_a_card_says_the_license_where_nobody_else_does(registry: Command, tmp_path: Path) -> None:
    folder = write(tmp_path / "a", "jsonl", POEMS)
    (folder / "README.md").write_text(
        "---\nlicense: cc-by-sa-4.0\nlanguage: no\n---\n# Poems\n", encoding="utf-8"
    )
    registry("ingest", folder, "--name", "poems")
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert (shown["license"]["declared"], shown["license"]["declared_as"]) == ("CC-BY-SA-4.0", "cc-by-sa-4.0")
    assert {file["path"]: file["role"] for file in shown["distributions"]}["README.md"] == "card"
    registry("ingest", folder, "--name", "poems", "--license", "MIT")
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["license"]["declared"] == "MIT"
    assert "Unchanged" in registry("ingest", folder, "--name", "poems").stderr


def test_a_language_said_later_takes_the_place_of_the_detected_one(registry: Command, tmp_path: Path) -> None:
    source = write(tmp_path / "a", "jsonl", POEMS)
    registry("ingest", source, "--name", "poems")
    assert {part["basis"] for part in shown_languages(registry)} == {"sample"}
    registry("ingest", source, "--name", "poems", "--language", "German")
    (only,) = shown_languages(registry)
    assert (only["language"], only["basis"], only["records"]) == ("de", "declared", 4)
    query = "SELECT language, basis, records FROM public_version_language"
    assert registry("query", query, "--format", "json").json == [
        {"language": "de", "basis": "declared", "records": 4}
    ]


def shown_languages(registry: Command) -> list[dict[str, object]]:
    languages: list[dict[str, object]] = registry("dataset", "show", "poems", "--format", "json").json[
        "languages"
    ]
    return languages


def test_a_name_that_may_stand_for_nobody_is_told(tmp_path: Path) -> None:
    names = ["Ada Lovelace", "NULL", "n/a", "[deleted]", "Anonymous", "Anna Nonymous"]
    source = builders.write_jsonl(tmp_path / "posts.jsonl", [{"text": "one", "by": name} for name in names])
    said = Command(tmp_path / "home")("ingest", source, "--name", "posts", "--creator-field", "by").stderr
    assert "'Anonymous', 'NULL', '[deleted]' and 'n/a' may stand for nobody" in said
    assert "Ada" not in said
