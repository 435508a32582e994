"""Works credited one by one: title, author, source, license of every record whose license may ask for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import NamedTuple

from registry.documents.names import WITHHELD_AGENT, plain
from registry.documents.partition import UNIDENTIFIED
from registry.documents.statements import web_address
from registry.domain.facts import LicenseFacts, VersionFacts
from registry.domain.license import Duty, obligations, parse_license
from registry.domain.links import filled
from registry.domain.stated import Links

NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says of itself, as spelled; creators and holders with the identifiers of their agents.

    parts: the places of those parts of its version that hold it
    """

    number: int
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    urls: tuple[str, ...]
    creators: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    licenses: tuple[str, ...]
    parts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """What a model was trained on of a version: all of it, or parts.

    parts: the places of the parts of which the records are known; is_known: whether those are all its parts
    chains: the ways to the model, where it is a base model
    """

    model: str
    is_whole: bool
    parts: frozenset[int] = frozenset()
    is_known: bool = True
    chains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Called:
    """What an audience may call agents, by identifier; handles: those who are called by a handle."""

    names: Mapping[str, str]
    handles: Set[str] = frozenset()

    def in_address(self, spelled: str, agent: str) -> str:
        """How an address may name an agent; "" where its handle alone is public, and spelled otherwise."""
        return "" if agent in self.handles and spelled != self.names[agent] else spelled


@dataclass(frozen=True, slots=True)
class Declared:
    """Who is declared to hold rights in the records of a version that name nobody.

    is_shared_out: whether the shares of the agents add up to all; of_parts: whether it differs by part, and
    so cannot be told of a record
    """

    agents: tuple[str, ...] = ()
    is_shared_out: bool = False
    of_parts: bool = False


@dataclass(frozen=True, slots=True)
class CreditedWork:
    """The credit of one record; "" is not known. record: its id, else its number within the version.

    holder: "not known" where it names nobody, and holders are declared of parts of its version
    used: "yes", or "not known" where a part of the version was used, and which records is not known
    model, chain: the base models that were trained on it, and how one comes to them
    """

    dataset: str
    version: str
    record: str
    title: str
    url: str
    author: str
    author_url: str
    license: str
    holder: str
    used: str
    model: str = ""
    chain: str = ""


@dataclass(frozen=True, slots=True)
class Credits:
    """The works of own training and of base models, one by one; None where none is known.

    unsure, inherited_unsure: the versions that are listed whole though a part was used, as which records that
    part holds is not known
    """

    own: Iterable[CreditedWork] | None = None
    inherited: Iterable[CreditedWork] | None = None
    unsure: tuple[str, ...] = ()
    inherited_unsure: tuple[str, ...] = ()


NO_CREDITS = Credits()


def credited(
    version: VersionFacts,
    records: Iterable[Said],
    called: Called,
    taken: Sequence[Taken],
    declared: Declared,
) -> Iterator[CreditedWork]:
    """Credit the records of a projected version that stands under its own name, as far as they were taken.

    declared: who holds rights in the records that name nobody
    called: what the audience may call agents; who is not among them is `withheld`, and no address leads
    there. Records are left out whose license is known not to ask for a credit.
    """
    links = version.description.links or Links()
    licenses: dict[tuple[str, ...], str | None] = {}
    uses: dict[tuple[int, ...], _Use | None] = {}
    of_nobody = _of_nobody(declared, called.names)
    for said in records:
        if said.parts not in uses:
            uses[said.parts] = _use(taken, said.parts)
        if said.licenses not in licenses:
            own = _license(said.licenses, version.license)
            licenses[said.licenses] = own if _may_ask(own) else None
        use, license_ = uses[said.parts], licenses[said.licenses]
        if use is not None and license_ is not None:
            yield _work(version, said, license_, called, links, use, of_nobody)


def may_ask_for_credit(version: VersionFacts) -> bool:
    """Whether a version holds any record whose license may ask for a credit."""
    return any(map(_may_ask, {version.license.stated, *(part.expression for part in version.licenses)}))


def is_unsure(taken: Iterable[Taken]) -> bool:
    """Whether records are listed of which it is not known that anything was trained on them."""
    found = tuple(taken)
    return not all(one.is_known for one in found) and not any(one.is_whole for one in found)


def _may_ask(expression: str) -> bool:
    """Unless a license is known to ask for no credit, a work is better credited than left out."""
    return obligations(expression).attribution is not Duty.NO


class _Use(NamedTuple):
    used: str
    model: str
    chain: str


def _use(taken: Sequence[Taken], parts: tuple[int, ...]) -> _Use | None:
    """How a record that these parts hold was used; None where it was not."""
    surely = [one for one in taken if one.is_whole or not one.parts.isdisjoint(parts)]
    by = [one for one in taken if one in surely or not one.is_known]
    if not by:
        return None
    chains = dict.fromkeys(chain for one in by for chain in one.chains)
    return _Use("yes" if surely else NOT_KNOWN, "; ".join(one.model for one in by), "; ".join(chains))


def _license(spelled: tuple[str, ...], whole: LicenseFacts) -> str:
    own = (whole.in_effect(parse_license(one).expression) for one in spelled)
    return " AND ".join(own) or whole.stated


def _work(
    version: VersionFacts,
    said: Said,
    license_: str,
    called: Called,
    links: Links,
    use: _Use,
    of_nobody: str,
) -> CreditedWork:
    shown = [(spelled, agent) for spelled, agent in said.creators if agent in called.names]
    hidden = len(said.creators) - len(shown)
    creator = called.in_address(*shown[0]) if shown else ""
    values = {"id": _first(said.ids), "creator": creator}
    needs_creator = "{creator" in (links.record or "")
    url = _first(said.urls) if not links.record else filled(links.record, values)
    return CreditedWork(
        dataset=version.name,
        version=version.label,
        record=plain(_first(said.ids)) or str(said.number),
        title=plain(_first(said.titles)),
        url=_safe(url) if creator or not needs_creator else "",
        author="; ".join(
            [*(called.names[agent] for _, agent in shown), *([WITHHELD_AGENT] if hidden else [])]
        ),
        author_url=_safe(filled(links.creator, values)) if links.creator and creator else "",
        license=license_,
        holder=_holders(said, called.names) or of_nobody,
        used=use.used,
        model=use.model,
        chain=use.chain,
    )


def _holders(said: Said, names: Mapping[str, str]) -> str:
    return _called((agent for _, agent in said.holders or said.creators), names)


def _of_nobody(declared: Declared, names: Mapping[str, str]) -> str:
    if declared.of_parts:
        return NOT_KNOWN
    rest = [] if declared.is_shared_out else [UNIDENTIFIED]
    return "; ".join([*filter(None, [_called(declared.agents, names)]), *rest])


def _called(agents: Iterable[str], names: Mapping[str, str]) -> str:
    return "; ".join(dict.fromkeys(names.get(one, WITHHELD_AGENT) for one in agents))


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _safe(url: str | None) -> str:
    """An address of the web without an e-mail address in it; else none."""
    found = web_address(url) or ""
    return found if found.lower().startswith(("http://", "https://")) else ""
