"""Facts as an audience may see them: everything public is made from what this module returns."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from fractions import Fraction

from registry.documents.figures import fraction_text
from registry.documents.names import (
    WITHHELD_AGENT,
    WITHHELD_LICENSE,
    Shown,
    add,
    audited_names,
    general_license,
    merged_holdings,
    one_line,
    plain,
    public_names,
)
from registry.documents.partition import UNIDENTIFIED, portions, used_bytes
from registry.domain.dataset import FieldRole, FingerprintMode, Origin, Visibility
from registry.domain.facts import (
    AgentFacts,
    BaseModelFacts,
    ComponentFacts,
    ContributorCount,
    DistributionFacts,
    FieldFacts,
    HoldingFacts,
    LicenseFacts,
    LicensePart,
    ModelFacts,
    Party,
    Size,
    VersionFacts,
)
from registry.domain.rounding import apportion

_PUBLIC_SOURCE = re.compile(r"(?:https?|hf)://[^@\s]+(?:@[\w.-]+)?", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_HELD_WHOLE = Fraction(1)


class Audience(StrEnum):
    """Who reads a document: everyone, or an auditor who may see what is withheld from the public."""

    PUBLIC = "public"
    AUDITOR = "auditor"


def project(model: ModelFacts, audience: Audience) -> ModelFacts:
    """Return the facts that the audience may see; records, words and words seen add up as before.

    Public: a described version keeps its origin, sizes, licenses and languages under a general name
    ("third-party dataset 1"); private ones become one line `withheld (n)` for each stage and number of
    epochs; agents that are not to be named become one agent `withheld (n)`. E-mail addresses go for every
    audience.
    """
    if audience is Audience.AUDITOR:
        components = tuple(_for_auditor(component) for component in model.components)
    else:
        components = tuple(_for_public(model.components))
    bases = tuple(BaseModelFacts(base.reference, _address(base.url)) for base in model.base_models)
    # The provider's own contact is the one e-mail address that may stand: it is theirs to declare.
    provider = None if model.provider is None else one_line(model.provider)
    return replace(
        model, provider=provider, url=_address(model.url), base_models=bases, components=components
    )


def is_withheld(version: VersionFacts) -> bool:
    """Whether a projected version is the sum of private ones."""
    return version.id.startswith("withheld/")


def is_described(version: VersionFacts) -> bool:
    """Whether a projected version stands under a general name."""
    return version.id.startswith("described/")


def shown_as(version: VersionFacts) -> str:
    """`name@label`, or the general name where there is no label."""
    return version.reference if version.label else version.name


# --- the public ------------------------------------------------------------------------------------------


def _for_public(components: Iterable[ComponentFacts]) -> Iterator[ComponentFacts]:
    listed = tuple(components)
    names = _general_names(component.version for component in listed)
    open_references = {
        component.version.reference
        for component in listed
        if component.version.visibility is Visibility.PUBLIC
    }
    agents, withheld = public_names(listed)
    for component in listed:
        described = component.version.visibility is Visibility.DESCRIBED
        if component.version.visibility is Visibility.PRIVATE:
            continue
        version = (
            _described(component.version, names[component.version.id])
            if described
            else _public_version(component.version, open_references)
        )
        shown = Shown({} if described else agents, withheld)
        holdings = merged_holdings(component.holdings, shown, general=described)
        yield replace(component, stage=plain(component.stage), version=version, holdings=holdings)
    yield from _withheld_lines(listed, withheld)


def _general_names(versions: Iterable[VersionFacts]) -> dict[str, str]:
    """Numbered within their origin, the largest first."""
    described = {version.id: version for version in versions if version.visibility is Visibility.DESCRIBED}
    ordered = sorted(
        described.values(), key=lambda version: (-version.size.words, -version.size.records, version.id)
    )
    counts: dict[Origin | None, int] = {}
    names = {}
    for version in ordered:
        counts[version.origin] = counts.get(version.origin, 0) + 1
        kind = f"{version.origin.value} dataset" if version.origin else "dataset of unstated origin"
        names[version.id] = f"{kind} {counts[version.origin]}"
    return names


def _public_version(version: VersionFacts, open_references: set[str]) -> VersionFacts:
    ancestors = (_ancestor(text, open_references) for text in version.derived_from)
    return replace(
        _cleaned(version),
        source=version.source if _PUBLIC_SOURCE.fullmatch(version.source) else "",
        derived_from=tuple(dict.fromkeys(ancestors)),
    )


def _ancestor(text: str, open_references: set[str]) -> str:
    public = text in open_references or (_WEB.match(text) and _address(text))
    return text if public else WITHHELD_AGENT


def _described(version: VersionFacts, name: str) -> VersionFacts:
    said = version.license
    return replace(
        version,
        id=f"described/{name}",
        name=name,
        label="",
        content_digest="",
        fingerprint_id="",
        source="",
        revision=None,
        recorded_at="",
        title=None,
        url=None,
        publisher=None,
        license=LicenseFacts(general_license(said.declared), None, general_license(said.concluded)),
        licenses=_general_parts(version.licenses),
        languages=tuple(replace(part, language=plain(part.language)) for part in version.languages),
        domains=(),
        fields=tuple(
            FieldFacts(f"field {number}", FieldRole.OTHER, field.types, 0)
            for number, field in enumerate(version.fields, start=1)
        ),
        distributions=(),
        derived_from=(WITHHELD_AGENT,) if version.derived_from else (),
    )


def _general_parts(parts: tuple[LicensePart, ...]) -> tuple[LicensePart, ...]:
    """Spellings go, but that a record says something stays: `raw` becomes the expression."""
    sums: dict[tuple[str, str], Size] = {}
    for part in parts:
        expression = general_license(part.expression) or part.expression
        key = (expression, expression if part.raw else "")
        sums[key] = add(sums.get(key), part.size)
    return tuple(LicensePart(expression, raw, size) for (expression, raw), size in sorted(sums.items()))


def _withheld_lines(components: tuple[ComponentFacts, ...], withheld: AgentFacts) -> Iterator[ComponentFacts]:
    """Private components by stage and epochs: with equal epochs the words seen by every holder add up too."""
    groups: dict[tuple[int, str, Fraction], list[ComponentFacts]] = {}
    first_run: dict[str, int] = {}
    for component in components:
        if component.version.visibility is Visibility.PRIVATE:
            run = min(first_run.get(component.stage, component.run), component.run)
            first_run[component.stage] = run
    for component in components:
        if component.version.visibility is Visibility.PRIVATE:
            key = (first_run[component.stage], component.stage, component.epochs)
            groups.setdefault(key, []).append(component)
    for (run, stage, epochs), members in sorted(groups.items()):
        yield _withheld_line(run, stage, epochs, members, withheld)


def _withheld_line(
    run: int, stage: str, epochs: Fraction, members: list[ComponentFacts], withheld: AgentFacts
) -> ComponentFacts:
    versions = {member.version.id: member.version for member in members}
    size = Size(
        sum(member.records for member in members),
        sum(member.words for member in members),
        sum(used_bytes(member) for member in members),
    )
    characters = sum(_used_characters(member) for member in members)
    identity = f"withheld/{stage}/{fraction_text(epochs)}"
    version = _sum_version(identity, f"withheld ({len(versions)})", size, characters)
    return ComponentFacts(
        plain(stage),
        run,
        version,
        epochs,
        size.records,
        size.words,
        _withheld_holdings(members, size, withheld),
    )


def _withheld_holdings(
    members: list[ComponentFacts], size: Size, withheld: AgentFacts
) -> tuple[HoldingFacts, ...]:
    parts = [(portion.agent is None, portion) for member in members for portion in portions(member)]
    records = [sum(part.records for nobody, part in parts if nobody is which) for which in (False, True)]
    words = [sum(part.words for nobody, part in parts if nobody is which) for which in (False, True)]
    sizes = [Size(*three) for three in zip(records, words, apportion(size.bytes, words), strict=True)]
    everything = (
        HoldingFacts((Party(withheld, _HELD_WHOLE),), None, WITHHELD_AGENT, sizes[0]),
        HoldingFacts((), None, UNIDENTIFIED, sizes[1]),
    )
    return tuple(holding for holding in everything if holding.size.records or holding.size.words)


def _sum_version(identity: str, name: str, size: Size, characters: int) -> VersionFacts:
    return VersionFacts(
        id=identity,
        name=name,
        label="",
        content_digest="",
        recipe="",
        fingerprint_id="",
        fingerprint_mode=FingerprintMode.COUNTS,
        size=size,
        characters=characters,
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


def _used_characters(component: ComponentFacts) -> int:
    whole = component.version
    return -(-whole.characters * component.words // whole.size.words) if whole.size.words else 0


# --- every audience --------------------------------------------------------------------------------------


def _for_auditor(component: ComponentFacts) -> ComponentFacts:
    nobody = AgentFacts(WITHHELD_AGENT, "unknown", "withheld (0)", "", "withheld")
    shown = Shown(audited_names(component), nobody)
    holdings = merged_holdings(component.holdings, shown, general=False)
    return replace(
        component, stage=plain(component.stage), version=_cleaned(component.version), holdings=holdings
    )


def _cleaned(version: VersionFacts) -> VersionFacts:
    said = version.license
    return replace(
        version,
        source=plain(version.source),
        title=None if version.title is None else plain(version.title),
        url=_address(version.url),
        publisher=None if version.publisher is None else plain(version.publisher),
        license=replace(said, declared_raw=None if said.declared_raw is None else plain(said.declared_raw)),
        licenses=tuple(replace(part, raw=plain(part.raw)) for part in version.licenses),
        languages=tuple(replace(part, language=plain(part.language)) for part in version.languages),
        domains=tuple(replace(part, domain=plain(part.domain)) for part in version.domains),
        fields=tuple(replace(field, path=plain(field.path)) for field in version.fields),
        distributions=tuple(_cleaned_file(file) for file in version.distributions),
        derived_from=tuple(plain(text) for text in version.derived_from),
    )


def _cleaned_file(file: DistributionFacts) -> DistributionFacts:
    split = None if file.split is None else plain(file.split)
    return replace(file, path=plain(file.path), split=split)


def _address(url: str | None) -> str | None:
    """An address that holds an e-mail address is not repaired but dropped."""
    return url if url is not None and plain(url) == url else None
