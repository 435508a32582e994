"""Items 5 to 8: what protects the data, how it was acquired, whom it is about."""

from collections.abc import Callable, Iterator

from registry.documents.california.known import (
    NOT_KNOWN_TO_PROVIDER,
    copyright_told,
    license_told,
    public_domain_told,
    purchase_told,
    stated,
    terms_of,
)
from registry.documents.california.law import (
    AS_DECLARED,
    EXPLANATION,
    Line,
    is_hidden,
    item,
    lines_of,
    names_where,
    sentences,
)
from registry.documents.composition import Use
from registry.documents.eu_parts import NOTHING_MORE
from registry.documents.fields import Column, Field, Status
from registry.documents.subject import Subject
from registry.domain.stated import Answer, Description, ExplainedAnswer, IntellectualProperty

_NOT_SEARCHED = f"{AS_DECLARED} The registry does not search the data for it."


def right_items(subject: Subject) -> Iterator[Field]:
    """Items 5 to 8."""
    yield _protection(subject)
    yield _acquisition(subject)
    yield _explained(
        subject,
        "3111.a.7",
        "personal information (section 1798.140(v))",
        "personal_information",
        lambda said: said.personal_information,
    )
    yield _explained(
        subject,
        "3111.a.8",
        "aggregate consumer information (section 1798.140(b))",
        "aggregate_consumer_information",
        lambda said: said.aggregate_consumer_information,
    )


def _licenses(use: Use) -> tuple[str, ...]:
    return terms_of(use.version, use.once.licenses, use.once.whole.records)


# --- 5: what protects it ---------------------------------------------------------------------------------


def _protection(subject: Subject) -> Field:
    columns = (
        Column("copyright", "Copyright"),
        Column("trademark", "Trademark"),
        Column("patent", "Patent"),
        Column("public_domain", "Entirely public domain"),
        EXPLANATION,
    )
    lines = lines_of(subject.uses, len(columns), _protection_line)
    answers = {line.name: _rights(line) for line in lines if not is_hidden(line)}
    summary = sentences(
        (
            ("Protected by copyright, in whole or in part:", _where(lines, answers, 0, Answer.YES)),
            ("By trademarks:", _where(lines, answers, 1, Answer.YES)),
            ("By patents:", _where(lines, answers, 2, Answer.YES)),
            ("Entirely in the public domain, as to copyright:", _where(lines, answers, 0, Answer.NO)),
            ("Whether copyright protects it is not known of", _where(lines, answers, 0, None)),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    method = (
        "As declared; else a license that sets conditions implies that copyright is claimed, a dedication to "
        "the public domain that it is given up, and no license neither. Trademarks and patents as declared."
    )
    return item("3111.a.5", Status.COMPUTED, columns, lines, summary, method)


def _protection_line(use: Use) -> Line:
    version, licenses = use.version, _licenses(use)
    said = version.description.intellectual_property or IntellectualProperty()
    told = copyright_told(version, licenses)
    trademark, patent = stated(said.trademark), stated(said.patent)
    keys = (("copyright", told), ("trademark", trademark), ("patent", patent))
    lacking = tuple(f"`intellectual_property.{key}`" for key, found in keys if found.answer is None)
    domain = public_domain_told(version, licenses)
    answers = (told.text, trademark.text, patent.text, domain.text)
    return Line(use, (*answers, said.explanation or NOTHING_MORE), lacking)


def _rights(line: Line) -> tuple[Answer | None, ...]:
    said = line.use.version.description.intellectual_property or IntellectualProperty()
    told = copyright_told(line.use.version, _licenses(line.use))
    return told.answer, said.trademark, said.patent


def _where(
    lines: tuple[Line, ...], answers: dict[str, tuple[Answer | None, ...]], place: int, answer: Answer | None
) -> str:
    """The datasets with an answer; what the provider does not know is not known."""
    wanted = {answer, Answer.UNKNOWN} if answer is None else {answer}
    return names_where(lines, lambda line: line.name in answers and answers[line.name][place] in wanted)


# --- 6: purchased or licensed ----------------------------------------------------------------------------


def _acquisition(subject: Subject) -> Field:
    columns = (
        Column("acquired", "Purchased or licensed"),
        Column("purchased", "Purchased"),
        Column("licensed", "Licensed"),
    )
    lines = lines_of(subject.uses, len(columns), _acquisition_line)
    summary = sentences(
        (
            ("Purchased:", names_where(lines, lambda line: line.answer in {_BOUGHT, _BOTH})),
            ("Used under a license:", names_where(lines, lambda line: line.answer in {_LICENSED, _BOTH})),
            ("Neither:", names_where(lines, lambda line: line.answer == _NEITHER)),
            ("Not known of", names_where(lines, lambda line: line.answer in {None, NOT_KNOWN_TO_PROVIDER})),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    method = (
        "As declared; else from the origin of a dataset and from its licenses, those that are granted to "
        "everyone among them."
    )
    return item("3111.a.6", Status.COMPUTED, columns, lines, summary, method)


_BOUGHT, _LICENSED, _BOTH, _NEITHER = "purchased", "licensed", "purchased and licensed", "neither"


def _acquisition_line(use: Use) -> Line:
    purchased, licensed = purchase_told(use.version), license_told(use.version, _licenses(use))
    answers = (purchased.answer, licensed.answer)
    bought, granted = (answer is Answer.YES for answer in answers)
    if bought or granted:
        answer: str | None = _BOTH if bought and granted else _BOUGHT if bought else _LICENSED
    elif set(answers) == {Answer.NO}:
        answer = _NEITHER
    else:
        answer = None if None in answers else NOT_KNOWN_TO_PROVIDER
    keys = (("purchased", purchased), ("licensed", licensed))
    lacking = tuple(f"`acquired.{key}`" for key, found in keys if found.answer is None)
    return Line(use, (answer, purchased.text, licensed.text), lacking)


# --- 7 and 8: whom it is about ---------------------------------------------------------------------------


def _explained(
    subject: Subject,
    identifier: str,
    what: str,
    key: str,
    asked: Callable[[Description], ExplainedAnswer | None],
) -> Field:
    """Which datasets hold something, as it is stated of each."""

    def read(use: Use) -> Line:
        found = asked(use.version.description)
        if found is None:
            return Line(use, (None, NOTHING_MORE), (f"`{key}`",))
        unknown = found.answer is Answer.UNKNOWN
        answer = NOT_KNOWN_TO_PROVIDER if unknown else found.answer.value
        return Line(use, (answer, found.explanation or NOTHING_MORE))

    columns = (Column("answer", "Included"), EXPLANATION)
    lines = lines_of(subject.uses, len(columns), read)
    summary = sentences(
        (
            (f"With {what}:", names_where(lines, lambda line: line.answer == Answer.YES.value)),
            ("Without:", names_where(lines, lambda line: line.answer == Answer.NO.value)),
            ("Not known of", names_where(lines, lambda line: line.answer in {None, NOT_KNOWN_TO_PROVIDER})),
            ("Withheld:", names_where(lines, is_hidden)),
        )
    )
    return item(identifier, Status.DECLARED, columns, lines, summary, _NOT_SEARCHED)
