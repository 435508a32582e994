"""Models and what they were trained on."""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from registry.documents.disclosed import read_disclosure
from registry.domain.dataset import SelectionKind, SizeBasis, Visibility
from registry.domain.facts import (
    ALL,
    BaseModelFacts,
    ComponentFacts,
    KnownModel,
    ModelFacts,
    RunFacts,
    SelectionFacts,
    VersionFacts,
    parts_in_effect,
)
from registry.domain.identifiers import parse_reference
from registry.domain.stated import NONE_STATED, Exemption, Tokenizer
from registry.errors import NotFoundError, UsageError
from registry.queries.benchmarks import benchmarks_of
from registry.queries.catalogue import WITHDRAWN, version_facts
from registry.queries.holdings import holdings_of
from registry.queries.lookup import chosen_version, last_said, that_hold
from registry.queries.notices import notices_of
from registry.queries.parts import part_facts
from registry.queries.providers import provider_facts, statements_on_provider
from registry.store.encoded import decoded
from registry.store.rights import shares
from registry.store.tables.benchmarks import BenchmarkRow
from registry.store.tables.contributors import StatedContributorRow
from registry.store.tables.datasets import VersionPropertyRow
from registry.store.tables.merges import AgentMergeRow
from registry.store.tables.reservations import ReservationRow
from registry.store.tables.rights import (
    DerivationRow,
    LicenseStatementRow,
)
from registry.store.tables.training import (
    BaseDisclosureRow,
    BaseModelRow,
    MixtureComponentRow,
    ModelPropertyRow,
    ModelRow,
    ModelVersionRow,
    TrainingRunRow,
)

VersionReader = Callable[[Session, str], VersionFacts]


@dataclass(frozen=True, slots=True)
class ModelSummary:
    """One line of the list of models."""

    name: str
    version: str
    provider: str | None
    datasets: int
    records: int
    words: int
    recorded_at: str


def find_model(session: Session, reference: str) -> str:
    """The identifier of `NAME[@VERSION]`; the newest version where none is named. Raises `NotFoundError`."""
    wanted = parse_reference(reference)
    versions = (
        select(ModelVersionRow.id, ModelVersionRow.label)
        .join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
        .where(ModelRow.name == wanted.name)
        .order_by(ModelVersionRow.sequence.desc())
    )
    return chosen_version(session, "model", wanted, versions, select(ModelRow.name))


def list_models(session: Session) -> list[ModelSummary]:
    """Every model version, by name and then newest first."""
    uses = (
        select(
            TrainingRunRow.model_version_id,
            MixtureComponentRow.version_id,
            func.max(MixtureComponentRow.records).label("records"),
            func.max(MixtureComponentRow.words).label("words"),
        )
        .join(MixtureComponentRow, MixtureComponentRow.run_id == TrainingRunRow.id)
        .where(TrainingRunRow.superseded_at.is_(None))
        .group_by(TrainingRunRow.model_version_id, MixtureComponentRow.version_id)
        .subquery()
    )
    providers = and_(
        ModelPropertyRow.model_version_id == ModelVersionRow.id,
        ModelPropertyRow.property == "provider",
        ModelPropertyRow.superseded_at.is_(None),
    )
    statement = (
        select(
            ModelRow.name,
            ModelVersionRow.label,
            func.max(ModelPropertyRow.value),
            func.count(uses.c.version_id),
            func.coalesce(func.sum(uses.c.records), 0),
            func.coalesce(func.sum(uses.c.words), 0),
            ModelVersionRow.recorded_at,
        )
        .join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
        .outerjoin(uses, uses.c.model_version_id == ModelVersionRow.id)
        .outerjoin(ModelPropertyRow, providers)
        .group_by(ModelVersionRow.id, ModelRow.name)
        .order_by(ModelVersionRow.sequence.desc())
    )
    summaries = [
        ModelSummary(name, label, provider, datasets, int(records), int(words), recorded_at)
        for name, label, provider, datasets, records, words, recorded_at in session.execute(statement)
    ]
    return sorted(summaries, key=lambda summary: summary.name)


def model_facts(
    session: Session,
    version_id: str,
    *,
    with_holdings: bool = False,
    with_bases: bool = False,
    read: VersionReader = version_facts,
) -> ModelFacts:
    """Everything known of a model version.

    with_holdings: also who holds rights in its datasets (they can be many)
    with_bases: also everything known of its base models that are here, and of theirs
    read: what is known of a dataset version, for whoever has read many of them before
    """
    return _facts(session, version_id, with_holdings, with_bases, frozenset(), read)


