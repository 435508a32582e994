"""What the sites that a dataset version comes from say of training, on its page."""

from dataclasses import dataclass

from registry.documents.fields import Column, Kind, Table
from registry.documents.figures import counted, day, exactly
from registry.documents.reservations import CAVEAT, by_domain, looked_at, newest_answer, taken
from registry.domain.facts import VersionFacts
from registry.domain.reservation import Says, Standing

_ANSWERS = {Says.DISALLOW: "disallows", Says.ALLOW: "allows", Says.UNSET: "says nothing of all of it"}
_COLLECTED = {
    Standing.IN_FORCE: "in force when it was collected",
    Standing.LATER: "observed later",
    Standing.UNDATED: "not known: the collection has no date",
}


@dataclass(frozen=True, slots=True)
class Reserved:
    """The section: a heading, a table by domain, what is to be said of it."""

    said: str
    table: Table
    note: str


def reserved(version: VersionFacts) -> Reserved | None:
    """The section; None where nothing was looked at."""
    if not version.reservations:
        return None
    seen = looked_at([version])
    known = {one.domain: one for one in taken(version)}
    rows = []
    for domain, said in by_domain(version.reservations).items():
        against = known.get(domain)
        in_part = any(one.says is Says.DISALLOW and not one.is_whole for one in said)
        answer = newest_answer(said)
        told = _ANSWERS[answer] if answer is Says.DISALLOW or not in_part else "disallows a part"
        malformed = "; ".join(dict.fromkeys(one.malformed for one in said if one.malformed))
        rows.append(
            (
                domain or "all of it",
                told,
                ", ".join(dict.fromkeys(one.protocol.value for one in said)),
                day(max(one.observed for one in said)),
                _COLLECTED[against.standing] if against else "–",
                against.size.records if against and against.size else None,
                malformed or "–",
            )
        )
    columns = (
        Column("domain", "Domain"),
        Column("answer", "On training"),
        Column("protocols", "Said by"),
        Column("observed", "Last looked at"),
        Column("standing", "A reservation was"),
        Column("records", "Records concerned", Kind.COUNT),
        Column("malformed", "Not readable"),
    )
    of = f"{exactly(seen.observed, 'domain')} of {seen.domains:,} looked at" if seen.domains else "declared"
    verb = "disallows" if seen.disallow == 1 else "disallow"
    head = f"{counted(seen.disallow, 'domain')} {verb} training" if seen.domains else "said of all of it"
    return Reserved(head, Table(f"{of}. Any disallow wins.", columns, tuple(rows)), CAVEAT)
