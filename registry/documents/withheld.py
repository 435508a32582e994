"""Private versions: one line `withheld (n)` with their sums."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from registry.documents.figures import fraction_text
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE, plain
from registry.documents.partition import UNIDENTIFIED, portions, used_bytes, used_part
from registry.domain.dataset import FingerprintMode, Visibility
from registry.domain.facts import (
    AgentFacts,
    ComponentFacts,
    ContributorCount,
    HoldingFacts,
    LicenseFacts,
    Party,
    Size,
    VersionFacts,
)
from registry.domain.rounding import apportion

_MARK = "withheld/"


def is_withheld(version: VersionFacts) -> bool:
    """Whether a projected version is the sum of private ones."""
    return version.id.startswith(_MARK)


def withheld_lines(components: Iterable[ComponentFacts], withheld: AgentFacts) -> Iterator[ComponentFacts]:
    """The private components added up, all their holders as the agent `withheld`.

    By stage and epochs: with equal epochs the words seen by every holder add up too.
    """
    private = [component for component in components if component.version.visibility is Visibility.PRIVATE]
    first_run: dict[str, int] = {}
    for component in private:
        run = first_run.get(component.stage, component.run)
        first_run[component.stage] = min(run, component.run)
    groups: dict[tuple[int, str, Fraction], list[ComponentFacts]] = {}
    for component in private:
        key = (first_run[component.stage], component.stage, component.epochs)
        groups.setdefault(key, []).append(component)
    for (run, stage, epochs), members in sorted(groups.items()):
        yield _line(run, stage, epochs, members, withheld)


def _line(
    run: int, stage: str, epochs: Fraction, members: list[ComponentFacts], withheld: AgentFacts
) -> ComponentFacts:
    size = Size(
        sum(member.records for member in members),
        sum(member.words for member in members),
        sum(used_bytes(member) for member in members),
    )
    return ComponentFacts(
        stage=plain(stage),
        run=run,
        version=_sum_version(stage, epochs, members, size),
        epochs=epochs,
        records=size.records,
        words=size.words,
        holdings=_holdings(members, size, withheld),
    )


def _holdings(members: list[ComponentFacts], size: Size, withheld: AgentFacts) -> tuple[HoldingFacts, ...]:
    parts = [(portion.agent is None, portion) for member in members for portion in portions(member)]
    records = [sum(part.records for nobody, part in parts if nobody is which) for which in (False, True)]
    words = [sum(part.words for nobody, part in parts if nobody is which) for which in (False, True)]
    sizes = [Size(*three) for three in zip(records, words, apportion(size.bytes, words), strict=True)]
    everything = (
        HoldingFacts((Party(withheld, Fraction(1)),), None, WITHHELD_AGENT, sizes[0]),
        HoldingFacts((), None, UNIDENTIFIED, sizes[1]),
    )
    return tuple(holding for holding in everything if holding.size.records or holding.size.words)


def _sum_version(stage: str, epochs: Fraction, members: list[ComponentFacts], size: Size) -> VersionFacts:
    versions = {member.version.id for member in members}
    return VersionFacts(
        id=f"{_MARK}{stage}/{fraction_text(epochs)}",
        name=f"withheld ({len(versions)})",
        label="",
        content_digest="",
        recipe="",
        fingerprint_id="",
        fingerprint_mode=FingerprintMode.COUNTS,
        size=size,
        characters=sum(used_part(member, member.version.characters) for member in members),
        words_equal_records=None,
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
    )
