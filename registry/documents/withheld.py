"""Private versions: one line `withheld (n)` with their sums."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from registry.documents.figures import share_of
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE, plain
from registry.documents.partition import UNIDENTIFIED, portions, used_bytes, used_part
from registry.domain.dataset import FingerprintMode, Visibility
from registry.domain.facts import (
    AgentFacts,
    ComponentFacts,
    ContributorCount,
    HoldingFacts,
    LicenseFacts,
    MediaPart,
    Party,
    SelectionFacts,
    Size,
    VersionFacts,
    counted_once,
)
from registry.domain.rounding import apportion
from registry.domain.stated import Modality

_MARK = "withheld/"
_Runs = tuple[ComponentFacts, ...]
_Way = tuple[tuple[str, Fraction, Fraction, Fraction, str, str], ...]


def is_withheld(version: VersionFacts) -> bool:
    """Whether a projected version is the sum of private ones."""
    return version.id.startswith(_MARK)


def stands_for(version: VersionFacts) -> int:
    """How many versions a projected one stands for: one, but for the sums of private ones."""
    return int(version.id.rpartition("/")[2]) if is_withheld(version) else 1


def withheld_lines(components: Iterable[ComponentFacts], withheld: AgentFacts) -> Iterator[ComponentFacts]:
    """The private versions added up, all their holders as the agent `withheld`.

    Versions that were used in the same way (in the same stages, for the same epochs, in the same parts, of
    sizes known in the same way) are one line for each of their runs: so the sizes add up, counted once, and
    so do the words seen by holder.
    """
    runs: dict[str, list[ComponentFacts]] = {}
    for component in components:
        if component.version.visibility is Visibility.PRIVATE:
            runs.setdefault(component.version.id, []).append(component)
    groups: dict[_Way, list[_Runs]] = {}
    for found in runs.values():
        member = tuple(sorted(found, key=lambda component: component.run))
        groups.setdefault(_way(member), []).append(member)
    ordered = sorted(groups.items(), key=lambda group: (min(member[0].run for member in group[1]), group[0]))
    for number, (_, members) in enumerate(ordered, start=1):
        yield from _lines(number, members, withheld)


def _way(runs: _Runs) -> _Way:
    """How a version was used: stage, epochs, the parts in proportion to the largest, how sizes are known."""
    once = counted_once(runs)
    return tuple(
        (
            run.stage,
            run.epochs,
            share_of(run.records, once.records),
            share_of(run.words, once.words),
            run.version.basis.value,
            run.selection.basis.value,
        )
        for run in runs
    )


def _lines(number: int, members: list[_Runs], withheld: AgentFacts) -> Iterator[ComponentFacts]:
    once = [counted_once(runs) for runs in members]
    version = _sum_version(number, once)
    holdings = _holdings(once, version.size, withheld)
    for same in zip(*members, strict=True):
        yield ComponentFacts(
            stage=plain(same[0].stage),
            run=min(component.run for component in same),
            version=version,
            epochs=same[0].epochs,
            records=sum(component.records for component in same),
            words=sum(component.words for component in same),
            holdings=holdings,
            selection=_selection(same),
        )


def _selection(members: Sequence[ComponentFacts]) -> SelectionFacts:
    """Of what was selected only how its size is known, and its tokens where all are."""
    tokens = [component.selection.tokens for component in members]
    known = [count for count in tokens if count is not None]
    return SelectionFacts(
        basis=members[0].selection.basis, tokens=sum(known) if len(known) == len(tokens) else None
    )


def _holdings(
    members: Sequence[ComponentFacts], size: Size, withheld: AgentFacts
) -> tuple[HoldingFacts, ...]:
    parts = [(portion.agent is None, portion) for member in members for portion in portions(member)]
    records = [sum(part.records for nobody, part in parts if nobody is which) for which in (False, True)]
    words = [sum(part.words for nobody, part in parts if nobody is which) for which in (False, True)]
    sizes = [Size(*three) for three in zip(records, words, apportion(size.bytes, words), strict=True)]
    everything = (
        HoldingFacts((Party(withheld, Fraction(1)),), None, WITHHELD_AGENT, sizes[0]),
        HoldingFacts((), None, UNIDENTIFIED, sizes[1]),
    )
    return tuple(holding for holding in everything if holding.size.records or holding.size.words)


def _sum_version(number: int, members: Sequence[ComponentFacts]) -> VersionFacts:
    return VersionFacts(
        id=f"{_MARK}{number}/{len(members)}",
        name=f"withheld ({len(members)})",
        label="",
        content_digest="",
        recipe="",
        fingerprint_id="",
        fingerprint_mode=FingerprintMode.COUNTS,
        size=Size(
            sum(member.records for member in members),
            sum(member.words for member in members),
            sum(used_bytes(member) for member in members),
        ),
        characters=sum(used_part(member, member.version.characters) for member in members),
        words_equal_records=None,
        near_duplicate_records=None,
        near_duplicates_complete=None,
        sampled_records=None,
        source="",
        revision=None,
        recorded_at="",
        origin=None,
        visibility=Visibility.PRIVATE,
        title=None,
        url=None,
        publisher=None,
        license=LicenseFacts(WITHHELD_LICENSE, None, None),
        licenses=(),
        languages=(),
        domains=(),
        contributors=ContributorCount(0, 0),
        fields=(),
        distributions=(),
        derived_from=(),
        basis=members[0].version.basis,
        media=_media(members),
    )


def _media(members: Sequence[ComponentFacts]) -> tuple[MediaPart, ...]:
    """What the members hold of each modality, as far as it was used; at which rates is not told."""
    found: dict[Modality, list[MediaPart]] = {modality: [] for modality in Modality}
    for member in members:
        for part in member.version.media:
            found[part.modality].append(_used_of(part, member))
    return tuple(_added(parts) for parts in found.values() if parts)


def _used_of(part: MediaPart, member: ComponentFacts) -> MediaPart:
    length = part.milliseconds
    return MediaPart(
        modality=part.modality,
        items=_of_records(part.items, member),
        records=_of_records(part.records, member),
        bytes=_of_records(part.bytes, member),
        milliseconds=None if length is None else _of_records(length, member),
        undetermined=_of_records(part.undetermined, member),
    )


def _added(parts: Sequence[MediaPart]) -> MediaPart:
    lengths = [part.milliseconds for part in parts if part.milliseconds is not None]
    return MediaPart(
        modality=parts[0].modality,
        items=sum(part.items for part in parts),
        records=sum(part.records for part in parts),
        bytes=sum(part.bytes for part in parts),
        milliseconds=sum(lengths) if lengths else None,
        undetermined=sum(part.undetermined for part in parts),
    )


def _of_records(amount: int, member: ComponentFacts) -> int:
    """The part of an amount that was used: in proportion to the records, rounded up."""
    whole = member.version.size.records
    return -(-amount * member.records // whole) if whole else amount
