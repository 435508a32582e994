"""Facts as an audience may see them: everything public is made from what this module returns."""

import re
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from registry.documents.benchmarks import cleaned_benchmarks, public_benchmarks
from registry.documents.contributors import audited_contributors, public_contributors
from registry.documents.described import (
    described,
    general_languages,
    general_names,
    general_parts,
    general_selection,
)
from registry.documents.engagements import public_engagements
from registry.documents.guard import Guard, file_name, guard, knows_all_terms, own_terms, unmistakable
from registry.documents.inherited_terms import projected
from registry.documents.names import (
    WITHHELD_AGENT,
    Shown,
    audited_names,
    merged_holdings,
    one_line,
    plain,
    public_names,
)
from registry.documents.statements import (
    CONTRACTS,
    Clean,
    cleaned_description,
    cleaned_disclosure,
    cleaned_evidence,
    cleaned_provider,
    cleaned_run,
    cleaned_selection,
    web_address,
    without_contracts,
)
from registry.documents.withheld import withheld_lines
from registry.domain.dataset import Visibility
from registry.domain.facts import (
    ALL,
    AgentFacts,
    BaseModelFacts,
    BenchmarkFacts,
    ComponentFacts,
    ContradictionFacts,
    DistributionFacts,
    DomainPart,
    FieldFacts,
    HoldingFacts,
    LanguagePart,
    LicensePart,
    ModelFacts,
    NoticeFacts,
    PartFacts,
    ProviderFacts,
    ReservationFacts,
    SelectionFacts,
    VersionFacts,
)
from registry.domain.reservation import Protocol
from registry.domain.stated import Description, Tokenizer
from registry.domain.terms import InheritedLicense

_PUBLIC_SOURCE = re.compile(r"(?:https?|hf)://[^@\s]+(?:@[\w.-]+)?", re.IGNORECASE)
_Part = TypeVar("_Part", LicensePart, LanguagePart, DomainPart, FieldFacts)
_BETWEEN_PARTIES = {Protocol.CONTRACT, Protocol.LETTER}
_WEB = re.compile(r"https?://", re.IGNORECASE)


class Audience(StrEnum):
    """Who reads a document: everyone, or an auditor who may see what is withheld from the public."""

    PUBLIC = "public"
    AUDITOR = "auditor"


def project(model: ModelFacts, audience: Audience) -> ModelFacts:
    """Return the facts that the audience may see; records, words and words seen add up as before.

    Public: a described version keeps its origin, sizes, licenses, languages and what is said of it under a
    general name ("third-party dataset 1"), but no text in which its own name, title, publisher, holders,
    domains or address occur; private ones become one line `withheld (n)` for each stage and number of
    epochs; agents that are not to be named become one agent `withheld (n)`, base models that are not public
    a base model `withheld`. E-mail addresses go for every audience, but for the provider's own contacts.
    """
    return _project(model, audience, _hidden(model))


@dataclass(frozen=True, slots=True)
class _Hidden:
    """What no text for the public may name: names and addresses as they stand, and terms within texts."""

    names: Set[str]
    terms: tuple[str, ...]


def _hidden(model: ModelFacts) -> _Hidden:
    """What is not public in a model and in the models it was made from."""
    chain = tuple(_chain(model))
    named: list[VersionFacts | BenchmarkFacts] = [
        component.version for found in chain for component in found.components
    ]
    named += [test for found in chain for test in found.benchmarks]
    closed = [one for one in named if one.visibility is not Visibility.PUBLIC]
    models = [
        known.reference
        for found in chain
        for known in found.models_here
        if known.visibility is not Visibility.PUBLIC
    ]
    models += [
        base.reference for found in chain for base in found.base_models if _is_hidden(base) and base.reference
    ]
    references = {*models, *(one.reference for one in closed)}
    names = references | {_name(reference) for reference in references}
    addresses = {one.url for one in closed if one.url}
    parts = {name.rpartition("/")[2] for name in names}
    titles = (one.title for one in closed)
    terms = unmistakable((*names, *parts, *addresses, *titles))
    return _Hidden(names | addresses, tuple(sorted(set(terms))))


def _name(reference: str) -> str:
    return reference.partition("@")[0]


def _chain(model: ModelFacts) -> Iterator[ModelFacts]:
    yield model
    for base in model.base_models:
        if base.model is not None:
            yield from _chain(base.model)


def _is_hidden(base: BaseModelFacts) -> bool:
    return {base.visibility, base.model.visibility if base.model else base.visibility} != {Visibility.PUBLIC}


