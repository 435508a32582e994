"""The licenses along the lineage as an audience may see them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from registry.documents.names import WITHHELD_AGENT
from registry.domain.lineage import Ancestor, Link
from registry.domain.terms import UNSTATED, InheritedLicense

Json = dict[str, Any]
Clean = Callable[[str], str]


def withheld_ancestor(child: str) -> InheritedLicense:
    """Something that is not public: neither its name nor its terms are told, which are thus not known."""
    link = Link(child, WITHHELD_AGENT)
    return InheritedLicense(Ancestor(WITHHELD_AGENT, link), UNSTATED)


def projected(
    inherited: tuple[InheritedLicense, ...], child: str, name: Callable[[InheritedLicense], str], place: Clean
) -> tuple[InheritedLicense, ...]:
    """The ancestors under the names that may be shown; those that may not are one, `withheld`.

    What is above something that is not public is not told either: that it was made from it is not public.
    name: how an ancestor is shown; place: how the place of evidence is
    """
    shown: dict[int, Ancestor] = {}
    found: dict[str, InheritedLicense] = {}
    for one in inherited:
        link, below = one.ancestor.link, shown.get(id(one.ancestor.below))
        above = below.reference if below else child
        parent = WITHHELD_AGENT if above == WITHHELD_AGENT else name(one)
        if parent == WITHHELD_AGENT:
            ancestor, terms = Ancestor(parent, Link(above, parent), below), UNSTATED
        else:
            step = replace(link, child=above, parent=parent, evidence=place(link.evidence))
            ancestor, terms = Ancestor(parent, step, below), one.terms
        shown[id(one.ancestor)] = ancestor
        found.setdefault(parent, InheritedLicense(ancestor, terms, one.visibility))
    return tuple(found.values())


def inherited_json(one: InheritedLicense) -> Json:
    """An ancestor with its own terms and the path that leads there."""
    return {
        "from": one.reference,
        "license": one.terms.expression,
        "is_complete": one.terms.is_complete,
        "path": [link_json(link) for link in one.ancestor.path],
    }


def link_json(link: Link) -> Json:
    """One step of a path."""
    return {
        "dataset": link.child,
        "made_from": link.parent,
        "kind": link.kind.value,
        "evidence": link.evidence or None,
        "asserted_by": link.asserted_by or None,
        "recorded_at": link.recorded_at or None,
    }
