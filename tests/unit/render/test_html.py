"""Pages: everything escaped, links only to the web and to mail, nothing loaded, semantic tables."""

import base64
import hashlib
import re
from dataclasses import fields
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from jinja2 import meta

from registry.documents.attribution import build_attribution
from registry.documents.contact import contact_of
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience
from registry.domain.dataset import Origin
from registry.render.attribution import MOST_HOLDERS, AttributionPage, render_attribution
from registry.render.dataset import DatasetVersionPage
from registry.render.disclosure import DisclosurePage, render_disclosure
from registry.render.forms import render_forms
from registry.render.html import Page, environment, is_safe_address, link
from registry.render.index import IndexPage
from registry.render.model import ModelVersionPage
from tests.facts import CASES, agent, component, holding, model, several_origins, version

VOID = {"meta", "link", "br", "hr", "img", "input", "wbr"}


class Reader(HTMLParser):
    """Elements, attributes and the text between them; fails on elements that do not nest."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for found, attributes in self.elements if found == tag]


def pages(case: str) -> dict[str, str]:
    facts = CASES[case]()
    return {
        "disclosure": render_disclosure(build_disclosure(facts))["index.html"].decode(),
        "california": render_forms(build_disclosure(facts))["california.html"].decode(),
        "attribution": render_attribution(build_attribution(facts))["index.html"].decode(),
    }


PAGES = [(case, kind) for case in CASES for kind in ("disclosure", "california", "attribution")]


@pytest.mark.parametrize(("case", "kind"), PAGES)
def test_nothing_is_loaded_and_nothing_runs_but_our_script(case: str, kind: str) -> None:
    html = pages(case)[kind]
    read = Reader(html)
    assert not {tag for tag, _ in read.elements} & {
        "link",
        "img",
        "iframe",
        "object",
        "form",
        "base",
    }
    assert read.all("script") == [{}]
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    assert not [attributes for _, attributes in read.elements if "style" in attributes or "src" in attributes]
    assert "url(" not in html
    assert "@import" not in html


@pytest.mark.parametrize(("case", "kind"), PAGES)
def test_the_policy_allows_this_style_sheet_and_this_script_alone(case: str, kind: str) -> None:
    html = pages(case)[kind]
    policy = next(
        one for one in Reader(html).all("meta") if one.get("http-equiv") == "Content-Security-Policy"
    )
    (sheet,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (script,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    style_digest, script_digest = (
        base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in (sheet, script)
    )
    assert policy["content"] == (
        f"default-src 'none'; style-src 'sha256-{style_digest}'; script-src 'sha256-{script_digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


@pytest.mark.parametrize(("case", "kind"), PAGES)
def test_structure_for_screen_readers(case: str, kind: str) -> None:
    read = Reader(pages(case)[kind])
    assert len(read.all("h1")) == 1
    assert ("html", {"lang": "en"}) in read.elements
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(attributes.get("scope") in {"col", "row"} for attributes in read.all("th"))
    assert len(read.all("caption")) == len(read.all("table"))
    identifiers = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    targets = {f"#{one}" for one in identifiers}
    local = [str(one["href"]) for one in read.all("a") if str(one.get("href")).startswith("#")]
    assert set(local) <= targets


@pytest.mark.parametrize(("case", "kind"), PAGES)
def test_every_page_says_draft_and_whom_to_write_to(case: str, kind: str) -> None:
    read = Reader(pages(case)[kind])
    text = " ".join(read.text)
    contact = contact_of(CASES[case]())
    assert "DRAFT" in text
    assert ("section", "rights") in [(tag, one.get("id")) for tag, one in read.elements]
    assert contact.address is None or contact.address in [one.get("href") for one in read.all("a")]
    assert contact.missing is None or "provider.rights_contact" in text


@pytest.mark.parametrize(("case", "kind"), PAGES)
def test_no_line_ends_before_a_percent_sign(case: str, kind: str) -> None:
    html = pages(case)[kind]
    assert not re.search("[0-9] %", html)


def test_one_is_not_many() -> None:
    facts = model(
        component(version("a", size=(1, 1, 9), languages={"en": (1, 1, 9)}), holding((1, 1, 9), agent("A"))),
        component(version("b", size=(1, 1, 9), origin=Origin.CRAWLED, domains={"a.org": (1, 1, 9)})),
    )
    files = render_attribution(build_attribution(facts))
    for exact_sizes in (False, True):
        built = render_forms(build_disclosure(facts, exact_sizes=exact_sizes))
        files[f"disclosure {exact_sizes}"] = built["index.html"]
        files[f"california {exact_sizes}"] = built["california.html"]
    for name, content in files.items():
        assert not re.findall(r"\b1 (?:records|words|datasets|domain names|languages)\b", content.decode()), (
            name
        )


def test_a_headline_stays_together() -> None:
    html = render_attribution(build_attribution(several_origins()))["index.html"].decode()
    (headline,) = re.findall("<h1>(.*?)</h1>", html)
    assert re.search("[0-9]\N{NO-BREAK SPACE}%", headline)


def test_every_field_of_the_form_is_on_the_page() -> None:
    built = build_disclosure(several_origins())
    html = render_disclosure(built)["index.html"].decode()
    for field in built.fields:
        assert f'id="field-{field.id}"' in html


def test_downloads_are_files_of_the_folder() -> None:
    for files in (
        render_forms(build_disclosure(several_origins())),
        render_attribution(build_attribution(several_origins())),
    ):
        read = Reader(files["index.html"].decode())
        local = {str(one["href"]) for one in read.all("a") if not str(one["href"]).startswith("#")}
        assert {name for name in local if ":" not in name} == set(files) - {"index.html"}


@pytest.mark.parametrize(
    ("template", "page"),
    [
        ("index.html", IndexPage),
        ("model.html", ModelVersionPage),
        ("dataset.html", DatasetVersionPage),
        ("disclosure.html", DisclosurePage),
        ("attribution.html", AttributionPage),
    ],
)
def test_a_template_uses_the_fields_of_its_page_and_no_others(template: str, page: type[Page]) -> None:
    used, waiting, seen = set(), [template], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        loader = environment().loader
        assert loader is not None
        tree = environment().parse(loader.get_source(environment(), name)[0])
        used |= meta.find_undeclared_variables(tree)
        waiting += [str(found) for found in meta.find_referenced_templates(tree)]
    assert used == {field.name for field in fields(page)}


def test_many_holders_are_cut_on_the_page_and_in_no_file() -> None:
    count = MOST_HOLDERS + 5
    held = (holding((1, n, 9), agent(f"Person {n}")) for n in range(1, count + 1))
    size = (count, count * (count + 1) // 2, 9)
    files = render_attribution(build_attribution(model(component(version("x", size=size), *held))))
    html = files["index.html"].decode()
    assert "The 200 largest; all are in attribution.csv." in html
    assert f"Person {count}<" in html
    assert "Person 5<" not in html
    assert b"Person 5," in files["attribution.csv"]


def test_an_auditors_copy_says_so() -> None:
    built = build_disclosure(several_origins(), audience=Audience.AUDITOR)
    assert b"Do not publish it." in render_disclosure(built)["index.html"]


@pytest.mark.parametrize(
    "address",
    ["https://x.example/a?b=c&d=e#f", "http://x.example", "HTTPS://X.example", "mailto:a@x.example"],
)
def test_links_to_the_web_and_to_mail(address: str) -> None:
    assert is_safe_address(address)
    assert str(link(address)).startswith('<a href="')


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//x.example",
        "/local",
        "https:",
        "mailto:",
        'https://x.example/" onmouseover="alert(1)',
        "https://x.example/\u202egpj.exe",
        "https://[bad",
        "",
    ],
)
def test_nothing_else_is_a_link(address: str) -> None:
    assert not is_safe_address(address)
    assert "href" not in str(link(address))
