"""What may be wrong with a page open in a browser; each check returns what it found, [] where nothing."""

from pathlib import Path

from playwright.sync_api import Page

WIDTHS = (320, 360, 768, 1000)
SCHEMES = {"light": "", "dark": "runOnly: ['color-contrast', 'link-in-text-block']"}
_AXE = """axe.run({{resultTypes: ['violations'], {rules}}}).then(found => found.violations.flatMap(one =>
    one.nodes.map(node => [one.id, node.html, node.failureSummary])))"""
_WIDER = """[...document.querySelectorAll('body *')].filter(one =>
    !one.closest('.skip, .scroll, thead, svg svg, pre > *')
    && one.getBoundingClientRect().right > document.documentElement.clientWidth + 1
).map(one => one.outerHTML.slice(0, 120))"""
_BARE = """[...document.querySelectorAll('table')].filter(one =>
    !one.caption?.textContent.trim()
    || one.tHead?.rows.length !== 1
    || [...one.tHead.rows[0].cells].some(cell => cell.tagName !== 'TH' || !cell.textContent.trim())
    || [...one.tBodies[0].rows].some(row => row.cells.length !== one.tHead.rows[0].cells.length)
).map(one => one.outerHTML.slice(0, 200))"""
_UNNAMED = """[...document.querySelectorAll('svg')].filter(one => !one.closest('[aria-hidden=true]')
    && !(one.role === 'img' && one.querySelector(':scope > title')?.textContent
         && one.querySelector(':scope > desc')?.textContent
         && one.closest('.charted, .folded')?.querySelector('tbody tr'))
).map(one => one.outerHTML.slice(0, 200))"""
_FOREIGN = "[...document.querySelectorAll('iframe, object, embed, form, link, img, base')]"
_SCRIPTS = """[...document.querySelectorAll('script')].filter((one, place) =>
    place && one.type !== 'application/json'
).map(one => one.outerHTML.slice(0, 120))"""
_TURNED = "document.documentElement.outerHTML.match(/[\\u202a-\\u202e\\u2066-\\u2069]/g) || []"


def violations(page: Page, axe: str) -> list[object]:
    """What axe-core finds: everything in the light scheme, contrast once more in the dark one.

    axe: its source; the policy of the pages allows no script element
    """
    page.evaluate(axe)
    found: list[object] = []
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        found += [(scheme, *one) for one in page.evaluate(_AXE.format(rules=rules))]
    return found


def wider(page: Page) -> list[object]:
    """What reaches beyond the screen, from small phones to small windows."""
    found: list[object] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found += [(width, one) for one in page.evaluate(_WIDER)]
        whole = page.evaluate("document.documentElement.scrollWidth")
        found += [(width, f"the page is {whole} wide")] if whole > width else []
    return found


def foreign(page: Page) -> list[object]:
    """Elements that run or load something, links that are none of the web's, letters that turn the text."""
    elements: list[object] = page.evaluate(f"{_FOREIGN}.map(one => one.outerHTML.slice(0, 120))")
    links = page.evaluate("[...document.links].map(one => one.href)")
    strange = [one for one in links if one.split(":")[0] not in {"https", "http", "mailto", "file"}]
    ran = ["a script gave the page its title"] if page.title() == "run" else []
    scripts = page.evaluate(_SCRIPTS)  # after the first, which is ours
    return [*elements, *scripts, *strange, *page.evaluate(_TURNED), *ran]


def unexplained(page: Page) -> list[object]:
    """Drawings without a name, a description and numbers beside them; tables without headings or caption."""
    return [*page.evaluate(_UNNAMED), *page.evaluate(_BARE)]


def astray(page: Page, path: Path) -> list[object]:
    """Links to parts that the page does not have, and to files that are not there."""
    parts = {f"#{one}" for one in page.evaluate("[...document.querySelectorAll('[id]')].map(one => one.id)")}
    links = set(page.evaluate("[...document.links].map(one => one.getAttribute('href'))"))
    files = {link.split("#")[0] for link in links if ":" not in link and not link.startswith("#")}
    lost = {link for link in links if link.startswith("#")} - parts
    return sorted(lost | {link for link in files if not (path.parent / link).is_file()})
