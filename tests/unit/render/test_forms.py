"""A page for each law that is asked for, one of them the first, all from the same facts."""

import re
from dataclasses import replace

import pytest

from registry.documents.disclosure import build_disclosure
from registry.domain.facts import ModelFacts
from registry.domain.stated import Exemption
from registry.render.forms import Law, render_forms
from tests.facts import component, guarded, model, nothing_known, several_origins, version
from tests.sites import files_of
from tests.unit.render.test_html import Reader

TITLE = "What mathlet 1.0 was trained on, after California Civil Code section 3111"


def californian(facts: ModelFacts) -> str:
    html = render_forms(build_disclosure(facts))["california.html"].decode()
    return html.replace("\N{NO-BREAK SPACE}", " ")


def links(html: bytes) -> set[str | None]:
    return {one["href"] for one in Reader(html.decode()).all("a")}


def test_both_laws_have_a_page_that_leads_to_the_other() -> None:
    files = render_forms(build_disclosure(several_origins()))
    assert "california.html" in links(files["index.html"])
    assert "index.html" in links(files["california.html"])
    assert f"<title>{TITLE}</title>" in files["california.html"].decode()


@pytest.mark.parametrize(("law", "is_californian"), [(Law.EU, False), (Law.CALIFORNIA, True)])
def test_one_law_alone_is_the_first_page_and_leads_to_no_other(law: Law, is_californian: bool) -> None:
    files = render_forms(build_disclosure(several_origins()), (law,))
    assert set(files) == {"index.html", "disclosure.json", "disclosure.schema.json", "domains.csv"}
    assert (TITLE in files["index.html"].decode()) is is_californian
    assert not {"index.html", "california.html"} & links(files["index.html"])


def test_the_twin_is_the_same_whatever_pages_are_asked_for() -> None:
    built = build_disclosure(several_origins())
    every = ((Law.EU,), (Law.CALIFORNIA,), tuple(Law))
    twins = {render_forms(built, laws)["disclosure.json"] for laws in every}
    assert len(twins) == 1


def test_the_twelve_items_stand_in_the_order_of_the_law_before_the_datasets() -> None:
    html = californian(several_origins())
    found = re.findall(r'<section class="field" id="field-3111\.a\.(\d+)"', html)
    assert found == [str(number) for number in range(1, 13)]
    places = [html.index(f'id="{one}"') for one in ("items", "field-3111.a.12", "datasets", "unknown")]
    assert places == sorted(places)


def test_the_first_screen_counts_datasets_and_does_not_hide_what_is_not_known() -> None:
    html = californian(several_origins())
    found = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="number">(.*?)</dd>\s*<dd>(.*?)</dd>', html)
    told = {label: (re.sub("<[^>]+>", "", value), note) for label, value, note in found}
    assert told["Datasets"] == ("3", "1,000 to 10,000 records")
    assert told["Under copyright"] == ("1", "of 3 datasets; not known of 1")
    assert told["Personal information"] == ("not known", "of 3 datasets")
    gaps = sum(one.status == "gap" for one in build_disclosure(several_origins()).california)
    assert told["Not known"] == (str(gaps), "of 12 items of the law")


def test_withheld_datasets_count_one_by_one_among_what_is_not_known() -> None:
    html = californian(guarded())
    assert "of 6 datasets; not known of 4" in html
    overview = html[html.index('id="datasets"') : html.index('id="unknown"')]
    assert overview.count('<tr role="row">') == 1 + 5
    assert "secret" not in html.lower()


def test_one_table_says_in_short_what_is_known_of_each_dataset() -> None:
    html = californian(several_origins())
    overview = html[html.index('id="datasets"') : html.index('id="unknown"')]
    for said in ("forum@1", "100,000 to 1 million words", "claimed by CC-BY-4.0", "licensed"):
        assert said in overview


def test_an_exempt_model_says_so_and_why_instead() -> None:
    html = californian(replace(several_origins(), california_exemption=Exemption.AIRCRAFT))
    assert "California asks for no documentation of this model, as its provider states" in html
    assert "the operation of aircraft in the national airspace, section 3111(b)(2)" in html
    assert 'id="unknown"' not in html
    assert 'id="datasets"' not in html
    assert html.count("not applicable</p>") == 12


def test_of_a_model_without_datasets_the_title_says_that_nothing_is_recorded() -> None:
    html = californian(model(name="empty"))
    assert "<h1><bdi>What empty 1.0 was trained on is not recorded</bdi></h1>" in html
    assert "0 of 12 items have an answer" in html


def test_what_is_open_stands_under_who_can_close_it() -> None:
    html = californian(nothing_known())
    unknown = html[html.index('id="unknown"') :]
    assert "<h3>The provider, in registry.yaml: " in unknown
    assert "<code>aggregate_consumer_information</code>" in unknown


def test_a_site_has_the_page_beside_the_disclosure_and_the_model_leads_to_it() -> None:
    files = files_of(model(component(version("d"))))
    folder = "models/mathlet/1.0"
    assert TITLE in files[f"{folder}/disclosure/california.html"].decode()
    assert "disclosure/california.html" in links(files[f"{folder}/index.html"])
    above = links(files[f"{folder}/disclosure/california.html"])
    assert {"../index.html", "../../../../index.html"} <= above
