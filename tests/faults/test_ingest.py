"""What is left after an ingest that was killed, ran out of room, or was not alone."""

import json
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.store.fingerprints.folder import open_fingerprint
from tests.command import Command

RECORDS = 30_000


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Records that take an ingest about a second."""
    words = [f"word{number}" for number in range(5_000)]
    chance = random.Random(11)
    file = tmp_path_factory.mktemp("source") / "records.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for number in range(RECORDS):
            out.write(
                json.dumps({"text": " ".join(chance.choices(words, k=60)), "by": f"p{number % 97}"}) + "\n"
            )
    return file


@pytest.fixture(scope="module")
def digest(source: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The content digest of an undisturbed ingest."""
    registry = Command(tmp_path_factory.mktemp("calm") / "home")
    registry("ingest", source, "--name", "calm", "--language", "en")
    return str(shown(registry, "calm")["digest"])


def shown(registry: Command, name: str) -> dict[str, object]:
    document: dict[str, object] = registry("dataset", "show", name, "--format", "json").json
    return document


def start(
    home: Path, source: Path, *options: str, limits: Callable[[], None] | None = None
) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "registry",
        "--home",
        str(home),
        "ingest",
        str(source),
        "--language",
        "en",
    ]
    return subprocess.Popen(
        [*command, *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limits,  # noqa: PLW1509 - sets a limit of the child, no threads are running
    )


def files(home: Path) -> list[str]:
    """What lies in the fingerprint store, but for empty folders."""
    return [path.name for path in (home / "fingerprints").rglob("*") if path.is_file()]


@pytest.mark.parametrize("seed", range(4))
def test_a_killed_ingest_leaves_nothing_visible_and_the_next_one_reaches_the_same_digest(
    tmp_path: Path, source: Path, digest: str, seed: int
) -> None:
    registry = Command(tmp_path / "home")
    registry("init")
    chance = random.Random(seed)
    killed = 0
    for _ in range(3):
        process = start(registry.home, source, "--name", "records", "--creator-field", "by")
        while not (registry.home / "fingerprints" / "staging").exists() and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.6))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        listed = registry("dataset", "list", "--format", "json").json
        assert [line["digest"] for line in listed] in ([], [digest])
    assert killed
    registry("ingest", source, "--name", "records", "--creator-field", "by", "--language", "en")
    after = shown(registry, "records")
    assert (after["digest"], after["records"]) == (digest, RECORDS)
    fingerprint = after["fingerprint"]
    assert isinstance(fingerprint, dict)
    folder = open_fingerprint(registry.home / "fingerprints", fingerprint["id"])
    assert folder.verify() == []
    assert list((registry.home / "fingerprints" / "staging").iterdir()) == []


def test_no_room_is_a_clear_error_and_leaves_nothing(tmp_path: Path, source: Path, digest: str) -> None:
    registry = Command(tmp_path / "home")
    registry("init")

    def at_most_two_megabytes() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    process = start(registry.home, source, "--name", "records", limits=at_most_two_megabytes)
    _, told = process.communicate()
    assert process.returncode == 3
    assert "Error: " in told
    assert "Hint: " in told
    assert "Traceback" not in told
    assert files(registry.home) == []
    assert registry("dataset", "list", "--format", "json").json == []
    registry("ingest", source, "--name", "records", "--language", "en")
    assert shown(registry, "records")["digest"] == digest


def test_two_at_once_into_a_new_home_are_both_recorded(tmp_path: Path, source: Path, digest: str) -> None:
    registry = Command(tmp_path / "home")
    other = tmp_path / "other.jsonl"
    other.write_text('{"text": "something else"}', encoding="utf-8")
    processes = [
        start(registry.home, source, "--name", "records"),
        start(registry.home, source, "--name", "records"),
        start(registry.home, other, "--name", "records"),
        start(registry.home, other, "--name", "other"),
    ]
    told = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0, 0, 0], told
    listed = registry("dataset", "list", "--format", "json").json
    assert sorted((line["name"], line["records"]) for line in listed) == [
        ("other", 1),
        ("records", 1),
        ("records", RECORDS),
    ]
    assert digest in {line["digest"] for line in listed}
    assert sorted(line["version"] for line in listed if line["name"] == "records") == ["1", "2"]


def test_a_source_that_changes_while_it_is_read_is_refused(tmp_path: Path, source: Path) -> None:
    registry = Command(tmp_path / "home")
    growing = tmp_path / "growing.jsonl"
    growing.write_bytes(source.read_bytes())
    process = start(registry.home, growing, "--name", "records")
    while process.poll() is None:
        with growing.open("a", encoding="utf-8") as file:
            file.write('{"text": "one more"}\n')
        time.sleep(0.005)
    _, told = process.communicate()
    assert process.returncode == 3
    assert "growing.jsonl" in told
    assert "changed while it was read" in told
    assert registry("dataset", "list", "--format", "json").json == []
