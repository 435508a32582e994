"""Names as an audience may see them: of agents, of licenses, in free text."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache

from registry.documents.partition import UNIDENTIFIED
from registry.domain.agent import WITHHELD, clean_text, normalise_name, without_email
from registry.domain.dataset import Visibility
from registry.domain.facts import AgentFacts, ComponentFacts, HoldingFacts, Party
from registry.domain.license import license_url
from registry.domain.license.references import reference

WITHHELD_LICENSE = "LicenseRef-withheld"
WITHHELD_AGENT = "withheld"
_LICENSE_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
# Printable ASCII with single blanks and without the signs that an address needs: most texts, and domain names
# by the hundred thousand.
_PLAIN_ALREADY = re.compile("[!-$&-?A-~]+(?: [!-$&-?A-~]+)*")


def one_line(text: str) -> str:
    """Text without control characters, bidirectional overrides and line ends."""
    return " ".join(clean_text(text).split())


@lru_cache(maxsize=1 << 16)
def plain(text: str) -> str:
    """One line without e-mail addresses."""
    return text if _PLAIN_ALREADY.fullmatch(text) else one_line(without_email(one_line(text)))


def general_license(expression: str | None) -> str | None:
    """A license of someone's own would name the other side of a contract."""
    return None if expression is None else _LICENSE_REFERENCE.sub(_known_reference, expression)


def _known_reference(found: re.Match[str]) -> str:
    known = reference(found[0]) is not None or license_url(found[0]) is not None
    return found[0] if known else WITHHELD_LICENSE


@dataclass(frozen=True, slots=True)
class Shown:
    """How the agents of one version are shown: by id as in `names`, all others as `withheld`."""

    names: Mapping[str, AgentFacts]
    withheld: AgentFacts

    def shown(self, agent: AgentFacts) -> AgentFacts:
        """The agent under the name that may be shown."""
        shown = self.names.get(agent.id, self.withheld)
        return agent if shown == agent else shown


def public_names(components: Iterable[ComponentFacts]) -> tuple[dict[str, AgentFacts], AgentFacts]:
    """The agents that public versions may name, and one agent for all others, with their number."""
    names: dict[str, AgentFacts] = {}
    hidden: set[str] = set()
    for component in components:
        public = component.version.visibility is Visibility.PUBLIC
        for agent in _agents(component):
            if public and agent.id in names:
                continue
            known = agent.in_public or agent
            name = public_name(known) if public else None
            if name is None:
                hidden.add(agent.id)
            else:
                names[agent.id] = _named(known, name)
    return names, AgentFacts(WITHHELD_AGENT, "unknown", f"withheld ({len(hidden)})", "", "withheld")


def audited_names(component: ComponentFacts) -> dict[str, AgentFacts]:
    """Everyone by name, without e-mail addresses."""
    return {agent.id: _named(agent, audited_name(agent)) for agent in _agents(component)}


def _named(agent: AgentFacts, name: str) -> AgentFacts:
    return agent if agent.name == name else replace(agent, name=name)


def _agents(component: ComponentFacts) -> Iterator[AgentFacts]:
    return (party.agent for holding in component.holdings for party in holding.parties)


def public_name(agent: AgentFacts) -> str | None:
    """The name or the handle to show, or None; an address alone names nobody."""
    name = _unmistakable(plain(agent.name if agent.shown_as == "name" else _handle(agent)))
    return name if name and WITHHELD not in name else None


def _handle(agent: AgentFacts) -> str:
    """The handle of whoever is shown by it, as stated, or a name that is one by its `@`; "" where none is."""
    if agent.shown_as != "handle":
        return ""
    return agent.handle or (agent.name if agent.name.startswith("@") else "")


def is_handle(agent: AgentFacts) -> bool:
    """Whether an agent stands under its handle."""
    return agent.shown_as == "handle" and agent.name == public_name(agent)


def audited_name(agent: AgentFacts) -> str:
    """The name without e-mail addresses, told apart from the lines of ours."""
    name = _unmistakable(plain(agent.name))
    return f"{name} {agent.id[:8]}".strip() if not name or WITHHELD in name else name


def _unmistakable(name: str) -> str:
    """A name in the data must not read as a line of ours."""
    key = normalise_name(name)
    ours = key == UNIDENTIFIED or re.fullmatch(r"withheld(?: ?\(\d+\))?", key)
    return f'"{name}" (a name in the data)' if ours else name


def merged_holdings(
    holdings: tuple[HoldingFacts, ...], agents: Shown, *, general: bool
) -> tuple[HoldingFacts, ...]:
    """Holdings whose parties look the same after projection are one; `general` hides own licenses too."""
    sums: dict[tuple[tuple[tuple[str, int, int], ...], str, str], HoldingFacts] = {}
    for holding in holdings:
        parties = _shown_parties(holding.parties, agents)
        own = general_license(holding.license) if general else holding.license
        key = (
            tuple((party.agent.id, *party.share.as_integer_ratio()) for party in parties),
            own or "",
            holding.basis,
        )
        if key in sums:
            sums[key] = HoldingFacts(parties, own, holding.basis, sums[key].size + holding.size)
        elif parties is holding.parties and own == holding.license:
            sums[key] = holding  # as most are: a million of them need not be made twice
        else:
            sums[key] = HoldingFacts(parties, own, holding.basis, holding.size)
    return tuple(sums[key] for key in sorted(sums))


def _shown_parties(parties: tuple[Party, ...], agents: Shown) -> tuple[Party, ...]:
    if len(parties) == 1:
        agent = agents.shown(parties[0].agent)
        return parties if agent is parties[0].agent else (Party(agent, parties[0].share),)
    shares: dict[str, Party] = {}
    for party in parties:
        shown = agents.shown(party.agent)
        before = shares[shown.id].share if shown.id in shares else Fraction(0)
        shares[shown.id] = Party(shown, before + party.share)
    return tuple(shares[key] for key in sorted(shares))
