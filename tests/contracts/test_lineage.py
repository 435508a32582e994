"""The graph of derivations is the same read in part and as a whole, and many statements as one by one."""

import pytest
from sqlalchemy import Engine, select

from registry.domain.dataset import Visibility
from registry.queries.lineage import load_lineage, twice_stated
from registry.queries.training import model_facts
from registry.store.engine import open_engine, reading, writing
from registry.store.statements import Evidence, Said, state, state_all
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.rights import LicenseStatementRow
from tests.rows import adding

NOW, LATER, MUCH_LATER = "2026-03-09T10:20:30Z", "2026-04-09T10:20:30Z", "2027-01-01T00:00:00Z"


@pytest.fixture
def engine(registry_url: str) -> Engine:
    return open_engine(registry_url)


def test_what_a_version_inherits_is_the_same_from_its_part_of_the_graph(engine: Engine) -> None:
    with adding(engine) as rows:
        keys = {name: rows.version(name, origin="public") for name in ("a", "b", "c", "d", "alone")}
        guarded = rows.version("guarded", origin="licensed")
        for name, license_ in (("a", "CC-BY-SA-4.0"), ("c", "MIT"), ("d", "GPL-3.0-only")):
            rows.license(keys[name], license_)
        rows.license(keys["a"], "CC-BY-4.0", kind="concluded")
        rows.record_license(keys["b"], "ODbL-1.0", "odbl", 3, 30)
        for child, parent in (("c", "b"), ("b", "a"), ("a", "c"), ("d", "a")):
            rows.derivation(keys[child], of=keys[parent])
        rows.derivation(keys["c"], of=guarded)
        rows.derivation(keys["c"], of_url="https://elsewhere.example/data")
    with reading(engine) as session:
        whole = load_lineage(session)
        for name, key in keys.items():
            alone = load_lineage(session, key)
            assert alone.inherited(f"{name}@1") == whole.inherited(f"{name}@1")
        found = {one.reference: one for one in whole.inherited("c@1")}
        assert set(found) == {"a@1", "b@1", "guarded@1", "https://elsewhere.example/data"}
        assert found["a@1"].terms.expression == "CC-BY-4.0"  # as concluded
        assert found["b@1"].terms.expressions == ("ODbL-1.0",)
        assert found["guarded@1"].visibility is Visibility.DESCRIBED
        assert found["https://elsewhere.example/data"].visibility is None
        assert load_lineage(session, keys["alone"]).inherited("alone@1") == ()
        assert [one.reference for one in twice_stated(session)] == ["a@1"]


def test_a_document_is_as_new_as_what_its_sources_were_made_from(engine: Engine) -> None:
    """Definitions, Documents: "dates come from the last statement"; circles end."""
    with adding(engine) as rows:
        first, middle, last = (rows.version(name) for name in ("first", "middle", "last"))
        for child, parent in ((last, middle), (middle, first), (first, last)):
            rows.derivation(child, of=parent)
        model = rows.model("tiny")
        rows.run(model, [(last, 1, 1, 1)])
    evidence = Evidence("declared", "registry.yaml", "provider")
    says = {"kind": "declared", "expression": "MIT", "raw": "MIT"}
    with writing(engine) as session:
        before = model_facts(session, model).stated_at
        state(session, LicenseStatementRow, {"version_id": first}, says, evidence, MUCH_LATER)
        assert before < model_facts(session, model).stated_at == MUCH_LATER


def test_many_statements_are_recorded_as_one_by_one(engine: Engine) -> None:
    """The same rows, whichever way: new, the same again, superseded, and stated again after that."""
    steps = [
        [("title", "One", NOW), ("url", "https://a.example", NOW)],
        [("title", "One", LATER), ("url", "https://b.example", LATER)],
        [("url", "https://a.example", LATER), ("title", "Two", LATER)],
    ]
    with adding(engine) as rows:
        one, many = rows.version("one"), rows.version("many")
    with writing(engine) as session:
        for step in steps:
            evidence = Evidence("declared", "registry.yaml", "provider")
            single = [
                state(
                    session,
                    VersionPropertyRow,
                    {"version_id": one, "property": name},
                    {"value": value},
                    evidence,
                    now,
                )
                for name, value, now in step
            ]
            said = [
                Said({"version_id": many, "property": name}, {"value": value}, evidence)
                for name, value, _ in step
            ]
            news = state_all(session, VersionPropertyRow, said, step[0][2])
            assert [each in news for each in said] == single
    with reading(engine) as session:
        rows_of: dict[str, list[tuple[str, str, str | None]]] = {one: [], many: []}
        for row in session.scalars(select(VersionPropertyRow)):
            if row.version_id in rows_of and row.property in {"title", "url"}:
                rows_of[row.version_id].append((row.property, row.value, row.superseded_at))
        assert sorted(map(str, rows_of[one])) == sorted(map(str, rows_of[many]))
