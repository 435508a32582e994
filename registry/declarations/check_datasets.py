"""How the values of the datasets of a file fit together."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from fractions import Fraction

from registry.declarations.findings import Finding, Place
from registry.declarations.lineage import Versions, circles, shown_version, version_of
from registry.declarations.problems import shown
from registry.declarations.rules import KnownAgents, period, repeated, withdrawn
from registry.declarations.schema import Dataset
from registry.domain.declared_part import declared_part
from registry.domain.identifiers import parse_epochs
from registry.domain.license import LicenseStatus, parse_license
from registry.domain.stated import AUTHOR, PUBLISHER
from registry.errors import UsageError

_SIZES = ("records", "words", "tokens", "bytes", "images", "hours")
_WHERE = ("source", "measured")


def check_datasets(
    datasets: Sequence[Place], agents: KnownAgents, line_of: Mapping[str, int]
) -> Iterator[Finding]:
    """Find versions that are declared twice, circles of derivation, and what is wrong inside each entry."""
    named = ((shown_version(version), entry) for entry in datasets if (version := version_of(entry)))
    remedy = "give it another version, or make it one entry"
    yield from repeated(named, line_of, "{} is declared twice", remedy)
    yield from circles(Versions(datasets), "derived_from")
    for entry in datasets:
        yield from _size(entry)
        yield from _holders(entry, agents, line_of)
        yield from _splits(entry["agreed_splits"], agents)
        for contributor in entry["contributors"].each():
            yield from agents.doubt(contributor["agent"], "Else it must be in the registry already.")
        yield from period(entry["collected"])
        yield from period(entry["crawl"])
        for engagement in entry["engagements"].each():
            yield from period(engagement["period"])
        yield from withdrawn(entry, Dataset)
        yield from _license(entry["license"])
        yield from _concluded(entry["concluded"]["license"])
        yield from _reservations(entry["reservations"])


def _reservations(stated: Place) -> Iterator[Finding]:
    """Each says something, or names files that do; files are of a domain."""
    for one in stated.each():
        if not isinstance(one.value, dict):
            continue
        if one["says"].is_stated == one["files"].is_stated:
            message = "needs either `says` or `files`"
            yield Finding(one.path, message, "say what is said, or name the files that say it")
        elif one["files"].is_stated and not one["domain"].is_stated:
            yield Finding(
                one.path, "has `files` and no `domain`", "say whose files these are: domain: example.org"
            )


def _size(entry: Place) -> Iterator[Finding]:
    """A dataset can be read, or its size is declared."""
    source, measured = entry["source"], entry["measured"]
    if not isinstance(entry.value, dict) or entry["state"].is_stated:
        return
    has_source = any(place.is_stated for place in source.each())
    if has_source and measured.is_stated:
        message = "stands beside `source`: data that can be read is measured"
        yield Finding(measured.path, message, "remove it, or write `source: null` where the data is gone")
    elif not has_source and not measured.is_stated and not _nearly_stated(entry):
        place = source if "source" in entry.value else entry
        remedy = "say where the data is; or write `source: null` and under `measured` how much it is"
        yield Finding(place.path, "has neither `source` nor `measured`", remedy)
    if isinstance(measured.value, dict) and not any(measured[size].is_stated for size in _SIZES):
        yield Finding(measured.path, "states no size", f"give at least one of {', '.join(_SIZES)}")


def _nearly_stated(entry: Place) -> bool:
    """Whether a key is spelled wrongly that would be one of the two: that mistake is told by itself."""
    unknown = set(entry.keys) - set(Dataset.model_fields)
    return any(get_close_matches(key.lower(), _WHERE, n=1, cutoff=0.7) for key in unknown)


def _holders(entry: Place, agents: KnownAgents, line_of: Mapping[str, int]) -> Iterator[Finding]:
    stated = entry["rights_holders"]
    parts: dict[str, list[tuple[str, Place]]] = {}
    for holder in stated.each():
        if name := holder["agent"].text:
            parts.setdefault(_part(holder), []).append((name, holder))
            yield from agents.doubt(holder["agent"], "Else it must be in the registry already.")
        if holder["where"].value == {}:
            message = "names no field"
            yield Finding(holder["where"].path, message, "write where: {FIELD: VALUE}, or leave it out")
    for part, named in parts.items():
        yield from repeated(named, line_of, "{} stands here twice", "make it one entry with its whole share")
        total = sum((_share(holder["share"]) for _, holder in named), Fraction(0))
        if total > 1:
            message = f"the shares{part and f' where {part}'} add up to {total}, which is more than 1"
            yield Finding(stated.path, message, "give each holder its part: `share: 1/2`")


def _part(holder: Place) -> str:
    """What a holder is declared of, in words; "" for all that names nobody."""
    where = holder["where"]
    values = {name: filter(None, (one.text for one in where[name].each())) for name in where.keys}
    domain = holder["domain"].text
    return declared_part(values, domain and domain.lower()).text


def _splits(stated: Place, agents: KnownAgents) -> Iterator[Finding]:
    """The shares of an agreement are all of it, and its parties are known."""
    shares = stated["shares"]
    parties = [(name, shares[name]) for name in shares.keys]
    for name, place in parties:
        if name not in {AUTHOR, PUBLISHER}:
            yield from agents.doubt(Place(name, place.path), "Else it must be in the registry already.")
    given = [_share(place) for _, place in parties]
    total = sum(given, Fraction(0))
    if given and all(given) and total != 1:
        message = f"the shares add up to {total}, not to 1"
        yield Finding(shares.path, message, "divide all of it: {author: 1/2, publisher: 1/2}")


def _share(place: Place) -> Fraction:
    """A share as stated, 1 where it is not; 0 for one that is told to be wrong by itself."""
    try:
        share = parse_epochs(place.text) if place.text else Fraction(0 if place.is_stated else 1)
    except UsageError:
        return Fraction(0)
    return share if share <= 1 else Fraction(0)


def _concluded(place: Place) -> Iterator[Finding]:
    """What a reviewer writes is a license for certain, or says that nobody can tell."""
    if place.text is None:
        return
    status = parse_license(place.text).status
    if status in {LicenseStatus.FAMILY, LicenseStatus.UNMAPPED}:
        remedy = "write an SPDX expression, LicenseRef-NAME for others, NONE, or NOASSERTION"
        yield Finding(place.path, f"{shown(place.text)} is no license that is known here", remedy)


def _license(place: Place) -> Iterator[Finding]:
    if place.text is None:
        return
    status = parse_license(place.text).status
    if status is LicenseStatus.FAMILY:
        why = "names a family of licenses without the version that would make it one"
    elif status is LicenseStatus.UNMAPPED:
        why = "is no license that is known here"
    else:
        return
    message = f"{shown(place.text)} {why}; it is recorded as NOASSERTION, with this spelling"
    yield Finding(place.path, message, "write an SPDX expression, or LicenseRef-NAME for others", False)