def _project(model: ModelFacts, audience: Audience, hidden: _Hidden) -> ModelFacts:
    clean: Clean = plain
    models_here, benchmarks = model.models_here, cleaned_benchmarks
    if audience is Audience.AUDITOR:
        components = tuple(_for_auditor(component) for component in model.components)
    else:
        components = tuple(_for_public(model.components, hidden))
        clean, benchmarks = guard(hidden.terms).shown, public_benchmarks
        models_here = tuple(known for known in models_here if known.visibility is Visibility.PUBLIC)
    return replace(
        model,
        # The provider's own contact is the one e-mail address that may stand: it is theirs to declare.
        provider=None if model.provider is None else one_line(model.provider),
        url=web_address(model.url),
        base_models=tuple(_base_model(base, audience, hidden) for base in model.base_models),
        components=components,
        provider_facts=model.provider_facts and _provider(model.provider_facts, audience, clean),
        runs=tuple(cleaned_run(run, clean) for run in model.runs),
        tokenizer=model.tokenizer and _tokenizer(model.tokenizer),
        continues_to_learn=None if model.continues_to_learn is None else clean(model.continues_to_learn),
        intended_purpose=None if model.intended_purpose is None else clean(model.intended_purpose) or None,
        models_here=tuple(replace(known, url=web_address(known.url)) for known in models_here),
        benchmarks=benchmarks(model.benchmarks, clean),
    )


def _provider(found: ProviderFacts, audience: Audience, clean: Clean) -> ProviderFacts:
    shown = cleaned_provider(found, clean)
    if audience is Audience.AUDITOR:
        return shown
    return replace(shown, answers=replace(shown.answers, labour=public_engagements(shown.answers.labour)))


def _tokenizer(found: Tokenizer) -> Tokenizer:
    return replace(found, name=None if found.name is None else plain(found.name))


def _base_model(base: BaseModelFacts, audience: Audience, hidden: _Hidden) -> BaseModelFacts:
    if audience is Audience.PUBLIC and _is_hidden(base):
        return BaseModelFacts(WITHHELD_AGENT, None, visibility=Visibility.PRIVATE)
    return replace(
        base,
        url=web_address(base.url),
        model=base.model and _project(base.model, audience, hidden),
        disclosure=base.disclosure and cleaned_disclosure(base.disclosure),
    )


def project_holdings(component: ComponentFacts, audience: Audience) -> tuple[HoldingFacts, ...]:
    """The holders of a public version as the audience may see them, the withheld numbered within it alone."""
    if audience is Audience.AUDITOR:
        return merged_holdings(component.holdings, _audited(component), general=False)
    return merged_holdings(component.holdings, Shown(*public_names((component,))), general=False)


def shown_as(version: VersionFacts) -> str:
    """`name@label`, or the general name where there is no label."""
    return version.reference if version.label else version.name


# --- the public ------------------------------------------------------------------------------------------


def _for_public(components: tuple[ComponentFacts, ...], hidden: _Hidden) -> Iterator[ComponentFacts]:
    names = general_names(component.version for component in components)
    agents, withheld = public_names(components)
    public = {
        component.version.reference
        for component in components
        if component.version.visibility is Visibility.PUBLIC
    }
    everywhere = guard(hidden.terms)
    for component in components:
        version = component.version
        if version.visibility is Visibility.PUBLIC:
            shown = _public_version(version, public, everywhere, hidden)
            yield _shown(component, shown, Shown(agents, withheld), everywhere.shown)
        elif version.visibility is Visibility.DESCRIBED:
            own = _own_guard(component, everywhere)
            shown = described(version, names[version.id], own.shown, _generator(own, hidden))
            line = replace(component, selection=general_selection(component.selection))
            yield _shown(line, shown, Shown({}, withheld), own.shown, general=True)
    yield from withheld_lines(components, withheld)


def _own_guard(component: ComponentFacts, everywhere: Guard) -> Guard:
    """What may not stand in the texts of a described version, where there are any."""
    if component.version.description == Description() and component.selection == ALL:
        return Guard()
    if not knows_all_terms(component):
        return Guard(closed=True)
    return replace(guard(own_terms(component)), beside=everywhere)


def _generator(texts: Guard, hidden: _Hidden) -> Clean:
    """How the name of what generated data is shown: not where it names what is not public."""
    return lambda text: WITHHELD_AGENT if text.strip() in hidden.names else texts.shown(text)


def _public_version(version: VersionFacts, public: set[str], texts: Guard, hidden: _Hidden) -> VersionFacts:
    found = _cleaned(version, texts.shown, _generator(texts, hidden))
    ancestors = (_ancestor(text, public, hidden, texts) for text in version.derived_from)
    inherited = projected(
        version.license.inherited,
        version.reference,
        lambda one: _public_ancestor(one, public, hidden, texts),
        lambda location: texts.shown(file_name(location)),
    )
    said = without_contracts(found.description)
    return replace(
        found,
        description=replace(said, engagements=public_engagements(said.engagements)),
        license=replace(found.license, inherited=inherited),
        reservations=tuple(one for one in found.reservations if one.protocol not in _BETWEEN_PARTIES),
        source=version.source if _PUBLIC_SOURCE.fullmatch(version.source) else "",
        derived_from=tuple(dict.fromkeys(ancestors)),
        stated_contributors=public_contributors(version),
        evidence=cleaned_evidence(
            (one for one in version.evidence if one.property not in CONTRACTS),
            lambda location: texts.shown(file_name(location)),
        ),
        contradictions=_contradictions(
            version.contradictions, texts.shown, lambda location: texts.shown(file_name(location))
        ),
    )


