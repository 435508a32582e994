"""The entries of a declaration file on their way into the registry."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from registry.app.apply.agents import apply_agent, apply_holders, apply_provider
from registry.app.apply.datasets import Kept, Look, apply_dataset, look_at, state_facts
from registry.app.apply.entries import derivations_of, reference
from registry.app.apply.models import apply_model
from registry.app.apply.plan import Plan
from registry.app.apply.selections import Sizes, measure_selections, unmeasured
from registry.app.apply.task import Task
from registry.app.declared import declare_derivations
from registry.app.home import now
from registry.declarations import schema
from registry.declarations.load import Loaded
from registry.declarations.problems import Problem
from registry.domain.identifiers import identity, parse_reference
from registry.errors import RefusedError, RegistryError
from registry.store.models import save_model_version
from registry.store.tables.training import ModelRow, ModelVersionRow

CONTENT = "content"


class Work:
    """First the datasets, each by itself; then all that is stated, in one transaction; a plan of both.

    To see what would be done, `look_at_datasets` takes the place of reading, and the transaction is undone.
    """

    def __init__(self, task: Task, loaded: Loaded) -> None:
        self.plan = Plan(warnings=[_warning(warning) for warning in loaded.warnings])
        self._task, self._loaded = task, loaded
        self._datasets = list(loaded.declarations.datasets)
        self._models = list(loaded.declarations.models)
        self._kept: dict[int, Kept] = {}
        self._unread: set[str] = set()  # names of datasets that a preview has not read
        self._failed: set[str] = set()  # names of datasets that could not be read
        self._later: dict[int, str] = {}  # models that a preview cannot know, and why
        self._refused: set[int] = set()  # models that cannot be applied
        self._sizes = Sizes(task.file.parent)

    def read_datasets(self) -> None:
        """Read what is new; a dataset that fails leaves the others."""
        for place, entry in enumerate(self._datasets):
            with self._problem_of(f"datasets[{place}]", reference(entry)):
                self._failed.add(entry.name)
                self._kept[place] = apply_dataset(self._task, entry)
                self._failed.discard(entry.name)

    def look_at_datasets(self) -> None:
        """Find out what would be read, and which models therefore cannot be known yet."""
        for place, entry in enumerate(self._datasets):
            with self._problem_of(f"datasets[{place}]", reference(entry)):
                self._failed.add(entry.name)
                look, version = look_at(self._task, entry)
                self._failed.discard(entry.name)
                if look in {Look.READ, Look.CHANGED}:
                    self._unread.add(entry.name)
                if version is not None:
                    note = None if look is Look.KNOWN else look.value
                    news = (CONTENT,) if look is Look.CHANGED else ()
                    self._kept[place] = Kept(version.id, version.label, False, news, note=note)
        for place, model in enumerate(self._models):
            self._look_at_model(place, model)

    def measure_selections(self) -> None:
        """Measure the parts of datasets that runs select."""
        for place, entry in enumerate(self._models):
            if self._missing(entry):
                continue
            with self._problem_of(f"models[{place}]", reference(entry)):
                self._refused.add(place)
                self.plan.warnings += measure_selections(self._task, entry, self._datasets, self._sizes)
                self._refused.discard(place)

    def declare(self, session: Session) -> None:
        """Record agents, answers, what is stated of datasets that are here, and models."""
        moment, said_in = now(), self._task.file.name
        for agent in self._loaded.declarations.agents:
            apply_agent(session, agent, said_in, moment, self.plan)
        provider = self._loaded.declarations.provider
        if provider is not None:
            with self._nested(session, "provider", provider.agent):
                apply_provider(session, provider, said_in, moment, self.plan)
        for place, entry in enumerate(self._datasets):
            if place in self._kept:
                self._declare_dataset(session, place, self._kept[place], moment)
            elif entry.name in self._unread:
                self.plan.add("dataset", reference(entry), (), created=True, note=Look.READ.value)
        self._declare_models(session, moment)

    # --- datasets ---

    def _declare_dataset(self, session: Session, place: int, kept: Kept, moment: str) -> None:
        entry, file = self._datasets[place], self._task.file
        news = list(kept.news)
        with self._nested(session, f"datasets[{place}]", reference(entry)):
            news += state_facts(session, kept.version_id, self._task, entry, moment)
            if self._unread.intersection(map(_name_of, entry.derived_from or ())):
                news.append("derived_from")
            else:
                derived = derivations_of(entry, file)
                news += declare_derivations(session, kept.version_id, derived, moment)
            news += apply_holders(session, kept.version_id, entry, file.name, moment)
        self.plan.add("dataset", f"{entry.name}@{kept.label}", news, created=kept.created, note=kept.note)
        self.plan.warnings += kept.warnings

    # --- models ---

    def _look_at_model(self, place: int, entry: schema.Model) -> None:
        names = {_name_of(part.dataset) for run in entry.training for part in run.mixture}
        if unread := sorted(names & self._unread):
            self._later[place] = f"after reading {', '.join(unread)}"
        elif not self._missing(entry):
            with self._problem_of(f"models[{place}]", reference(entry)):
                self._refused.add(place)
                if unmeasured(self._task, entry, self._sizes):
                    self._later[place] = "after measuring what its runs select"
                self._refused.discard(place)

    def _declare_models(self, session: Session, moment: str) -> None:
        """First every model, then what each was made from."""
        versions: dict[int, tuple[str, bool]] = {}
        for place, entry in enumerate(self._models):
            if place not in self._refused and not self._refuse_missing(place, entry):
                new = self._is_new(session, entry)
                versions[place] = (save_model_version(session, entry.name, entry.version, moment), new)
        for place, (version_id, created) in versions.items():
            self._declare_model(session, place, version_id, created, moment)

    def _declare_model(
        self, session: Session, place: int, version_id: str, created: bool, moment: str
    ) -> None:
        entry, label = self._models[place], session.get_one(ModelVersionRow, version_id).label
        name = f"{entry.name}@{label}"
        if place in self._later:
            self.plan.add("model", name, ("training",), created=created, note=self._later[place])
            return
        with self._nested(session, f"models[{place}]", name):
            news, notes = apply_model(session, version_id, entry, self._task.file, self._sizes, moment)
            self.plan.add("model", name, news, created=created, note="; ".join(notes) or None)

    @staticmethod
    def _is_new(session: Session, entry: schema.Model) -> bool:
        if entry.version is not None:
            key = identity("model_version", entry.name, entry.version)
            return session.get(ModelVersionRow, key) is None
        return session.get(ModelRow, identity("model", entry.name)) is None

    def _missing(self, entry: schema.Model) -> list[str]:
        """Datasets of the mixtures that could not be read."""
        names = {_name_of(part.dataset) for run in entry.training for part in run.mixture}
        return sorted(names & self._failed)

    def _refuse_missing(self, place: int, entry: schema.Model) -> bool:
        missing = self._missing(entry)
        with self._problem_of(f"models[{place}]", reference(entry)):
            if missing:
                raise RefusedError(
                    f"{reference(entry)} depends on {', '.join(missing)}, which could not be read",
                    hint="mend the dataset, then apply the file again",
                )
        return bool(missing)

    # --- problems ---

    @contextmanager
    def _nested(self, session: Session, path: str, name: str) -> Iterator[None]:
        """What fails inside leaves nothing, and is a problem of its entry."""
        with self._problem_of(path, name), session.begin_nested():
            yield

    @contextmanager
    def _problem_of(self, path: str, name: str) -> Iterator[None]:
        try:
            yield
        except RegistryError as error:
            line = self._loaded.line_of.get(path)
            told = self._task.told(error.message)
            message = told if told.startswith(name) else f"{name}: {told}"
            file = self._task.file.name
            self.plan.problems.append(Problem(file, line, path, message, error.hint))


def _warning(problem: Problem) -> str:
    return f"{problem.sentence} ({problem.remedy})" if problem.remedy else problem.sentence


def _name_of(text: str) -> str:
    return text if "://" in text else parse_reference(text).name
