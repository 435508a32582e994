"""The entries of a declaration file on their way into the registry."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy.orm import Session

from registry.app.apply.agents import apply_agent, apply_contributors, apply_provider
from registry.app.apply.benchmarks import benchmarks_of
from registry.app.apply.datasets import Kept, apply_dataset, state_facts
from registry.app.apply.entries import derivations_of, reference
from registry.app.apply.holders import HolderParts, apply_holders
from registry.app.apply.looking import Look, Seen, look_at
from registry.app.apply.models import apply_model
from registry.app.apply.pins import pins_of
from registry.app.apply.plan import Plan
from registry.app.apply.reservations import apply_reservations
from registry.app.apply.selections import Sizes, measure_selections, recorded_runs, unmeasured
from registry.app.apply.task import Task
from registry.app.cards import fill_from_card
from registry.app.declared import declare_derivations
from registry.app.home import now
from registry.app.ingest import contradictions_of
from registry.app.shown_names import show_declared_names
from registry.declarations import schema
from registry.declarations.load import Loaded
from registry.declarations.problems import Problem
from registry.domain.identifiers import identity, parse_reference
from registry.errors import RefusedError, RegistryError
from registry.queries.catalogue import version_facts, version_reference
from registry.sources.interface import Card
from registry.store.models import save_model_version
from registry.store.tables.training import ModelRow, ModelVersionRow


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
        self._cards: dict[int, Card | None] = {}  # of sources that a preview has opened
        self._unread: dict[int, Seen] = {}  # datasets that a preview has not read
        self._failed: set[int] = set()  # datasets that could not be read
        self._later: dict[int, str] = {}  # models that a preview cannot know, and why
        self._refused: set[int] = set()  # models that cannot be applied
        self._uncounted: set[int] = set()  # datasets whose declared parts could not be counted
        self._parts = HolderParts()
        self._sizes = Sizes(task.file.parent, self._parts)

    def read_datasets(self) -> None:
        """Read what is new; a dataset that fails leaves the others."""
        for place, entry in enumerate(self._datasets):
            with self._problem_of(f"datasets[{place}]", reference(entry), self._failed, place):
                self._kept[place] = apply_dataset(self._task, entry)

    def look_at_datasets(self) -> None:
        """Find out what would be read, and which models therefore cannot be known yet."""
        for place, entry in enumerate(self._datasets):
            with self._problem_of(f"datasets[{place}]", reference(entry), self._failed, place):
                self._take(place, look_at(self._task, entry))
        self.count_parts(reads=False)
        for place in self._unread.keys() - self._kept.keys():
            entry = self._datasets[place]
            with self._problem_of(f"datasets[{place}]", reference(entry)):
                self._parts.check(entry)
        for place, model in enumerate(self._models):
            self._look_at_model(place, model)

    def _take(self, place: int, seen: Seen) -> None:
        if seen.is_unread:
            self._unread[place] = seen
        if seen.version is not None and seen.look is not Look.RENEWED:
            note = None if seen.look is Look.KNOWN else seen.look.value
            version = seen.version
            self._kept[place] = Kept(version.id, version.label, False, seen.news, seen.warnings, note)
        if seen.source is not None:
            self._cards[place] = seen.source.card

    def count_parts(self, *, reads: bool = True) -> None:
        """Count the parts of datasets that holders are declared of, or see whether that could be done."""
        for place, kept in self._kept.items():
            entry = self._datasets[place]
            with self._problem_of(f"datasets[{place}]", reference(entry), self._uncounted, place):
                self.plan.warnings += self._parts.count(self._task, entry, kept.version_id, reads=reads)

    def measure_selections(self) -> None:
        """Measure the parts of datasets that runs select."""
        for place, entry in enumerate(self._models):
            if self._missing(entry):
                continue
            with self._problem_of(f"models[{place}]", reference(entry), self._refused, place):
                self.plan.warnings += measure_selections(self._task, entry, self._datasets, self._sizes)

    def declare(self, session: Session) -> None:
        """Record agents, answers, what is stated of datasets that are here, and models."""
        moment, said_in = now(), self._task.file.name
        self.plan.warnings += self._sizes.warnings
        for agent in self._loaded.declarations.agents:
            apply_agent(session, agent, said_in, moment, self.plan)
        provider = self._loaded.declarations.provider
        if provider is not None:
            with self._nested(session, "provider", provider.agent):
                apply_provider(session, provider, said_in, moment, self.plan)
        for place, entry in enumerate(self._datasets):
            if place in self._kept:
                self._declare_dataset(session, place, self._kept[place], moment)
            elif place in self._unread:
                seen = self._unread[place]
                name = f"{entry.name}@{seen.label}" if seen.label else entry.name
                self.plan.add("dataset", name, (), created=True, note=seen.look.value)
        show_declared_names(session)
        self._declare_models(session, moment)

    # --- datasets ---

    def _declare_dataset(self, session: Session, place: int, kept: Kept, moment: str) -> None:
        entry, file = self._datasets[place], self._task.file
        news = list(kept.news)
        with self._nested(session, f"datasets[{place}]", reference(entry)):
            news += state_facts(session, kept.version_id, self._task, entry, moment)
            if self._among(entry.derived_from or (), self._unread.keys() - self._kept.keys(), {}):
                news.append("derived_from")
            else:
                derived = derivations_of(entry, file)
                news += declare_derivations(session, kept.version_id, derived, moment)
            if place in self._cards:
                news += self._told_by_card(session, place, kept.version_id, moment)
            if place not in self._uncounted:
                news += apply_holders(session, kept.version_id, entry, file.name, self._parts, moment)
            said_in = f"{file.name}: datasets: {reference(entry)}: reservations"
            news += apply_reservations(session, kept.version_id, entry, file, said_in, moment)
            news += apply_contributors(session, kept.version_id, entry, file.name, moment)
        self.plan.add("dataset", f"{entry.name}@{kept.label}", news, created=kept.created, note=kept.note)
        self.plan.warnings += kept.warnings

    def _told_by_card(self, session: Session, place: int, version_id: str, moment: str) -> list[str]:
        """What reading a source again would find in the cards beside it."""
        news = fill_from_card(session, version_id, self._cards[place], moment)
        self.plan.warnings += contradictions_of(version_facts(session, version_id))
        return news

    # --- models ---

    def _look_at_model(self, place: int, entry: schema.Model) -> None:
        with self._problem_of(f"models[{place}]", reference(entry), self._refused, place):
            if unread := self._needed(entry, self._unread):
                self._sizes.check(entry)
                self._later[place] = f"after reading {', '.join(unread)}"
            elif not self._missing(entry) and unmeasured(self._task, entry, self._datasets, self._sizes):
                self._later[place] = "after measuring what its runs select"

    def _declare_models(self, session: Session, moment: str) -> None:
        """First every model, then what each was made from; new ones that fail are as if never named."""
        steps, problems = list(self.plan.steps), list(self.plan.problems)
        while True:
            with session.begin_nested() as attempt:
                failed = self._try_models(session, moment)
                if not failed:
                    return
                attempt.rollback()
            self._refused |= failed
            paths = {f"models[{place}]" for place in failed}
            problems += [problem for problem in self.plan.problems[len(problems) :] if problem.path in paths]
            self.plan.steps[:], self.plan.problems[:] = steps, problems

    def _try_models(self, session: Session, moment: str) -> set[int]:
        """Record models but for refused ones; returns the new ones among those that fail."""
        versions: dict[int, tuple[str, bool]] = {}
        for place, entry in enumerate(self._models):
            if place not in self._refused and not self._refuse_missing(place, entry):
                new = self._is_new(session, entry)
                versions[place] = (save_model_version(session, entry.name, entry.version, moment), new)
        failed = {
            place
            for place, (version_id, created) in versions.items()
            if not self._declare_model(session, place, version_id, created, moment)
        }
        return {place for place in failed if versions[place][1]}

    def _declare_model(
        self, session: Session, place: int, version_id: str, created: bool, moment: str
    ) -> bool:
        """Record what is stated of a model; returns whether that could be done."""
        entry, label = self._models[place], session.get_one(ModelVersionRow, version_id).label
        name = f"{entry.name}@{label}"
        if place in self._later:
            self.plan.add("model", name, ("training",), created=created, note=self._later[place])
            return True
        problems = len(self.plan.problems)
        with self._nested(session, f"models[{place}]", name):
            news, notes = apply_model(session, version_id, entry, self._task.file, self._sizes, moment)
            self.plan.add("model", name, news, created=created, note="; ".join(notes) or None)
        return len(self.plan.problems) == problems

    @staticmethod
    def _is_new(session: Session, entry: schema.Model) -> bool:
        if entry.version is not None:
            key = identity("model_version", entry.name, entry.version)
            return session.get(ModelVersionRow, key) is None
        return session.get(ModelRow, identity("model", entry.name)) is None

    def _missing(self, entry: schema.Model) -> list[str]:
        """Datasets of the mixtures that could not be read."""
        return self._needed(entry, self._failed)

    def _needed(self, entry: schema.Model, places: Collection[int]) -> list[str]:
        """Which of some datasets a model needs: its tests, and what its runs name or are pinned to."""
        found: set[str] = set()
        with self._task.home.read() as session:
            recorded = recorded_runs(session, entry)
            for run in entry.training:
                if run.state is None:
                    pins = pins_of(session, recorded.get(run.name or run.stage))
                    labels = {
                        name: parse_reference(version_reference(session, key)).version
                        for name, key in pins.items()
                    }
                    found.update(self._among([part.dataset for part in run.mixture], places, labels))
        found.update(self._among(benchmarks_of(entry), places, {}))
        return sorted(found)

    def _among(
        self, texts: Iterable[str], places: Collection[int], pinned: Mapping[str, str | None]
    ) -> list[str]:
        """The names among `NAME[@VERSION]` that may mean a version of one of some entries."""
        wanted = [parse_reference(text) for text in texts if "://" not in text]
        return [
            one.name
            for one in wanted
            if any(self._may_be(place, one.name, one.version or pinned.get(one.name)) for place in places)
        ]

    def _may_be(self, place: int, name: str, label: str | None) -> bool:
        """Whether a version of a name, any where no label is given, may be that of an entry."""
        entry, seen = self._datasets[place], self._unread.get(place)
        theirs = seen.label if seen else entry.version
        return entry.name == name and (theirs == label or None in {theirs, label})

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
    def _problem_of(
        self, path: str, name: str, failed: set[int] | None = None, place: int = 0
    ) -> Iterator[None]:
        """What fails inside is a problem of its entry, whose place is then among the `failed`."""
        try:
            yield
        except RegistryError as error:
            if failed is not None:
                failed.add(place)
            line = self._loaded.line_of.get(path)
            told = self._task.told(error.message)
            message = told if told.startswith(name) else f"{name}: {told}"
            file = self._task.file.name
            self.plan.problems.append(Problem(file, line, path, message, error.hint))


def _warning(problem: Problem) -> str:
    return f"{problem.sentence} ({problem.remedy})" if problem.remedy else problem.sentence