def _ancestor(text: str, public: set[str], hidden: _Hidden, texts: Guard) -> str:
    """A version here, where it is public; an address, or a name elsewhere, where it names nothing hidden."""
    if text in public:
        return text
    if "://" in text:
        may_stand = bool(_WEB.match(text) and web_address(text))
    else:
        may_stand = "@" not in text and texts.shown(text) == text
    return text if may_stand and text not in hidden.names else WITHHELD_AGENT


def _public_ancestor(one: InheritedLicense, public: set[str], hidden: _Hidden, texts: Guard) -> str:
    """An ancestor that is public where it stands, whether or not this document is about it too."""
    if one.visibility is Visibility.PUBLIC and one.reference not in hidden.names:
        return one.reference
    return _ancestor(one.reference, public, hidden, texts)


# --- every audience --------------------------------------------------------------------------------------


def _for_auditor(component: ComponentFacts) -> ComponentFacts:
    found = _cleaned(component.version, plain, plain)
    version = replace(found, stated_contributors=audited_contributors(found))
    return _shown(component, version, _audited(component), plain)


def _audited(component: ComponentFacts) -> Shown:
    nobody = AgentFacts(WITHHELD_AGENT, "unknown", "withheld (0)", "", "withheld")
    return Shown(audited_names(component), nobody)


def _shown(
    component: ComponentFacts, version: VersionFacts, agents: Shown, clean: Clean, *, general: bool = False
) -> ComponentFacts:
    """The component with its version and its holders as they are shown; `general` hides own licenses."""
    return replace(
        component,
        stage=plain(component.stage),
        version=version,
        holdings=merged_holdings(component.holdings, agents, general=general),
        part=component.part and _part(component.part, general=general),
        notices=() if general else tuple(_notice(one) for one in component.notices),
        selection=_selection(component.selection, clean),
    )


def _notice(notice: NoticeFacts) -> NoticeFacts:
    """Its text stays as it is: whoever prints it asks first whether a license demands that."""
    return replace(notice, path=plain(notice.path))


def _part(part: PartFacts, *, general: bool) -> PartFacts:
    """What was counted of a part, as what is shown of its version; where only that may be described, less."""
    if general:
        return replace(
            part,
            licenses=general_parts(part.licenses),
            languages=general_languages(part.languages),
            domains=(),
        )
    return replace(
        part,
        licenses=_all_plain(part.licenses, "raw"),
        languages=_all_plain(part.languages, "language"),
        domains=_all_plain(part.domains, "domain"),
    )


def _selection(selection: SelectionFacts, clean: Clean) -> SelectionFacts:
    return selection if selection is ALL else cleaned_selection(selection, clean)


def _cleaned(version: VersionFacts, clean: Clean, generator: Clean) -> VersionFacts:
    """A version without e-mail addresses; `clean` is for what is said of it in words."""
    said = version.license
    return replace(
        version,
        source=plain(version.source),
        title=None if version.title is None else plain(version.title),
        url=web_address(version.url),
        publisher=None if version.publisher is None else plain(version.publisher),
        license=replace(
            said,
            declared_raw=None if said.declared_raw is None else plain(said.declared_raw),
            inherited=projected(said.inherited, version.reference, lambda one: plain(one.reference), plain),
        ),
        licenses=_all_plain(version.licenses, "raw"),
        languages=_all_plain(version.languages, "language"),
        domains=_all_plain(version.domains, "domain"),
        fields=_all_plain(version.fields, "path"),
        distributions=tuple(_cleaned_file(file) for file in version.distributions),
        derived_from=tuple(plain(text) for text in version.derived_from),
        description=cleaned_description(version.description, clean, generator),
        evidence=cleaned_evidence(version.evidence, plain),
        contradictions=_contradictions(version.contradictions, plain, plain),
        reservations=tuple(_reservation(one) for one in version.reservations),
        explode=None if version.explode is None else plain(version.explode),
    )


def _reservation(one: ReservationFacts) -> ReservationFacts:
    return replace(
        one,
        domain=None if one.domain is None else plain(one.domain),
        place=plain(one.place),
        agent=plain(one.agent),
        path=plain(one.path),
        malformed=None if one.malformed is None else plain(one.malformed),
    )


def _all_plain(parts: tuple[_Part, ...], name: str) -> tuple[_Part, ...]:
    """Parts with the text of that name made plain: nearly all are, and stay the same value."""
    return tuple(map(partial(_plain_part, name=name), parts))


def _plain_part(part: _Part, *, name: str) -> _Part:
    text = getattr(part, name)
    changed: dict[str, Any] = {name: plain(text)}
    return part if changed[name] == text else replace(part, **changed)


def _contradictions(
    found: Iterable[ContradictionFacts], clean: Clean, place: Clean
) -> tuple[ContradictionFacts, ...]:
    return tuple(
        replace(one, stated=clean(one.stated), found=clean(one.found), location=place(one.location))
        for one in found
    )


def _cleaned_file(file: DistributionFacts) -> DistributionFacts:
    split = None if file.split is None else plain(file.split)
    return replace(file, path=plain(file.path), split=split)
