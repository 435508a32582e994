"""Which terms an adaptation may stand under, and when one license grants more than another.

Share-alike licenses name the licenses that adaptations may carry. The table says which, with its source; a
license that asks for share-alike and is not in it admits itself alone. What is not told here is not guessed:
a duty that is unknown or contested never makes an inversion.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from registry.domain.license import creative_commons
from registry.domain.license.duties import Duty
from registry.domain.license.expressions import Compound, Node, Term
from registry.domain.license.expressions import terms as terms_of
from registry.domain.license.obligations import obligations
from registry.domain.license.parse import NOASSERTION, NONE, parse_tree

NO_LICENSE = "no license"
SHARE_ALIKE = "share_alike"
NO_DERIVATIVES = "no_derivatives"
# What no later licensee may be asked for under a share-alike license that does not ask for it itself.
RESTRICTIONS = ("non_commercial", NO_DERIVATIVES, "use_restrictions")
# Restrictions first: they decide what may be done, the rest how.
_ORDER = (
    *RESTRICTIONS,
    SHARE_ALIKE,
    "network_copyleft",
    "disclose_source",
    "attribution",
    "notice",
    "state_changes",
)

_CC = "creativecommons.org/share-your-work/licensing-considerations/compatible-licenses"


@dataclass(frozen=True, slots=True)
class Admitted:
    """The licenses that an adaptation may carry beside the same one, and where that is said."""

    licenses: tuple[str, ...]
    source: str


_AGPL_3 = ("AGPL-3.0-only", "AGPL-3.0-or-later")
_GPL_3 = ("GPL-3.0-only", "GPL-3.0-or-later")
_GPL_2_LATER = ("GPL-2.0-only", "GPL-2.0-or-later", *_GPL_3)
_GPL_1_LATER = ("GPL-1.0-only", "GPL-1.0-or-later", *_GPL_2_LATER)
_LGPL_3 = ("LGPL-3.0-only", "LGPL-3.0-or-later")
_LGPL_21_LATER = ("LGPL-2.1-only", "LGPL-2.1-or-later", *_LGPL_3)
# GPL 3 section 13 is on combined works: its terms go on for its part, section 13 of the AGPL for the whole.
_COMBINED = "GPL 3 section 13 (combined works)"
_GFDL = ("1.1", "1.2", "1.3")
# Invariant sections stay (section 4); where nobody said whether there are any, each answer is possible.
_GFDL_KINDS = {
    "": ("", "-invariants", "-no-invariants"),
    "-invariants": ("", "-invariants"),
    "-no-invariants": ("", "-invariants", "-no-invariants"),
}


def _gfdl(version: str, kind: str) -> dict[str, Admitted]:
    """One version of the GNU Free Documentation License, alone and with later ones.

    What section 11 of 1.3 let the operators of wikis do ended on 1 August 2009.
    """
    kinds = _GFDL_KINDS[kind]
    later = [f"GFDL-{one}{other}" for one in _GFDL if one >= version for other in kinds]
    return {
        f"GFDL-{version}{kind}-only": Admitted(
            tuple(f"GFDL-{version}{one}-only" for one in kinds), f"GFDL {version} section 4"
        ),
        f"GFDL-{version}{kind}-or-later": Admitted(
            tuple(f"{one}{ending}" for one in later for ending in ("-only", "-or-later")),
            f"GFDL {version} sections 4 and 10",
        ),
    }


# One way: from the license on the left to those on the right, never back. Read against the texts of the SPDX
# License List 3.28 and the pages of the licenses' stewards.
ADMITTED: dict[str, Admitted] = {
    "CC-BY-SA-4.0": Admitted(("LAL-1.3", "GPL-3.0-only"), f"CC BY-SA 4.0 sections 1(c) and 3(b)(1); {_CC}"),
    "CC-BY-NC-SA-4.0": Admitted((), f"CC BY-NC-SA 4.0 section 3(b)(1); no other is listed at {_CC}"),
    "LAL-1.3": Admitted(("CC-BY-SA-4.0",), f"Free Art License 1.3 section 5; {_CC}"),
    "GPL-1.0-only": Admitted((), "GPL 1 section 2(b)"),
    "GPL-1.0-or-later": Admitted((*_GPL_1_LATER, *_AGPL_3), f"GPL 1 section 7; {_COMBINED}"),
    "GPL-2.0-only": Admitted((), "GPL 2 section 2(b)"),
    "GPL-2.0-or-later": Admitted((*_GPL_2_LATER, *_AGPL_3), f"GPL 2 section 9; {_COMBINED}"),
    "GPL-3.0-only": Admitted(("AGPL-3.0-only",), f"GPL 3 section 5(c); {_COMBINED}"),
    "GPL-3.0-or-later": Admitted((*_GPL_3, *_AGPL_3), f"GPL 3 section 14; {_COMBINED}"),
    "AGPL-3.0-only": Admitted((), "AGPL 3 section 5(c)"),
    "AGPL-3.0-or-later": Admitted(_AGPL_3, "AGPL 3 section 14"),
    "LGPL-2.0-only": Admitted((*_GPL_2_LATER, *_AGPL_3), f"LGPL 2 section 3; {_COMBINED}"),
    "LGPL-2.0-or-later": Admitted(
        ("LGPL-2.0-only", *_LGPL_21_LATER, *_GPL_2_LATER, *_AGPL_3),
        f"LGPL 2 sections 3 and 13; {_COMBINED}",
    ),
    "LGPL-2.1-only": Admitted((*_GPL_2_LATER, *_AGPL_3), f"LGPL 2.1 section 3; {_COMBINED}"),
    "LGPL-2.1-or-later": Admitted(
        (*_LGPL_21_LATER, *_GPL_2_LATER, *_AGPL_3), f"LGPL 2.1 sections 3 and 13; {_COMBINED}"
    ),
    "LGPL-3.0-only": Admitted(
        ("GPL-3.0-only", "AGPL-3.0-only"), f"LGPL 3 sections 0 and 2(b): GPL version 3; {_COMBINED}"
    ),
    "LGPL-3.0-or-later": Admitted((*_LGPL_3, *_GPL_3, *_AGPL_3), f"LGPL 3 sections 2(b) and 6; {_COMBINED}"),
    "LGPLLR": Admitted((), "LGPLLR section 2(c)"),
    "MPL-2.0": Admitted(
        (*_GPL_2_LATER, *_LGPL_21_LATER, *_AGPL_3),
        "MPL 2.0 sections 1.12 and 3.3: in a larger work, unless Exhibit B forbids it (1.5)",
    ),
    "EPL-1.0": Admitted(("EPL-2.0",), "EPL 1.0 section 7: a new version may be elected"),
    "EPL-2.0": Admitted((), "EPL 2.0 section 3.2(a): a secondary license only where Exhibit A names it"),
    "EUPL-1.1": Admitted(
        ("EUPL-1.2", "GPL-2.0-only", "OSL-2.1", "OSL-3.0", "CPL-1.0", "EPL-1.0", "CECILL-2.0"),
        "EUPL 1.1 section 5 (copyleft and compatibility clauses) and appendix",
    ),
    "EUPL-1.2": Admitted(
        (
            *("GPL-2.0-only", "GPL-3.0-only", "AGPL-3.0-only", "OSL-2.1", "OSL-3.0", "EPL-1.0"),
            *("CECILL-2.0", "CECILL-2.1", "MPL-2.0", "LGPL-2.1-only", "LGPL-3.0-only", "CC-BY-SA-3.0"),
            *("EUPL-1.1", "LiLiQ-R-1.1", "LiLiQ-Rplus-1.1"),
        ),
        "EUPL 1.2 section 5 (compatibility clause) and appendix; CC BY-SA for works other than software",
    ),
    "OSL-3.0": Admitted((), "OSL 3.0 section 1(c)"),
    "MS-PL": Admitted((), "MS-PL section 3(D)"),
    "OFL-1.1": Admitted((), "OFL 1.1 section on permission and conditions, 5"),
    "ODbL-1.0": Admitted(
        (), "ODbL 1.0 section 4.4(a): others only by a later version or the licensor's proxy (4.4(e))"
    ),
    "CDLA-Sharing-1.0": Admitted((), "CDLA-Sharing 1.0 section 3.1(a); no later version is published"),
    "C-UDA-1.0": Admitted((), "C-UDA 1.0 section 3.1.2"),
    "LicenseRef-Microsoft-Research-Data": Admitted((), "the agreement's section 2(a)"),
}
for _version in _GFDL:
    for _kind in _GFDL_KINDS:
        ADMITTED |= _gfdl(_version, _kind)
_SAME = "the license itself: adaptations stand under the same terms"


@lru_cache(4_096)
def admitted(license_: str) -> Admitted:
    """The licenses that adaptations of share-alike material may carry, the same one first.

    Creative Commons from 2.0 on also admits later versions with the same elements and their ports (2.0 and
    2.5 section 4(b), 3.0 section 4(b), 4.0 section 3(b)(1)); 1.0 admits itself alone.
    """
    commons = creative_commons.from_identifier(license_.removesuffix("+"))
    if commons is None:
        plain = license_.removesuffix("+")
        known = ADMITTED.get(plain, Admitted((), _SAME))
        return Admitted(tuple(dict.fromkeys((license_, plain, *known.licenses))), known.source)
    more = ADMITTED.get(commons.unported) if not commons.port else None
    if commons.version == "1.0":
        return Admitted((license_,), f"CC {commons.elements} 1.0 section 4(b)")
    later = (
        f"CC-{commons.elements}-{version}"
        for version in ("2.0", "2.5", "3.0", "4.0")
        if version >= commons.version
    )
    source = more.source if more else f"CC {commons.elements} {commons.version} section 4(b)"
    return Admitted(tuple(dict.fromkeys((license_, *later, *(more.licenses if more else ())))), source)


def may_carry(child: str, ancestor: str) -> bool:
    """Whether adaptations of share-alike material under `ancestor` may stand under `child`."""
    found = admitted(ancestor).licenses
    commons = creative_commons.from_identifier(child)
    return child in found or (commons is not None and commons.version >= "2.0" and commons.unported in found)


def grants_more(child: str, ancestor: str) -> tuple[str, ...]:
    """What the ancestor's license asks for and the child's does not: names of duties, or `no license`.

    Empty: the child grants no more than the ancestor, or nobody has said what one of them grants. Where
    there is a choice, each license that the child offers must be covered by one that the ancestor offers.
    """
    if NOASSERTION in {child, ancestor} or child == NONE:
        return ()
    if ancestor == NONE:
        return (NO_LICENSE,)
    of_child, of_ancestor = parse_tree(child), parse_tree(ancestor)
    if of_child is None or of_ancestor is None:
        return ()
    return _excess(of_child, of_ancestor)


@lru_cache(4_096)
def _excess(child: Node, ancestor: Node) -> tuple[str, ...]:
    worst: tuple[str, ...] = ()
    for offered in choices(child):
        least = min((_lacks(offered, taken) for taken in choices(ancestor)), key=_weight)
        worst = max(worst, least, key=_weight)
    return worst


def _weight(duties: tuple[str, ...]) -> tuple[int, ...]:
    """Duties by how much they restrict: a restriction outweighs any number of conditions."""
    ranks = sorted(len(_ORDER) - _ORDER.index(duty) for duty in duties)
    return tuple(reversed(ranks))


def _lacks(child: frozenset[Term], ancestor: frozenset[Term]) -> tuple[str, ...]:
    asked, offered = _duties(ancestor), _duties(child)
    found = {name for name, duty in asked.items() if duty is Duty.YES and offered[name] is Duty.NO}
    if any(not _covers(child, term) for term in ancestor if _is(term, SHARE_ALIKE)):
        found.add(SHARE_ALIKE)
    return tuple(name for name in _ORDER if name in found)


def _covers(child: frozenset[Term], ancestor: Term) -> bool:
    """Whether share-alike is kept: one of the child's licenses may be carried, or none is known to us."""
    if any(may_carry(term.license, ancestor.license) for term in child):
        return True
    return any(_duty(term, SHARE_ALIKE) is Duty.UNKNOWN for term in child)


