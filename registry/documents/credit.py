"""How a dataset version is credited: title, author, source, license, changes, and the part that was used."""

from dataclasses import dataclass
from functools import cache

from registry.documents.composition import Use
from registry.documents.figures import exact, exactly, percent, share_of, told
from registry.documents.names import WITHHELD_LICENSE
from registry.documents.partition import is_divided
from registry.documents.projection import shown_as
from registry.documents.sizes import is_declared, is_declared_once
from registry.documents.withheld import is_withheld
from registry.domain.dataset import SelectionKind
from registry.domain.facts import ComponentFacts
from registry.domain.license import NOASSERTION, Duty, license_title, license_url, obligations
from registry.domain.links import filled
from registry.domain.stated import DeclaredSize, Modality

DECLARED_SIZE = "declared, not measured"
IN_PROPORTION = "in proportion to the whole dataset"


@dataclass(frozen=True, slots=True)
class SizeNote:
    """How the size of what was used is known.

    remark: "" where the registry counted it; amount: what else is declared ("1,200 hours of audio").
    of_a_part: what else is to be known where a run used a part; "" where nothing is
    """

    remark: str = ""
    of_a_part: str = ""
    amount: str | None = None
    records_known: bool = True
    words_known: bool = True


@dataclass(frozen=True, slots=True)
class Credit:
    """What the credits of one dataset version under one license share; `changes` None: not stated.

    profiles: template of the addresses of those who made the records
    """

    title: str
    publisher: str | None
    url: str | None
    license: str
    changes: str | None
    asks_changes: bool
    part: str
    size: SizeNote
    profiles: str | None = None

    @property
    def used(self) -> str:
        """What part was used, and whether its size is declared."""
        size = ": ".join(filter(None, (self.size.remark, self.size.amount)))
        return "; ".join(filter(None, (self.part or "all", size)))

    def text(self, author: str | None) -> str:
        """The attribution. Without a holder's name the publisher stands for the author."""
        profile = filled(self.profiles, {"creator": author}) if self.profiles and author else None
        by = f", by {author}" + (f" ({profile})" if profile else "") if author else ""
        published = f", published by {self.publisher}" if self.publisher and self.publisher != author else ""
        source = f", {self.url}" if self.url else ""
        changes = self.changes or ("not stated" if self.asks_changes else None)
        changed = f". Changes: {changes.removesuffix('.')}" if changes else ""
        part = f". Used {self.part}" if self.part else ""
        return f"{self.title}{by}{published}{source}, {license_text(self.license)}{changed}{part}"


def credit_of(use: Use, expression: str) -> Credit:
    """The credit of a projected version under one of its licenses."""
    version = use.version
    return Credit(
        title=f'"{version.title}" ({shown_as(version)})' if version.title else shown_as(version),
        publisher=version.publisher,
        url=version.url,
        license=expression,
        changes=told(version.description.processing) or None,
        asks_changes=not is_withheld(version) and obligations(expression).state_changes is Duty.YES,
        part=_part(use),
        size=size_note(use),
        profiles=version.description.links.creator if version.description.links else None,
    )


@cache
def license_text(expression: str) -> str:
    """A license in a sentence, with its address."""
    if expression == WITHHELD_LICENSE:
        return "license withheld"
    title, url = license_title(expression), license_url(expression)
    text = "license not stated" if expression == NOASSERTION else title
    return f"{text} ({url})" if url else text


# --- the part that was used ------------------------------------------------------------------------------


def _part(use: Use) -> str:
    """As in "a part: 30 % of the records, long answers"; "" where a run used all of it."""
    if is_withheld(use.version) or any(map(_is_whole, use.components)):
        return ""
    parts = dict.fromkeys(map(_selected, use.components))
    return f"a part: {'; '.join(filter(None, parts))}".removesuffix(": ")


def _is_whole(component: ComponentFacts) -> bool:
    return component.takes_all and component.selection.kind is SelectionKind.ALL


def _selected(component: ComponentFacts) -> str:
    """How it was chosen, its size, and the provider's name for it."""
    chosen, size = component.selection, _proportion(component)
    text = "" if chosen.kind is SelectionKind.ALL else chosen.text
    said = "" if size in text else size
    return ", ".join(filter(None, (text, said, chosen.label)))


def _proportion(component: ComponentFacts) -> str:
    whole = component.version.size
    if whole.records:
        return f"{percent(share_of(min(component.records, whole.records), whole.records))} of the records"
    words = share_of(min(component.words, whole.words), whole.words)
    return f"{percent(words)} of the words" if whole.words else ""


# --- sizes that were declared ----------------------------------------------------------------------------


def size_note(use: Use) -> SizeNote:
    """How the size of a version, or of the part of it that was used, is known."""
    if not is_declared_once(use):
        return SizeNote(of_a_part=_of_a_part(use))
    declared = use.version.description.measured or DeclaredSize()
    measured = use.version.is_measured
    return SizeNote(
        remark=DECLARED_SIZE,
        of_a_part=IN_PROPORTION if is_in_proportion(use) else "",
        amount=_amount(declared, use),
        records_known=bool(use.records) or (declared.records is not None and not measured),
        words_known=bool(use.words) or (declared.words is not None and not measured),
    )


def is_in_proportion(use: Use) -> bool:
    """Whether a part was used of a version whose holders or licenses differ from record to record."""
    return use.is_scaled and is_divided(use.once)


def _of_a_part(use: Use) -> str:
    declared = any(map(is_declared, use.components))
    said = (
        f"a part of it {DECLARED_SIZE}" if declared else "",
        IN_PROPORTION if is_in_proportion(use) else "",
    )
    return "; ".join(filter(None, said))


def _amount(declared: DeclaredSize, use: Use) -> str | None:
    tokens = declared.tokens or sum(component.selection.tokens or 0 for component in use.components)
    kind = "recordings" if declared.modality is Modality.OTHER else declared.modality.value
    said = (
        f"{_hours(declared.hours)} hours of {kind}" if declared.hours else None,
        exactly(declared.images, "image") if declared.images else None,
        exactly(tokens, "token") if tokens else None,
        exactly(declared.bytes, "byte") if declared.bytes else None,
    )
    return ", ".join(filter(None, said)) or None


def _hours(hours: str) -> str:
    whole, mark, rest = hours.partition(".")
    return exact(int(whole)) + mark + rest
