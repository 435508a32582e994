"""The first screen of a manifest, and what its page shows of base models and of sizes nobody counted."""

from dataclasses import replace

import pytest

from registry.documents.attribution import build_attribution
from registry.documents.manifest import Manifest
from registry.domain.dataset import SizeBasis
from registry.domain.facts import BaseModelFacts, HoldingFacts, ModelFacts
from registry.domain.stated import DeclaredSize, Description, Modality
from registry.render.duties import duties_said, duty_lines, said
from registry.render.works import holders_table, licenses_table, sources_table
from tests.facts import CASES, agent, component, holding, model, version

ADA, SHY = agent("Ada"), agent("Shy", shown_as="withheld")


def manifest_of(*held: HoldingFacts, license_: str | None = None) -> Manifest:
    facts = model(component(version("x", license=license_), *held), name="chat")
    return build_attribution(replace(facts, no_base_model=True))


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        (
            [holding((10, 1_000, 9), ADA)],
            "Of 1,000 words of own training, all are attributed to 1 named rights holder.",
        ),
        (
            [],
            "Of 1,000 words of own training, none is attributed; of 1,000 nobody has named the holders.",
        ),
        (
            [holding((5, 600, 9), ADA), holding((3, 300, 9), SHY)],
            "Of 1,000 words of own training, 600 are attributed to 1 named rights holder; "  # noqa: ISC004
            "of 300 the names of the holders are withheld and of 100 nobody has named the holders.",
        ),
    ],
)
def test_the_first_sentence_says_how_much_is_attributed(held: list[HoldingFacts], sentence: str) -> None:
    assert said(manifest_of(*held)) == f"{sentence} chat 1.0 was made from no other model."


@pytest.mark.parametrize("case", CASES)
def test_every_manifest_has_a_first_sentence(case: str) -> None:
    assert said(build_attribution(CASES[case]())).endswith(".")


def test_a_manifest_without_data_says_so() -> None:
    assert said(build_attribution(model())).startswith("No words of own training are counted.")


@pytest.mark.parametrize(
    ("bases", "sentence"),
    [
        ((), "Whether chat 1.0 was made from another model is not stated."),
        (
            (BaseModelFacts(None, "https://a.example"),),
            "It inherits from 1 base model; whose works it brought along is not known in full.",
        ),
        (
            (BaseModelFacts(None, "https://a.example"), BaseModelFacts(None, "https://b.example")),
            "It inherits from 2 base models; whose works 2 of them brought along is not known in full.",
        ),
    ],
)
def test_the_first_screen_says_what_is_inherited(bases: tuple[BaseModelFacts, ...], sentence: str) -> None:
    facts = replace(model(component(version("x")), name="chat"), base_models=bases)
    assert said(build_attribution(facts)).endswith(sentence)


def test_the_duties_are_one_list_with_their_words_and_licenses() -> None:
    held = (
        holding((4, 400, 9), ADA, license="CC-BY-SA-4.0"),
        holding((4, 350, 9), ADA, license="CC-BY-4.0"),
        holding((2, 250, 9), ADA),
    )
    manifest = manifest_of(*held)
    lines = {line.duty: line for line in duty_lines(manifest)}
    assert (lines["attribution"].words, lines["attribution"].share) == (750, "75 %")
    assert lines["attribution"].licenses == ("CC-BY-SA-4.0", "CC-BY-4.0")
    assert lines["share alike"].licenses == ("CC-BY-SA-4.0",)
    assert (lines["what the license asks for"].said, lines["what the license asks for"].words) == (
        "not known",
        250,
    )
    assert duties_said(manifest).startswith("Shipping this model asks for attribution, ")
    assert lines["share alike"].meaning == "what is made from it stands under the same license"


def test_duties_that_only_base_models_bring_are_in_the_list() -> None:
    tiny = model(component(version("y", license="MIT")), name="tiny")
    facts = replace(
        model(component(version("x", license="CC0-1.0")), name="chat"),
        base_models=(BaseModelFacts("tiny@1.0", None, tiny),),
    )
    manifest = build_attribution(facts)
    notice = next(line for line in duty_lines(manifest) if line.duty == "notice")
    assert (notice.words, notice.inherited_words) == (0, 1_000)
    assert "notice" in duties_said(manifest)
    table = licenses_table(manifest.licenses, inherited=True)
    assert "inherited_words" in [column.key for column in table.columns]


def recorded() -> ModelFacts:
    """Sound of which only the hours are declared."""
    hours = Description(measured=DeclaredSize(modality=Modality.AUDIO, hours="12"))
    x = replace(version("talks", size=(0, 0, 0), license="MIT"), basis=SizeBasis.DECLARED, description=hours)
    return model(component(x, holding((0, 0, 0), ADA)))


def test_tables_leave_open_what_nobody_counted() -> None:
    manifest = build_attribution(recorded())
    (row,) = holders_table(manifest.own, "attribution.csv", "holders").rows
    assert row[5:] == (None, None, None)
    assert "declared, not measured" in str(row[4])
    (license_,) = licenses_table(manifest.licenses, inherited=False).rows
    assert license_[3:5] == (None, None)
    (source,) = sources_table(manifest.sources).rows
    assert source[6] == "all; declared, not measured: 12 hours of audio; words not known"


def test_the_changes_made_are_a_column_of_the_sources() -> None:
    x = replace(version("x", license="MIT"), description=Description(processing=("markup removed",)))
    table = sources_table(build_attribution(model(component(x))).sources)
    place = [column.key for column in table.columns].index("changes")
    assert table.rows[0][place] == "markup removed"


def test_doubts_on_licenses_have_a_column_where_there_are_any() -> None:
    sure = licenses_table(manifest_of(license_="MIT").licenses, inherited=False)
    assert [column.key for column in sure.columns][-1] == "yes"
    doubtful = licenses_table(manifest_of(license_="LicenseRef-OpenRAIL").licenses, inherited=False)
    assert [column.key for column in doubtful.columns][-1] == "unknown"
    assert "notice" in str(doubtful.rows[0][-1])
