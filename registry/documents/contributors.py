"""Who took part in a dataset, as an audience may see it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from registry.documents.figures import counted
from registry.documents.names import WITHHELD_AGENT, audited_name, public_name
from registry.domain.agent import ContributorType
from registry.domain.facts import AgentFacts, ContributorFacts, VersionFacts

IN_RECORDS = "field"
FEW = 10  # people: of fewer annotators even the number is not told


def public_contributors(version: VersionFacts) -> tuple[ContributorFacts, ...]:
    """Those who may be named; the others as one line `withheld (n)` for each type, annotators always so."""
    shown: list[ContributorFacts] = []
    withheld: dict[ContributorType, set[str]] = {}
    for one in version.stated_contributors:
        agent = one.agent.in_public or one.agent
        name = None if one.type is ContributorType.ANNOTATOR else public_name(agent)
        if name is None:
            withheld.setdefault(one.type, set()).add(one.agent.id)
        else:
            shown.append(replace(one, agent=replace(agent, name=name)))
    lines = (_withheld(type_, len(withheld[type_])) for type_ in ContributorType if type_ in withheld)
    return (*shown, *lines, *_annotators(version))


def audited_contributors(version: VersionFacts) -> tuple[ContributorFacts, ...]:
    """All who are stated, without e-mail addresses; annotators whom records name are one line."""
    stated = version.stated_contributors
    named = (replace(one, agent=replace(one.agent, name=audited_name(one.agent))) for one in stated)
    return (*named, *_annotators(version))


def _annotators(version: VersionFacts) -> Iterator[ContributorFacts]:
    """Those whom the records name: only how many, for every audience."""
    if version.annotators:
        yield replace(_withheld(ContributorType.ANNOTATOR, version.annotators), basis=IN_RECORDS)


def annotators_said(version: VersionFacts) -> str:
    """How many annotators the records name; "" where they name none."""
    if not version.annotators:
        return ""
    return (
        f"fewer than {FEW} annotators"
        if version.annotators < FEW
        else counted(version.annotators, "annotator")
    )


def took_part(one: ContributorFacts) -> str:
    """As in "Jane Austen: Creator (aut)"."""
    return f"{one.agent.name}: {one.type.value}" + (f" ({one.role})" if one.role else "")


def contributor_json(one: ContributorFacts) -> Mapping[str, Any]:
    """A contributor for the twins and the command line."""
    return {
        "name": one.agent.name,
        "type": one.type.value,
        "marc_relator": one.role,
        "basis": one.basis,
        "records": one.records,
        "words": one.words,
    }


def _withheld(type_: ContributorType, people: int) -> ContributorFacts:
    few = type_ is ContributorType.ANNOTATOR and people < FEW
    name = f"withheld (fewer than {FEW})" if few else f"withheld ({people})"
    nobody = AgentFacts(WITHHELD_AGENT, "unknown", name, "", "withheld")
    return ContributorFacts(nobody, type_, None, "stated", None, None)
