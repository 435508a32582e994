"""Notices that licenses ask to reproduce: which texts, of which datasets, and which are missing.

Here alone e-mail addresses may be public: within a notice that a license asks to reproduce as it is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from registry.documents.eu_template import PROVIDER
from registry.documents.fields import Gap
from registry.documents.names import WITHHELD_LICENSE
from registry.documents.subject import listed
from registry.documents.works import Source
from registry.domain.agent import without_email
from registry.domain.facts import ComponentFacts
from registry.domain.license import Duty, obligations
from registry.domain.notices import COPYRIGHT, NOTICE

# "If it is supplied by the Licensor with the Licensed Material": CC BY 4.0 section 3(a)(1)(A), and alike in
# the others; ODC-By 1.0 and ODbL 1.0 section 4.2 ask to keep notices, and for the address of the license.
_IF_SUPPLIED = ("CC-", "ODC-", "ODbL-", "OGL-", "NOASSERTION", "NONE")
_OPERATORS = {"AND", "OR", "WITH"}
_SYMBOL = re.compile(r"[A-Za-z0-9.+-]+")


@dataclass(frozen=True, slots=True)
class Notice:
    """A text that licenses ask to reproduce, once, with (dataset@version, file) of everything it came with.

    literal: False where it is not known whether a license asks for it: then without e-mail addresses
    """

    sha256: str
    encoding: str
    text: str
    of: tuple[tuple[str, str], ...]
    literal: bool = True


def notice_duty(component: ComponentFacts) -> Duty:
    """Whether any license that a version or its records stand under asks to pass notices on."""
    answers = {obligations(one).notice for one in _licenses(component)}
    order = (Duty.YES, Duty.CONTESTED, Duty.UNKNOWN)
    return next((duty for duty in order if duty in answers), Duty.NO)


def asks_in_any_case(component: ComponentFacts) -> bool:
    """Whether one of these licenses asks for a notice, not only for one that came with the data."""
    return any(map(_travels, _licenses(component)))


def _licenses(component: ComponentFacts) -> set[str]:
    whole = component.version.license.stated
    found = {part.expression if part.raw else whole for part in component.licenses} or {whole}
    return found - {WITHHELD_LICENSE}


def notices_of(sources: Iterable[Source]) -> tuple[Notice, ...]:
    """Every text once, in the order of the datasets that it came with first."""
    texts: dict[str, tuple[str, str, dict[tuple[str, str], None], set[Duty]]] = {}
    for source in sources:
        for found in source.texts if source.notice is not Duty.NO else ():
            if found.text is not None:
                empty: tuple[str, str, dict[tuple[str, str], None], set[Duty]]
                empty = (found.encoding or "utf-8", found.text, {}, set())
                _, _, of, duties = texts.setdefault(found.sha256, empty)
                of[label(source), found.path] = None
                duties.add(source.notice)
    return tuple(_notice(digest, *found) for digest, found in texts.items())


def _notice(
    digest: str, encoding: str, text: str, of: dict[tuple[str, str], None], duties: set[Duty]
) -> Notice:
    literal = bool(duties & {Duty.YES, Duty.CONTESTED})
    shown = text if literal else "\n".join(map(without_email, text.split("\n")))
    return Notice(digest, encoding, shown, tuple(of), literal)


def label(source: Source) -> str:
    """`name@label`, or the general name where there is no label."""
    return f"{source.dataset}@{source.version}" if source.version else source.dataset


# --- what is missing -------------------------------------------------------------------------------------


def notice_gaps(sources: Iterable[Source]) -> Iterator[Gap]:
    """Texts that were not kept, and licenses whose text nobody recorded; of versions shown by name."""
    asked = [one for one in sources if one.version and one.notice in {Duty.YES, Duty.CONTESTED}]
    unread = [one for one in asked if _is_unread(one)]
    if unread:
        which = listed(sorted({label(one) for one in unread}))
        how = "apply it again while these files are there; or `notice`, where one is no text or too long."
        yield Gap("notice-texts", f"The texts of the license and notice files of {which}", PROVIDER + how)
    missing = [one for one in asked if _has_none(one) and one.notice_in_any_case]
    if missing:
        which = listed(sorted({label(one) for one in missing}))
        how = f"{PROVIDER}`notice` of {which}, or the LICENSE file beside the data."
        yield Gap("notices", f"The notices that the licenses of {which} ask to reproduce", how)


def _is_unread(source: Source) -> bool:
    """Whether a file is recorded whose text is not kept, and no notice is stated in its place."""
    stated = any(one.path == NOTICE for one in source.texts)
    return not stated and any(one.text is None for one in source.texts)


def _has_none(source: Source) -> bool:
    """Whether there is no notice but lines of copyright."""
    return all(one.path == COPYRIGHT for one in source.texts)


def _travels(expression: str) -> bool:
    """Whether a license asks for a notice in any case, not only for one that came with the data."""
    symbols = [one for one in _SYMBOL.findall(expression) if one not in _OPERATORS]
    return any(not one.startswith(_IF_SUPPLIED) for one in symbols if obligations(one).notice is Duty.YES)
