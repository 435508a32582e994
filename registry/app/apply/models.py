"""Applying the model entries: what is stated of them, what they were made from."""

import json
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.apply.benchmarks import BENCHMARKS, apply_benchmarks, notes_on_benchmarks
from registry.app.apply.entries import WITHDRAWN, reference
from registry.app.apply.runs import apply_runs
from registry.app.apply.selections import Sizes
from registry.declarations import schema
from registry.documents.disclosed import read_disclosure
from registry.domain.identifiers import parse_reference
from registry.domain.stated import NONE_STATED, Tokenizer
from registry.errors import RefusedError, UsageError
from registry.queries.providers import AGENT
from registry.queries.training import find_model, model_reference
from registry.store.agents import declared_agent
from registry.store.encoded import encoded
from registry.store.statements import Evidence, state, state_only, withdraw
from registry.store.tables.agents import AgentRow
from registry.store.tables.benchmarks import BenchmarkRow
from registry.store.tables.training import BaseDisclosureRow, BaseModelRow, ModelPropertyRow


@dataclass(frozen=True, slots=True)
class Foreign:
    """A disclosure file of another registry, read and understood."""

    sha256: str
    text: str
    name: str
    label: str


def foreign_of(path: Path) -> Foreign:
    """Read a disclosure file. Raises `RefusedError` where it is none."""
    try:
        content = path.read_bytes()
        document = json.loads(content)
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or "it is not JSON") from error
    if not isinstance(document, dict):
        raise _unreadable(path, "it holds no fields")
    digest = sha256(content).hexdigest()
    disclosed = read_disclosure(document, digest)
    return Foreign(digest, json.dumps(document, sort_keys=True), disclosed.name, disclosed.label)


def _unreadable(path: Path, why: str) -> RefusedError:
    return RefusedError(
        f"the base model's disclosure {path.name} cannot be read: {why}",
        hint="name the disclosure.json that the base model's provider published",
    )


def apply_model(
    session: Session, version_id: str, entry: schema.Model, file: Path, sizes: Sizes, moment: str
) -> tuple[list[str], list[str]]:
    """Record what an entry states of a model version: the names of the facts that are news, and notes."""
    said_in = f"{file.name}: models: {reference(entry)}"
    about = {"model_version_id": version_id}
    news = [fact for fact in entry.withdrawn if _take_back(session, version_id, fact, moment)]
    if entry.state != WITHDRAWN and _take_back(session, version_id, "state", moment):
        news.append("state")
    properties = _properties(session, entry)
    if entry.provider is not None and AGENT not in properties:
        withdraw(session, ModelPropertyRow, about | {"property": AGENT}, moment)
    for name, value in properties.items():
        evidence = Evidence("declared", f"{said_in}: {name}", "provider")
        if state(
            session, ModelPropertyRow, about | {"property": name}, {"value": value}, evidence, moment
        ) and name not in {AGENT}:
            news.append(name)
    evidence = Evidence("declared", f"{said_in}: base_models", "provider")
    if _apply_bases(session, version_id, entry, file, evidence, moment):
        news.append("base_models")
    if apply_benchmarks(session, version_id, entry, said_in, moment) and BENCHMARKS not in news:
        news.append(BENCHMARKS)
    more, notes = apply_runs(session, version_id, entry, said_in, sizes, moment)
    notes_on = (
        *_notes_on_bases(session, version_id, entry),
        *notes_on_benchmarks(session, version_id, entry),
    )
    return news + more, [*notes_on, *notes]


def _properties(session: Session, entry: schema.Model) -> dict[str, str]:
    agent = None if entry.provider is None else session.get(AgentRow, declared_agent(entry.provider))
    tokenizer = entry.tokenizer
    stated = {
        "provider": agent.name if agent else entry.provider,
        AGENT: agent.id if agent else None,
        "url": entry.url,
        "placed_on_eu_market": entry.placed_on_eu_market,
        "base_models": NONE_STATED if entry.base_models == [] else None,
        BENCHMARKS: _no_benchmarks(entry),
        "tokenizer": None if tokenizer is None else encoded(_tokenizer(tokenizer), Tokenizer),
        "continues_to_learn": entry.continues_to_learn,
        "intended_purpose": entry.intended_purpose,
        "california_exemption": entry.california_exemption,
        "visibility": entry.visibility,
        "state": entry.state,
    }
    return {name: str(value) for name, value in stated.items() if value is not None}


