"""ATTRIBUTION.txt: own training, base models apart, licenses, notices, what is open."""

import re
from dataclasses import replace

from registry.documents.attribution import build_attribution
from registry.domain.dataset import FileRole, SizeBasis
from registry.domain.facts import BaseModelFacts, ModelFacts, ProviderFacts
from registry.domain.stated import DeclaredSize, Description, Modality, ProviderAnswers, RightsContact
from registry.render.text import attribution_text
from tests.facts import agent, component, holding, model, several_origins, version

ADA = agent("Ada")


def text_of(facts: ModelFacts) -> str:
    return attribution_text(build_attribution(facts)).decode()


def parts_of(facts: ModelFacts) -> dict[str, str]:
    """The text under each heading between lines of `=`."""
    pieces = re.split(r"\n={72}\n(.+)\n={72}\n", text_of(facts))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def tiny() -> ModelFacts:
    x = version("corpus", license="MIT", files=(("LICENSE", FileRole.LICENSE),))
    return model(component(x, holding((10, 1_000, 9), ADA)), name="tiny")


def tuned(*bases: BaseModelFacts) -> ModelFacts:
    own = component(version("talks", size=(4, 400, 9)), holding((4, 400, 9), agent("Ben")))
    return replace(model(own, name="chat"), base_models=bases)


def test_parts_stand_in_order() -> None:
    assert list(parts_of(several_origins())) == [
        "Own training of mathlet 1.0",
        "Inherited by mathlet 1.0",
        "Licenses",
        "Notices that came with the datasets",
        "What is not known, and who can say",
    ]


def test_own_and_inherited_holders_stand_in_their_parts() -> None:
    parts = parts_of(tuned(BaseModelFacts("tiny@1.0", None, tiny())))
    own, inherited = (
        parts["Own training of chat 1.0"],
        parts["Inherited by chat 1.0 from the base model tiny 1.0"],
    )
    assert "Ben" in own
    assert "Ada" not in own
    assert "Ada" in inherited
    assert "By way of chat 1.0 ← tiny 1.0" in inherited
    assert "Trained on 10 records, 1,000 words." in inherited
    assert "corpus@1: LICENSE" in parts["Notices that came with the datasets"]
    assert "0 words of own training, 1,000 words inherited" in parts["Licenses"]


def test_it_says_whether_there_is_a_base_model() -> None:
    heading = "Inherited by chat 1.0"
    assert "Whether there is a base model is not stated." in parts_of(tuned())[heading]
    none = parts_of(replace(tuned(), no_base_model=True))[heading]
    assert "It is stated that there is no base model." in none


def test_a_base_model_behind_an_address_is_said_to_be_unknown() -> None:
    parts = parts_of(tuned(BaseModelFacts(None, "https://other.example")))
    found = parts["Inherited by chat 1.0 from the base model https://other.example"]
    assert "Whose works it was trained on is not known." in found


def test_unknown_words_never_read_as_none() -> None:
    hours = Description(measured=DeclaredSize(modality=Modality.AUDIO, hours="12"))
    x = replace(version("talks", size=(0, 0, 0)), basis=SizeBasis.DECLARED, description=hours)
    own = parts_of(model(component(x, holding((0, 0, 0), ADA))))["Own training of mathlet 1.0"]
    assert "talks@1 is not in this sum: words not known (in all 12 hours of audio)." in own
    assert "  records not known, words not known (in all 12 hours of audio); " in own
    assert "declared, not measured" in own


def test_rights_holders_read_whom_to_ask_first() -> None:
    contact = RightsContact(None, "rights@acme.example", "A person reads it.", 1)
    provider = ProviderFacts("ACME AI", answers=ProviderAnswers(rights_contact=contact))
    head = text_of(replace(tiny(), provider_facts=provider)).split("=" * 72)[0]
    assert "For rights holders: rights@acme.example. An answer comes within 1 day." in head
    assert "A person reads it." in head


def test_a_holder_cannot_pass_for_a_part() -> None:
    held = holding((10, 1_000, 9), agent("Licenses"))
    lines = text_of(model(component(version("x"), held))).split("\n")
    rules = [lines[place - 1][:1] for place, line in enumerate(lines) if line == "Licenses"]
    assert rules == ["-", "="]
