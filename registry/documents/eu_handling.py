"""Section 3 of the EU template: reservations of rights, illegal content, other information."""

from collections.abc import Iterator

from registry.documents.eu_model import answers_of
from registry.documents.eu_template import PROVIDER, declared, gap
from registry.documents.fields import Cell, Column, Field, Kind, Table
from registry.documents.figures import exactly
from registry.documents.periods import month
from registry.documents.projection import shown_as
from registry.documents.reservations import looked_at
from registry.documents.subject import Subject, closer, listed, stated_texts
from registry.domain.facts import ModelFacts, RunFacts
from registry.domain.stated import Answer, ProviderAnswers, Reservations

_AS_STATED = "As the provider states."
_RESERVATIONS = (
    "`before_collection`",
    "`during_collection`",
    "`protocols` (`none` where there are none)",
    "`kept_up_to_date`",
)
_SIGNATORY = {Answer.YES: "Yes", Answer.NO: "No", Answer.UNKNOWN: "Not known to the provider"}


def handling_fields(subject: Subject) -> Iterator[Field]:
    """Fields 3.1 to 3.3."""
    answers = answers_of(subject.model)
    parts = (_signatory(answers), _reservations(answers, subject), _policy(answers))
    yield _rights(subject.model, answers, parts)
    yield from parts
    measures = answers.illegal_content_measures
    yield gap("3.2") if measures is None else declared("3.2", measures, _AS_STATED)
    yield _more(subject, answers)


def _rights(model: ModelFacts, answers: ProviderAnswers, parts: tuple[Field, ...]) -> Field:
    """The answers of 3.1.a to 3.1.c in sentences; a gap where none is given."""
    name = model.provider_facts.name if model.provider_facts else "The provider"
    signs = answers.code_of_practice_signatory
    said = []
    if signs in {Answer.YES, Answer.NO}:
        verb = "is" if signs is Answer.YES else "is not"
        said.append(f"{name} {verb} a signatory of the Code of Practice for general-purpose AI models.")
    if answers.reservations and answers.reservations.protocols:
        said.append(f"Protocols honoured: {', '.join(answers.reservations.protocols)}.")
    if answers.copyright_policy:
        said.append("Its copyright policy is in 3.1.c.")
    if not said:
        return (
            gap("3.1")
            if all(part.value is None for part in parts)
            else declared("3.1", "See 3.1.a to 3.1.c.")
        )
    return declared("3.1", " ".join(said), _AS_STATED)


def _signatory(answers: ProviderAnswers) -> Field:
    said = answers.code_of_practice_signatory
    return gap("3.1.a") if said is None else declared("3.1.a", _SIGNATORY[said], _AS_STATED)


def _looked_at(subject: Subject) -> str | None:
    """What was observed of the domains that the datasets come from; None where nobody looked."""
    seen = looked_at(use.version for use in subject.uses)
    if not seen.observed:
        return None
    said = [
        f"{exactly(count, 'domain')} {verb}"
        for count, verb in (
            (seen.disallow, "disallow training"),
            (seen.in_part, "disallow it on a part"),
            (seen.allow, "allow it"),
            (seen.malformed, "say something that cannot be read"),
        )
        if count
    ]
    told = f": {listed(said, most=len(said))}" if said else ""
    return f"Of {exactly(seen.domains, 'domain')} the registry knows what {seen.observed:,} say{told}."


def _reservations(answers: ProviderAnswers, subject: Subject) -> Field:
    found = answers.reservations or Reservations()
    rows: tuple[tuple[str, str | None], ...] = (
        ("Before collection", found.before_collection),
        ("During collection", found.during_collection),
        ("Protocols honoured", ", ".join(found.protocols) or None),
        ("How it is kept up to date", found.kept_up_to_date),
    )
    observed = _looked_at(subject)
    if not any(text for _, text in rows):
        return gap("3.1.b")
    columns = (Column("when", "When"), Column("measure", "Measure"))
    shown = (*rows, ("What sites were seen to say", observed)) if observed else rows
    known = [when.lower() for when, text in rows if text]
    missing = [key for key, (_, text) in zip(_RESERVATIONS, rows, strict=True) if not text]
    still_open = f"{PROVIDER}{listed(missing)} of `provider.reservations`." if missing else None
    return declared(
        "3.1.b", Table(f"Stated: {listed(known)}.", columns, shown), _AS_STATED, still_open=still_open
    )


def _policy(answers: ProviderAnswers) -> Field:
    policy = answers.copyright_policy
    if policy is None:
        return gap("3.1.c")
    if " " in policy or "://" not in policy:
        return declared("3.1.c", policy, _AS_STATED)
    columns = (Column("what", "Document"), Column("url", "Address", Kind.LINK))
    return declared(
        "3.1.c", Table("The policy is public.", columns, (("Copyright policy", policy),)), _AS_STATED
    )


def _more(subject: Subject, answers: ProviderAnswers) -> Field:
    """Processing of the datasets, training runs, where changes are announced, what else the provider says."""
    rows: list[tuple[Cell, ...]] = []
    if answers.other_information:
        rows.append(("Other information of the provider", answers.other_information))
    processed = [use for use in subject.uses if use.version.description.processing]
    rows += [
        (f"Processing of {shown_as(use.version)}", stated_texts(use.version.description.processing))
        for use in processed
    ]
    rows += [(f"Training run {run.run}", _run(run)) for run in subject.model.runs if _is_stated(run)]
    if answers.updates_announced_at:
        rows.append(("Changes of this summary are announced at", answers.updates_announced_at))
    if not rows:
        return gap("3.3")
    told = [text for text, there in (("processing of the datasets", processed),) if there]
    told += ["other information of the provider"] if answers.other_information else []
    lacking = (use for use in subject.uses if not use.version.description.processing)
    columns = (Column("topic", "Topic"), Column("statement", "Statement"))
    summary = f"{listed(told).capitalize()}." if told else "What else is stated."
    method = "As the provider states, and as declared for each dataset and training run."
    return declared("3.3", Table(summary, columns, tuple(rows)), method, still_open=closer("3.3", lacking))


def _is_stated(run: RunFacts) -> bool:
    return any((run.name, run.started, run.compute_flop))


def _run(run: RunFacts) -> str:
    """A run in a cell: its stage and name, when it started, its compute."""
    parts = [run.stage, run.name if run.name and run.name != run.stage else ""]
    parts += [f"started {month(run.started)}"] if run.started else []
    parts += [f"{run.compute_flop} FLOP"] if run.compute_flop else []
    return "; ".join(filter(None, parts))
