"""The sizes of the parts that mixtures use, measured before anything is written."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy import select as query
from sqlalchemy.orm import Session

from registry.app.apply.entries import request_of
from registry.app.apply.holders import HolderParts
from registry.app.apply.pins import pins_of, version_of
from registry.app.apply.task import Task
from registry.app.recorded_source import is_there
from registry.app.request import Request
from registry.app.selection import select
from registry.app.stated_selection import stated_selection
from registry.declarations import schema
from registry.domain.dataset import SelectionKind
from registry.domain.facts import VersionFacts
from registry.domain.identifiers import identity
from registry.errors import RefusedError
from registry.queries.catalogue import version_facts
from registry.store.encoded import decoded, encoded
from registry.store.models import NewComponent, NewRun, runs_of
from registry.store.parts import CountedPart
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.tables.training import ModelVersionRow


@dataclass(slots=True)
class Sizes:
    """Measured parts by version and selection; `folder` is what ids files are relative to.

    declared: the parts of versions that holders are declared of, which a measured part tells apart
    warnings: what a user should know of parts that stay as they were measured
    """

    folder: Path
    declared: HolderParts
    warnings: list[str] = field(default_factory=list)
    _parts: dict[tuple[str, str], NewComponent] = field(default_factory=dict)

    def component(
        self, session: Session, part: schema.Component, version_id: str, recorded: NewRun | None
    ) -> NewComponent:
        """The component of a mixture: a part that was recorded before keeps its size."""
        version = session.get_one(DatasetVersionRow, version_id)
        whole = NewComponent(
            version_id, part.epochs, version.records, version.words, selection_label=part.label
        )
        if not self.is_selected(part):
            return whole
        found = self.known(session, part, version_id, recorded) or self._parts[version_id, _key(part)]
        return replace(found, epochs=part.epochs, selection_label=part.label)

    def known(
        self, session: Session, part: schema.Component, version_id: str, recorded: NewRun | None
    ) -> NewComponent | None:
        """The same part as it was recorded, with all that is asked of it now."""
        old = self.recorded(part, version_id, recorded)
        if old is None or old.counted is None:
            return old
        asked = self.declared.of(session, version_id)
        counted: CountedPart = decoded(old.counted, CountedPart)
        return old if asked.issubset(counted.declared or ()) else None

    def keep(self, part: schema.Component, version: VersionFacts, old: NewComponent) -> None:
        """Let a part that cannot be measured again stay as it was."""
        self._parts[version.id, _key(part)] = old
        self.warnings.append(
            f"{version.reference} cannot be read again: who holds rights in the part that was used of it is "
            "not known where it names nobody"
        )

    def recorded(
        self, part: schema.Component, version_id: str, recorded: NewRun | None
    ) -> NewComponent | None:
        """The same part of the same version in the run as it was recorded."""
        stated = stated_selection(part.selection, self.folder)
        for old in recorded.mixture if recorded else ():
            if old.version_id == version_id and stated.is_same(old.selection):
                return old
        return None

    def is_selected(self, part: schema.Component) -> bool:
        """Whether a part is less than all of its version, or may be."""
        return stated_selection(part.selection, self.folder).kind is not SelectionKind.ALL

    def check(self, entry: schema.Model) -> None:
        """Raise `UsageError` for a selection that no dataset could have, as by an ids file that is none."""
        for run in entry.training:
            for part in run.mixture if run.state is None else ():
                self.is_selected(part)

    def is_measured(self, part: schema.Component, version_id: str) -> bool:
        """Whether the part has its size already."""
        return (version_id, _key(part)) in self._parts

    def measure(
        self, task: Task, part: schema.Component, version: VersionFacts, request: Request | None
    ) -> tuple[str, ...]:
        """Measure a part; returns what a user should know. Raises what `select` raises."""
        with task.home.read() as session:
            declared = sorted(self.declared.of(session, version.id), key=lambda one: one.key)
        found = select(
            task.home,
            version,
            part.selection,
            request=request,
            base=self.folder,
            workers=task.workers,
            started=task.started,
            digests=task.digests,
            declared=declared,
        )
        self._parts[version.id, _key(part)] = NewComponent(
            version.id,
            part.epochs,
            found.records,
            found.words,
            found.canonical,
            found.basis.value,
            part.label,
            found.tokens,
            None if found.counted is None else encoded(found.counted, CountedPart),
        )
        return found.warnings


def measure_selections(
    task: Task, entry: schema.Model, datasets: list[schema.Dataset], sizes: Sizes
) -> list[str]:
    """Measure what the runs of a model select and no run has recorded yet; returns warnings."""
    warnings: list[str] = []
    for part, version, old in unmeasured(task, entry, datasets, sizes):
        if sizes.is_measured(part, version.id):
            continue
        try:
            warnings += sizes.measure(task, part, version, _request(task, datasets, version))
        except RefusedError:
            if old is None:
                raise
            sizes.keep(part, version, old)
    return warnings


Unmeasured = tuple[schema.Component, VersionFacts, NewComponent | None]


def unmeasured(
    task: Task, entry: schema.Model, datasets: list[schema.Dataset], sizes: Sizes
) -> list[Unmeasured]:
    """The parts that runs select and that are to be measured, with their versions.

    The last is the part as it was recorded, before holders of parts were declared: where its source is gone,
    it stays so.
    """
    found: list[Unmeasured] = []
    with task.home.read() as session:
        recorded = recorded_runs(session, entry)
        for run in entry.training:
            old = recorded.get(run.name or run.stage)
            pins = pins_of(session, old)
            for part in run.mixture if run.state is None else ():
                version_id = version_of(session, part.dataset, pins)
                if sizes.is_selected(part) and not sizes.known(session, part, version_id, old):
                    version = version_facts(session, version_id)
                    found.append((part, version, sizes.recorded(part, version_id, old)))
    return [one for one in found if not _stays(task, datasets, sizes, *one)]


def _stays(
    task: Task,
    datasets: list[schema.Dataset],
    sizes: Sizes,
    part: schema.Component,
    version: VersionFacts,
    old: NewComponent | None,
) -> bool:
    if old is None or is_there(version, _request(task, datasets, version)):
        return False
    sizes.keep(part, version, old)
    return True


def recorded_runs(session: Session, entry: schema.Model) -> dict[str, NewRun]:
    """The runs of a model as they were recorded, none of a model that is new."""
    versions = query(ModelVersionRow.id, ModelVersionRow.label).where(
        ModelVersionRow.model_id == identity("model", entry.name)
    )
    rows = session.execute(versions.order_by(ModelVersionRow.sequence.desc())).all()
    found = next((key for key, label in rows if entry.version in {None, label}), None)
    return {} if found is None else runs_of(session, found)


def _request(task: Task, datasets: list[schema.Dataset], version: VersionFacts) -> Request | None:
    """What read a version, where its entry stands in the file."""
    entries = [one for one in datasets if one.name == version.name and one.source]
    found = [one for one in entries if one.version == version.label] or entries
    return request_of(found[0], task.file, task.workers) if found else None


def _key(part: schema.Component) -> str:
    return part.selection.model_dump_json()