def choices(node: Node) -> tuple[frozenset[Term], ...]:
    """What an expression lets a licensee choose from: sets of licenses that hold at once.

    A nested expression with more than 256 of them is taken as if all its licenses held: nobody chooses so.
    """
    found = _choices(node)
    return found if found is not None else (frozenset(terms_of(node)),)


_MOST = 256


def _choices(node: Node) -> tuple[frozenset[Term], ...] | None:
    if isinstance(node, Term):
        return (frozenset({node}),)
    parts = [_choices(part) for part in node.operands]
    found: tuple[frozenset[Term], ...] = () if node.operator == "OR" else (frozenset(),)
    for part in parts:
        if part is None or len(found) * len(part) > _MOST:
            return None
        if node.operator == "OR":
            found += part
        else:
            found = tuple(one | other for one in found for other in part)
    return tuple(dict.fromkeys(found))


def _duties(held: frozenset[Term]) -> dict[str, Duty]:
    node: Node = _all_of(held)
    return obligations(str(node)).duties()


def _all_of(held: frozenset[Term]) -> Node:
    ordered = tuple(sorted(held, key=str))
    return ordered[0] if len(ordered) == 1 else Compound("AND", ordered)


def _duty(term: Term, name: str) -> Duty:
    return obligations(str(term)).duties()[name]


