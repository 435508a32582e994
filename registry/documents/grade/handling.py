"""Section 3: reservations of rights, illegal content, other information."""

import re

from registry.documents.grade.deciders import (
    accurate,
    answered,
    checked,
    consistent,
    of_field,
    person,
    readable,
    relevant,
    stated,
    where,
)
from registry.documents.grade.examined import Examined
from registry.documents.grade.metric import By, Verdict, lost, question
from registry.domain.dataset import Origin

_ROBOTS, _OPT_OUT = (
    re.compile(r"robots\.txt", re.IGNORECASE),
    re.compile(r"opt(?:s|ed|ing)?[- ]?outs?", re.IGNORECASE),
)
_LINK = re.compile(r"https?://\S+")
_SUMMARY_WORDS = 8


def _measures(examined: Examined) -> tuple[str, ...]:
    """What is said in sentences of how reservations are observed; a list of protocols is none."""
    rows = examined.rows("3.1.b")
    return tuple(
        str(row["measure"]) for row in rows if row["when"] != "Protocols honoured" and row["measure"]
    )


def _describes_robots(examined: Examined) -> bool:
    return any(map(_ROBOTS.search, _measures(examined)))


def _from_others(examined: Examined) -> bool:
    return any(examined.of(origin) for origin in (Origin.PUBLIC, Origin.LICENSED, Origin.THIRD_PARTY))


def _opted_out(examined: Examined) -> Verdict:
    if not any(map(_OPT_OUT.search, _measures(examined))):
        how = "`before_collection` of `provider.reservations`: which opt-outs the datasets of others observe"
        return lost("Nothing is said of opt-outs.", stated(how))
    return question("Opt-outs are spoken of; whether those of the datasets used, someone has to read.")


def _kept(examined: Examined) -> bool:
    reservations = examined.answers.reservations
    return reservations is not None and reservations.kept_up_to_date is not None


def _summed_up(examined: Examined) -> Verdict:
    words = _LINK.sub("", examined.answers.copyright_policy or "").split()
    if len(words) < _SUMMARY_WORDS:
        how = "a few sentences on the policy, with its address, in `provider.copyright_policy`"
        return lost("There is a link, or hardly more.", stated(how))
    return question("There is a text; whether it sums the policy up, someone has to read.")


DECIDERS = {
    "F3.1": consistent("3.1"),
    "F3.1.a.1": answered("3.1.a"),
    "F3.1.a.2": accurate("3.1.a"),
    "F3.1.b.1": checked(
        "3.1.b",
        _describes_robots,
        "A sentence speaks of it.",
        "No sentence speaks of it.",
        stated("`robots.txt` in `before_collection` or `during_collection` of `provider.reservations`"),
    ),
    "F3.1.b.2": where(
        _from_others, "No dataset was made by others.", of_field("3.1.b", By.EITHER, _opted_out)
    ),
    "F3.1.b.3": checked(
        "3.1.b",
        _kept,
        "It is stated.",
        "It is not stated.",
        stated("`kept_up_to_date` of `provider.reservations`"),
    ),
    "F3.1.b.4": relevant("3.1.b"),
    "F3.1.b.5": accurate("3.1.b"),
    "F3.1.c.1": of_field("3.1.c", By.EITHER, _summed_up),
    "F3.1.c.2": relevant("3.1.c"),
    "F3.2.a.1": answered("3.2", "They are described."),
    "F3.2.a.2": readable("3.2"),
    "F3.2.a.3": accurate("3.2"),
    "F3.2.a.4": relevant("3.2", purposes=True),
    "F3.3.a.1": answered("3.3", "There is more."),
    "F3.3.a.2": person("3.3", "Whether it bears on rights, someone has to judge."),
    "F3.3.a.3": accurate("3.3"),
}
