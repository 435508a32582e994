"""The page of a disclosure report: its first screen, what it leaves open, its parts in their order."""

import re
from dataclasses import replace

from registry.documents.disclosure import build_disclosure
from registry.documents.figures import rounded
from registry.domain.facts import ModelFacts
from registry.render.disclosure import render_disclosure
from registry.render.html import Crumb
from tests.facts import component, guarded, model, nothing_known, several_origins, version
from tests.unit.render.test_html import Reader


def page(facts: ModelFacts, *trail: Crumb) -> str:
    return render_disclosure(build_disclosure(facts), trail)["index.html"].decode()


def figures(html: str) -> dict[str, str]:
    """The numbers of the first screen by their label."""
    found = re.findall(r'<dt>([^<]+)</dt>\s*<dd class="number">(.*?)</dd>', html)
    return {label: re.sub("<[^>]+>", "", value).replace("\N{NO-BREAK SPACE}", " ") for label, value in found}


def test_the_first_screen_has_six_figures_and_the_origins() -> None:
    html = page(several_origins())
    assert figures(html) == {
        "Datasets": "3",
        "Words": rounded(182_333),
        "Crawled": "32.9 %",
        "Licensed": "67.1 %",
        "Languages": "2",
        "Not known": str(sum(field.status == "gap" for field in build_disclosure(several_origins()).fields)),
    }
    opening = html[: html.index('class="with-contents"')]
    assert opening.count('role="img"') == 1
    assert "publicly available" in opening


def test_what_nobody_has_said_is_no_zero() -> None:
    found = figures(page(nothing_known()))
    assert found["Crawled"] == found["Languages"] == "not known"


def test_titles_are_facts() -> None:
    text = page(several_origins()).replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "65.8 % of the words are publicly available",
        "54.8 % of the words stand under CC-BY-SA-4.0",
        "79.5 % of the words are English, the largest of 2 languages",
        "25 domain names crawled: the 12 largest hold 57.5 % of the bytes",
        "3 datasets: forum gave 93.6 % of the words seen",
    ):
        assert said in text


def test_licenses_nobody_states_and_licenses_withheld_are_told_apart() -> None:
    text = page(guarded()).replace("\N{NO-BREAK SPACE}", " ")
    assert "The license of 67.6 % of the words is withheld" in text
    assert "The license of all words is not stated" in page(nothing_known())


def test_what_is_withheld_stands_as_a_line_with_its_size() -> None:
    html = page(guarded())
    assert re.search(r'<p class="withheld"><strong>withheld \(2\)</strong> 13 records, 1,300 words\.', html)
    assert 'class="withheld"' not in page(several_origins())


def test_the_contents_list_the_parts_in_the_order_of_the_page() -> None:
    read = Reader(page(several_origins()))
    links = (str(one["href"]) for one in read.all("a"))
    local = list(dict.fromkeys(link[1:] for link in links if link.startswith("#")))
    places = [str(one["id"]) for _, one in read.elements if one.get("id") in set(local)]
    assert local == places
    assert local[1:6] == ["mixture", "licenses", "languages", "domains", "unknown"]
    assert local[6:9] == ["section-0", "section-1.1", "section-1.2"]


def test_open_points_stand_under_who_can_close_them() -> None:
    html = page(several_origins())
    unknown = html[html.index('id="unknown"') : html.index('id="section-0"')]
    assert re.search(r"<h3>The provider, in registry\.yaml: \d+ open points</h3>", unknown)
    assert re.search(r"<h3>Whoever adds the datasets: 1 open point</h3>", unknown)


def test_nothing_recorded_is_said_without_drawings() -> None:
    html = page(model(name="empty"))
    assert "What empty 1.0 was trained on is not recorded" in html
    assert "<svg" not in html
    assert 'id="mixture"' not in html


def test_a_part_of_a_dataset_is_said_to_be_one() -> None:
    part = component(version("a", size=(10, 1_000, 6_000)), used=(5, 500))
    assert "50\N{NO-BREAK SPACE}% of the records" in page(model(part))


def test_a_report_of_a_site_leads_back_to_it() -> None:
    html = page(
        several_origins(), Crumb("Registry", "../../../index.html"), Crumb("mathlet@1.0", "../index.html")
    )
    read = Reader(html)
    assert {"../../../index.html", "../index.html"} <= {one.get("href") for one in read.all("a")}
    assert "aria-current" in html
    assert 'class="trail"' not in page(several_origins())


def test_a_withdrawn_model_is_marked() -> None:
    assert "WITHDRAWN" in page(replace(several_origins(), withdrawn=True))
    assert "WITHDRAWN" not in page(several_origins())
