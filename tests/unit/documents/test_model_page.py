"""The page of a model: its lineage in both directions, without the names of what is not public."""

from dataclasses import replace

from registry.documents.site.model import ModelPage
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import BaseModelFacts, ModelFacts
from registry.domain.stated import Description
from tests.facts import component, disclosed_elsewhere, model, nothing_known, several_origins, version
from tests.sites import site_of


def tuned(*bases: BaseModelFacts, visibility: Visibility = Visibility.PUBLIC) -> ModelFacts:
    made = model(component(version("tasks")), name="tutor", base_models=bases)
    return replace(made, visibility=visibility)


def here(base: ModelFacts) -> BaseModelFacts:
    return BaseModelFacts(base.reference, None, model=base, visibility=base.visibility)


def page_of(name: str, *models: ModelFacts) -> ModelPage:
    return next(page for page in site_of(*models).models if page.model.name == name)


def test_a_base_model_here_leads_to_its_page_and_back() -> None:
    base = several_origins()
    models = (tuned(here(base)), base)
    (found,) = page_of("tutor", *models).bases
    assert (found.folder, found.found.words) == ("models/mathlet/1.0", 182_333)
    assert [folder for _, folder in page_of("mathlet", *models).derived] == ["models/tutor/1.0"]


def test_a_base_model_disclosed_elsewhere_has_the_digest_of_the_file() -> None:
    disclosed = disclosed_elsewhere()
    (found,) = page_of("tutor", tuned(BaseModelFacts(None, None, disclosure=disclosed))).bases
    assert (found.folder, found.sha256) == (None, disclosed.sha256)


def test_the_base_of_a_base_model_is_listed_with_its_digest() -> None:
    disclosed = disclosed_elsewhere()
    middle = replace(several_origins(), base_models=(BaseModelFacts(None, None, disclosure=disclosed),))
    first, second = page_of("tutor", tuned(here(middle)), middle).bases
    assert (first.folder, first.sha256) == ("models/mathlet/1.0", None)
    assert (second.folder, second.sha256) == (None, disclosed.sha256)


def test_models_that_are_not_public_are_counted_not_named() -> None:
    base = several_origins()
    page = page_of("mathlet", base, tuned(here(base), visibility=Visibility.PRIVATE))
    assert (page.derived, page.hidden_derived) == ((), 1)
    hidden = replace(base, visibility=Visibility.DESCRIBED)
    (found,) = page_of("tutor", tuned(here(hidden)), hidden).bases
    assert found.folder is None
    assert "mathlet" not in found.found.reference


def test_models_that_generated_data_are_named_with_their_words() -> None:
    made = replace(
        version("dialogues", origin=Origin.SYNTHETIC), description=Description(generated_by=("tiny@1",))
    )
    page = page_of("tutor", model(component(made), name="tutor"), nothing_known())
    (found,) = page.generators
    assert (found.name, found.folder, found.datasets, found.words) == (
        "tiny@1",
        "models/tiny/1",
        ("dialogues",),
        1_000,
    )


def test_an_older_version_leads_to_the_newest() -> None:
    old = several_origins()
    new = replace(old, id="new", label="2.0")
    pages = {page.model.label: page.newer for page in site_of(new, old).models}
    assert pages == {"2.0": None, "1.0": ("mathlet@2.0", "models/mathlet/2.0")}
