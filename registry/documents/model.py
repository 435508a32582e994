"""A model version as a document."""

from typing import Any

from registry.documents.figures import fraction_text
from registry.domain.facts import ComponentFacts, ModelFacts


def as_json(model: ModelFacts) -> dict[str, Any]:
    """What a model was trained on, run by run; epochs and words seen are exact texts ("2.5", "1/3").

    The totals count a version once, however many runs used it; words seen add up over the runs.
    """
    return {
        "name": model.name,
        "version": model.label,
        "provider": model.provider,
        "url": model.url,
        "recorded_at": model.recorded_at,
        "base_models": [base.reference or base.url for base in model.base_models],
        "mixture": [_component(component) for component in model.components],
        "totals": {
            "records": model.records,
            "words": model.words,
            "words_seen": fraction_text(model.words_seen),
        },
    }


def _component(component: ComponentFacts) -> dict[str, Any]:
    return {
        "run": component.run,
        "stage": component.stage,
        "dataset": component.version.name,
        "version": component.version.label,
        "digest": component.version.content_digest,
        "license": component.version.license.effective,
        "origin": component.version.origin,
        "epochs": fraction_text(component.epochs),
        "records": component.records,
        "words": component.words,
        "words_seen": fraction_text(component.words_seen),
    }
