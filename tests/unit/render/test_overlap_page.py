"""The page of overlaps and the section of a dataset's page: a map, its numbers, a caveat, nothing hidden."""

import json
from dataclasses import replace
from fractions import Fraction
from xml.etree import ElementTree

import pytest

from registry.documents.comparison import CAVEAT
from registry.documents.fields import Column, Table
from registry.documents.projection import Audience
from registry.domain.dataset import FingerprintMode, Visibility
from registry.domain.facts import VersionFacts
from registry.render.charts import Chart
from registry.render.heat_map import Warm, heat_map, short_percent
from registry.render.overlap_tables import MOST_ROWS
from registry.render.site import render_site
from tests.facts import version
from tests.sites import compared, sharing, site_of, whole
from tests.unit.render.test_attacks import ATTACKS
from tests.unit.render.test_html import Reader

BASE = version("base")
MADE = version("made", derived_from=("base@1",))
OTHER = version("other")
SAMPLED = version("sampled", derived_from=("base@1",))
PAIRS = (
    sharing(MADE, BASE, 100),
    sharing(SAMPLED, BASE, 500, of=(1_000, 4_000), scale=100),
    sharing(OTHER, BASE, 20),
)


def files(
    *versions: VersionFacts, audience: Audience = Audience.PUBLIC, detected: bool = False
) -> dict[str, bytes]:
    listed = versions or (BASE, MADE, OTHER, SAMPLED)
    measured = (one for one in listed if one.fingerprint_mode is not FingerprintMode.COUNTS)
    found = compared(*measured, pairs=PAIRS)
    return whole(render_site(site_of(unused=listed, found=found, audience=audience, detected=detected)))


def text(found: dict[str, bytes], name: str) -> str:
    return " ".join("".join(Reader(found[name].decode()).text).split())


def drawn(count: int, cells: dict[tuple[int, int], Warm]) -> Chart:
    return heat_map("Map", "said", count, cells, Table("t", (Column("a", "A"),), ()))


def test_the_page_says_first_which_share_the_most_then_the_caveat_the_map_and_the_numbers() -> None:
    page = text(files(), "overlaps/index.html")
    assert "All of made@1 is found in base@1, the greatest of 2 overlaps between related datasets" in page
    assert CAVEAT in page
    assert "1 further overlap was detected that nobody has declared; it is not printed" in page
    assert "A was made from B" in page
    assert "50.0 % 46.9 to 53.1 %" in page
    assert "exact" in page
    assert "other@1" not in page


def test_what_was_detected_is_printed_on_request_and_called_so() -> None:
    for found in (files(detected=True), files(audience=Audience.AUDITOR)):
        page = text(found, "overlaps/index.html")
        assert "other@1" in page
        assert "detected, not declared" in page
        assert "further overlap" not in page


def test_the_twin_says_the_same_with_both_ends_of_intervals() -> None:
    twin = json.loads(files()["overlaps/overlaps.json"])
    assert twin["headline"].startswith("All of made@1")
    assert twin["versions"] == ["base@1", "made@1", "other@1", "sampled@1"]
    assert [(pair["a"], pair["b"], pair["declared"]) for pair in twin["pairs"]] == [
        ("made@1", "base@1", True),
        ("sampled@1", "base@1", True),
    ]
    exact, sampled = (pair["containment"] for pair in twin["pairs"])
    assert exact == {
        "a_in_b": 1.0,
        "b_in_a": 0.5,
        "interval": {"a_in_b": [1.0, 1.0], "b_in_a": [0.5, 0.5]},
        "exact": True,
    }
    low, high = sampled["interval"]["a_in_b"]
    assert low < sampled["a_in_b"] < high
    assert twin["detected_not_declared"] == {
        "printed": False,
        "not_printed": 1,
        "not_printed_under_1_percent": 0,
    }
    assert twin["caveat"] == CAVEAT


def test_a_dataset_page_says_what_it_shares_and_nothing_of_what_nobody_declared() -> None:
    found = files()
    page = text(found, "datasets/made/1/index.html")
    assert "All of it is found in base@1" in page
    assert "this one was made from it" in page
    assert CAVEAT in page
    assert "it was made from this one" in text(found, "datasets/base/1/index.html")
    assert "No overlap with a dataset that is declared to be related to it" in text(
        found, "datasets/other/1/index.html"
    )
    twin = json.loads(found["datasets/made/1/dataset.json"])["shares_content_with"]
    assert [(pair["b"], pair["containment"]["a_in_b"]) for pair in twin["pairs"]] == [("base@1", 1.0)]


def test_pages_of_datasets_do_not_tell_which_two_share_what_nobody_declared() -> None:
    """A count on each page would name the two: where one overlap is hidden, two pages would count it."""
    with_it = files()
    pairs = compared(BASE, MADE, OTHER, SAMPLED, pairs=PAIRS[:2])
    without = whole(render_site(site_of(unused=(BASE, MADE, OTHER, SAMPLED), found=pairs)))
    assert {name for name in with_it if with_it[name] != without[name]} == {
        "overlaps/index.html",
        "overlaps/overlaps.json",
        "SHA256SUMS",
    }


