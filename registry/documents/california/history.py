"""Items 9 to 12: what was done to the data, when it was collected and first used, whether it is synthetic."""

from collections.abc import Iterator

from registry.documents.california.law import (
    AS_DECLARED,
    Line,
    is_hidden,
    item,
    lines_of,
    names_where,
    sentences,
)
from registry.documents.composition import Use
from registry.documents.eu_template import NOT_APPLICABLE
from registry.documents.fields import Column, Field, Status
from registry.documents.names import WITHHELD_AGENT
from registry.documents.periods import ONGOING, latest, missing_dates, month, period_of, period_text
from registry.documents.subject import Subject, listed, stated_texts
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts, RunFacts
from registry.domain.stated import NONE_STATED, Answer, Period

_UNCHANGED = "none"
_YES, _NO = Answer.YES.value, Answer.NO.value


def history_items(subject: Subject) -> Iterator[Field]:
    """Items 9 to 12."""
    yield _processing(subject)
    yield _collection(subject)
    yield _first_use(subject)
    yield _synthetic(subject)


# --- 9: cleaning, processing, modification ---------------------------------------------------------------


def _processing(subject: Subject) -> Field:
    columns = (Column("processing", "What was done"), Column("purpose", "To what end"))
    lines = lines_of(subject.uses, len(columns), _processing_line)
    changed = names_where(lines, lambda line: line.answer not in {None, _UNCHANGED} and not is_hidden(line))
    summary = sentences(
        (
            ("Cleaned, processed or otherwise modified:", changed),
            ("Used as it was:", names_where(lines, lambda line: line.answer == _UNCHANGED)),
            ("Not known of", names_where(lines, lambda line: line.answer is None)),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    return item("3111.a.9", Status.DECLARED, columns, lines, summary, AS_DECLARED)


def _processing_line(use: Use) -> Line:
    said = use.version.description
    if said.processing and all(text.casefold() == NONE_STATED for text in said.processing):
        return Line(use, (_UNCHANGED, NOT_APPLICABLE))
    lacking = [] if said.processing else ["`processing`"]
    lacking += [] if said.processing_purpose else ["`processing_purpose`"]
    return Line(use, (stated_texts(said.processing), said.processing_purpose), tuple(lacking))


# --- 10: time of collection ------------------------------------------------------------------------------


def _collection(subject: Subject) -> Field:
    columns = (Column("collected", "Collected"), Column("ongoing", "Ongoing"))
    lines = lines_of(subject.uses, len(columns), _collection_line)
    periods = [period_of(line.use.version) for line in lines if not is_hidden(line)]
    first = min((period.begin for period in periods if period.begin), default=None)
    last = latest([period.end for period in periods if period.end and period.end != ONGOING])
    ongoing = names_where(lines, lambda line: line.cells[1] == _YES)
    span = period_text(Period(first, None if ongoing else last))
    start = f"Collected {span}. " if span else ""
    notices = sentences(
        (
            ("Collection is ongoing:", ongoing),
            ("The time is not known of", names_where(lines, lambda line: line.answer is None)),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    summary = f"{start}{notices or 'No collection is ongoing.'}".strip()
    return item("3111.a.10", Status.DECLARED, columns, lines, summary, AS_DECLARED)


def _collection_line(use: Use) -> Line:
    period = period_of(use.version)
    ongoing = None if period.end is None else _YES if period.end == ONGOING else _NO
    return Line(use, (period_text(period), ongoing), tuple(missing_dates(period, "collected")))


# --- 11: first use ---------------------------------------------------------------------------------------


def _first_use(subject: Subject) -> Field:
    columns = (Column("first_used", "First used"), Column("run", "In the training run"))
    lines = lines_of(subject.uses, len(columns), lambda use: _first_line(use, subject.model))
    first = [run for line in lines if not is_hidden(line) for run in _runs(line.use, subject.model)]
    started = min((run.started for run in first if run.started), default=None)
    summary = (
        f"The first recorded training run over these datasets started {month(started)}." if started else ""
    )
    more = sentences((("The date is not known of", names_where(lines, lambda line: line.answer is None)),))
    method = (
        "The start of the first recorded training run over each dataset. Of a base model's data the "
        "documents of that model tell."
    )
    told = " ".join(filter(None, (summary, more))) or "Withheld."
    return item("3111.a.11", Status.COMPUTED, columns, lines, told, method, more=_undated(subject))


def _first_line(use: Use, model: ModelFacts) -> Line:
    """No date where a run that may have been earlier states none."""
    runs = _runs(use, model)
    if not runs or not all(run.started for run in runs):
        return Line(use, (None, None))
    first = min(runs, key=lambda run: (run.started or "", run.run))
    name = first.stage if first.name in {None, first.stage} else f"{first.stage}: {first.name}"
    return Line(use, (month(first.started or ""), name))


def _runs(use: Use, model: ModelFacts) -> list[RunFacts]:
    numbers = {component.run for component in use.components}
    return [run for run in model.runs if run.run in numbers]


def _undated(subject: Subject) -> str | None:
    """Who can say when runs started that do not tell it, those of which nothing is stated among them."""
    stages = {component.run: component.stage for component in subject.model.components}
    dated = {run.run for run in subject.model.runs if run.started}
    names = [f"run {number} ({stage})" for number, stage in sorted(stages.items()) if number not in dated]
    if not names:
        return None
    return f"The provider, in registry.yaml: `started` in `training` of the model, for {listed(names)}."


# --- 12: synthetic data ----------------------------------------------------------------------------------


def _synthetic(subject: Subject) -> Field:
    columns = (
        Column("synthetic", "Synthetic"),
        Column("generated_by", "Generated by"),
        Column("continues", "Generation continues"),
    )
    lines = lines_of(subject.uses, len(columns), _synthetic_line)
    made = names_where(lines, lambda line: str(line.answer).startswith(_YES))
    unknown = names_where(lines, lambda line: line.answer is None)
    continued = names_where(lines, lambda line: line.cells[2] == _YES)
    if made:
        start = f"Synthetic data generation was used: {made}."
    else:
        start = "" if unknown or any(map(is_hidden, lines)) else "No synthetic data generation was used."
    more = sentences(
        (
            ("It is used continuously:", continued),
            ("Whether it was used is not known of", unknown),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    method = (
        "From the origin of each dataset and the models that are stated to have generated it; generation "
        "continues where its collection is ongoing."
    )
    summary = " ".join(filter(None, (start, more)))
    return item("3111.a.12", Status.COMPUTED, columns, lines, summary, method)


def _synthetic_line(use: Use) -> Line:
    version = use.version
    models, own = version.description.generated_by, version.origin is Origin.SYNTHETIC
    if models is None and not own:
        return Line(use, (None, None, None), ("`generated_by`",))
    if not models and not own:
        return Line(use, (_NO, "no model", NOT_APPLICABLE))
    end = period_of(version).end
    continues = _NO if not own else None if end is None else _YES if end == ONGOING else _NO
    lacking = ["`generated_by`"] if models is None else []
    lacking += ["`collected.until`"] if continues is None else []
    names = ["a model that is withheld" if name == WITHHELD_AGENT else name for name in models or ()]
    by = listed(names) if names else "no model" if models == () else None
    return Line(use, (_YES if own else f"{_YES}, by others", by, continues), tuple(lacking))
