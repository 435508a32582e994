"""The script of the pages: search by keyboard, filters, the theme; and nothing lost without it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from registry.render.folder import write_folder
from registry.render.long_tables import MOST_ROWS
from registry.render.site import render_site
from tests.browser.checks import violations, wider
from tests.browser.conftest import Watched
from tests.facts import agent, component, holding, model, version
from tests.sites import site_of

COUNT = MOST_ROWS + 5


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of a site with more datasets than it has room for."""
    ada = agent("Ada Lovelacé", shown_as="name")
    poems = component(
        version("poems", size=(1, 9_000, 9), title="Verse of the sea"), holding((1, 9_000, 9), ada)
    )
    others = [component(version(f"set-{number:03}", size=(1, 900 - number, 9))) for number in range(COUNT)]
    out = tmp_path_factory.mktemp("searched") / "site"
    write_folder(render_site(site_of(model(poems, *others, provider="ACME"))), out)
    return out / "index.html"


@pytest.fixture
def page(watched: Watched, first: Path) -> Iterator[Page]:
    """The first page; while it is used nothing is said on the console, nothing asked for beyond the site."""
    yield watched.open(first)
    watched.page.evaluate("0")  # what was said until now has arrived
    assert watched.complaints == []
    assert [one for one in watched.requests if not one.startswith(first.parent.as_uri())] == []


def results(page: Page) -> list[str]:
    return page.locator(".search li a").all_inner_texts()


def focused(page: Page) -> str:
    text: str = page.evaluate("document.activeElement.textContent")
    return text


def test_a_slash_leads_to_the_search_and_arrows_through_its_results(page: Page) -> None:
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("set-00")
    assert page.get_by_role("search").get_by_role("status").inner_text() == "10 results."
    assert results(page)[:2] == ["set-000@1", "set-001@1"]
    for key, expected in (("ArrowDown", "set-000@1"), ("ArrowDown", "set-001@1"), ("ArrowUp", "set-000@1")):
        page.keyboard.press(key)
        assert focused(page) == expected
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "search"
    assert (page.locator("#search").input_value(), results(page)) == ("", [])


def test_enter_opens_the_first_result(page: Page) -> None:
    page.keyboard.press("/")
    page.keyboard.type("verse SEA")
    page.keyboard.press("Enter")
    page.wait_for_url("**/datasets/poems/1/index.html")


def test_holders_are_found_whatever_their_accents_and_lead_to_what_is_theirs(page: Page) -> None:
    page.locator("#search").fill("ada lovelace")
    link = page.locator(".search li a")
    assert link.inner_text() == "Ada Lovelacé"
    assert link.get_attribute("href") == "datasets/poems/1/index.html"


def test_of_many_results_the_first_are_listed(page: Page) -> None:
    page.locator("#search").fill("set")
    said = page.get_by_role("search").get_by_role("status").inner_text()
    assert said == f"{COUNT} results, the first 20 are listed."
    assert len(results(page)) == 20


def test_a_long_table_is_filtered(page: Page) -> None:
    field = page.get_by_label("Filter these rows")
    field.fill("set-01")
    rows = page.locator("#datasets ~ div tbody tr:visible").all()
    assert 10 <= len(rows) <= 12
    assert f"10 rows of {MOST_ROWS}" in page.locator(".filter").inner_text()


def test_the_theme_is_kept_from_page_to_page(page: Page) -> None:
    def paper() -> str:
        colour: str = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        return colour

    light = paper()
    page.get_by_label("Theme").select_option("dark")
    dark = paper()
    page.emulate_media(color_scheme="dark")
    page.reload()
    assert (paper(), page.get_by_label("Theme").input_value()) == (dark, "dark")
    page.get_by_label("Theme").select_option("light")
    assert paper() == light
    page.emulate_media(media="print")
    assert paper() == "rgb(255, 255, 255)"
    page.emulate_media(media="null", color_scheme="dark")
    page.get_by_label("Theme").select_option("auto")
    assert paper() == dark != light


def test_accessible_while_it_is_used(page: Page, axe: str) -> None:
    page.locator("#search").fill("set-00")
    page.get_by_label("Filter these rows").fill("set-01")
    assert violations(page, axe) == []
    for theme in ("dark", "light"):
        page.get_by_label("Theme").select_option(theme)
        assert violations(page, axe) == [], theme
    page.get_by_label("Theme").select_option("auto")
    assert wider(page) == []


def test_without_script_every_dataset_is_reached_by_links(browser: Browser, first: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(first.as_uri())
        assert not page.get_by_label("Theme").is_visible()
        assert not page.locator("#search").is_visible()
        found = set()
        page.get_by_role("link", name="every dataset version, page by page").click()
        found |= {one.get_attribute("href") for one in page.locator("tbody a").all()}
        assert len({one for one in found if one and one.endswith("/1/index.html")}) == COUNT + 1
        page.get_by_role("link", name=f"set-{COUNT - 1:03}@1").click()
        assert "words" in page.locator("h1").inner_text()
    finally:
        context.close()
