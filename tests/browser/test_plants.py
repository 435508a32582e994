"""The checks of the pages can fail: each defect, planted into a page that is sound, is found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.checks import astray, foreign, unexplained, violations, wider
from tests.browser.conftest import Watched

Written = dict[str, tuple[Path, ...]]
END = "</main>"


@pytest.fixture
def sound(written: Written) -> Iterator[Path]:
    """A page of a site, which may be spoilt: what it was is put back."""
    drawn = (one for one in written["published"] if '<svg class="ranked"' in one.read_text())
    path = min(drawn, key=lambda one: one.stat().st_size)
    whole = path.read_bytes()
    yield path
    path.write_bytes(whole)


def spoil(path: Path, old: str, new: str) -> Path:
    """Replace what stands once or more in the page."""
    html = path.read_text()
    assert old in html
    path.write_text(html.replace(old, new))
    return path


def without_policy(path: Path) -> Path:
    """Let the page load what it likes."""
    return spoil(path, "Content-Security-Policy", "X-None")


@pytest.mark.parametrize(
    ("planted", "heard"),
    [
        ("<script>console.error('planted')</script>", "error: planted"),
        ("<script>throw new Error('planted')</script>", "planted"),
        ('<img alt="" src="planted.png">', "planted.png"),
        ('<div style="background: url(planted.css)">x</div>', "planted.css"),
    ],
)
def test_a_message_and_a_request_are_heard(watched: Watched, sound: Path, planted: str, heard: str) -> None:
    path = spoil(without_policy(sound), END, planted + END)
    watched.open(path)
    assert any(heard in one for one in watched.heard(path))


def test_what_the_policy_forbids_is_heard_too(watched: Watched, sound: Path) -> None:
    path = spoil(sound, END, "<script>document.title = 'run'</script>" + END)
    page = watched.open(path)
    assert page.title() != "run"
    assert watched.heard(path)
    assert foreign(page)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("<h1>", '<p class="h1">', "page-has-heading-one"),
        ("<h2", "<h4", "heading-order"),
        ('<html lang="en">', "<html>", "html-has-lang"),
        (END, '<p style="color: #bbb; background: #fff">planted</p></main>', "color-contrast"),
        ("--quiet: #b3b0a7", "--quiet: #333333", "color-contrast"),
    ],
    ids=["no first heading", "a level left out", "no language", "pale in light", "dim in dark"],
)
def test_axe_finds(watched: Watched, axe: str, sound: Path, old: str, new: str, rule: str) -> None:
    path = spoil(without_policy(sound), old, new)
    found = violations(watched.open(path), axe)
    assert rule in {one[1] for one in found if isinstance(one, tuple)}


def test_what_is_wider_than_the_screen_is_found(watched: Watched, sound: Path) -> None:
    path = spoil(without_policy(sound), END, '<p style="width: 350px">planted</p>' + END)
    found = wider(watched.open(path))
    assert {one[0] for one in found if isinstance(one, tuple)} == {320, 360}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<caption>", "<caption hidden></caption><caption>"),
        ('<svg class="ranked" role="img"', "<svg"),
        ("<desc>", "<g>"),
    ],
    ids=["no caption", "no role", "no description"],
)
def test_drawings_and_tables_that_say_too_little_are_found(
    watched: Watched, sound: Path, old: str, new: str
) -> None:
    assert unexplained(watched.open(spoil(sound, old, new)))


def test_links_that_lead_nowhere_are_found(watched: Watched, sound: Path) -> None:
    path = spoil(sound, END, '<a href="#planted">x</a> <a href="planted.html">y</a></main>')
    assert astray(watched.open(path), path) == ["#planted", "planted.html"]


def test_letters_that_turn_the_text_are_found(watched: Watched, sound: Path) -> None:
    assert foreign(watched.open(spoil(sound, END, "abc\u202egnp.exe</main>"))) == ["\u202e"]
