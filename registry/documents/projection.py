"""Facts as an audience may see them: everything public is made from what this module returns."""

import re
from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from registry.documents.described import described, general_names
from registry.documents.names import (
    WITHHELD_AGENT,
    Shown,
    audited_names,
    merged_holdings,
    one_line,
    plain,
    public_names,
)
from registry.documents.withheld import withheld_lines
from registry.domain.dataset import Visibility
from registry.domain.facts import (
    AgentFacts,
    BaseModelFacts,
    ComponentFacts,
    DistributionFacts,
    ModelFacts,
    VersionFacts,
)

_PUBLIC_SOURCE = re.compile(r"(?:https?|hf)://[^@\s]+(?:@[\w.-]+)?", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


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


def shown_as(version: VersionFacts) -> str:
    """`name@label`, or the general name where there is no label."""
    return version.reference if version.label else version.name


# --- the public ------------------------------------------------------------------------------------------


def _for_public(components: tuple[ComponentFacts, ...]) -> Iterator[ComponentFacts]:
    names = general_names(component.version for component in components)
    agents, withheld = public_names(components)
    public = {
        component.version.reference
        for component in components
        if component.version.visibility is Visibility.PUBLIC
    }
    for component in components:
        version = component.version
        if version.visibility is Visibility.PUBLIC:
            yield _shown(component, _public_version(version, public), Shown(agents, withheld))
        elif version.visibility is Visibility.DESCRIBED:
            shown = described(version, names[version.id])
            yield _shown(component, shown, Shown({}, withheld), general=True)
    yield from withheld_lines(components, withheld)


def _public_version(version: VersionFacts, public: set[str]) -> VersionFacts:
    ancestors = (_ancestor(text, public) for text in version.derived_from)
    return replace(
        _cleaned(version),
        source=version.source if _PUBLIC_SOURCE.fullmatch(version.source) else "",
        derived_from=tuple(dict.fromkeys(ancestors)),
    )


def _ancestor(text: str, public: set[str]) -> str:
    may_stand = text in public or (_WEB.match(text) and _address(text))
    return text if may_stand else WITHHELD_AGENT


# --- every audience --------------------------------------------------------------------------------------


def _for_auditor(component: ComponentFacts) -> ComponentFacts:
    nobody = AgentFacts(WITHHELD_AGENT, "unknown", "withheld (0)", "", "withheld")
    return _shown(component, _cleaned(component.version), Shown(audited_names(component), nobody))


def _shown(
    component: ComponentFacts, version: VersionFacts, agents: Shown, *, general: bool = False
) -> ComponentFacts:
    """The component with its version and its holders as they are shown; `general` hides own licenses."""
    holdings = merged_holdings(component.holdings, agents, general=general)
    return replace(component, stage=plain(component.stage), version=version, holdings=holdings)


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
