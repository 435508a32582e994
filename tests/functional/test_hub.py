"""Hub repositories, read by the real libraries from a hub on 127.0.0.1."""

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from registry.errors import UsageError
from registry.sources.hub import HubSpec
from tests.command import Command
from tests.forked import ROOT, forked
from tests.hub_server import HubServer

REPOSITORY = "acme/chat"
TOKEN = "hf_secretsecretsecret"
CARD = """---
license: other
license_name: acme-1.0
language:
- no
- en
configs:
- config_name: talk
  default: true
  data_files:
  - {split: train, path: data/train-*.parquet}
  - {split: test, path: data/test.jsonl}
- config_name: prices
  data_files: prices.csv
---
# Chat
"""
Found = dict[str, Any]
Asked = tuple[str, dict[str, str]]
READ_AT_IMPORT = {"HF_ENDPOINT", "HF_HUB_OFFLINE"}


@dataclass
class Reader:
    """Reads specs in processes of their own: forked, but where `env` holds what is read at an import."""

    command: Path
    environment: dict[str, str]

    def __call__(self, spec: str, **env: str) -> Found:
        [found] = self.all([(spec, {})], **env)
        return found

    def all(self, specs: list[Asked], **env: str) -> list[Found]:
        fresh = [sys.executable, "-m", "tests.hub_reader"]
        command = fresh if env.keys() & READ_AT_IMPORT else [str(self.command)]
        done = subprocess.run(
            [*command, json.dumps(specs)],
            cwd=ROOT,
            env={**self.environment, **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert TOKEN not in done.stdout + done.stderr
        found: list[Found] = json.loads(done.stdout)
        return found


@pytest.fixture(scope="module")
def served() -> Iterator[HubServer]:
    with HubServer(page=3) as server:
        yield server


@pytest.fixture
def hub(served: HubServer) -> HubServer:
    """The hub, empty again: the address that libraries were told stays."""
    served.clear()
    return served


@pytest.fixture(scope="module")
def reader(served: HubServer) -> Iterator[Reader]:
    with tempfile.TemporaryDirectory(prefix="registry-") as place:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
        environment |= {"HF_ENDPOINT": served.endpoint, "HF_HOME": f"{place}/hf-home"}
        with forked("tests.hub_reader", "read", Path(place), environment) as command:
            yield Reader(command, environment)


@pytest.fixture
def read(reader: Reader) -> Reader:
    """The reader, with nothing kept of what it read before."""
    shutil.rmtree(reader.environment["HF_HOME"], ignore_errors=True)
    return reader


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository with a card, two configurations, and files of other roles."""
    top = tmp_path / "repository"
    (top / "data").mkdir(parents=True)
    (top / "README.md").write_text(CARD)
    (top / "LICENSE").write_text("All of it is yours.")
    (top / ".gitattributes").write_text("*.parquet filter=lfs")
    (top / "logo.svg").write_text("<svg/>")
    for shard in range(2):
        table = pa.table({"text": [f"parquet {shard} {row}" for row in range(100)]})
        parquet.write_table(table, top / "data" / f"train-0000{shard}-of-00002.parquet")
    rows = [json.dumps({"text": f"line {row}", "n": row}) for row in range(30)]
    (top / "data" / "test.jsonl").write_text("\n".join(rows))
    (top / "prices.csv").write_text("item,price\napple,1.10\npear,2\n")
    return top


ALL = {
    "data/test.jsonl": 30,
    "data/train-00000-of-00002.parquet": 100,
    "data/train-00001-of-00002.parquet": 100,
    "prices.csv": 2,
}


def test_a_repository_is_read_at_the_commit_its_branch_names(
    hub: HubServer, read: Reader, folder: Path
) -> None:
    commit = hub.commit(REPOSITORY, folder)
    found = read(f"hf://{REPOSITORY}")
    base = f"hf://datasets/{REPOSITORY}@{commit}/"
    assert found["revision"] == commit
    assert found["records"] == ALL
    assert {"parquet 1 99", "line 29", "1.10"} <= set(found["texts"])
    assert all(location.startswith(base) for location in found["locations"])
    assert hub.count("/resolve/main/") == 0
    assert found["warnings"] == ["not read, media beside tables: logo.svg; name them to read them"]


def test_images_of_a_repository_are_records_with_what_its_metadata_says(
    hub: HubServer, read: Reader, tmp_path: Path
) -> None:
    top = tmp_path / "pictures"
    top.mkdir()
    for number in range(3):
        (top / f"{number}.svg").write_text(f"<svg><!-- {number} --></svg>")
    (top / "metadata.csv").write_text("file_name,caption\n2.svg,the third\n")
    hub.commit(REPOSITORY, top)
    found = read(f"hf://{REPOSITORY}")
    assert found["records"] == {"metadata.csv": 1, "0.svg": 2}
    pictures = [f"<svg><!-- {number} --></svg>" for number in range(3)]
    assert sorted(found["texts"]) == sorted([*pictures, "the third"])


def test_cards_declare_each_fact_with_its_place(hub: HubServer, read: Reader, folder: Path) -> None:
    croissant = {
        "@context": {"cr": "http://mlcommons.org/croissant/", "sc": "https://schema.org/"},
        "@type": "sc:Dataset",
        "sc:name": "chat",
        "sc:license": 5,
    }
    (folder / "metadata.json").write_text(json.dumps(croissant))
    commit = hub.commit(REPOSITORY, folder)
    found = read(f"hf://{REPOSITORY}/prices.csv")
    at = f"of {REPOSITORY} at commit {commit}"
    assert found["facts"] == [
        ["license", "acme-1.0", "card", f"dataset card {at}: license_name"],
        ["language", "no", "card", f"dataset card {at}: language"],
        ["language", "en", "card", f"dataset card {at}: language"],
        ["title", "chat", "croissant", f"metadata.json {at}: sc:name"],
    ]
    assert found["warnings"] == [f"metadata.json {at}: sc:license holds a number, not used"]
    whole = read(f"hf://{REPOSITORY}")
    assert whole["records"] == ALL
    assert whole["files"]["metadata.json"][0] == "metadata"


def test_files_have_roles_formats_splits_and_the_digests_of_the_host(
    hub: HubServer, read: Reader, folder: Path
) -> None:
    hub.commit(REPOSITORY, folder)
    files = read(f"hf://datasets/{REPOSITORY}")["files"]
    train = folder / "data" / "train-00000-of-00002.parquet"
    sha256 = hashlib.sha256(train.read_bytes()).hexdigest()
    assert files[f"data/{train.name}"] == ["data", "parquet", "train", sha256, train.stat().st_size]
    assert files["data/test.jsonl"][:4] == ["data", "json", "test", None]
    roles = [files[name][0] for name in (".gitattributes", "LICENSE", "README.md", "logo.svg")]
    assert roles == ["metadata", "license", "card", "other"]


def test_configurations_and_splits_of_the_card(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    spec = f"hf://{REPOSITORY}"
    asked = [(spec, {"config": "talk"}), (spec, {"split": "test"}), (spec, {"config": "prices"})]
    found = read.all([*asked, (spec, {"config": "nope"})])
    assert [list(each["records"]) for each in found[:3]] == [
        list(ALL)[:3],
        ["data/test.jsonl"],
        ["prices.csv"],
    ]
    assert "not read, outside talk: prices.csv" in found[0]["warnings"]
    assert "has no configuration 'nope'" in found[3]["error"]


def test_splits_by_file_names_without_a_card(hub: HubServer, read: Reader, folder: Path) -> None:
    (folder / "README.md").unlink()
    (folder / "data" / "test.jsonl").rename(folder / "data" / "test-00000-of-00001.jsonl")
    hub.commit(REPOSITORY, folder)
    spec = f"hf://{REPOSITORY}"
    test, nope = read.all([(spec, {"split": "test"}), (spec, {"split": "nope"})])
    assert test["records"] == {"data/test-00000-of-00001.jsonl": 30}
    assert "has no split 'nope'" in nope["error"]
    assert "train" in nope["hint"]


def test_a_path_in_the_repository(hub: HubServer, read: Reader, folder: Path) -> None:
    commit = hub.commit(REPOSITORY, folder)
    paths = ["prices.csv", "data", "data/*.parquet", "**/*.jsonl", "LICENSE", "no/such.csv"]
    found = read.all([(f"hf://{REPOSITORY}@{commit}/{path}", {}) for path in paths])
    expected = [["prices.csv"], list(ALL)[:3], list(ALL)[1:3], ["data/test.jsonl"]]
    assert [list(each["records"]) for each in found[:4]] == expected
    assert "holds no data files" in found[4]["error"]
    assert "has no such path" in found[5]["error"]


def test_revisions_by_branch_tag_and_commit(hub: HubServer, read: Reader, folder: Path) -> None:
    first = hub.commit(REPOSITORY, folder)
    hub.tag(REPOSITORY, "v1.0", first)
    (folder / "prices.csv").write_text("item,price\nfig,3\n")
    second = hub.commit(REPOSITORY, folder)
    branch = hub.commit(REPOSITORY, folder, branch="try/this")
    revisions = {"": second, "@v1.0": first, f"@{first}": first, "@main": second, "@try%2Fthis": branch}
    found = read.all([(f"hf://{REPOSITORY}{revision}/prices.csv", {}) for revision in revisions])
    assert [each["revision"] for each in found] == list(revisions.values())
    assert ["fig" in each["texts"] for each in found] == [True, False, False, True, True]


def test_compressed_files_are_streamed(hub: HubServer, read: Reader, tmp_path: Path) -> None:
    top = tmp_path / "repository"
    top.mkdir()
    (top / "a.jsonl.gz").write_bytes(gzip.compress(b'{"a": "x"}\n' * 1000))
    hub.commit(REPOSITORY, top)
    assert read(f"hf://{REPOSITORY}")["records"] == {"a.jsonl.gz": 1000}


def test_what_is_not_there_or_not_readable(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    (folder / "README.md").write_text("---\nlicense: [mit\n---\n")
    hub.commit("acme/bad-card", folder)
    expected = {
        "hf://acme/nothing": ("is not on the hub, or private", "check OWNER/NAME"),
        f"hf://{REPOSITORY}@nope": ("has no such revision", "branch, tag or commit"),
        "hf://acme/bad-card": ("front matter that is no YAML", "correct"),
    }
    found = read.all([(spec, {}) for spec in expected], HF_TOKEN=TOKEN)
    for each, (message, hint) in zip(found, expected.values(), strict=True):
        assert message in each["error"]
        assert hint in each["hint"]


def test_a_gated_repository(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    hub.repositories[REPOSITORY].gated = True
    found = read(f"hf://{REPOSITORY}/prices.csv")
    assert "is gated" in found["error"]
    assert "hf auth login" in found["hint"]
    assert read(f"hf://{REPOSITORY}/prices.csv", HF_TOKEN=TOKEN)["records"] == {"prices.csv": 2}


def test_offline_and_out_of_reach(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    assert "offline mode is on" in read(f"hf://{REPOSITORY}", HF_HUB_OFFLINE="1")["error"]
    assert "cannot be reached" in read(f"hf://{REPOSITORY}", HF_ENDPOINT="http://127.0.0.1:9")["error"]
    assert not hub.requests


def test_a_connection_that_breaks_once_is_taken_up_again(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    spec = f"hf://{REPOSITORY}/data"
    whole = read(spec)
    hub.drop("data/test.jsonl", after=100, times=1)
    hub.drop("train-00001-of-00002.parquet", after=100, times=2)
    assert read(spec) == whole
    assert [fault.times for fault in hub.faults] == [0, 0]


def test_a_connection_that_always_breaks_is_an_error_after_few_tries(
    hub: HubServer, read: Reader, folder: Path
) -> None:
    hub.commit(REPOSITORY, folder)
    hub.drop("data/test.jsonl", after=100)
    hub.drop("train-00001-of-00002.parquet", after=100)
    specs: list[Asked] = [(f"hf://{REPOSITORY}/{path}", {}) for path in ("data/test.jsonl", "data/*-00001-*")]
    jsonl, table = read.all(specs, HF_TOKEN=TOKEN)
    assert jsonl["error"].startswith("data/test.jsonl: the connection to the hub broke")
    assert table["error"].startswith("data/train-00001-of-00002.parquet: the connection to the hub broke")
    assert jsonl["hint"]
    assert 2 < hub.count("/data/test.jsonl") < 12
    assert 2 < hub.count("/data/train-00001") < 12


def test_a_hub_that_refuses(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    hub.fail("prices.csv", status=429)
    hub.fail("test.jsonl", status=503)
    hub.fail("train-00000-of-00002.parquet", status=403)
    paths = ["prices.csv", "data/test.jsonl", "data/train-00000-of-00002.parquet"]
    found = read.all([(f"hf://{REPOSITORY}/{path}", {}) for path in paths], HF_TOKEN=TOKEN)
    for each, path, message in zip(found, paths, ["fewer requests", "answered 503", "forbids"], strict=True):
        assert each["error"].startswith(f"{path}: the hub")
        assert message in each["error"]
        assert each["hint"]
    assert max(hub.count(path) for path in paths) < 12


def test_a_passing_refusal_is_waited_out(hub: HubServer, read: Reader, folder: Path) -> None:
    hub.commit(REPOSITORY, folder)
    hub.fail("prices.csv", status=429, times=2, Retry_After="1")
    assert read(f"hf://{REPOSITORY}/prices.csv")["records"] == {"prices.csv": 2}


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ("hf://a/b", HubSpec("a/b", None, "")),
        ("hf://datasets/a/b@v1", HubSpec("a/b", "v1", "")),
        ("hf://a/b/c/d.json", HubSpec("a/b", None, "c/d.json")),
        ("hf://a/b@refs/pr/3/c@d.json", HubSpec("a/b", "refs/pr/3", "c@d.json")),
        ("hf://a/b@refs/convert/parquet", HubSpec("a/b", "refs/convert/parquet", "")),
        ("hf://a/b@x%2Fy/", HubSpec("a/b", "x/y", "")),
    ],
)
def test_specs(spec: str, expected: HubSpec) -> None:
    assert HubSpec.parse(spec) == expected


@pytest.mark.parametrize(
    "spec", ["hf://", "hf://gsm8k", "hf://spaces/a/b", "hf://models/a/b", "hf://a/b@", "a/b"]
)
def test_what_is_no_spec(spec: str) -> None:
    with pytest.raises(UsageError, match="names no dataset repository"):
        HubSpec.parse(spec)


def test_the_command_records_a_repository_with_its_commit_and_the_license_of_its_card(
    hub: HubServer, folder: Path, tmp_path: Path
) -> None:
    commit = hub.commit(REPOSITORY, folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment |= {"HF_ENDPOINT": hub.endpoint, "HF_HOME": str(tmp_path / "hf-home")}
    ingest = [sys.executable, "-m", "registry", "--home", str(tmp_path / "home"), "ingest"]
    done = subprocess.run(
        [*ingest, f"hf://{REPOSITORY}@main", "--name", "poems"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    shown = Command(tmp_path / "home")("dataset", "show", "poems", "--format", "json").json
    assert (shown["version"], shown["revision"]) == (commit, commit)
    assert shown["records"] == sum(ALL.values())
    assert shown["license"]["declared_as"] == "acme-1.0"
