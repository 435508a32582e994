"""Pages as a reader has them: in a browser, in both schemes, on phones, on paper, by keyboard."""

import re
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.browser.checks import astray, foreign, unexplained, violations, wider
from tests.browser.conftest import Watched
from tests.browser.pages import WRITERS

Written = dict[str, tuple[Path, ...]]
MOST = 20  # pages of a kind; of the many datasets of one site, which are all alike

pytestmark = pytest.mark.parametrize("name", WRITERS)


def of_each_kind(paths: tuple[Path, ...], most: int) -> tuple[Path, ...]:
    """The largest pages of every kind."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(paths, key=lambda path: -path.stat().st_size):
        kind = re.search('<p class="kind">([^·]*)', path.read_text())
        assert kind
        kinds.setdefault(kind[1], []).append(path)
    return tuple(path for found in kinds.values() for path in found[:most])


def test_accessible_in_both_schemes(watched: Watched, axe: str, written: Written, name: str) -> None:
    for path in of_each_kind(written[name], 1):
        assert violations(watched.open(path), axe) == [], path


def test_silent_alone_whole_and_no_wider_than_the_screen(
    watched: Watched, written: Written, name: str
) -> None:
    for path in of_each_kind(written[name], MOST):
        page = watched.open(path)
        assert foreign(page) == [], path
        assert unexplained(page) == [], path
        assert astray(page, path) == [], path
        assert wider(page) == [], path
        assert watched.heard(path) == [], path


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