def _facts(
    session: Session,
    version_id: str,
    with_holdings: bool,
    with_bases: bool,
    above: frozenset[str],
    read: VersionReader,
) -> ModelFacts:
    row = session.get_one(ModelVersionRow, version_id)
    stated = _properties(session, version_id)
    components = _components(session, version_id, read, with_holdings=with_holdings)
    bases = _base_models(session, version_id)
    if with_bases:
        seen = above | {version_id}
        bases = tuple(_with_facts(session, base, with_holdings, seen, read) for base in bases)
    return ModelFacts(
        id=row.id,
        name=session.get_one(ModelRow, row.model_id).name,
        label=row.label,
        recorded_at=row.recorded_at,
        stated_at=_last_statement(session, row),
        provider=stated.get("provider"),
        url=stated.get("url"),
        base_models=tuple(base.facts for base in bases),
        components=components,
        provider_facts=provider_facts(session, stated.get("provider_agent"), stated.get("provider")),
        runs=_runs(session, version_id),
        no_base_model=stated.get("base_models") == NONE_STATED,
        placed_on_eu_market=stated.get("placed_on_eu_market"),
        tokenizer=decoded(stated.get("tokenizer"), Tokenizer),
        continues_to_learn=stated.get("continues_to_learn"),
        intended_purpose=stated.get("intended_purpose"),
        california_exemption=_exemption(stated),
        visibility=_visibility(stated),
        withdrawn=stated.get("state") == WITHDRAWN,
        models_here=_models_here(session, components),
        benchmarks=benchmarks_of(session, version_id, read),
        no_benchmarks=stated.get("benchmarks"),
    )


def model_in_brief(session: Session, version_id: str) -> ModelFacts:
    """A model version by its name, address and visibility alone, without what it was trained on."""
    row = session.get_one(ModelVersionRow, version_id)
    stated = _properties(session, version_id)
    return ModelFacts(
        id=row.id,
        name=session.get_one(ModelRow, row.model_id).name,
        label=row.label,
        recorded_at=row.recorded_at,
        stated_at=row.recorded_at,
        provider=None,
        url=stated.get("url"),
        base_models=(),
        components=(),
        visibility=_visibility(stated),
    )


@dataclass(frozen=True, slots=True)
class _Base:
    """A base model with its identifier here, if it is here."""

    id: str | None
    facts: BaseModelFacts


def _with_facts(
    session: Session, base: _Base, with_holdings: bool, above: frozenset[str], read: VersionReader
) -> _Base:
    """The base model with all that is known of it; one that stands above itself is not opened again."""
    if base.id is None or base.id in above:
        return base
    facts = _facts(session, base.id, with_holdings, True, above, read)
    return replace(base, facts=replace(base.facts, model=facts))


def selections_of(session: Session, model_version_id: str) -> dict[str, list[str]]:
    """The selections of each dataset version that the runs of a model used in part, as they are kept."""
    found: dict[str, list[str]] = {}
    rows = session.execute(
        select(MixtureComponentRow.version_id, MixtureComponentRow.selection)
        .join(TrainingRunRow, TrainingRunRow.id == MixtureComponentRow.run_id)
        .where(
            TrainingRunRow.model_version_id == model_version_id,
            TrainingRunRow.superseded_at.is_(None),
            MixtureComponentRow.selection.is_not(None),
        )
        .order_by(TrainingRunRow.sequence, MixtureComponentRow.position)
    )
    for version, selection in rows:
        found.setdefault(version, []).append(str(selection))
    return found


def model_reference(session: Session, version_id: str) -> str:
    """`name@label` of a model version."""
    row = session.get_one(ModelVersionRow, version_id)
    return f"{session.get_one(ModelRow, row.model_id).name}@{row.label}"


def _properties(session: Session, version_id: str) -> dict[str, str]:
    rows = that_hold(session, ModelPropertyRow, ModelPropertyRow.model_version_id == version_id)
    return {row.property: row.value for row in rows}


def _base_models(session: Session, version_id: str) -> tuple[_Base, ...]:
    rows = that_hold(session, BaseModelRow, BaseModelRow.model_version_id == version_id)
    found = [
        _Base(
            row.base_version_id,
            BaseModelFacts(None, row.base_url)
            if row.base_version_id is None
            else BaseModelFacts(
                model_reference(session, row.base_version_id),
                None,
                visibility=_visibility(_properties(session, row.base_version_id)),
            ),
        )
        for row in rows
    ]
    disclosed = that_hold(session, BaseDisclosureRow, BaseDisclosureRow.model_version_id == version_id)
    found += [
        _Base(
            None,
            BaseModelFacts(None, None, disclosure=read_disclosure(json.loads(row.document), row.sha256)),
        )
        for row in disclosed
    ]
    return tuple(sorted(found, key=lambda base: base.facts.shown))


def _visibility(stated: dict[str, str]) -> Visibility:
    return Visibility(stated.get("visibility", Visibility.PUBLIC))


def _exemption(stated: dict[str, str]) -> Exemption | None:
    said = stated.get("california_exemption")
    return None if said is None else Exemption(said)


def _models_here(session: Session, components: tuple[ComponentFacts, ...]) -> tuple[KnownModel, ...]:
    """The models of this registry that generated datasets of a mixture."""
    named = {
        name
        for component in components
        for name in component.version.description.generated_by or ()
        if "://" not in name
    }
    found = []
    for name in sorted(named):
        with suppress(NotFoundError, UsageError):  # a name may be of a model elsewhere, in any spelling
            version_id = find_model(session, name)
            stated = _properties(session, version_id)
            found.append(
                KnownModel(model_reference(session, version_id), stated.get("url"), _visibility(stated))
            )
    return tuple(found)


