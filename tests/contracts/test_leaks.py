"""Nothing that names a dataset that is not public reaches a document, a view or a named query."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.queries.named import NAMED
from registry.queries.public_database import public_database
from registry.queries.training import find_model, model_facts
from registry.queries.views import VIEWS
from registry.render.attribution import render_attribution
from registry.render.forms import render_forms
from registry.store.engine import open_engine, reading
from tests.command import Command
from tests.rows import Rows, adding

SECRET = "Qzarn"  # begins every text of a version that is not public
PARAMETERS = (
    "m",
    "m@1.0",
    "open",
    "open@1",
    "described dataset 1",
    "described dataset 2",
    f"{SECRET}-described",
)


@pytest.fixture(scope="module")
def engine(module_registry_url: str) -> Engine:
    found = open_engine(module_registry_url)
    with adding(found) as rows:
        public = rows.version("open", size=(10, 100), origin="public")
        again = [(guarded(rows, kind), 1, 10, 100) for kind in ("described", "private")]
        again.append((measured(rows), 1, 10, 100))
        for of in (one[0] for one in again):
            rows.derivation(public, of=of)
        model = rows.model("m", provider="acme")
        rows.run(model, [(public, 1, 10, 100), *again])
        rows.run(model, again, stage="fine-tuning", sequence=2)
    return found


def guarded(rows: Rows, visibility: str) -> str:
    """A version with something to hide in every text."""
    key = rows.version(
        f"{SECRET}-{visibility}",
        f"{SECRET}-label",
        visibility=visibility,
        origin="licensed",
        source=f"https://{SECRET}.example/data",
        revision=f"{SECRET}-commit",
        title=f"{SECRET} title",
        url=f"https://{SECRET}.example",
        publisher=f"{SECRET} Press",
        language=SECRET,
    )
    own = f"LicenseRef-{SECRET}-Deal"
    rows.license(key, own, raw=f"{SECRET} deal")
    rows.license(key, f"MIT AND {own}-2", kind="concluded", raw=f"{SECRET} found")
    rows.license(key, f"{own}-old", raw=f"{SECRET} old", superseded=True)
    rows.record_license(key, f"{own}-3", f"{SECRET} three", 2, 20)
    rows.record_license(key, f"{own}-4", f"{SECRET} four", 3, 30)
    rows.record_license(key, "NOASSERTION", f"{SECRET} five", 1, 10)
    rows.record_license(key, "NOASSERTION", "", 4, 40)
    rows.language(key, f"de-x-{SECRET}", 10, 100)
    rows.domain(key, f"{SECRET}.example", 10, 100)
    rows.field(key, f"{SECRET}_field")
    rows.file(key, f"{SECRET}/data.jsonl")
    rows.evidence(f"{SECRET}.yaml", detail=SECRET)
    someone = rows.agent(f"{SECRET} Someone {visibility}", identifiers={"handle": f"@{SECRET}"})
    rows.contribution(key, someone, 10, 100, license_=own)
    rows.holding(key, [someone], 5, 50, license_=f"{own}-5")
    rows.derivation(key, of_url=f"https://{SECRET}.example/parent")
    return key


def measured(rows: Rows) -> str:
    """A described version whose records state languages that are none."""
    key = rows.version(f"{SECRET}-more", origin="third-party")
    rows.language(key, f"de-x-{SECRET}", 6, 60, basis="field")
    rows.language(key, "de", 1, 10, basis="field")
    rows.language(key, SECRET, 3, 30, basis="field")
    return key


def texts(engine: Engine) -> Iterator[tuple[str, str]]:
    """Everything that the public can read, with where it stands."""
    with reading(engine) as session:
        facts = model_facts(session, find_model(session, "m"), with_holdings=True)
        for view in VIEWS:
            yield view.name, repr(session.execute(text(f"SELECT * FROM {view.name}")).all())
        yield "public.db", public_database(session).decode(errors="replace")
        for query in NAMED.values():
            for value in PARAMETERS[: None if query.parameters else 1]:
                parameters = dict.fromkeys(query.parameters, value)
                yield f"{query.name} {value}", repr(session.execute(text(query.sql), parameters).all())
    for exact in (False, True):
        yield from _decoded(render_forms(build_disclosure(facts, exact_sizes=exact)))
    yield from _decoded(render_attribution(build_attribution(facts)))


def _decoded(files: dict[str, bytes]) -> Iterator[tuple[str, str]]:
    return ((name, content.decode()) for name, content in files.items())


def test_no_text_of_a_version_that_is_not_public_is_anywhere(engine: Engine) -> None:
    found = dict(texts(engine))
    assert len(found) > len(VIEWS) + len(NAMED)
    assert [where for where, content in found.items() if SECRET.lower() in content.lower()] == []


def test_the_auditor_reads_what_is_hidden(engine: Engine) -> None:
    with reading(engine) as session:
        facts = model_facts(session, find_model(session, "m"), with_holdings=True)
    files = render_forms(build_disclosure(facts, audience=Audience.AUDITOR))
    files |= render_attribution(build_attribution(facts, audience=Audience.AUDITOR))
    shown = "\n".join(content for _, content in _decoded(files))
    for secret in ("-private", "-label", " title", " Press", " Someone private"):
        assert f"{SECRET}{secret}" in shown
    assert f"LicenseRef-{SECRET}-Deal-2" in shown


def test_what_is_withheld_alike_is_one_row_and_adds_up(engine: Engine) -> None:
    """Definitions, Visibility: withheld parties stand as one line, so that totals still add up."""
    with reading(engine) as session:
        licenses = session.execute(
            text(
                "SELECT expression, raw, basis, records, words FROM public_version_license "
                "WHERE dataset LIKE 'described%' AND records < 10 ORDER BY words, basis"
            )
        ).all()
        languages = session.execute(
            text("SELECT language, words FROM public_version_language ORDER BY language, words")
        ).all()
    assert licenses == [
        ("NOASSERTION", None, "record", 1, 10),
        ("LicenseRef-withheld", None, "version", 4, 40),
        ("LicenseRef-withheld", None, "record", 5, 50),
    ]
    assert languages == [("de", 70), ("und", 30), ("und", 100)]


DECLARED = """
datasets:
  - name: qz-vault
    version: "1"
    source: qz/qzfile.jsonl
    origin: licensed
    title: Qzarn Chronicles
    publisher: Qzarnpress GmbH
    url: "https://www.qzarn.example"
    license: LicenseRef-QzDeal
    fields: {text: text, creator: by}
    summary: The Qzarn Chronicles
    content_types: [letters to Qz Someone, novels]
    processing: [kept as qzfile.jsonl, sold under LicenseRef-QzDeal, by the Qzarnpressarchiv]
    personal_information: {answer: yes, explanation: Qz Someone is in it}
    aggregate_consumer_information: {answer: yes, explanation: readers of the Qzarn Chronicles}
    intellectual_property: {copyright: yes, explanation: of Qz Someone}
    labels: [chapter of the Qzarn Chronicles]
    processing_purpose: as Qzarnpress GmbH asked
    agreed_splits:
      shares: {author: 1/2, publisher: 1/2}
      authority: contract of the Qzarnpress GmbH
      evidence: qzdeal.pdf
  - name: open
    version: "1"
    source: open.jsonl
    origin: public
    agreed_splits: {shares: {author: 1}, authority: the Qzarn agreement, evidence: qzdeal.pdf}
    fields: {text: text}
    derived_from: [qz-vault]
    processing: [without what is in qz-vault]
  - name: open-too
    version: "1"
    source: open.jsonl
    origin: public
    fields: {text: text}
    derived_from: [open]
  - name: alike
    version: "1"
    source: alike.jsonl
    origin: public
    fields: {text: text}
