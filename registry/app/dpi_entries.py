"""What an entry of the Data Provenance Collection states, in the registry's own words."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final

from registry.domain.agent import clean_text
from registry.domain.languages import language_tag
from registry.domain.license import NOASSERTION, NONE, LicenseStatus, conjunction, parse_license
from registry.domain.license.references import UNSTATED_PART
from registry.sources.dpi import Entry, Licensed
from registry.store.encoded import encoded
from registry.store.properties import DESCRIPTION
from registry.store.statements import Evidence

COLLECTION: Final = "collection"
REVIEWER: Final = "reviewer"
PUBLISHER: Final = "publisher"
_NOT_IN_REFERENCES = re.compile(r"[^A-Za-z0-9.-]+")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST_NAME = 100
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)


def dataset_names(ids: Sequence[str], prefix: str) -> dict[str, str]:
    """A dataset name for each identifier; where two would get the same, digits of their digests follow."""
    plain = {one: _NOT_IN_NAMES.sub("-", one)[:_LONGEST_NAME].strip("-._") or "entry" for one in ids}
    taken: dict[str, list[str]] = {}
    for one, name in plain.items():
        taken.setdefault(re.sub(r"\.\.+", ".", name).casefold(), []).append(one)
    return {
        one: f"{prefix}/{name}" + (f"-{sha256(one.encode()).hexdigest()[:6]}" if len(same) > 1 else "")
        for name_key, same in taken.items()
        for one in same
        for name in [re.sub(r"\.\.+", ".", plain[one])]
    }


def properties(entry: Entry) -> Iterator[tuple[str, str, Evidence]]:
    """What is stated of the dataset but its license: property, value, evidence."""
    said = {"title": (clean_text(entry.name), "Dataset Name")}
    if entry.urls:
        said["url"] = (entry.urls[0], "Dataset URL")
    tags = tuple(dict.fromkeys(language_tag(one) for one in entry.languages))
    if len(tags) == 1 and tags[0]:
        said["language"] = (tags[0], "Languages")
    dates = sorted(date for date in entry.dates if _DATE.fullmatch(date))
    described = {
        "content_types": (entry.tasks, "Task Categories"),
        "characteristics": (tuple(_characteristics(entry)), "Text Sources, Languages, Format"),
        "generated_by": (entry.generated_by, "Model Generated"),
        "published": (dates[0] if dates else None, "Inferred Metadata: dates"),
    }
    for name, (value, key) in described.items():
        if value:
            said[name] = (encoded(value, DESCRIPTION[name]), key)
    for name, (text, key) in said.items():
        yield name, text, Evidence("declared", entry.place(key), COLLECTION)


def _characteristics(entry: Entry) -> Iterator[str]:
    for label, values in (
        ("Text from", entry.sources),
        ("Languages", entry.languages if len(entry.languages) > 1 else ()),
        ("Format", entry.formats),
        ("Human annotation", (entry.annotation,) if entry.annotation else ()),
    ):
        if values:
            yield f"{label}: {', '.join(values)}"


Statement = tuple[str, str, Evidence]  # expression, spelling, evidence


_INFERRED: Final = "Inferred Metadata"
_HOSTS: Final = {
    "HF Yaml License": "Hugging Face",
    "HF Config License": "Hugging Face",
    "GitHub License": "GitHub",
    "PwC License Name": "Papers with Code",
}


def host_of_tag(place: str) -> str | None:
    """The host whose tag stands in a place of an entry; None where the place is of no host."""
    above, _, name = place.rpartition(": ")
    return _HOSTS.get(name) if above.endswith(_INFERRED) else None


def tag(entry: Entry) -> Statement | None:
    """The license that a host gives the dataset, also where that names none ("other"); None without a tag.

    Hugging Face goes before GitHub, and GitHub before Papers with Code.
    """
    for name, spelled in entry.tags.items():
        evidence = Evidence("declared", entry.place(f"{_INFERRED}: {name}"), PUBLISHER)
        return parse_license(spelled).expression, spelled, evidence
    return None


def audit(entry: Entry) -> Statement:
    """The licenses that an auditor found, all at once.

    `NOASSERTION` where all that was found names no terms: "Unspecified", "Various", "Custom" of an address
    that is not known. Beside others, such a part is a `LicenseRef-` of unknown duties: else it would be lost.
    """
    parts = list(dict.fromkeys(map(_expression, entry.licenses)))
    named = [part for part in parts if not part.startswith(_NO_TERMS)]
    if len(parts) > 1:
        parts = [_NO_LICENSE if part == NONE else part for part in parts]
    expression = conjunction(parts) if named else NOASSERTION
    detail = f"License Verified By: {entry.verified_by}" if entry.verified_by else None
    by = REVIEWER if entry.verified_by else COLLECTION
    spelled = "; ".join(dict.fromkeys(one.raw for one in entry.licenses))
    return expression, clean_text(spelled), Evidence("declared", entry.place("Licenses"), by, detail)


_VAGUE = ("various", "custom")
_NO_LICENSE = "LicenseRef-DPI-No-License"
_NO_TERMS = (UNSTATED_PART, *(f"LicenseRef-DPI-{name.title()}" for name in _VAGUE))


def _expression(one: Licensed) -> str:
    """One license, read from its name or its address; else a reference made of them."""
    for spelled in (one.name, one.url):
        found = parse_license(spelled)
        if found.known:
            return found.expression
    if parse_license(one.name).status is LicenseStatus.UNSTATED:
        return UNSTATED_PART
    name = _NOT_IN_REFERENCES.sub("-", one.name).strip("-.")
    if name.casefold() in _VAGUE:
        name = name.title() + (f"-{sha256(one.url.encode()).hexdigest()[:8]}" if one.url else "")
    return f"LicenseRef-DPI-{name}"


def elsewhere(reference: str) -> str:
    """A dataset that is not in the collection: its address where one is given, else its name."""
    text = clean_text(reference).strip()
    if "://" in text:
        return text.replace(" ", "%20")
    if _HOST.fullmatch(text):
        return f"https://{text}"
    return text.replace("@", " ")
