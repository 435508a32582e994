"""A model version as a document."""

from typing import Any

from registry.documents.disclosure import open_points
from registry.documents.figures import fraction_text
from registry.documents.stated_json import answers_json, base_model_json, run_json, selection_json
from registry.domain.facts import ComponentFacts, ModelFacts, ProviderFacts
from registry.domain.stated import Tokenizer

Json = dict[str, Any]


def as_json(model: ModelFacts) -> Json:
    """What a model was trained on, run by run; epochs and words seen are exact texts ("2.5", "1/3").

    The totals count a version once, however many runs used it; words seen add up over the runs. `gaps` are
    those of its disclosure report, for those who may see everything.
    """
    gaps = [
        {"field": gap.field, "title": gap.title, "closed_by": gap.closed_by} for gap in open_points(model)
    ]
    return mixture_json(model) | {"gaps": gaps}


def mixture_json(model: ModelFacts) -> Json:
    """The same without the gaps."""
    return {
        "name": model.name,
        "version": model.label,
        "provider": model.provider,
        "provider_facts": model.provider_facts and _provider(model.provider_facts),
        "url": model.url,
        "recorded_at": model.recorded_at,
        "stated_at": model.stated_at,
        "visibility": model.visibility,
        "withdrawn": model.withdrawn,
        "placed_on_eu_market": model.placed_on_eu_market,
        "tokenizer": model.tokenizer and _tokenizer(model.tokenizer),
        "continues_to_learn": model.continues_to_learn,
        "intended_purpose": model.intended_purpose,
        "california_exemption": model.california_exemption,
        "base_models": [base.shown for base in model.base_models],
        "base_model_facts": [base_model_json(base) for base in model.base_models],
        "no_base_model": model.no_base_model,
        "runs": [run_json(run) for run in model.runs],
        "mixture": [_component(component) for component in model.components],
        "totals": {
            "records": model.records,
            "words": model.words,
            "words_seen": fraction_text(model.words_seen),
        },
    }


def _component(component: ComponentFacts) -> Json:
    version = component.version
    return {
        "run": component.run,
        "stage": component.stage,
        "dataset": version.name,
        "version": version.label,
        "digest": version.content_digest if version.is_measured else None,
        "basis": version.basis,
        "license": version.license.stated,
        "origin": version.origin,
        "epochs": fraction_text(component.epochs),
        "selection": selection_json(component.selection),
        "records": component.records,
        "words": component.words,
        "words_seen": fraction_text(component.words_seen),
    }


def _provider(provider: ProviderFacts) -> Json:
    return {
        "name": provider.name,
        "kind": provider.kind,
        "url": provider.url,
        "contact": provider.contact,
        "identifiers": dict(provider.identifiers),
        "answers": answers_json(provider.answers),
    }


def _tokenizer(tokenizer: Tokenizer) -> Json:
    factor = tokenizer.tokens_per_word
    return {"name": tokenizer.name, "tokens_per_word": None if factor is None else fraction_text(factor)}