models:
  - name: m
    version: "1"
    intended_purpose: reading qz-vault
    training:
      - stage: pretraining
        name: over qz-vault
        mixture:
          - {dataset: qz-vault, selection: {where: {by: Qz Someone}}, label: of Qz Someone}
          - {dataset: open, label: not in qz-vault}
"""


@pytest.mark.parametrize("visibility", ["described", "private"])
def test_every_command_for_the_public_withholds_alike(tmp_path: Path, visibility: str) -> None:
    """Whether or not a command reads who holds rights, a holder's name in a text is not published."""
    (tmp_path / "qz").mkdir()
    rows = [{"text": f"one line {number} of five words", "by": "Qz Someone"} for number in range(9)]
    for file in ("qz/qzfile.jsonl", "open.jsonl", "alike.jsonl"):
        (tmp_path / file).write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    declared = DECLARED.replace("origin: licensed", f"origin: licensed\n    visibility: {visibility}")
    (tmp_path / "registry.yaml").write_text(declared, encoding="utf-8")
    registry = Command(tmp_path / "home")
    registry("apply", tmp_path / "registry.yaml")
    for command in (("disclose", "m"), ("attribute", "m"), ("publish",)):
        registry(*command, "--out", tmp_path / "out" / command[0])
    registry("publish", "--detected-overlaps", "--out", tmp_path / "out" / "detected")
    found = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert len(found) > 12
    assert [path for path in found if b"qz" in without_digests(path.read_bytes()).lower()] == []
    overlaps = {name: read_overlaps(tmp_path / "out" / name) for name in ("publish", "detected")}
    assert overlaps["publish"]["versions"] == ["alike@1", "open-too@1", "open@1"]
    assert pairs_of(overlaps["publish"]) == [("open-too@1", "open@1")]
    assert len(pairs_of(overlaps["detected"])) == 3
    assert overlaps["publish"]["detected_not_declared"]["not_printed"] == 2
    registry("publish", "--audience", "auditor", "--out", tmp_path / "auditor")
    assert len(pairs_of(read_overlaps(tmp_path / "auditor"))) == 6
    page = (tmp_path / "auditor/models/m/1/disclosure/disclosure.json").read_text(encoding="utf-8")
    assert all(name in page for name in ("qz-vault", "Qzarn Chronicles", "Qz Someone is in it"))


def without_digests(content: bytes) -> bytes:
    """A page without the digests of its policy, whose letters may be any."""
    return re.sub(rb"sha256-[A-Za-z0-9+/=]+", b"", content)


def read_overlaps(site: Path) -> dict[str, Any]:
    """What a site says of overlaps."""
    found: dict[str, Any] = json.loads((site / "overlaps" / "overlaps.json").read_bytes())
    return found


def pairs_of(overlaps: dict[str, Any]) -> list[tuple[str, str]]:
    return [(pair["a"], pair["b"]) for pair in overlaps["pairs"]]
