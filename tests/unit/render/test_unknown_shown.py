"""What is not known, withheld, or stated record by record reads as that, never as nothing or zero."""

from dataclasses import replace
from fractions import Fraction

from registry.documents.composition import uses
from registry.documents.fields import Table
from registry.domain.dataset import Origin
from registry.domain.facts import EvidenceFacts, ModelFacts, VersionFacts
from registry.domain.license import NOASSERTION
from registry.domain.stated import DeclaredSize, Modality
from registry.render.charts import Slice, ranked_bars
from registry.render.composition import mixture_table
from registry.render.dataset_said import said
from registry.render.first_screen import crawled, licensed
from registry.render.terms import license_name
from tests.facts import (
    agent,
    component,
    declared_version,
    guarded,
    holding,
    model,
    nothing_known,
    several_origins,
    version,
)
from tests.sites import files_of, site_of

ADA = agent("Ada Lovelace")


def many_licenses(*licenses: str, unstated: int = 0) -> ModelFacts:
    """A dataset without a license of its own, whose records carry some."""
    size = (len(licenses) + unstated, 100 * (len(licenses) + unstated), 600)
    parts = [holding((1, 100, 6), ADA, license=one) for one in licenses]
    left = [holding((unstated, 100 * unstated, 6), license=NOASSERTION)] if unstated else []
    return model(component(version("posts", size=size), *parts, *left))


def cells(table: Table, column: str) -> list[object]:
    place = [one.key for one in table.columns].index(column)
    return [row[place] for row in table.rows]


def mixture(facts: ModelFacts) -> Table:
    return mixture_table(uses(facts), facts.words_seen)


def test_a_mixture_says_how_many_licenses_the_records_carry_and_leads_to_them() -> None:
    (two,) = cells(mixture(many_licenses("CC-BY-SA-4.0", "CC-BY-SA-3.0")), "license")
    assert two == '<a href="#licenses">CC-BY-SA-3.0 and CC-BY-SA-4.0, record by record</a>'
    (three,) = cells(mixture(many_licenses("MIT", "Zlib", "0BSD", unstated=1)), "license")
    assert (
        three == '<a href="#licenses">3 licenses, record by record</a>; not stated for 25\N{NO-BREAK SPACE}%'
    )
    (one,) = cells(mixture(many_licenses("MIT")), "license")
    assert one == "MIT"
    assert cells(mixture(nothing_known()), "license") == [None]


def test_on_a_site_the_licenses_of_a_mixture_lead_to_those_of_the_dataset() -> None:
    html = files_of(many_licenses("MIT", "Zlib", "0BSD"))["models/mathlet/1.0/index.html"].decode()
    assert '<a href="../../../datasets/posts/1/index.html#license">3 licenses, record by record</a>' in html
    dataset = files_of(many_licenses("MIT", "Zlib", "0BSD"))["datasets/posts/1/index.html"].decode()
    assert 'id="license"' in dataset
    assert "3 licenses, as the records carry their own" in dataset


def test_a_mixture_begins_with_what_was_seen_most() -> None:
    facts = model(
        component(version("large", size=(10, 1_000, 6_000))),
        component(version("often", size=(10, 400, 2_400)), epochs=4),
    )
    assert cells(mixture(facts), "dataset") == ["often@1", "large@1"]


def test_references_off_the_list_stand_by_their_names_on_every_page() -> None:
    assert license_name("LicenseRef-PublicDomain") == "Public domain"
    assert license_name("MIT AND LicenseRef-Our-Own") == "MIT AND Our-Own"
    facts = many_licenses("LicenseRef-PublicDomain", "LicenseRef-Our-Own", "MIT", unstated=1)
    for name, content in files_of(facts, guarded(), several_origins()).items():
        if name.endswith(".html"):
            assert b"LicenseRef" not in content, name
            assert b"NOASSERTION" not in content, name


def test_what_is_withheld_is_neither_licensed_nor_certainly_not_crawled() -> None:
    site = site_of(guarded())
    for shown in (site.index.licenses, site.models[0].disclosure.licenses):
        figure = licensed(shown)
        assert figure.value != "100 %"
        assert "it is withheld" in figure.note
    figure = crawled(site.index.origins)
    assert figure.value is not None
    assert figure.value.startswith("0 to ")
    assert "not stated, or withheld" in figure.note


def test_without_words_or_origins_the_figures_are_not_known() -> None:
    assert crawled(()).value is None
    assert licensed(()).value is None
    assert crawled(site_of(nothing_known()).index.origins).value is None
    page = files_of(nothing_known())["index.html"].decode()
    assert '<dt>Crawled</dt>\n<dd class="number"><span class="unknown">not known</span></dd>' in page


def test_data_that_only_counts_its_records_shows_no_zero() -> None:
    size = DeclaredSize(Modality.TEXT, records=1_000, evidence="numbers of the file")
    treebank = declared_version("treebank", size, origin=Origin.PUBLIC, languages={"en": (1_000, 0, 0)})
    page = files_of(model(component(treebank)))["datasets/treebank/1/index.html"].decode()
    assert "is declared to hold 1,000 records" in page
    assert ">0 %<" not in page
    assert ">0<" not in page
    assert "0 bytes" not in page


def stated_of(*evidence: EvidenceFacts) -> VersionFacts:
    return replace(version("x", url="https://x.example"), evidence=evidence)


def known(name: str, location: str) -> EvidenceFacts:
    return EvidenceFacts(name, "declared", location, "provider", "2026-11-21T00:00:00Z")


def test_the_source_of_all_statements_is_told_once() -> None:
    entry = "registry.yaml: datasets: x"
    table = said(stated_of(known("url", f"{entry}: url"), known("origin", f"{entry}: origin")))
    assert [one.key for one in table.columns] == ["what", "said"]
    assert table.summary.startswith(f"Source: declared, {entry}, 21/11/2026. ")


def test_another_source_stands_beside_its_statement() -> None:
    entry = "registry.yaml: datasets: x"
    publisher = known("publisher", f"{entry}: publisher")
    facts = stated_of(known("url", "README.md"), known("origin", f"{entry}: origin"), publisher)
    table = said(replace(facts, publisher="ACME"))
    assert table.summary.startswith(f"Source unless said otherwise: declared, {entry}, 21/11/2026. ")
    assert "declared, README.md, 21/11/2026" in cells(table, "known")
    assert cells(table, "known") == ["–", "–", "declared, README.md, 21/11/2026", "seen when it was read"]


def test_languages_are_counted_alike_in_figures_and_headings() -> None:
    part = (10, 1_000, 6_000)
    facts = model(
        component(version("x", size=(30, 3_000, 18_000), languages={"en": part, "en-GB": part, "de": part}))
    )
    page = files_of(facts)["models/mathlet/1.0/index.html"].decode()
    assert "2 languages in them" in page
    assert "66.7\N{NO-BREAK SPACE}% of the words are English, the largest of 2 languages" in page


def test_long_labels_of_bars_are_cut_between_words() -> None:
    label = "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0"
    chart = ranked_bars("x", [Slice(label, Fraction(1), "1 word", 1)], "words")
    assert ">BSD-3-Clause…AND CC0-1.0<" in chart.svg.replace("… ", "…").replace(" …", "…")