def test_counts_alone_are_a_gap_on_the_page_and_in_its_list() -> None:
    counts = replace(version("counts"), fingerprint_mode=FingerprintMode.COUNTS)
    found = files(BASE, MADE, counts)
    page = text(found, "datasets/counts/1/index.html")
    assert "What it shares with other datasets is not known" in page
    assert "--fingerprints sketch" in page
    twin = json.loads(found["datasets/counts/1/dataset.json"])
    assert "overlaps" in [gap["field"] for gap in twin["gaps"]]
    assert "1 dataset version could not be compared" in text(found, "overlaps/index.html")


@pytest.mark.parametrize("visibility", [Visibility.DESCRIBED, Visibility.PRIVATE])
def test_no_page_tells_that_something_hidden_shares_content(visibility: Visibility) -> None:
    hidden = replace(version("undercover", derived_from=("base@1",)), visibility=visibility)
    listed = (BASE, MADE, hidden)
    shown = [
        whole(render_site(site_of(unused=listed, found=compared(*listed, pairs=pairs), detected=True)))
        for pairs in (PAIRS[:1], (*PAIRS[:1], sharing(hidden, BASE, 100), sharing(MADE, hidden, 99)))
    ]
    assert shown[0] == shown[1]
    assert not [name for name, content in shown[0].items() if b"undercover" in content]


def test_there_is_no_page_where_no_two_can_share_anything() -> None:
    assert "overlaps/index.html" not in files(BASE)
    assert "overlaps/index.html" in files(BASE, OTHER)


def test_a_long_table_is_cut_and_leads_to_the_twin() -> None:
    versions = [version("corpus", label=str(number)) for number in range(47)]
    pairs = tuple(
        sharing(a, b, 10 + place) for place, a in enumerate(versions) for b in versions[place + 1 :]
    )
    found = whole(render_site(site_of(unused=tuple(versions), found=compared(*versions, pairs=pairs))))
    page = Reader(found["overlaps/index.html"].decode())
    rows = len([tag for tag, _ in page.elements if tag == "tr"])
    assert rows == MOST_ROWS + 1
    told = " ".join("".join(page.text).split())
    assert f"The first 1,000; {len(pairs) - MOST_ROWS} more are in overlaps.json." in told
    assert "The 40 versions with the greatest overlaps; 7 more are in the table alone." in told
    assert len(json.loads(found["overlaps/overlaps.json"])["pairs"]) == len(pairs)


@pytest.mark.parametrize("attack", ATTACKS)
def test_hostile_names_are_text_in_the_map_and_in_the_tables(attack: str) -> None:
    a, b = version(attack), version(attack, label="2")
    found = whole(render_site(site_of(unused=(a, b), found=compared(a, b, pairs=(sharing(a, b),)))))
    for name in ("overlaps/index.html", "index.html"):
        page = Reader(found[name].decode())
        assert "img" not in {tag for tag, _ in page.elements}, name
        assert [one for one in page.all("script") if not one] == [{}], name  # ours
        assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
        assert attack in "".join(page.text)


def test_a_map_says_every_number_and_draws_it_where_there_is_room() -> None:
    cells = {(0, 1): Warm(Fraction(3, 4), "75 % of a in b"), (1, 0): Warm(Fraction(1, 1000), "0.1 %")}
    few = ElementTree.fromstring(str(drawn(2, cells).svg))
    assert [child.tag for child in few][:2] == ["title", "desc"]
    groups = few.findall("g")
    titles = [str(group.findtext("title")).replace("\N{NO-BREAK SPACE}", " ") for group in groups]
    assert titles == ["75 % of a in b", "0.1 %"]
    assert [group.findtext("text") for group in groups] == ["75", "<1"]
    assert [group.attrib["class"] for group in groups] == ["heat-4", "heat-1"]
    many = ElementTree.fromstring(str(drawn(40, cells).svg))
    assert [group.findtext("text") for group in many.findall("g")] == [None, None]
    assert [group.findtext("title") for group in many.findall("g")] == [
        group.findtext("title") for group in groups
    ]


def test_cells_lie_within_the_map() -> None:
    cells = {(39, 38): Warm(Fraction(1, 2), "half")}
    svg = ElementTree.fromstring(str(drawn(40, cells).svg))
    height = float(svg.attrib["height"].removesuffix("em"))
    for one in svg.iter("rect"):
        x, width = (float(one.attrib[name].removesuffix("%")) for name in ("x", "width"))
        y, tall = (float(one.attrib[name].removesuffix("em")) for name in ("y", "height"))
        assert x + width <= 100.01
        assert y + tall <= height + 0.01


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 10_000), "<1"),
        (Fraction(1, 100), "1"),
        (Fraction(995, 1000), ">99"),
        (Fraction(99, 100), "99"),
        (Fraction(1), "100"),
    ],
)
def test_what_is_not_quite_none_or_all_never_reads_so(share: Fraction, shown: str) -> None:
    assert short_percent(share) == shown