def _is(term: Term, duty: str) -> bool:
    return _duty(term, duty) is Duty.YES


# --- licenses that one adaptation cannot keep at once -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Clash:
    """Two licenses that no adaptation can keep at once, why, and by what source."""

    licenses: tuple[str, ...]
    why: str
    source: str


@lru_cache(4_096)
def clash(one: str, other: str) -> Clash | None:
    """Why one adaptation cannot keep both expressions, or None: where any choice of each goes together."""
    first, second = parse_tree(one), parse_tree(other)
    if first is None or second is None:
        return None
    found: Clash | None = None
    for mine in choices(first):
        for theirs in choices(second):
            found = next(_clashes(mine | theirs), None)
            if found is None:
                return None
    return found


def _clashes(held: frozenset[Term]) -> Iterator[Clash]:
    ordered = sorted(held, key=str)
    for a, b in combinations(ordered, 2):
        for term, beside in ((a, b), (b, a)):
            if not _is(term, SHARE_ALIKE):
                continue
            targets = admitted(term.license)
            if _is(beside, SHARE_ALIKE) and not _shared_target(term, beside):
                why = "both ask that adaptations stand under their own terms, and no license serves both"
                yield Clash((str(a), str(b)), why, f"{targets.source}; {admitted(beside.license).source}")
                break
            asked = [name for name in RESTRICTIONS if _is(beside, name) and not _is(term, name)]
            if asked:
                named = " and ".join(name.replace("_", "-") for name in asked)
                why = f"{term} lets nobody add restrictions to an adaptation, and {beside} is {named}"
                yield Clash((str(a), str(b)), why, targets.source)
                break


def _shared_target(a: Term, b: Term) -> bool:
    """Whether some license may be carried by adaptations of both."""
    return any(may_carry(one, b.license) for one in admitted(a.license).licenses) or any(
        may_carry(one, a.license) for one in admitted(b.license).licenses
    )
