"""What most metrics are decided by: is the field filled, is every row, is the figure measured, is it plain.

A field that is a gap loses every metric on it: what is not there is neither clear nor correct. A field that
does not apply takes its metrics with it.
"""

from collections.abc import Callable

from registry.documents.eu_sizes import NONE_MEASURED
from registry.documents.eu_template import CLOSERS, PROVIDER
from registry.documents.fields import Status
from registry.documents.grade.examined import Examined, is_counted_text
from registry.documents.grade.metric import (
    By,
    Decide,
    Decider,
    Verdict,
    lost,
    not_applicable,
    question,
    won,
)
from registry.documents.grade.style import REMEDIES, phrases_in
from registry.documents.grade.versions import is_moving
from registry.domain.dataset import Origin

LONGEST_NAME = 12  # words: more are a sentence, and a person has to read it
_NOT_MEASURED = "It is declared, not measured: whether it is so, someone who knows the model has to say."
_MODALITIES = f"{PROVIDER}`measured.modality` of the datasets."
_RELEVANCE = "Whether all of it belongs here is a matter of judgement."
_READING = "Whether people without expertise understand it, one of them has to say."
_ELSEWHERE = "A program sees this summary alone, not what else is published of the model."


def of_field(identifier: str, by: By, decide: Decide) -> Decider:
    """A decider that runs where the field is answered; a gap is lost, what does not apply does not count."""

    def decided(examined: Examined) -> Verdict:
        field = examined.field(identifier)
        if field.status is Status.NOT_APPLICABLE:
            return not_applicable(field.method or f"{identifier} does not apply.")
        if field.status is Status.GAP:
            return lost(f"{identifier} is a gap.", field.closed_by)
        return decide(examined)

    return Decider(by, decided)


def where(condition: Callable[[Examined], bool], otherwise: str, decider: Decider) -> Decider:
    """A decider that applies on a condition; `otherwise` says why it does not apply without it."""

    def decided(examined: Examined) -> Verdict:
        return decider.decide(examined) if condition(examined) else not_applicable(otherwise)

    return Decider(decider.by, decided)


def constructed(reason: str, identifier: str | None = None) -> Decider:
    """Won by how the documents are made, where the field applies."""
    if identifier is None:
        return Decider(By.CONSTRUCTION, lambda _: won(reason))
    return of_field(identifier, By.CONSTRUCTION, lambda _: won(reason))


def answered(identifier: str, reason: str = "The field is answered.") -> Decider:
    """Won where there is an answer, as the answer is of the kind that `reason` names."""
    return of_field(identifier, By.PROGRAM, lambda _: won(reason))


def complete(identifier: str, reason: str) -> Decider:
    """Won where there is an answer and nothing of it is open."""

    def decided(examined: Examined) -> Verdict:
        closed_by = examined.field(identifier).closed_by
        return lost("The answer lacks something.", closed_by) if closed_by else won(reason)

    return of_field(identifier, By.PROGRAM, decided)


def each_row(identifier: str, column: str, what: str, remedy: str | None = None) -> Decider:
    """Won where every row has the cell; `what` it is that stands there."""

    def decided(examined: Examined) -> Verdict:
        cells = examined.cells(identifier, column)
        missing = sum(cell is None for cell in cells)
        if missing or not cells:
            how = remedy or examined.field(identifier).closed_by or CLOSERS.get(identifier)
            return lost(f"{what} is missing in {missing or 'all'} of {len(cells) or 'the'} rows.", how)
        return won(f"{what} stands in each of {len(cells)} rows.")

    return of_field(identifier, By.PROGRAM, decided)


def checked(
    identifier: str, holds: Callable[[Examined], bool], told: str, fault: str, remedy: str
) -> Decider:
    """Won where a condition holds on the answer; `told` and `fault` say what was seen."""
    return of_field(
        identifier, By.PROGRAM, lambda examined: won(told) if holds(examined) else lost(fault, remedy)
    )


def person(identifier: str, why: str) -> Decider:
    """A question where there is an answer to judge."""
    return of_field(identifier, By.PERSON, lambda _: question(why))


def accurate(identifier: str) -> Decider:
    """Whether something declared is so."""
    return person(identifier, _NOT_MEASURED)


