"""Pages as a reader has them: in a browser, in both schemes, on phones, on paper, by keyboard."""

import re
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.pages import WRITERS

Written = dict[str, tuple[Path, ...]]
AXE = """axe.run({{resultTypes: ['violations'], {rules}}}).then(found => found.violations.flatMap(one =>
    one.nodes.map(node => [one.id, node.html, node.failureSummary])))"""
WIDER = """[...document.querySelectorAll('body *')].filter(one =>
    !one.closest('.skip, .scroll, thead, svg svg')
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 120))"""
BARE = """[...document.querySelectorAll('table')].filter(one =>
    !one.caption?.textContent.trim()
    || one.tHead?.rows.length !== 1
    || [...one.tHead.rows[0].cells].some(cell => cell.tagName !== 'TH' || !cell.textContent.trim())
    || [...one.tBodies[0].rows].some(row => row.cells.length !== one.tHead.rows[0].cells.length)
).map(one => one.outerHTML.slice(0, 200))"""
UNNAMED = """[...document.querySelectorAll('svg')].filter(one => !one.closest('[aria-hidden=true]')
    && !(one.role === 'img' && one.querySelector(':scope > title')?.textContent
         && one.querySelector(':scope > desc')?.textContent
         && one.closest('.charted, .folded')?.querySelector('tbody tr'))
).map(one => one.outerHTML.slice(0, 200))"""

pytestmark = pytest.mark.parametrize("name", WRITERS)


def one_of_each_kind(paths: tuple[Path, ...]) -> tuple[Path, ...]:
    """The largest page of every kind."""
    largest: dict[str, Path] = {}
    for path in sorted(paths, key=lambda path: path.stat().st_size):
        kind = re.search('<p class="kind">([^·]*)', path.read_text())
        assert kind
        largest[kind[1]] = path
    return tuple(largest.values())


def test_accessible_silent_and_alone_in_both_schemes(
    watched: Watched, axe: str, written: Written, name: str
) -> None:
    for path in one_of_each_kind(written[name]):
        page = watched.open(path)
        page.evaluate(axe)
        page.emulate_media(color_scheme="light")
        assert page.evaluate(AXE.format(rules="")) == [], path
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(AXE.format(rules="runOnly: ['color-contrast', 'link-in-text-block']")) == [], (
            path
        )
        watched.check(path)


def test_nothing_is_wider_than_the_screen(watched: Watched, written: Written, name: str) -> None:
    for path in written[name]:
        page = watched.open(path)
        for width in (320, 360, 768, 1000):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(WIDER) == [], (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_hostile_names_stay_text(watched: Watched, written: Written, name: str) -> None:
    for path in written[name]:
        page = watched.open(path)
        assert page.title() != "run"
        assert page.locator("script, iframe, object, embed, form, link, img, base").count() == 0
        links = page.evaluate("[...document.links].map(one => one.href)")
        assert {link.split(":")[0] for link in links} <= {"https", "http", "mailto", "file"}
        assert (
            page.evaluate("document.documentElement.outerHTML.match(/[\\u202a-\\u202e\\u2066-\\u2069]/)")
            is None
        )


def test_drawings_and_tables_say_what_they_show(watched: Watched, written: Written, name: str) -> None:
    """A drawing has a name, a description and its numbers beside it; a table has headings and a caption."""
    for path in written[name]:
        page = watched.open(path)
        assert page.evaluate(UNNAMED) == [], path
        assert page.evaluate(BARE) == [], path


def test_links_to_files_and_parts_lead_somewhere(watched: Watched, written: Written, name: str) -> None:
    for path in written[name]:
        page = watched.open(path)
        parts = set(page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)"))
        links = set(page.evaluate("[...document.links].map(one => one.getAttribute('href'))"))
        assert {link[1:] for link in links if link.startswith("#")} <= parts
        files = {link.split("#")[0] for link in links if ":" not in link and not link.startswith("#")}
        missing = [link for link in files if not (path.parent / link).is_file()]
        assert missing == [], path


def test_the_keyboard_comes_first_to_the_content(watched: Watched, written: Written, name: str) -> None:
    page = watched.open(written[name][0])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_paper_shows_what_the_screen_folds(watched: Watched, written: Written, name: str) -> None:
    page = watched.open(written[name][-1])
    folded = page.locator("main details:not(.contents details) > :not(summary)")
    assert not any(one.is_visible() for one in folded.all()[:3])
    letters = sum(len("".join(text.split())) for text in folded.all_text_contents())
    page.emulate_media(media="print")
    assert page.locator(".contents").filter(visible=True).count() == 0
    whole = _glyphs(page.pdf())
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.remove())")
    assert whole - _glyphs(page.pdf()) >= letters * 0.9  # ligatures are one glyph


def _glyphs(pdf: bytes) -> int:
    """How many glyphs the pages of a PDF show: `<hex> Tj`, two bytes each."""
    count = 0
    for found in re.finditer(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            shown = re.findall(rb"<([0-9A-Fa-f]+)> Tj", zlib.decompress(found[1]))
            count += sum(len(one) // 4 for one in shown)
    return count
