"""Takes the pictures of the README from the pages that `make demo` wrote; needs chromium."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars")


@dataclass(frozen=True, slots=True)
class Picture:
    """A page of the demo's site as someone sees it; sizes in CSS pixels."""

    name: str
    page: str
    width: int = 1280
    height: int = 960
    scheme: str = "light"


PICTURES = (
    Picture("index", "index.html"),
    Picture("model", "models/snakelet-chat/1.0/index.html"),
    Picture("disclosure", "models/snakelet-chat/1.0/disclosure/index.html"),
    Picture("california", "models/snakelet-chat/1.0/disclosure/california.html"),
    Picture("manifest", "models/snakelet-chat/1.0/attribution/index.html"),
    Picture("dataset", "datasets/packages/1/index.html"),
    Picture("overlaps", "overlaps/index.html"),
    Picture("phone", "models/snakelet-chat/1.0/index.html", width=390, height=844, scheme="dark"),
)


def take(browser: Browser, picture: Picture, site: Path, out: Path) -> None:
    """Write one picture, what fits on the first screen."""
    page = browser.new_page(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.scheme == "dark" else "light",
    )
    page.goto((site / picture.page).as_uri())
    page.screenshot(path=out / f"{picture.name}.png")
    page.close()


def main() -> None:
    """Take every picture into docs/screenshots."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "demo" / "public").absolute()
    out = ROOT / "docs" / "screenshots"
    out.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for picture in PICTURES:
            take(browser, picture, site, out)
        browser.close()


if __name__ == "__main__":
    main()
