"""Finding a holder by name in a long list: from disk, without a server; readable without the script."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from registry.documents.attribution import build_attribution
from registry.render.attribution import attribution_files
from registry.render.folder import write_folder
from tests.browser.checks import violations
from tests.browser.conftest import Watched
from tests.facts import agent, component, holding, model, version

COUNT = 3_050  # a page holds a thousand


@pytest.fixture(scope="session")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of the names of a manifest with thousands of holders."""
    held = [holding((1, 10, 60), agent(f"Émile Person {number:05}")) for number in range(COUNT)]
    facts = model(component(version("forum", size=(COUNT, 10 * COUNT, 9)), *held))
    out = tmp_path_factory.mktemp("names") / "manifest"
    write_folder(attribution_files(build_attribution(facts)), out)
    return out / "holders" / "index.html"


def test_a_typed_name_leads_to_its_page_and_its_row(watched: Watched, listed: Path) -> None:
    page = watched.open(listed)
    page.get_by_label("Find a name").fill("Émile Person 02345")
    links = page.locator(".names ol a")
    assert links.all_inner_texts() == ["Page 3"]
    page.keyboard.press("Enter")
    page.wait_for_url("**/holders/3.html#*")
    shown = page.locator("tbody tr:visible")
    assert shown.count() == 1
    assert "Émile Person 02345" in shown.inner_text()
    assert watched.complaints == []


def test_the_pages_are_accessible(watched: Watched, listed: Path, axe: str) -> None:
    for name in ("index.html", "4.html"):
        assert violations(watched.open(listed.with_name(name)), axe) == []


def test_without_script_every_page_is_reached_by_links(browser: Browser, listed: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(listed.as_uri())
    assert page.locator(".ranges a").count() == 4
    with page.expect_navigation():
        page.locator(".ranges a").nth(3).click()
    assert page.locator("tbody tr").count() == COUNT - 3_000
    context.close()
