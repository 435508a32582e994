"""How a dataset is protected and was acquired: what is stated, else what license and origin imply."""

from collections.abc import Iterable
from dataclasses import dataclass

from registry.documents.names import WITHHELD_LICENSE
from registry.documents.subject import listed
from registry.domain.dataset import Origin
from registry.domain.facts import LicensePart, VersionFacts
from registry.domain.license import NOASSERTION, NONE, alternatives, license_title
from registry.domain.license.expressions import terms
from registry.domain.license.parse import parse_tree
from registry.domain.stated import Acquisition, Answer, IntellectualProperty

NOT_KNOWN_TO_PROVIDER = "not known to the provider"
_OWN = "LicenseRef-"
_PUBLIC_DOMAIN = frozenset(
    {"CC0-1.0", "CC-PDM-1.0", "CC-PDDC", "PDDL-1.0", "Unlicense", "LicenseRef-PublicDomain"}
)
# Terms between a model's provider and its user: they tell nothing of rights in what the model wrote.
_TERMS_OF_USE = frozenset(
    {"LicenseRef-OpenAI-Terms", "LicenseRef-Anthropic-Terms", "LicenseRef-Model-Output-Terms"}
)
_FREE = {
    Origin.PUBLIC: "publicly available",
    Origin.CRAWLED: "crawled by or for the provider",
    Origin.USER: "data of the provider's users",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer with its basis in words; None where nothing tells it."""

    answer: Answer | None
    text: str | None


def stated(answer: Answer | None) -> Told:
    """An answer of the provider."""
    if answer is None:
        return Told(None, None)
    return Told(answer, NOT_KNOWN_TO_PROVIDER if answer is Answer.UNKNOWN else f"{answer.value}, as stated")


def terms_of(version: VersionFacts, parts: Iterable[LicensePart], records: int) -> tuple[str, ...]:
    """The licenses of a version, or of a part of `records` records; what names none has the version's."""
    whole = version.license.stated
    found = [(part.expression if part.raw else whole, part.size.records) for part in parts]
    covered = sum(size for _, size in found)
    rest = [whole] if covered < records or not found else []
    return tuple(sorted({*(expression for expression, _ in found), *rest}))


def copyright_told(version: VersionFacts, licenses: tuple[str, ...]) -> Told:
    """Whether any of the data is protected by copyright."""
    said = _property(version).copyright
    claimed = [one for one in licenses if claims_copyright(one)]
    if said is not None:
        told = stated(said)
        if said is Answer.NO and claimed:
            return Told(said, f"{told.text}; yet claimed by {_named(claimed)}")
        return told
    if claimed:
        return Told(Answer.YES, f"yes, claimed by {_named(claimed)}")
    if all(claims_copyright(one) is False for one in licenses):
        return Told(Answer.NO, f"no, given up by {_named(licenses)}")
    return Told(None, None)


def public_domain_told(version: VersionFacts, licenses: tuple[str, ...]) -> Told:
    """Whether all of the data is in the public domain; trademarks and patents as far as they are stated."""
    found = _property(version)
    rights = (copyright_told(version, licenses).answer, found.trademark, found.patent)
    if Answer.YES in rights:
        return Told(Answer.NO, Answer.NO.value)
    if rights[0] is not Answer.NO:
        return Told(None, None)
    whole = set(rights) == {Answer.NO}
    return Told(Answer.YES, Answer.YES.value if whole else "yes, as to copyright")


def purchase_told(version: VersionFacts) -> Told:
    """Whether the data was bought."""
    said = _acquired(version).purchased
    if said is None and version.origin in _FREE:
        return Told(Answer.NO, f"no: {_FREE[version.origin]}")
    return stated(said)


def license_told(version: VersionFacts, licenses: tuple[str, ...]) -> Told:
    """Whether the developer uses the data under a license, as one who bought it or as anybody may."""
    said = _acquired(version).licensed
    if said is not None:
        return stated(said)
    if version.origin is Origin.LICENSED:
        return Told(Answer.YES, "yes, by rights holders")
    granted = [one for one in licenses if one not in {NOASSERTION, NONE}]
    if granted:
        part = "" if len(granted) == len(licenses) else " for a part"
        return Told(Answer.YES, f"yes{part}: {_named(granted)}")
    return Told(Answer.NO, "no: no license is granted") if set(licenses) == {NONE} else Told(None, None)


def claims_copyright(expression: str) -> bool | None:
    """Whether a license implies that copyright is claimed; False where it is given up, None: neither.

    Where one may choose, what gives it up decides. `NONE` grants nothing, and tells nothing of copyright.
    """
    if expression in {NOASSERTION, NONE}:
        return None
    found = [_claims(one) for one in alternatives(expression)]
    return False if False in found else True if True in found else None


def _claims(expression: str) -> bool | None:
    node = parse_tree(expression)
    found = {term.license for term in terms(node)} if node is not None else set()
    if found - _PUBLIC_DOMAIN - _TERMS_OF_USE:
        return True
    return False if found and found <= _PUBLIC_DOMAIN else None


def _named(licenses: Iterable[str]) -> str:
    return listed([_shown(one) for one in licenses])


def _shown(expression: str) -> str:
    if WITHHELD_LICENSE in expression:
        return "a license that is withheld"
    return license_title(expression) if _OWN in expression else expression


def _property(version: VersionFacts) -> IntellectualProperty:
    return version.description.intellectual_property or IntellectualProperty()


def _acquired(version: VersionFacts) -> Acquisition:
    return version.description.acquired or Acquisition()
