"""A model version as an ML-BOM: CycloneDX 1.6 (ECMA-424), JSON.

https://cyclonedx.org/docs/1.6/json/. The datasets stand in the model card, with who answers for them, and as
components, with their licenses. What the format has no place for are properties named
`training-data-registry:...`; sizes and shares are exact texts.
"""

from collections.abc import Iterable, Iterator

from registry.documents.composition import Use
from registry.documents.credit import size_note
from registry.documents.disclosure import Disclosure
from registry.documents.figures import fraction_text, percent, share_of
from registry.documents.periods import period_of
from registry.documents.projection import shown_as
from registry.documents.twins.addresses import hub_page, page_of, uri
from registry.documents.twins.shared import (
    SOFTWARE,
    Json,
    holders,
    is_expression,
    personal_said,
    present,
    publisher_of,
    state_of,
    used_size,
    uuid_of,
)
from registry.documents.withheld import is_withheld, stands_for
from registry.domain.agent import AgentKind
from registry.domain.facts import BaseModelFacts, ComponentFacts, ModelFacts, VersionFacts
from registry.domain.stated import Answer

SCHEMA = "http://cyclonedx.org/schema/bom-1.6.schema.json"
_MOST_OWNERS = 50
_MOST_DEEP = 20


def cyclonedx(disclosure: Disclosure) -> Json:
    """The bill of materials of a projected model; the same facts give the same document."""
    model = disclosure.model
    return {
        "$schema": SCHEMA,
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid_of('cyclonedx', model.id, disclosure.audience, model.stated_at)}",
        "version": 1,
        "metadata": present(
            timestamp=model.stated_at,
            tools={"components": [_tool(disclosure.software)]},
            component=_model(disclosure),
            supplier=_supplier(model),
        ),
        "components": [_dataset(use, disclosure) for use in disclosure.uses],
        "dependencies": list(_dependencies(disclosure)),
    }


def _tool(software: str | None) -> Json:
    return present(type="application", name=SOFTWARE, version=software)


def _property(name: str, value: object) -> Json:
    return {"name": f"{SOFTWARE}:{name}", "value": str(value)}


def _properties(found: Iterable[tuple[str, object]]) -> list[Json]:
    """The properties whose value is there."""
    return [_property(name, value) for name, value in found if value not in {None, ""}]


# --- the model -------------------------------------------------------------------------------------------


def _model_ref(model: ModelFacts) -> str:
    return f"model:{model.id}"


def _model(disclosure: Disclosure) -> Json:
    model = disclosure.model
    return present(
        **{"type": "machine-learning-model", "bom-ref": _model_ref(model)},
        supplier=_supplier(model),
        name=model.name,
        version=model.label,
        description=disclosure.headline,
        pedigree=_pedigree(model),
        externalReferences=_references(("documentation", model.url)),
        modelCard={
            "modelParameters": {"datasets": [_data(use) for use in disclosure.uses]},
            "properties": _properties(_totals(disclosure)),
        },
        properties=_properties(_of_model(disclosure)),
    )


def _supplier(model: ModelFacts) -> Json | None:
    if model.provider is None:
        return None
    provider = model.provider_facts
    address = uri(provider.url) if provider else None
    return present(name=model.provider, url=[address] if address else None)


def _pedigree(model: ModelFacts) -> Json | None:
    """What a model was made from, and what that was made from; a stated none is told as a note."""
    if model.base_models:
        return {"ancestors": [_ancestor(base, _MOST_DEEP) for base in model.base_models]}
    return {"notes": "It was made from no other model."} if model.no_base_model else None


def _ancestor(base: BaseModelFacts, deep: int) -> Json:
    own, elsewhere = base.model, base.disclosure
    below = own.base_models if own and deep else ()
    provider = own.provider if own else elsewhere.provider if elsewhere else None
    address = base.url or (own.url if own else None) or (elsewhere.url if elsewhere else None)
    name, _, label = base.shown.partition("@")
    return present(
        type="machine-learning-model",
        supplier={"name": provider} if provider else None,
        name=base.shown if "://" in base.shown else name,
        version=None if "://" in base.shown else label,
        pedigree={"ancestors": [_ancestor(deeper, deep - 1) for deeper in below]} if below else None,
        externalReferences=_references(("documentation", address)),
        properties=_properties(
            [
                ("records", own.records if own else elsewhere.records if elsewhere else None),
                ("words", own.words if own else elsewhere.words if elsewhere else None),
                ("disclosure:sha-256", elsewhere.sha256 if elsewhere else None),
            ]
        ),
    )


def _references(*found: tuple[str, str | None]) -> list[Json]:
    addresses = ((kind, uri(address)) for kind, address in found)
    return [{"type": kind, "url": address} for kind, address in addresses if address]


def _totals(disclosure: Disclosure) -> Iterator[tuple[str, object]]:
    yield "datasets", disclosure.datasets
    yield "records", disclosure.records
    yield "words", disclosure.words
    yield "words_seen", fraction_text(disclosure.words_seen)
    yield "records:declared", disclosure.declared_records
    yield "words:declared", disclosure.declared_words