def readable(identifier: str) -> Decider:
    """Whether laypeople understand it."""
    return person(identifier, _READING)


def consistent(identifier: str | None = None) -> Decider:
    """Whether a section agrees with the others and with what else is published; lost where it is a gap."""

    def decided(examined: Examined) -> Verdict:
        field = examined.field(identifier) if identifier else None
        if field is not None and field.status is Status.GAP:
            return lost(f"{field.id} is a gap.", field.closed_by)
        return question(_ELSEWHERE)

    return Decider(By.PERSON, decided)


def measured(
    identifier: str, holds: Callable[[Examined], bool], told: str, why: str = _NOT_MEASURED
) -> Decider:
    """Won where the registry measured it, else a question."""
    return of_field(identifier, By.EITHER, lambda examined: won(told) if holds(examined) else question(why))


def measured_modalities(identifier: str, origin: Origin) -> Decider:
    """The modalities of a section: won where all its data was read and holds text alone."""

    def decided(examined: Examined) -> Verdict:
        if examined.text(identifier) == NONE_MEASURED:
            return lost("None is given.", _MODALITIES)
        if is_counted_text(examined.of(origin)):
            return won("Words were counted in the data, and no field of it holds anything but text.")
        return question(_NOT_MEASURED)

    return of_field(identifier, By.EITHER, decided)


def none_left_out(identifier: str, *, lacking: str | None = None) -> Decider:
    """Whether a list is whole: lost while it is known not to be, else a question.

    lacking: what the list is of, where datasets state it; without it, each dataset is in the list by itself
    """

    def decided(examined: Examined) -> Verdict:
        field = examined.field(identifier)
        if examined.unclassified:
            section = examined.field(identifier.rpartition(".")[0])
            return lost("A dataset without a stated origin may belong here.", section.closed_by)
        if lacking and field.closed_by:
            return lost(f"Some datasets state no {lacking}.", field.closed_by)
        return question("The list is of what the provider recorded; whether that is all, only it can say.")

    return of_field(identifier, By.EITHER, decided)


def relevant(identifier: str, *, names: tuple[str, ...] = (), purposes: bool = False) -> Decider:
    """Whether an answer keeps to what is asked: lost by a hedge or praise, else a question.

    names: columns that hold what people declared; where all they hold are short names, the rest being made
    by the program, a program can tell. purposes: what the data is for counts as out of place
    """

    def decided(examined: Examined) -> Verdict:
        phrases = [
            found for text in examined.texts(identifier) for found in phrases_in(text, purposes=purposes)
        ]
        if phrases:
            return lost(f'It says "{phrases[0].text}" ({phrases[0].fault}).', REMEDIES[phrases[0].fault])
        cells = [cell for name in names for cell in examined.cells(identifier, name) if isinstance(cell, str)]
        entries = [entry for cell in cells for entry in cell.split("; ")]
        if names and all(len(entry.split()) <= LONGEST_NAME for entry in entries):
            return won(
                f"A table of the program's; what was declared in it is at most {LONGEST_NAME} words long."
            )
        return question(_RELEVANCE)

    return of_field(identifier, By.EITHER, decided)


def modalities_given(identifier: str) -> Decider:
    """The modalities of a section: won where any is known."""
    return checked(
        identifier,
        lambda examined: examined.text(identifier) != NONE_MEASURED,
        "They are given.",
        "No words were counted, and no modality is declared.",
        _MODALITIES,
    )


def versioned(identifier: str) -> Decider:
    """The versions in a list of datasets: won where each has one that stays what it is."""
    return checked(
        identifier,
        lambda examined: (
            not any(label is None or is_moving(str(label)) for label in examined.cells(identifier, "version"))
        ),
        "Each has a version, and none of them moves.",
        "A version is missing, or stands for whatever is newest.",
        "Whoever adds the datasets: `version` of the datasets, as their publisher names it.",
    )


def yes_or_no(identifier: str) -> Decider:
    """The question at the head of a section."""
    return answered(identifier, "It is answered.")


def stated(key: str) -> str:
    """The remedy for a key that a person has to state."""
    return f"{PROVIDER}{key}."
