"""What dataset cards say: it fills what nobody has stated, and is reported where it says something else."""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.app.credited import credit_contributors
from registry.app.declared import declare_license, parent_of
from registry.domain.agent import normalise_name
from registry.domain.languages import primary
from registry.domain.license import parse_license
from registry.domain.stated import PERSONAL_ANSWERS, Answer, Period, PersonalInformation
from registry.errors import NotFoundError, UsageError
from registry.sources.interface import Card, CardFact
from registry.store.encoded import encoded
from registry.store.properties import DESCRIPTION
from registry.store.statements import Evidence, state
from registry.store.tables.datasets import ContradictionRow, VersionLanguageRow, VersionPropertyRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import DerivationRow, LicenseStatementRow

CARDS = frozenset({"card", "croissant", "reuse"})
_LISTS = frozenset({"processing", "generated_by", "copyright"})
_AND = "\n"  # between the elements of a list; a fact is one line


@dataclass(frozen=True, slots=True)
class _Holds:
    """What is stated now, and whether a card said it."""

    text: str
    by_card: bool


@dataclass(frozen=True, slots=True)
class _Contradiction:
    stated: str
    fact: CardFact


def fill_from_card(session: Session, version_id: str, card: Card | None, moment: str) -> list[str]:
    """Record what a card says where nobody has; the names of the facts that are news, contradictions too.

    Of several cards the first holds. A card that was changed replaces what it said before.
    """
    news: list[str] = []
    contradictions: list[_Contradiction] = []
    settled: set[str] = set()
    for fact in _single(card):
        holds = _holding(session, version_id, fact.property)
        if _says_record(session, version_id, fact):
            continue
        free = holds is None or (holds.by_card and fact.property not in settled)
        if free and _RECORDED[fact.property](session, version_id, fact, moment):
            news.append(fact.property)
        elif holds is not None and not free and not _SAME[fact.property](holds.text, fact.value):
            contradictions.append(_Contradiction(holds.text, fact))
        settled.add(fact.property)
    news += _derivations(session, version_id, card, moment)
    news += credit_contributors(session, version_id, card, moment)
    return news + _report(session, version_id, contradictions, moment)


def _single(card: Card | None) -> list[CardFact]:
    """The facts that one property can hold; a card that names several languages says not which is where."""
    facts = _joined(fact for fact in card.facts if fact.property in _RECORDED) if card else []
    languages = Counter(fact.kind for fact in facts if fact.property == "language")
    return [fact for fact in facts if fact.property != "language" or languages[fact.kind] == 1]


def _joined(facts: Iterable[CardFact]) -> list[CardFact]:
    """The facts; those of one card that make up one list are one."""
    found: dict[object, CardFact] = {}
    for number, fact in enumerate(facts):
        key = (fact.property, fact.kind, fact.place) if fact.property in _LISTS else number
        before = found.get(key)
        found[key] = fact if before is None else replace(before, value=f"{before.value}{_AND}{fact.value}")
    return list(found.values())


def _evidence(fact: CardFact) -> Evidence:
    return Evidence(fact.kind, fact.place, "publisher")


# --- what is recorded ------------------------------------------------------------------------------------


def _record_license(session: Session, version_id: str, fact: CardFact, moment: str) -> bool:
    expression = parse_license(fact.value).expression
    return declare_license(session, version_id, expression, fact.value, _evidence(fact), moment)


def _record_property(session: Session, version_id: str, fact: CardFact, moment: str) -> bool:
    about = {"version_id": version_id, "property": fact.property}
    return state(session, VersionPropertyRow, about, {"value": fact.value}, _evidence(fact), moment)


def _record_period(session: Session, version_id: str, fact: CardFact, moment: str) -> bool:
    begin, _, end = fact.value.partition("/")
    return _record_as(session, version_id, fact, Period(begin or None, end or None), moment)


def _record_personal(session: Session, version_id: str, fact: CardFact, moment: str) -> bool:
    """A card explains; whether there is personal information it answers in so many words, or not at all."""
    for answer, sentence in PERSONAL_ANSWERS.items():
        if fact.value == sentence or fact.value.startswith(f"{sentence} "):
            said = PersonalInformation(answer, fact.value.removeprefix(sentence).strip() or None)
            return _record_as(session, version_id, fact, said, moment)
    return _record_as(session, version_id, fact, PersonalInformation(Answer.UNKNOWN, fact.value), moment)


def _record_list(session: Session, version_id: str, fact: CardFact, moment: str) -> bool:
    return _record_as(session, version_id, fact, tuple(fact.value.split(_AND)), moment)


def _record_as(session: Session, version_id: str, fact: CardFact, value: object, moment: str) -> bool:
    text = encoded(value, DESCRIPTION[fact.property])
    return _record_property(session, version_id, replace(fact, value=text), moment)