def _no_benchmarks(entry: schema.Model) -> str | None:
    """That there are none, or that none can be; None where some are named or nobody has said."""
    return (
        entry.benchmarks
        if isinstance(entry.benchmarks, str)
        else NONE_STATED
        if entry.benchmarks == []
        else None
    )


def _tokenizer(stated: schema.Tokenizer) -> Tokenizer:
    factor = stated.tokens_per_word
    return Tokenizer(stated.name, None if factor is None else Fraction(factor))


def _apply_bases(
    session: Session, version_id: str, entry: schema.Model, file: Path, evidence: Evidence, moment: str
) -> bool:
    """Record what a model was made from; whether that is news."""
    if entry.base_models is None:
        return False
    about = {"model_version_id": version_id}
    news = False
    if entry.base_models:
        news = withdraw(session, ModelPropertyRow, about | {"property": "base_models"}, moment)
    pinned = _pinned(session, version_id)
    models, disclosures = [], []
    for base in entry.base_models:
        if "://" in base:
            models.append({"base_version_id": None, "base_url": base})
        elif base.endswith(".json"):
            disclosures += _disclosed(session, version_id, file.parent / base)
        else:
            found = pinned.get(base) or find_model(session, base)
            if found == version_id:
                raise UsageError(
                    f"{base} cannot be its own base model", hint="name the model it was made from"
                )
            models.append({"base_version_id": found, "base_url": None})
    news |= state_only(session, BaseModelRow, about, models, evidence, moment)
    return state_only(session, BaseDisclosureRow, about, disclosures, evidence, moment) or news


def _disclosed(session: Session, version_id: str, path: Path) -> list[dict[str, str]]:
    """What a disclosure file says; of one that is gone, what was recorded of the model's base models."""
    if not path.exists():
        rows = select(BaseDisclosureRow).where(
            BaseDisclosureRow.model_version_id == version_id, BaseDisclosureRow.superseded_at.is_(None)
        )
        columns = ("name", "label", "sha256", "document")
        if kept := [{name: getattr(row, name) for name in columns} for row in session.scalars(rows)]:
            return kept
    found = foreign_of(path)
    return [{"name": found.name, "label": found.label, "sha256": found.sha256, "document": found.text}]


def _pinned(session: Session, version_id: str) -> dict[str, str]:
    """The base models that are recorded already, by the name without a version: these never move."""
    rows = session.scalars(
        select(BaseModelRow).where(
            BaseModelRow.model_version_id == version_id, BaseModelRow.superseded_at.is_(None)
        )
    )
    return {
        parse_reference(model_reference(session, row.base_version_id)).name: row.base_version_id
        for row in rows
        if row.base_version_id
    }


def _notes_on_bases(session: Session, version_id: str, entry: schema.Model) -> list[str]:
    """What to tell of base models that stay pinned while a newer version is here."""
    pinned = _pinned(session, version_id)
    notes = []
    for base in entry.base_models or ():
        if base in pinned and (newest := find_model(session, base)) != pinned[base]:
            stays, is_newest = model_reference(session, pinned[base]), model_reference(session, newest)
            notes.append(f"the base model {base} is pinned to {stays}; the newest is {is_newest}")
    return notes


def _take_back(session: Session, version_id: str, fact: str, moment: str) -> bool:
    about = {"model_version_id": version_id}
    ended = withdraw(session, ModelPropertyRow, about | {"property": fact}, moment)
    if fact == "base_models":
        ended |= withdraw(session, BaseModelRow, about, moment)
        ended |= withdraw(session, BaseDisclosureRow, about, moment)
    if fact == BENCHMARKS:
        ended |= withdraw(session, BenchmarkRow, about, moment)
    if fact == "provider":
        ended |= withdraw(session, ModelPropertyRow, about | {"property": AGENT}, moment)
    return ended
