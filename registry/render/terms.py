"""How licenses stand in the tables and headings of a page."""

import re

from markupsafe import Markup

from registry.documents.composition import Part, Use, by_license
from registry.documents.figures import percent
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.subject import listed
from registry.domain.license import NOASSERTION, license_title
from registry.render.charts import unbroken

_REFERENCE = re.compile(r"(?:DocumentRef-[A-Za-z0-9.-]+:)?LicenseRef-[A-Za-z0-9.-]+")
_NAMED = 2


def license_name(expression: str, unstated: str = "not stated") -> str:
    """An expression as a reader knows it: references to licenses off the SPDX list by their names."""
    if expression in {NOASSERTION, WITHHELD_LICENSE}:
        return unstated if expression == NOASSERTION else WITHHELD_AGENT
    return _REFERENCE.sub(lambda found: license_title(found[0]).partition(" (")[0], expression)


def stated(use: Use) -> list[str]:
    """The licenses that the records of a use stand under, the one with the most words first."""
    return [part.key for part in by_license((use,)) if part.key != NOASSERTION]


def terms(use: Use, href: str | None = None) -> str | None:
    """The licenses of a use in a cell, counted where records carry several; None where none is stated.

    href: where all of them are listed
    """
    parts = by_license((use,))
    names = stated(use)
    if not names:
        return None
    of_records = len(names) > 1
    short = listed([license_name(one) for one in names]) if len(names) <= _NAMED else f"{len(names)} licenses"
    text = f"{short}, record by record" if of_records else short
    shown = Markup('<a href="{}">{}</a>').format(href, text) if of_records and href else text
    return shown + _open(parts)


def _open(parts: tuple[Part, ...]) -> str:
    share = sum(part.share for part in parts if part.key == NOASSERTION)
    return unbroken(f"; not stated for {percent(share)}") if share else ""
