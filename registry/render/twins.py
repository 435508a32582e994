"""The files of the twins in the formats of others, by the name that each format has."""

from registry.documents.disclosure import Disclosure
from registry.documents.projection import Audience
from registry.documents.twins.card import dataset_card, model_card
from registry.documents.twins.croissant import croissant
from registry.documents.twins.cyclonedx import cyclonedx
from registry.documents.twins.spdx import spdx
from registry.domain.facts import ComponentFacts
from registry.render.card import card_bytes
from registry.render.html import Download
from registry.render.json import json_bytes

CARD = "card.md"
CROISSANT = "croissant.json"
CYCLONEDX = "bom.cdx.json"
SPDX = "model.spdx.json"
DATASET_TWINS = (
    Download(CROISSANT, "the same as Croissant 1.1, for tools that load or find datasets"),
    Download(CARD, "the same as a dataset card (README.md) of the Hugging Face Hub"),
)
MODEL_TWINS = (
    Download(CYCLONEDX, "the mixture as an ML-BOM, CycloneDX 1.6"),
    Download(SPDX, "the mixture as SPDX 3.0.1, AI and Dataset profiles"),
    Download(CARD, "the mixture as a model card (README.md) of the Hugging Face Hub"),
)


def dataset_twin(
    form: str, component: ComponentFacts, software: str | None, audience: Audience = Audience.PUBLIC
) -> bytes:
    """A projected version with its projected holders in one format: `croissant` or `card`."""
    if form == "croissant":
        return json_bytes(croissant(component, software, audience))
    return card_bytes(dataset_card(component, software, audience))


def model_twin(form: str, disclosure: Disclosure) -> bytes:
    """A projected model in one format: `cyclonedx`, `spdx` or `card`."""
    if form == "card":
        return card_bytes(model_card(disclosure))
    return json_bytes(cyclonedx(disclosure) if form == "cyclonedx" else spdx(disclosure))


def dataset_twins(
    component: ComponentFacts, software: str | None, audience: Audience = Audience.PUBLIC
) -> dict[str, bytes]:
    """The files beside the page of a dataset version."""
    forms = {CROISSANT: "croissant", CARD: "card"}
    return {name: dataset_twin(form, component, software, audience) for name, form in forms.items()}


def model_twins(disclosure: Disclosure) -> dict[str, bytes]:
    """The files beside the page of a model version."""
    forms = {CYCLONEDX: "cyclonedx", SPDX: "spdx", CARD: "card"}
    return {name: model_twin(form, disclosure) for name, form in forms.items()}
