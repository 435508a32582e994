"""How the values of a declaration file fit together: mistakes that no value has by itself, and doubts."""

from collections.abc import Iterator, Mapping, Sequence

from registry.declarations.check_datasets import check_datasets
from registry.declarations.check_models import check_models
from registry.declarations.findings import Finding, Place
from registry.declarations.lineage import Versions
from registry.declarations.problems import shown
from registry.declarations.rules import KnownAgents, period, repeated, withdrawn
from registry.declarations.schema import Agent, Provider
from registry.declarations.types import EMAIL
from registry.declarations.yaml import Value
from registry.domain.identifiers import check_url
from registry.errors import UsageError


def check(values: dict[str, Value], line_of: Mapping[str, int]) -> list[Finding]:
    """Find what this file alone can tell; whatever is of another kind than it should be is passed over."""
    top = Place(values)
    agents, datasets = list(top["agents"].each()), list(top["datasets"].each())
    known = KnownAgents(top["agents"])
    return [
        *_agents(agents, line_of),
        *withdrawn(top["provider"], Provider),
        *(found for one in top["provider"]["labour"].each() for found in period(one["period"])),
        *known.doubt(top["provider"]["agent"], "Else it must be in the registry already."),
        *check_datasets(datasets, known, line_of),
        *check_models(list(top["models"].each()), Versions(datasets), known, line_of),
    ]


def _agents(agents: Sequence[Place], line_of: Mapping[str, int]) -> Iterator[Finding]:
    named = ((name, agent["id"]) for agent in agents if (name := agent["id"].text))
    yield from repeated(named, line_of, "{} is declared twice", "give it another id, or make it one entry")
    for agent in agents:
        yield from withdrawn(agent, Agent)
        contact = agent["contact"]
        if contact.text is not None and not _is_address(contact.text):
            message = f"{shown(contact.text)} is neither a web address nor an e-mail address"
            yield Finding(contact.path, f"{message}; it is published as it stands", is_mistake=False)


def _is_address(text: str) -> bool:
    try:
        return EMAIL.fullmatch(text) is not None or bool(check_url(text))
    except UsageError:
        return False
