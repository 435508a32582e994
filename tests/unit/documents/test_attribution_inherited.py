"""What base models brought along: each once, with the chains that lead there, apart from own training."""

import csv
import io
import json
from dataclasses import replace
from fractions import Fraction

import jsonschema
import pytest

from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import as_json
from registry.documents.disclosure import build_disclosure
from registry.documents.inherited import Inherited, Known
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import BaseDisclosure, BaseModelFacts, DisclosedDataset, ModelFacts
from registry.render.attribution import render_attribution
from tests.facts import agent, component, guarded, holding, model, version

ADA, BEN = agent("Ada"), agent("Ben")
FORUM = version("forum", license="CC-BY-SA-4.0", title="Forum", url="https://forum.example")
BOOKS = version("books", license="CC0-1.0", size=(20, 3_000, 9_000))


def here(base: ModelFacts) -> BaseModelFacts:
    return BaseModelFacts(base.reference, None, base, visibility=base.visibility)


def made_from(found: ModelFacts, *bases: BaseModelFacts) -> ModelFacts:
    return replace(found, base_models=bases)


def named(name: str, *bases: BaseModelFacts, visibility: Visibility = Visibility.PUBLIC) -> ModelFacts:
    """A model trained on a dataset of its own."""
    own = component(version(f"{name}-data"), holding((10, 1_000, 9), ADA))
    found = model(own, name=name, url=f"https://{name}.example")
    return replace(found, base_models=bases, visibility=visibility, no_base_model=not bases)


def tiny() -> ModelFacts:
    found = model(
        component(FORUM, holding((10, 1_000, 9), ADA), epochs=2),
        component(BOOKS, holding((15, 2_000, 9), BEN), holding((5, 1_000, 9))),
        name="tiny",
    )
    return replace(found, no_base_model=True)


def chat(*bases: BaseModelFacts) -> ModelFacts:
    return made_from(model(component(FORUM, holding((10, 1_000, 9), ADA)), name="chat"), *bases)


DISCLOSED = BaseDisclosure(
    name="olm",
    label="2.0",
    provider="Olm Ltd",
    url="https://olm.example",
    headline="olm 2.0 was trained on 2 datasets",
    audience="public",
    sha256="ab" * 32,
    records=100,
    words=10_000,
    datasets=(
        DisclosedDataset(
            "web", "1", "The Web", "https://w.example", "Webbers", "crawled", "CC-BY-4.0", 60, 6_000
        ),
        DisclosedDataset(
            "licensed dataset 1", None, None, None, None, "licensed", "LicenseRef-withheld", 40, 4_000
        ),
    ),
)