def _of_model(disclosure: Disclosure) -> Iterator[tuple[str, object]]:
    model = disclosure.model
    yield "audience", disclosure.audience.value
    yield "state", "withdrawn" if model.withdrawn else None
    yield "placed_on_eu_market", model.placed_on_eu_market
    for run in model.runs:
        parts = [run.stage, run.name, run.started, f"{run.compute_flop} FLOP" if run.compute_flop else None]
        yield f"run:{run.run}", ", ".join(filter(None, parts))
    for gap in disclosure.gaps:
        yield f"gap:{gap.field}", f"{gap.title}. {gap.closed_by}"


# --- datasets --------------------------------------------------------------------------------------------


def _dataset_ref(version: VersionFacts) -> str:
    return f"dataset:{version.id}"


def _dataset(use: Use, disclosure: Disclosure) -> Json:
    """A dataset version as a component, which alone can have licenses."""
    version = use.version
    return present(
        **{"type": "data", "bom-ref": _dataset_ref(version)},
        publisher=version.publisher,
        name=version.name,
        version=version.label,
        description=version.description.summary or version.title,
        licenses=_licenses(version),
        externalReferences=_references(("website", version.url), ("distribution", hub_page(version))),
        data=[present(type="dataset", name=shown_as(version), classification=version.visibility.value)],
        properties=_properties(_of_dataset(use, disclosure)),
    )


def _licenses(version: VersionFacts) -> list[Json] | None:
    """The license in effect; the format takes one expression, and none that nobody has stated."""
    said = version.license
    if not is_expression(said.stated):
        return None
    basis = "concluded" if said.concluded else "declared"
    return [{"expression": said.stated, "acknowledgement": basis}]


def _data(use: Use) -> Json:
    """A dataset version in the model card."""
    version = use.version
    address = page_of(version)
    personal = version.description.personal_information
    sensitive = personal is not None and personal.answer is not Answer.NO
    return present(
        type="dataset",
        name=shown_as(version),
        contents=present(
            url=address,
            properties=_properties([("component", _dataset_ref(version)), ("size", used_size(use))]),
        ),
        classification=version.visibility.value,
        sensitiveData=[personal_said(personal)] if sensitive else None,
        governance=_governance(use.once),
    )


def _governance(component: ComponentFacts) -> Json:
    """Rights holders own the data, its publisher keeps it."""
    owners = list(dict.fromkeys((one.name, one.kind) for one in holders(component)))
    publisher = publisher_of(component.version)
    return present(
        custodians=[_party(publisher.name, publisher.kind)] if publisher else None,
        owners=[_party(name, kind) for name, kind in owners[:_MOST_OWNERS]],
    )


def _party(name: str, kind: str) -> Json:
    """A person as a contact; anybody else as an organization, as the format knows no third."""
    return {"contact": {"name": name}} if kind == AgentKind.PERSON else {"organization": {"name": name}}


def _of_dataset(use: Use, disclosure: Disclosure) -> Iterator[tuple[str, object]]:
    version, said = use.version, use.version.description
    owners, note = {(one.name, one.kind) for one in holders(use.once)}, size_note(use)
    yield "origin", version.origin.value if version.origin else None
    yield "basis", version.basis.value
    yield "state", state_of(version)
    yield "versions", stands_for(version) if is_withheld(version) else None
    yield "size", used_size(use)
    yield "records", use.records if note.records_known else None
    yield "words", use.words if note.words_known else None
    yield "words_seen", fraction_text(use.words_seen) if note.words_known else None
    yield "share_of_words_seen", percent(share_of(use.words_seen, disclosure.words_seen))
    for part in use.components:
        run = f"run:{part.run}:{part.stage}"
        yield f"{run}:epochs", fraction_text(part.epochs)
        yield f"{run}:selection", part.selection.text
        yield f"{run}:words", part.words if note.words_known else None
    yield "license:declared", version.license.declared
    yield "license:spelled", version.license.declared_raw
    yield "license:concluded", version.license.concluded
    for license_part in version.licenses:
        yield f"version:license:{license_part.expression}", f"{license_part.size.words} words"
    for language in version.languages:
        yield f"version:language:{language.language}", f"{language.size.words} words, {language.basis}"
    yield "collected:from", period_of(version).begin
    yield "collected:until", period_of(version).end
    yield "content_digest", version.content_digest
    for parent in version.derived_from:
        yield "derived_from", parent
    for generator in said.generated_by or ():
        yield "generated_by", generator
    personal = said.personal_information
    yield "personal_information", personal.answer.value if personal else None
    yield "rights_holders", len(owners)
    yield "rights_holders:not_listed", max(0, len(owners) - _MOST_OWNERS) or None


def _dependencies(disclosure: Disclosure) -> Iterator[Json]:
    """The model depends on its datasets, a dataset on those here that it was made from."""
    here = {use.version.reference: _dataset_ref(use.version) for use in disclosure.uses}
    datasets = [_dataset_ref(use.version) for use in disclosure.uses]
    yield present(ref=_model_ref(disclosure.model), dependsOn=datasets)
    for use in disclosure.uses:
        parents = sorted({here[name] for name in use.version.derived_from if name in here})
        yield present(ref=_dataset_ref(use.version), dependsOn=parents)
