"""Laws of the projection and the attribution manifest, over mixtures of every kind."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.documents.figures import fraction_text
from registry.documents.inherited import Known
from registry.documents.model import as_json as model_document
from registry.documents.partition import portions
from registry.documents.projection import Audience, project
from registry.domain.dataset import Origin, Visibility
from registry.domain.facts import (
    AgentFacts,
    BaseModelFacts,
    ComponentFacts,
    HoldingFacts,
    LicensePart,
    ModelFacts,
    Party,
    Size,
    VersionFacts,
)
from tests.facts import agent, component, model, version

NAMES = ("Ada", "Ben <ben@mail.example>", "c@mail.example", "@dee", "unidentified", "Émile", "=cmd")
AGENTS = st.builds(
    lambda name, shown: agent(name, scope=shown, shown_as=shown),
    st.sampled_from(NAMES),
    st.sampled_from(["name", "handle", "withheld"]),
)
LICENSES = st.sampled_from([None, "MIT", "CC-BY-4.0", "NOASSERTION", "LicenseRef-Contract"])


@st.composite
def parties(draw: st.DrawFn) -> tuple[Party, ...]:
    """Nobody, one or more agents with shares of at most one in all."""
    who: list[AgentFacts] = draw(st.lists(AGENTS, max_size=3, unique_by=lambda one: one.id))
    weights = [draw(st.integers(1, 7)) for _ in who]
    whole = sum(weights) + draw(st.integers(0, 1))
    return tuple(Party(one, Fraction(weight, whole)) for one, weight in zip(who, weights, strict=True))


STAGES = {1: "pretraining", 2: "pretraining", 3: "fine-tuning"}


@st.composite
def holdings(draw: st.DrawFn, size: Size) -> tuple[HoldingFacts, ...]:
    """Holdings that cover a version in part or whole."""
    left = [size.records, size.words, size.bytes]
    found = []
    for _ in range(draw(st.integers(0, 4))):
        part = [draw(st.integers(0, most)) for most in left]
        left = [most - taken for most, taken in zip(left, part, strict=True)]
        who = draw(parties())
        basis = draw(st.sampled_from(["stated", "presumed-author"])) if who else "unidentified"
        found.append(HoldingFacts(who, draw(LICENSES), basis, Size(*part)))
    return tuple(found)


VERSIONS = st.builds(
    lambda number, size, origin, visibility, license_: version(
        f"d{number}", size=size, origin=origin, visibility=visibility, license=license_
    ),
    st.integers(0, 9),
    st.tuples(st.integers(0, 50), st.integers(0, 5_000), st.integers(0, 30_000)),
    st.sampled_from([None, *Origin]),
    st.sampled_from(Visibility),
    LICENSES,
)


@st.composite
def components(draw: st.DrawFn, of: VersionFacts, run: int, held: tuple[HoldingFacts, ...]) -> ComponentFacts:
    """All or a part of a version in a run, for some epochs."""
    epochs = draw(st.fractions(min_value=Fraction(1, 9), max_value=5, max_denominator=9))
    used = draw(st.none() | st.tuples(st.integers(0, of.size.records), st.integers(0, of.size.words)))
    return component(of, *held, epochs=epochs, stage=STAGES[run], run=run, used=used)


@st.composite
def models(draw: st.DrawFn) -> ModelFacts:
    """A mixture of up to four versions, each in one to three runs, all or a part of it."""
    versions = draw(st.lists(VERSIONS, max_size=4, unique_by=lambda one: one.id))
    found = []
    for one in versions:
        held = draw(holdings(one.size))
        runs = draw(st.lists(st.sampled_from(list(STAGES)), min_size=1, max_size=3, unique=True))
        found += [draw(components(one, run, held)) for run in runs]
    return model(*draw(st.permutations(found)))


AUDIENCES = st.sampled_from(Audience)


@given(models(), AUDIENCES)
def test_projection_preserves_totals(facts: ModelFacts, audience: Audience) -> None:
    """Definitions: "Withheld parties stand as one line `withheld (n)`, so that totals still add up"."""
    shown = project(facts, audience)
    assert (shown.records, shown.words, shown.words_seen) == (facts.records, facts.words, facts.words_seen)


@given(models(), AUDIENCES)
def test_holders_partition_every_component(facts: ModelFacts, audience: Audience) -> None:
    """Definitions, Sizes: "Rights holdings partition the records and words of a version: they add up"."""
    for one in project(facts, audience).components:
        split = portions(one)
        assert sum(portion.records for portion in split) == one.records
        assert sum(portion.words for portion in split) == one.words
        assert all(portion.records >= 0 and portion.words >= 0 for portion in split)


@given(models(), AUDIENCES)
def test_the_manifest_reconciles_with_the_disclosure_to_the_word(
    facts: ModelFacts, audience: Audience
) -> None:
    """Rights, section 3: "own totals reconcile with the disclosure of the same model to the word"."""
    manifest = build_attribution(facts, audience=audience)
    disclosure = build_disclosure(facts, audience=audience)
    rows = manifest.rows
    assert sum(row.words for row in rows) == manifest.words == disclosure.words
    assert sum(row.records for row in rows) == manifest.records == disclosure.records
    assert sum((row.weighted_words for row in rows), Fraction(0)) == disclosure.words_seen
    assert {one.license: one.words for one in manifest.licenses if one.is_own} == {
        part.key: part.words for part in disclosure.licenses
    }


@given(models(), AUDIENCES)
def test_licenses_add_up_alike_whether_holders_were_read_or_not(
    facts: ModelFacts, audience: Audience
) -> None:
    """The disclosure is made without the holders, the manifest with them: one license, one number."""
    assert _licenses(_without_holders(facts), audience) == _licenses(_by_license(facts), audience)


def _licenses(facts: ModelFacts, audience: Audience) -> dict[str, tuple[int, int]]:
    return {
        part.key: (part.records, part.words)
        for part in build_disclosure(facts, audience=audience).licenses
        if part.words or part.records
    }


def _by_license(facts: ModelFacts) -> ModelFacts:
    """Holdings that cover their versions, under licenses of their own."""
    return replace(facts, components=tuple(map(_covered, facts.components)))


def _covered(one: ComponentFacts) -> ComponentFacts:
    left = one.version.size
    for holding in one.holdings:
        left = Size(left.records - holding.size.records, left.words - holding.size.words, 0)
    return replace(one, holdings=(*one.holdings, HoldingFacts((), None, "unidentified", left)))


def _without_holders(facts: ModelFacts) -> ModelFacts:
    """The same licenses as parts of the versions, as a reader of the data counts them."""
    return replace(facts, components=tuple(map(_stripped, facts.components)))


def _stripped(one: ComponentFacts) -> ComponentFacts:
    parts = tuple(
        LicensePart(holding.license or "NOASSERTION", holding.license or "", holding.size)
        for holding in _covered(one).holdings
    )
    return replace(one, holdings=(), version=replace(one.version, licenses=parts))


@given(models(), AUDIENCES, st.data())
def test_another_run_over_the_same_versions_changes_no_size(
    facts: ModelFacts, audience: Audience, data: st.DataObject
) -> None:
    """Definitions, Sizes: "`words`, `records`, `bytes`: of a version, once"."""
    again = [one for one in facts.components if data.draw(st.booleans())]
    again = list({one.version.id: one for one in again}.values())
    more = model(*facts.components, *(replace(one, stage="alignment", run=4) for one in again))
    assert _sizes(more, audience) == _sizes(facts, audience)
    seen = facts.words_seen + sum(one.words_seen for one in again)
    assert build_disclosure(more, audience=audience).words_seen == seen
    assert build_attribution(more, audience=audience).words_seen == seen
    assert model_document(more)["totals"]["words_seen"] == fraction_text(seen)


def _sizes(facts: ModelFacts, audience: Audience) -> dict[str, object]:
    """Every sum of records, words and bytes that a document states."""
    disclosure = build_disclosure(facts, audience=audience, exact_sizes=True)
    manifest = build_attribution(facts, audience=audience)
    parts = (*disclosure.origins, *disclosure.licenses, *disclosure.languages)
    totals = model_document(facts)["totals"]
    return {
        "disclosure": (disclosure.headline, disclosure.datasets, disclosure.records, disclosure.words),
        "parts": [(part.key, part.records, part.words, part.share) for part in parts],
        "domains": disclosure.domains,
        "fields": [field.value for field in disclosure.fields if field.id in {"1.3.b", "1.3.e"}],
        "manifest": (manifest.headline, manifest.records, manifest.words, manifest.licenses),
        "holders": [
            (holder.identity, holder.records, holder.words)
            for holder in manifest.holders
            if holder.records or holder.words
        ],
        "model": (totals["records"], totals["words"]),
    }


@given(models(), AUDIENCES)
def test_printed_shares_add_up_to_one(facts: ModelFacts, audience: Audience) -> None:
    manifest = build_attribution(facts, audience=audience)
    expected = 1 if manifest.words_seen else 0
    assert sum(Fraction(row.share) for row in manifest.rows) == expected == Fraction(manifest.share_sum)


@given(models(), st.randoms(use_true_random=False))
def test_the_order_of_holdings_changes_nothing(facts: ModelFacts, random: st.DataObject) -> None:
    """Rights, section 4: permutation of inputs changes nothing."""
    shuffled = []
    for one in facts.components:
        order = list(one.holdings)
        random.shuffle(order)  # type: ignore[attr-defined]
        shuffled.append(
            ComponentFacts(one.stage, one.run, one.version, one.epochs, one.records, one.words, tuple(order))
        )
    assert build_attribution(facts).rows == build_attribution(model(*shuffled)).rows


@given(models())
def test_what_is_unidentified_is_not_hidden_by_withholding(facts: ModelFacts) -> None:
    """The public and the auditor read the same unidentified words, up to rounding of and in licenses."""
    public, audited = (
        sum(
            row.words
            for row in build_attribution(facts, audience=audience).rows
            if row.basis == "unidentified"
        )
        for audience in Audience
    )
    assert abs(public - audited) <= 2 * sum(len(one.holdings) + 1 for one in facts.components)


@given(models())
def test_the_public_sees_no_name_of_what_is_not_public(facts: ModelFacts) -> None:
    manifest = build_attribution(facts)
    hidden = {one.version.name for one in facts.components if one.version.visibility is not Visibility.PUBLIC}
    assert not hidden & {row.dataset for row in manifest.rows}
    assert not any("mail.example" in row.holder for row in manifest.rows)


@st.composite
def descents(draw: st.DrawFn) -> ModelFacts:
    """A model made from up to four others, some from each other, some not public, some only an address."""
    found: list[ModelFacts] = []
    for number in range(draw(st.integers(1, 5))):
        mixture = draw(models())
        below = draw(st.lists(st.sampled_from(found), max_size=3, unique_by=id)) if found else []
        bases = [BaseModelFacts(base.reference, None, base, visibility=base.visibility) for base in below]
        if draw(st.booleans()):
            bases.append(BaseModelFacts(None, f"https://m{draw(st.integers(0, 2))}.example"))
        visibility = draw(st.sampled_from([Visibility.PUBLIC, Visibility.PUBLIC, *Visibility]))
        found.append(
            replace(mixture, name=f"m{number}", url=None, base_models=tuple(bases), visibility=visibility)
        )
    return found[-1]


def _ancestors(model: ModelFacts, *, through_all: bool) -> dict[str, ModelFacts]:
    """The base models here; of the public ones alone, and by way of public ones, unless `through_all`."""
    found: dict[str, ModelFacts] = {}
    for base in model.base_models:
        if base.model and (through_all or base.model.visibility is Visibility.PUBLIC):
            found |= {base.model.reference: base.model} | _ancestors(base.model, through_all=through_all)
    return found


@given(descents(), AUDIENCES)
def test_base_models_change_nothing_of_own_totals(facts: ModelFacts, audience: Audience) -> None:
    """Definitions, Sizes: "Own and inherited (base model) totals are kept apart"."""
    manifest = build_attribution(facts, audience=audience)
    disclosure = build_disclosure(facts, audience=audience)
    assert (manifest.records, manifest.words, manifest.words_seen) == (
        disclosure.records,
        disclosure.words,
        disclosure.words_seen,
    )
    assert manifest.own == build_attribution(replace(facts, base_models=()), audience=audience).own
    assert sum(one.words for one in manifest.licenses) == disclosure.words


@given(descents(), AUDIENCES)
def test_every_base_model_is_inherited_once(facts: ModelFacts, audience: Audience) -> None:
    """Rights, section 3: "a fine-tune lists its base model's sources with the chain that leads there"."""
    manifest = build_attribution(facts, audience=audience)
    seen = [base.reference for base in manifest.inherited]
    assert len(seen) == len(set(seen))
    shown = _ancestors(facts, through_all=audience is Audience.AUDITOR)
    assert {one for one in seen if one in _ancestors(facts, through_all=True)} == set(shown)
    for base in manifest.inherited:
        if base.known is not Known.WITHHELD:
            assert base.chains
            assert all(chain.startswith(f"{facts.name} {facts.label} ← ") for chain in base.chains)
            assert all(chain.endswith(base.model) for chain in base.chains)


@given(descents(), AUDIENCES)
def test_nothing_inherited_is_lost_to_withholding(facts: ModelFacts, audience: Audience) -> None:
    """Definitions, Visibility: withheld parties stand as one line, so that totals still add up."""
    manifest = build_attribution(facts, audience=audience)
    everything = _ancestors(facts, through_all=True).values()
    assert sum(base.words or 0 for base in manifest.inherited) == sum(one.words for one in everything)
    assert sum(one.inherited_words for one in manifest.licenses) == sum(one.words for one in everything)
    for base in manifest.inherited:
        rows = base.works.rows if base.works else base.lines
        assert sum(row.words for row in rows) == (base.words or 0)


@given(descents())
def test_the_public_reads_no_name_of_a_base_model_that_is_not_public(facts: ModelFacts) -> None:
    shown = _ancestors(facts, through_all=False)
    hidden = _ancestors(facts, through_all=True).keys() - shown.keys() - {facts.reference}
    manifest = build_attribution(facts)
    texts = [text for base in manifest.inherited for text in (base.model, base.reference, *base.chains)]
    texts += [text for gap in manifest.gaps for text in (gap.title, gap.closed_by)]
    for name in (reference.replace("@", mark) for reference in hidden for mark in "@ "):
        assert not any(name in text for text in texts)


@given(models())
def test_sums_of_rows_that_are_alike_add_up_to_the_rows(facts: ModelFacts) -> None:
    own = build_attribution(facts).own
    assert sum(one.rows for one in own.sums) == len(own.rows)
    assert sum(one.row.words for one in own.sums) == sum(row.words for row in own.rows)
    assert sum(one.row.records for one in own.sums) == sum(row.records for row in own.rows)
    assert own.named_words == sum(holder.words for holder in own.holders if holder.is_named)
    assert list(own.holder_words) == [holder.words for holder in own.holders]
    assert [row for holder in own.holders for row in holder.rows] == list(own.rows)
    by_words = sorted(own.named, key=lambda holder: -holder.words)
    assert own.largest(3) == by_words[:3]