def _derivations(session: Session, version_id: str, card: Card | None, moment: str) -> list[str]:
    """A card's word on what a dataset was made from, where nobody has said it."""
    facts = [fact for fact in card.facts if fact.property == "derived_from"] if card else []
    if not facts or _has_derivations(session, version_id):
        return []
    news = []
    for fact in facts:
        with suppress(NotFoundError, UsageError):  # a name that a card gives to a dataset that is not here
            about = {"version_id": version_id, **parent_of(session, fact.value)}
            state(session, DerivationRow, about, {}, _evidence(fact), moment)
            news = ["derived_from"]
    return news


def _has_derivations(session: Session, version_id: str) -> bool:
    rows = select(DerivationRow.id).where(
        DerivationRow.version_id == version_id, DerivationRow.superseded_at.is_(None)
    )
    return (
        session.scalars(rows).first() is not None or _holding(session, version_id, "derived_from") is not None
    )


_RECORDED: dict[str, Callable[[Session, str, CardFact, str], bool]] = {
    "license": _record_license,
    "title": _record_property,
    "url": _record_property,
    "publisher": _record_property,
    "summary": _record_property,
    "language": _record_property,
    "collected": _record_period,
    "published": _record_property,
    "purpose": _record_property,
    "processing": _record_list,
    "generated_by": _record_list,
    "copyright": _record_list,
    "personal_information": _record_personal,
}


# --- what holds, and what says something else ------------------------------------------------------------


def _holding(session: Session, version_id: str, property_: str) -> _Holds | None:
    if property_ == "license":
        rows = (
            select(LicenseStatementRow.raw, LicenseStatementRow.expression, EvidenceRow.kind)
            .join(EvidenceRow, EvidenceRow.id == LicenseStatementRow.evidence_id)
            .where(
                LicenseStatementRow.version_id == version_id,
                LicenseStatementRow.kind == "declared",
                LicenseStatementRow.superseded_at.is_(None),
            )
        )
        found = session.execute(rows).first()
        return None if found is None else _Holds(found[0] or found[1], found[2] in CARDS)
    stated = (
        select(VersionPropertyRow.value, EvidenceRow.kind)
        .join(EvidenceRow, EvidenceRow.id == VersionPropertyRow.evidence_id)
        .where(
            VersionPropertyRow.version_id == version_id,
            VersionPropertyRow.property == property_,
            VersionPropertyRow.superseded_at.is_(None),
        )
    )
    said = session.execute(stated).first()
    return None if said is None else _Holds(said[0], said[1] in CARDS)


def _says_record(session: Session, version_id: str, fact: CardFact) -> bool:
    """Whether the records state their languages themselves: then a card's word adds nothing."""
    if fact.property != "language":
        return False
    rows = select(VersionLanguageRow.language).where(
        VersionLanguageRow.version_id == version_id, VersionLanguageRow.basis == "field"
    )
    return session.scalars(rows).first() is not None


def _same_license(one: str, other: str) -> bool:
    return parse_license(one).expression == parse_license(other).expression


def _same_text(one: str, other: str) -> bool:
    return normalise_name(one) == normalise_name(other)


def _same_address(one: str, other: str) -> bool:
    return one.partition("://")[2].rstrip("/").lower() == other.partition("://")[2].rstrip("/").lower()


def _same_language(one: str, other: str) -> bool:
    return primary(one) == primary(other)


def _same_date(one: str, other: str) -> bool:
    """Whether the less exact date holds the other."""
    return one.startswith(other) or other.startswith(one)


def _never_contradicts(_one: str, _other: str) -> bool:
    """Two accounts of one dataset need not be the same words."""
    return True


_SAME: dict[str, Callable[[str, str], bool]] = {
    "license": _same_license,
    "title": _same_text,
    "url": _same_address,
    "publisher": _same_text,
    "summary": _never_contradicts,
    "language": _same_language,
    "collected": _never_contradicts,
    "published": _same_date,
    "purpose": _never_contradicts,
    "processing": _never_contradicts,
    "generated_by": _never_contradicts,
    "copyright": _never_contradicts,
    "personal_information": _never_contradicts,
}


def _report(
    session: Session, version_id: str, contradictions: Iterable[_Contradiction], moment: str
) -> list[str]:
    """Record what is said otherwise elsewhere; what no longer is, ends."""
    news = []
    found = {(one.fact.property, one.fact.value): one for one in contradictions}
    for row in session.scalars(
        select(ContradictionRow).where(
            ContradictionRow.version_id == version_id, ContradictionRow.superseded_at.is_(None)
        )
    ):
        if (row.property, row.found) not in found:
            row.superseded_at = moment
            news.append(f"contradiction on {row.property} settled")
    for (property_, value), one in found.items():
        about = {"version_id": version_id, "property": property_, "found": value}
        if state(session, ContradictionRow, about, {"stated": one.stated}, _evidence(one.fact), moment):
            news.append(f"contradiction on {property_}")
    return news
