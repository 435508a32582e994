"""What is reached from parts of dataset versions: what was made from them, models, documents."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.documents.request import (
    DECLARED,
    POSSIBLE,
    Derived,
    Document,
    Part,
    Reach,
    ReachedModel,
)
from registry.domain.agent import normalise_name
from registry.domain.dataset import Origin, Visibility
from registry.queries.uses import Use, Uses, Wanted
from registry.store.editions import load_editions, snapshot_of
from registry.store.tables.datasets import DatasetRow, DatasetVersionRow, VersionPropertyRow
from registry.store.tables.editions import EditionRow
from registry.store.tables.overlaps import OverlapRow
from registry.store.tables.rights import DerivationRow
from registry.store.tables.training import BaseModelRow, ModelPropertyRow, ModelRow, ModelVersionRow

LEAST_SHARED = 0.01  # of the distinct shingles of either version: fewer are chance


def reach_of(session: Session, parts: Sequence[Part], terms: Iterable[str], wanted: Wanted) -> Reach:
    """All that parts of versions lead to.

    terms: how a document would name what was asked about; wanted: what a run's part of one of them must hold
    """
    names = version_names(session)
    derived = tuple(_derived(session, names, [part.version_id for part in parts]))
    datasets = {part.version_id: (part.dataset, DECLARED) for part in parts}
    for one in derived:
        datasets.setdefault(one.version_id, (one.dataset, one.kind))
    models = tuple(_models(session, datasets, {part.version_id: wanted for part in parts}))
    return Reach(tuple(parts), derived, models, tuple(_documents(session, models, set(terms))))


def version_names(session: Session) -> dict[str, tuple[str, str]]:
    """`name@label` and visibility of every version, by its identifier."""
    stated: dict[str, dict[str, str]] = {}
    rows = session.execute(
        select(VersionPropertyRow.version_id, VersionPropertyRow.property, VersionPropertyRow.value).where(
            VersionPropertyRow.property.in_(("visibility", "origin")),
            VersionPropertyRow.superseded_at.is_(None),
        )
    )
    for version, property_, value in rows:
        stated.setdefault(version, {})[property_] = value
    found = {}
    versions = session.execute(
        select(DatasetVersionRow.id, DatasetRow.name, DatasetVersionRow.label).join(
            DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
        )
    )
    for key, name, label in versions:
        said = stated.get(key, {})
        origin = Origin(said["origin"]) if "origin" in said else None
        found[key] = (f"{name}@{label}", said.get("visibility", Visibility.default(origin).value))
    return found


def _derived(
    session: Session, names: Mapping[str, tuple[str, str]], start: Sequence[str]
) -> Iterable[Derived]:
    """Declared derivations to the end; of all these, versions that share content with one."""
    rows = session.execute(
        select(DerivationRow.of_version_id, DerivationRow.version_id).where(
            DerivationRow.superseded_at.is_(None), DerivationRow.of_version_id.is_not(None)
        )
    )
    children: dict[str, list[str]] = {}
    for parent, child in rows:
        children.setdefault(str(parent), []).append(child)
    seen = dict.fromkeys(start)
    waiting = list(seen)
    while waiting:
        parent = waiting.pop(0)
        for child in sorted(children.get(parent, ()), key=lambda key: names[key]):
            if child not in seen:
                seen[child] = None
                waiting.append(child)
                yield Derived(child, *names[child], names[parent][0], DECLARED)
    yield from _overlapping(session, names, list(seen))


def _overlapping(
    session: Session, names: Mapping[str, tuple[str, str]], versions: Sequence[str]
) -> Iterable[Derived]:
    """Versions of which more than chance stands in one of these, or the other way round; the most shared."""
    pairs = session.execute(
        select(OverlapRow.a_version_id, OverlapRow.b_version_id, OverlapRow.a_in_b, OverlapRow.b_in_a).where(
            OverlapRow.a_version_id != OverlapRow.b_version_id,
            or_(OverlapRow.a_in_b >= LEAST_SHARED, OverlapRow.b_in_a >= LEAST_SHARED),
        )
    )
    concerned, found = set(versions), dict[str, tuple[float, str]]()
    for a, b, a_in_b, b_in_a in pairs:
        if (a in concerned) != (b in concerned):
            known, other, share = (a, b, b_in_a) if a in concerned else (b, a, a_in_b)
            more = (-(share or 0.0), names[known][0])
            found[other] = min(found.get(other, more), more)
    for key in sorted(found, key=lambda key: names[key]):
        share, source = found[key]
        yield Derived(key, *names[key], source, POSSIBLE, -share)


def _models(
    session: Session, datasets: Mapping[str, tuple[str, str]], wanted: Mapping[str, Wanted]
) -> Iterable[ReachedModel]:
    """Models whose runs used what is wanted, and those made from them through any number of steps."""
    names, uses = _model_names(session), Uses(session)
    runs: dict[tuple[str, str], list[Use]] = {}
    for version in datasets:
        for use in uses.of(version, wanted.get(version, Wanted())):
            runs.setdefault((use.model_version_id, version), []).append(use)
    made_from = _made_from(session)
    for (model, version), used in sorted(runs.items(), key=lambda item: (names[item[0][0]], item[0][1])):
        dataset, kind = datasets[version]
        certain = any(use.certain for use in used)
        stages = tuple(use.run for use in used if use.certain is certain)
        yield ReachedModel(model, *names[model], dataset, kind, certain, stages)
        seen = {model}
        waiting: list[tuple[str, tuple[str, ...]]] = [(model, (names[model][0],))]
        while waiting:
            base, through = waiting.pop(0)
            for child in sorted(made_from.get(base, ()), key=lambda key: names[key]):
                if child not in seen:
                    seen.add(child)
                    waiting.append((child, (names[child][0], *through)))
                    yield ReachedModel(child, *names[child], dataset, kind, certain, (), through)


def _made_from(session: Session) -> dict[str, list[str]]:
    rows = session.execute(
        select(BaseModelRow.base_version_id, BaseModelRow.model_version_id).where(
            BaseModelRow.superseded_at.is_(None), BaseModelRow.base_version_id.is_not(None)
        )
    )
    found: dict[str, list[str]] = {}
    for base, model in rows:
        found.setdefault(str(base), []).append(model)
    return found


def _model_names(session: Session) -> dict[str, tuple[str, str]]:
    """`name@label` and visibility of every model version, by its identifier."""
    stated = session.execute(
        select(ModelPropertyRow.model_version_id, ModelPropertyRow.value).where(
            ModelPropertyRow.property == "visibility", ModelPropertyRow.superseded_at.is_(None)
        )
    )
    said = {str(key): str(value) for key, value in stated}
    rows = session.execute(
        select(ModelVersionRow.id, ModelRow.name, ModelVersionRow.label).join(
            ModelRow, ModelRow.id == ModelVersionRow.model_id
        )
    )
    return {key: (f"{name}@{label}", said.get(key, Visibility.PUBLIC.value)) for key, name, label in rows}


def _model(reached: Mapping[str, ReachedModel], row: EditionRow) -> str:
    found = reached.get(row.model_version_id or "")
    return found.model if found else ""


def _documents(session: Session, models: Sequence[ReachedModel], terms: set[str]) -> Iterable[Document]:
    """The editions of documents on these models, and which of them name what was asked about."""
    reached = {one.model_version_id: one for one in models}
    wanted = {normalise_name(term) for term in terms} - {""}
    latest: set[tuple[str, str]] = set()
    for row in sorted(load_editions(session), key=lambda row: (_model(reached, row), row.kind, -row.number)):
        model = reached.get(row.model_version_id or "")
        if model is None:
            continue
        subject = (row.kind, model.model_version_id)
        yield Document(
            row.kind,
            model.model,
            model.visibility,
            row.number,
            row.digest,
            row.approved_at,
            subject not in latest,
            _is_named(wanted, json.loads(snapshot_of(row))),
        )
        latest.add(subject)


def _is_named(wanted: Collection[str], document: object) -> bool:
    """Whether one of some normalised texts stands in a text of a document, in any case and spacing."""
    texts = (normalise_name(text) for text in _texts(document))
    return any(_stands_in(text, name) for text in texts for name in wanted)


def _stands_in(text: str, name: str) -> bool:
    """Whether a name stands in a text as whole words; in scripts without case, words may run together."""
    place = text.find(name)
    while place >= 0:
        before, after = text[:place][-1:], text[place + len(name) :][:1]
        if not (_goes_on(name[0], before) or _goes_on(name[-1], after)):
            return True
        place = text.find(name, place + 1)
    return False


def _goes_on(edge: str, beside: str) -> bool:
    """Whether a character beside the edge of a name belongs to the same word."""
    return all(one.isdecimal() or one.lower() != one.upper() for one in (edge, beside))


def _texts(document: object) -> Iterator[str]:
    """Every text of a JSON document but the names of its members."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, list | dict):
        for one in document.values() if isinstance(document, dict) else document:
            yield from _texts(one)