def only(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> Inherited:
    (found,) = build_attribution(facts, audience=audience).inherited
    return found


def test_own_and_inherited_stand_apart() -> None:
    manifest = build_attribution(chat(here(tiny())))
    assert {row.dataset for row in manifest.rows} == {"forum"}
    assert (manifest.records, manifest.words) == (10, 1_000)
    (base,) = manifest.inherited
    assert base.works is not None
    assert (base.known, base.records, base.words) == (Known.REGISTRY, 30, 4_000)
    assert [(holder.name, holder.words) for holder in base.works.holders] == [
        ("Ada", 1_000),
        ("Ben", 2_000),
        ("unidentified", 1_000),
    ]


def test_a_base_model_is_listed_as_its_own_manifest_lists_it() -> None:
    base = only(chat(here(tiny())))
    assert base.works == build_attribution(tiny()).own
    assert base.works is not None
    assert sum(Fraction(row.share) for row in base.works.rows) == 1


def test_a_version_that_both_used_is_listed_in_both_and_said_so() -> None:
    base = only(chat(here(tiny())))
    assert base.shared == ("forum@1",)
    assert base.remark == "forum@1 was used in the own training of chat 1.0 too."


def test_general_names_are_never_taken_for_the_same_version() -> None:
    """The "licensed dataset 1" of one model is another dataset than that of another."""
    one, other = (version(name, origin=Origin.LICENSED) for name in ("a", "b"))
    facts = made_from(model(component(one)), here(model(component(other), name="tiny")))
    assert only(facts).shared == ()


def test_base_models_of_base_models_are_inherited_by_the_way_that_leads_there() -> None:
    facts = chat(here(named("middle", here(tiny()))))
    found = build_attribution(facts).inherited
    assert [(base.model, base.chains) for base in found] == [
        ("middle 1.0", ("chat 1.0 ← middle 1.0",)),
        ("tiny 1.0", ("chat 1.0 ← middle 1.0 ← tiny 1.0",)),
    ]


def test_a_base_model_reached_twice_is_listed_once_with_both_ways() -> None:
    facts = chat(here(named("left", here(tiny()))), here(named("right", here(tiny()))))
    found = {base.model: base for base in build_attribution(facts).inherited}
    assert list(found) == ["left 1.0", "right 1.0", "tiny 1.0"]
    assert found["tiny 1.0"].chains == (
        "chat 1.0 ← left 1.0 ← tiny 1.0",
        "chat 1.0 ← right 1.0 ← tiny 1.0",
    )


def test_a_way_that_leads_back_ends() -> None:
    facts = chat(here(named("middle", BaseModelFacts("chat@1.0", None))))
    assert [base.model for base in build_attribution(facts).inherited] == ["middle 1.0"]


def test_a_disclosure_of_another_registry_gives_datasets_without_holders() -> None:
    base = only(chat(BaseModelFacts(None, None, disclosure=DISCLOSED)))
    assert (base.model, base.known, base.words, base.works) == ("olm 2.0", Known.DISCLOSURE, 10_000, None)
    first = base.lines[0]
    assert (first.holder, first.license, first.words) == ("not known: ask Olm Ltd", "CC-BY-4.0", 6_000)
    assert first.attribution.startswith(
        '"The Web" (web@1), published by Webbers, https://w.example, Creative'
    )
    assert base.gaps[0].closed_by == "Ask Olm Ltd for the attribution manifest of that model."


def test_what_a_disclosure_for_auditors_lists_is_not_for_the_public() -> None:
    facts = chat(BaseModelFacts(None, None, disclosure=replace(DISCLOSED, audience="auditor")))
    (line,) = only(facts).lines
    assert (line.dataset, line.words) == ("withheld", 10_000)
    assert len(only(facts, Audience.AUDITOR).lines) == 2


def test_an_address_alone_is_a_gap_that_names_the_key() -> None:
    manifest = build_attribution(chat(BaseModelFacts(None, "https://other.example/model")))
    (base,) = manifest.inherited
    assert (base.known, base.records, base.words) == (Known.ADDRESS, None, None)
    assert manifest.inherited_unknown == 1
    closers = [gap.closed_by for gap in manifest.gaps if gap.field == "base-models"]
    assert len(closers) == 1
    assert "`base_models`" in closers[0]
    assert "`disclosure.json`" in closers[0]


def test_an_address_is_the_base_model_that_is_known_to_stand_there() -> None:
    facts = chat(here(named("left", BaseModelFacts(None, "https://right.example"))), here(named("right")))
    found = build_attribution(facts).inherited
    assert [base.model for base in found] == ["left 1.0", "right 1.0"]
    assert found[1].chains == ("chat 1.0 ← right 1.0", "chat 1.0 ← left 1.0 ← right 1.0")


def test_a_reference_without_facts_is_a_gap_too() -> None:
    (gap,) = [
        gap
        for gap in build_attribution(chat(BaseModelFacts("base@1", None))).gaps
        if gap.field == "base-models"
    ]
    assert "`registry attribute base@1`" in gap.closed_by


def test_whether_there_is_a_base_model_is_stated_or_a_gap() -> None:
    silent, stated = chat(), replace(chat(), no_base_model=True)
    assert not build_attribution(silent).base_is_stated
    assert "base-models" in {gap.field for gap in build_attribution(silent).gaps}
    assert build_attribution(stated).base_is_stated
    assert "base-models" not in {gap.field for gap in build_attribution(stated).gaps}


def test_a_base_model_known_in_full_is_no_gap() -> None:
    full = replace(tiny(), components=tiny().components[:1])
    manifest = build_attribution(chat(here(full)))
    assert manifest.inherited_unknown == 0
    assert "base-models" not in {gap.field for gap in manifest.gaps}


def test_licenses_keep_own_and_inherited_words_apart() -> None:
    manifest = build_attribution(chat(here(tiny())))
    assert [(one.license, one.is_own, one.words, one.inherited_words) for one in manifest.licenses] == [
        ("CC-BY-SA-4.0", True, 1_000, 1_000),
        ("CC0-1.0", False, 0, 3_000),
    ]
    assert dict(manifest.licenses[1].duties)["attribution"] == "no"


def test_strictness_is_of_own_words() -> None:
    manifest = build_attribution(chat(here(tiny())))
    assert manifest.unclassified == 0
    assert manifest.inherited_unknown == 1


# --- visibility ------------------------------------------------------------------------------------------


def test_a_private_base_model_is_one_withheld_sum_and_an_auditor_sees_it() -> None:
    secret = named("secret", here(tiny()), visibility=Visibility.PRIVATE)
    public = only(chat(here(secret)))
    assert (public.model, public.known, public.words) == ("withheld (2)", Known.WITHHELD, 5_000)
    assert public.works is None
    assert public.chains == ()
    audited = build_attribution(chat(here(secret)), audience=Audience.AUDITOR).inherited
    assert [base.model for base in audited] == ["secret 1.0", "tiny 1.0"]


def test_what_another_way_shows_is_not_withheld() -> None:
    secret = named("secret", here(tiny()), visibility=Visibility.DESCRIBED)
    found = build_attribution(chat(here(secret), here(tiny()))).inherited
    assert [(base.model, base.words) for base in found] == [("tiny 1.0", 4_000), ("withheld (1)", 1_000)]
    assert found[0].chains == ("chat 1.0 ← tiny 1.0",)


def test_a_withheld_base_model_without_a_size_says_so() -> None:
    secret = named("secret", BaseModelFacts(None, "https://hidden.example"), visibility=Visibility.PRIVATE)
    assert only(chat(here(secret))).remark == "The size of 1 base model of these is not known."


@pytest.mark.parametrize("of", [guarded(), named("outer", here(guarded()))])
def test_no_public_file_names_what_a_base_model_keeps_back(of: ModelFacts) -> None:
    secret = named("hushed", visibility=Visibility.PRIVATE)
    files = render_attribution(build_attribution(chat(here(of), here(secret))))
    text = "\n".join(content.decode() for content in files.values()).lower()
    for hidden in ("secret", "vault", "shy person", "/home/someone", "hushed"):
        assert hidden not in text
    assert "@open_handle" in text


def test_an_auditor_reads_the_holders_of_base_models() -> None:
    files = render_attribution(build_attribution(chat(here(guarded())), audience=Audience.AUDITOR))
    assert b"Secret Source" in files["inherited.csv"]


# --- files -----------------------------------------------------------------------------------------------


def everything() -> ModelFacts:
    return chat(
        here(tiny()),
        BaseModelFacts(None, "https://other.example/model"),
        BaseModelFacts(None, None, disclosure=DISCLOSED),
        here(named("secret", visibility=Visibility.PRIVATE)),
    )


@pytest.mark.parametrize("audience", list(Audience))
def test_the_twin_of_every_kind_of_base_model_is_valid(audience: Audience) -> None:
    twin = as_json(build_attribution(everything(), audience=audience, software="0.1.0"))
    jsonschema.Draft202012Validator(attribution_schema()).validate(json.loads(json.dumps(twin)))
    assert len(twin["inherited"]) == 4
    assert twin["base_models"] == {"stated": True, "not_known_in_full": 4}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def test_own_rows_and_inherited_rows_are_two_files() -> None:
    files = render_attribution(build_attribution(everything()))
    own, inherited = rows_of(files["attribution.csv"]), rows_of(files["inherited.csv"])
    assert list(inherited[0]) == [*own[0], "model", "chain"]
    assert sum(Fraction(row["share"]) for row in own) == 1
    assert sum(int(row["words"]) for row in own) == build_disclosure(everything()).words
    of_tiny = [row for row in inherited if row["model"] == "tiny@1.0"]
    assert sum(Fraction(row["share"]) for row in of_tiny) == 1
    assert {row["chain"] for row in of_tiny} == {"chat 1.0 ← tiny 1.0"}
    assert {row["model"] for row in inherited} == {
        "tiny@1.0",
        "https://other.example/model",
        "olm@2.0",
        "withheld (1)",
    }
    assert {row["share"] for row in inherited if row["model"] == "olm@2.0"} == {""}


def test_without_base_models_there_is_one_file_of_rows() -> None:
    assert "inherited.csv" not in render_attribution(build_attribution(chat()))


def test_the_date_is_that_of_the_last_statement_on_any_of_them() -> None:
    later = replace(tiny(), stated_at="2026-05-01T00:00:00Z")
    assert build_attribution(chat(here(later))).updated == "01/05/2026"


def test_a_diamond_of_base_models_prints_what_both_ways_lead_to_once() -> None:
    """Chat ← left ← root, chat ← right ← root: root stands once, with both chains, in every file."""
    held = holding((10, 1_000, 9), agent("Rita Root"))
    root = model(component(version("rootset", license="MIT"), held), name="root")
    left, right = (
        replace(
            model(component(version(f"{name}set"), holding((10, 1_000, 9), agent(name))), name=name),
            base_models=(BaseModelFacts("root@1.0", None, root),),
        )
        for name in ("left", "right")
    )
    bases = tuple(BaseModelFacts(base.reference, None, base) for base in (left, right))
    manifest = build_attribution(replace(model(component(version("own")), name="chat"), base_models=bases))
    assert [one.model for one in manifest.inherited] == ["left 1.0", "right 1.0", "root 1.0"]
    assert manifest.inherited[2].chains == (
        "chat 1.0 ← left 1.0 ← root 1.0",
        "chat 1.0 ← right 1.0 ← root 1.0",
    )
    files = render_attribution(manifest)
    twin = json.loads(files["attribution.json"])
    assert [one["model"] for one in twin["inherited"]].count("root 1.0") == 1
    assert files["ATTRIBUTION.txt"].decode().count("\nRita Root\n") == 1
    assert files["inherited.csv"].decode().count("Rita Root,") == 1
    assert files["index.html"].decode().count('rowheader"><bdi>Rita Root</bdi>') == 1
