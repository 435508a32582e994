"""The editions of documents: kept as they were approved, each number once."""

from hashlib import sha256

import pytest

from registry.errors import StoreError
from registry.store.editions import Frozen, Subject, load_editions, save_editions, snapshot_of
from registry.store.engine import open_engine, reading, writing
from tests.rows import NOW, adding

SNAPSHOT = b'{"headline": "mathlet 1 was trained on 2 datasets"}\n' * 100


def test_an_edition_is_read_as_it_was_approved(registry_url: str) -> None:
    engine = open_engine(registry_url)
    with adding(engine) as rows:
        model = rows.model("mathlet")
    document = Frozen(Subject("disclosure", model), 1, "c" * 64, SNAPSHOT, NOW)
    with writing(engine) as session:
        save_editions(session, [document], "Ada", "2026-05-01T00:00:00Z")
    with reading(engine) as session:
        (row,) = load_editions(session)
        assert snapshot_of(row) == SNAPSHOT
        assert row.digest == sha256(SNAPSHOT).hexdigest()
        assert len(row.snapshot) < len(SNAPSHOT) / 10
        assert (row.number, row.approved_by, row.approved_at) == (1, "Ada", "2026-05-01T00:00:00Z")


def test_a_number_is_given_once(registry_url: str) -> None:
    engine = open_engine(registry_url)
    registry = Frozen(Subject("registry"), 1, "c" * 64, SNAPSHOT, NOW)
    with writing(engine) as session:
        save_editions(session, [registry], "Ada", NOW)
    with pytest.raises(StoreError, match=r"(?i)unique"), writing(engine) as session:
        save_editions(session, [registry], "Bob", NOW)
    with reading(engine) as session:
        assert [row.approved_by for row in load_editions(session)] == ["Ada"]
