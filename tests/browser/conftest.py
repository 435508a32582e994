"""A browser without network, and a page that reports whatever it should not do."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it, one for all tests of a process."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium is not installed; on Debian: apt install chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        try:
            yield found
        finally:
            found.close()


@dataclass
class Watched:
    """A page, and what it asked for and complained of."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def open(self, path: Path) -> Page:
        """Open a file: nothing else may be asked for, and nothing said on the console."""
        self.complaints.clear()
        self.requests.clear()
        self.page.goto(path.as_uri())
        return self.page

    def heard(self, path: Path) -> list[str]:
        """Messages of the console, errors of scripts, and requests beyond the page itself."""
        self.page.evaluate("0")  # what was said until now has arrived
        return [*self.complaints, *(one for one in self.requests if one != path.as_uri())]

    def said(self, message: ConsoleMessage) -> None:
        """Note what the console shows."""
        self.complaints.append(f"{message.type}: {message.text}")

    def asked(self, request: Request) -> None:
        """Note what is asked for."""
        self.requests.append(request.url)


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Watched:
    """One page for all tests of a process: the pages it opens keep nothing but the theme a test chooses."""
    found = Watched(browser.new_page())
    found.page.on("console", found.said)
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.on("request", found.asked)
    return found


@pytest.fixture
def watched(tab: Watched) -> Watched:
    """That page as a desktop shows it."""
    tab.page.set_viewport_size({"width": 1280, "height": 900})
    tab.page.emulate_media(media="null", color_scheme="light")
    return tab


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, to be evaluated: the policy of the pages allows no script element."""
    found = find_spec("axe_playwright_python")
    assert found is not None
    assert found.origin is not None
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, ...]]:
    """The HTML files of every page type, written once for a process."""
    from tests.browser.pages import WRITERS

    found = {}
    for name, write in WRITERS.items():
        folder = tmp_path_factory.mktemp(name.replace("/", "-"))
        write(folder)
        found[name] = tuple(sorted(folder.rglob("*.html")))
    return found
