"""Works credited one by one: title, author, source, license of every record whose license asks for it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from registry.documents.names import WITHHELD_AGENT, plain
from registry.documents.partition import UNIDENTIFIED
from registry.documents.statements import web_address
from registry.domain.facts import VersionFacts
from registry.domain.license import Duty, obligations, parse_license
from registry.domain.links import filled
from registry.domain.stated import Links


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says of itself, as spelled; creators and holders with the identifiers of their agents."""

    number: int
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    urls: tuple[str, ...]
    creators: tuple[tuple[str, str], ...]
    holders: tuple[tuple[str, str], ...]
    licenses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CreditedWork:
    """The credit of one record; "" is not known. record: its id, else its number within the version."""

    dataset: str
    version: str
    record: str
    title: str
    url: str
    author: str
    author_url: str
    license: str
    holder: str


def credited(
    version: VersionFacts, records: Iterable[Said], names: Mapping[str, str]
) -> Iterator[CreditedWork]:
    """Credit the records of a projected version that stands under its own name.

    names: what the audience may call agents, by identifier; who is not among them is `withheld`, and no
    address leads there. Records are left out whose license is known not to ask for a credit.
    """
    links = version.description.links or Links()
    licenses: dict[tuple[str, ...], str] = {}
    for said in records:
        if said.licenses not in licenses:
            licenses[said.licenses] = _license(said.licenses, version.license.stated)
        license_ = licenses[said.licenses]
        if obligations(license_).attribution is not Duty.NO:
            yield _work(version, said, license_, names, links)


def asks_for_credit(version: VersionFacts) -> bool:
    """Whether a version holds any record whose license may ask for a credit."""
    licenses = {version.license.stated, *(part.expression for part in version.licenses)}
    return any(obligations(one).attribution is not Duty.NO for one in licenses)


def _license(spelled: tuple[str, ...], whole: str) -> str:
    return " AND ".join(parse_license(one).expression for one in spelled) or whole


def _work(
    version: VersionFacts, said: Said, license_: str, names: Mapping[str, str], links: Links
) -> CreditedWork:
    shown = [(names[agent], spelled) for spelled, agent in said.creators if agent in names]
    hidden = len(said.creators) - len(shown)
    values = {"id": _first(said.ids), "creator": shown[0][1] if shown else ""}
    needs_creator = "{creator" in (links.record or "")
    url = _first(said.urls) if not links.record else filled(links.record, values)
    return CreditedWork(
        dataset=version.name,
        version=version.label,
        record=plain(_first(said.ids)) or str(said.number),
        title=plain(_first(said.titles)),
        url=_safe(url) if shown or not needs_creator else "",
        author="; ".join([*(name for name, _ in shown), *([WITHHELD_AGENT] if hidden else [])]),
        author_url=_safe(filled(links.creator, values)) if links.creator and shown else "",
        license=license_,
        holder=_holder(said, names),
    )


def _holder(said: Said, names: Mapping[str, str]) -> str:
    agents = [agent for _, agent in said.holders or said.creators]
    return "; ".join(dict.fromkeys(names.get(one, WITHHELD_AGENT) for one in agents)) or UNIDENTIFIED


def _first(texts: tuple[str, ...]) -> str:
    return texts[0] if texts else ""


def _safe(url: str | None) -> str:
    """An address of the web without an e-mail address in it; else none."""
    found = web_address(url) or ""
    return found if found.lower().startswith(("http://", "https://")) else ""
