"""Engagements as an audience may see them: nobody who was engaged can be told apart."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from registry.documents.names import WITHHELD_AGENT
from registry.domain.dataset import Visibility
from registry.domain.stated import Engagement, Pay

FEWEST = 10  # people; fewer are merged
MERGED = "other tasks: groups of fewer than 10 people, or not public"
Clean = Callable[[str], str]
_Engagements = tuple[Engagement, ...]


def cleaned_engagements(found: _Engagements | None, clean: Clean) -> _Engagements | None:
    """With every text cleaned."""
    return None if found is None else tuple(_cleaned(one, clean) for one in found)


def public_engagements(found: _Engagements | None, *, described: bool = False) -> _Engagements | None:
    """For the public: small groups and what is not public are one line, which says at most how many people.

    A group whose size nobody has said keeps its pay to itself: it may be of one person. described: of a
    dataset that is, so that it names no vendor; an engagement may be less open than its dataset, never more
    """
    if not found:
        return found
    shown = [_public(one, described=described) for one in found if not _is_closed(one)]
    closed = [one for one in found if _is_closed(one)]
    return (*shown, *_merged(closed))


def _is_closed(one: Engagement) -> bool:
    return one.visibility is Visibility.PRIVATE or (one.people is not None and one.people < FEWEST)


def _public(one: Engagement, *, described: bool) -> Engagement:
    hidden = described or one.visibility is Visibility.DESCRIBED
    return replace(
        one,
        vendor=WITHHELD_AGENT if hidden and one.vendor else one.vendor,
        contract=None if hidden else one.contract,
        pay=None if one.people is None else one.pay,
        hours=None if one.people is None else one.hours,
    )


def _merged(closed: list[Engagement]) -> Iterator[Engagement]:
    """One line for all of them: their people only where these are enough, never what one of them was paid."""
    if not closed:
        return
    known = [one.people for one in closed]
    people = sum(count for count in known if count is not None)
    yield Engagement(MERGED, people=people if people >= FEWEST and None not in known else None)


def _cleaned(one: Engagement, clean: Clean) -> Engagement:
    protections = one.protections
    return replace(
        one,
        task=clean(one.task) or WITHHELD_AGENT,
        vendor=_optional(one.vendor, clean),
        pay=one.pay and _pay(one.pay, clean),
        protections=_each(protections, clean) or None if protections else protections,
        contract=_optional(one.contract, clean),
    )


def _pay(pay: Pay, clean: Clean) -> Pay:
    return replace(pay, per=clean(pay.per) or WITHHELD_AGENT)


def _optional(text: str | None, clean: Clean) -> str | None:
    return None if text is None else clean(text) or None


def _each(texts: tuple[str, ...], clean: Clean) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(clean, texts))))