def _runs(session: Session, version_id: str) -> tuple[RunFacts, ...]:
    rows = session.scalars(
        select(TrainingRunRow)
        .where(TrainingRunRow.model_version_id == version_id, TrainingRunRow.superseded_at.is_(None))
        .order_by(TrainingRunRow.sequence)
    )
    return tuple(RunFacts(row.sequence, row.stage, row.name, row.started, row.compute_flop) for row in rows)


def _components(
    session: Session, version_id: str, read: VersionReader, *, with_holdings: bool
) -> tuple[ComponentFacts, ...]:
    statement = (
        select(TrainingRunRow, MixtureComponentRow)
        .join(MixtureComponentRow, MixtureComponentRow.run_id == TrainingRunRow.id)
        .where(TrainingRunRow.model_version_id == version_id, TrainingRunRow.superseded_at.is_(None))
        .order_by(TrainingRunRow.sequence, MixtureComponentRow.position)
    )
    return tuple(
        _component(session, run, part, read(session, part.version_id), with_holdings=with_holdings)
        for run, part in session.execute(statement)
    )


def _component(
    session: Session,
    run: TrainingRunRow,
    part: MixtureComponentRow,
    version: VersionFacts,
    *,
    with_holdings: bool,
) -> ComponentFacts:
    found = ComponentFacts(
        stage=run.stage,
        run=run.sequence,
        version=version,
        epochs=Fraction(part.epochs_numerator, part.epochs_denominator),
        records=part.records,
        words=part.words,
        selection=_selection(part),
    )
    if part.counted is not None:
        counted, holdings = part_facts(session, part.version_id, part.counted)
        found = replace(found, part=counted, holdings=holdings)
    elif with_holdings:
        found = replace(found, holdings=holdings_of(session, part.version_id))
    if version.license.choice_of is not None:
        found = _chosen(found)
    return replace(found, notices=notices_of(session, version)) if with_holdings else found


def _chosen(found: ComponentFacts) -> ComponentFacts:
    """A component whose records stand under what was chosen from their licenses."""
    said = found.version.license
    holdings = tuple(
        replace(one, license=one.license and said.in_effect(one.license)) for one in found.holdings
    )
    part = found.part and replace(found.part, licenses=parts_in_effect(said, found.part.licenses))
    return replace(found, holdings=holdings, part=part)


def _selection(part: MixtureComponentRow) -> SelectionFacts:
    if part.selection is None:
        return replace(ALL, label=part.selection_label, tokens=part.tokens)
    chosen = json.loads(part.selection)
    return SelectionFacts(
        SelectionKind(chosen["kind"]),
        chosen["text"],
        part.selection_label,
        SizeBasis(part.selection_basis or SizeBasis.MEASURED),
        part.tokens,
        chosen.get("evidence"),
    )


def _last_statement(session: Session, model: ModelVersionRow) -> str:
    """When something was last said, or taken back, of the model or of a dataset it was trained on."""
    runs = select(TrainingRunRow.id).where(TrainingRunRow.model_version_id == model.id)
    versions = select(MixtureComponentRow.version_id).where(MixtureComponentRow.run_id.in_(runs))
    lineage = _lineage_of(versions)
    moments = [model.recorded_at]
    for statement in (
        last_said(TrainingRunRow, TrainingRunRow.model_version_id == model.id),
        last_said(ModelPropertyRow, ModelPropertyRow.model_version_id == model.id),
        last_said(BenchmarkRow, BenchmarkRow.model_version_id == model.id),
        last_said(BaseModelRow, BaseModelRow.model_version_id == model.id),
        last_said(VersionPropertyRow, VersionPropertyRow.version_id.in_(versions)),
        last_said(LicenseStatementRow, LicenseStatementRow.version_id.in_(lineage)),
        last_said(StatedContributorRow, StatedContributorRow.version_id.in_(versions)),
        last_said(DerivationRow, DerivationRow.version_id.in_(lineage)),
        last_said(ReservationRow, ReservationRow.version_id.in_(versions)),
        last_said(AgentMergeRow, AgentMergeRow.agent_id.in_(_holders_in(versions))),
        last_said(BaseDisclosureRow, BaseDisclosureRow.model_version_id == model.id),
        *statements_on_provider(model.id),
    ):
        moments += session.scalars(statement).all()
    return max(moments)


def _lineage_of(versions: Select[str]) -> Select[str]:
    """Versions, and those here that they were made from at any remove; circles end (UNION)."""
    found = versions.cte("lineage", recursive=True)
    above = select(DerivationRow.of_version_id).where(
        DerivationRow.version_id == found.c.version_id,
        DerivationRow.of_version_id.is_not(None),
        DerivationRow.superseded_at.is_(None),
    )
    return select(found.union(above).c.version_id)


def _holders_in(versions: Select[str]) -> Select[str]:
    return select(shares(versions=versions).c.agent_id)
