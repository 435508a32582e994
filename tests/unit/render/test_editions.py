"""The pages of editions: frozen JSON beside each, the newest marked, earlier manifests not shown again."""

import json
from dataclasses import replace
from hashlib import sha256

from registry.render.site import render_site
from tests.facts import component, fully_declared, version
from tests.sites import approved, dated, registered, whole

FACTS = fully_declared()
MORE = replace(FACTS, components=(*FACTS.components, component(version("more", license="MIT"))))
ONCE = approved(registered(FACTS))
TWICE = approved(replace(registered(MORE), editions=ONCE.editions), at="2026-07-01T00:00:00Z")
FOLDER = dated(ONCE).models[0].folder


def test_every_edition_has_its_page_and_the_newest_says_so() -> None:
    files = whole(render_site(dated(TWICE)))
    first, second = (files[f"{FOLDER}/disclosure/{number}/index.html"].decode() for number in (1, 2))
    assert "<strong>SUPERSEDED</strong>" in first
    assert '<a href="../2/index.html"><bdi>version 2 of 01/07/2026</bdi></a>' in first
    assert "<strong>VERSION 2</strong>" in second
    assert "What changed since version 1" in second
    assert "more@1" in second
    assert "more@1" not in first
    current = files[f"{FOLDER}/disclosure/index.html"].decode()
    assert "<strong>VERSION 2</strong>" in current
    assert 'href="1/index.html"' in current


def test_the_json_beside_a_page_is_the_one_that_was_approved() -> None:
    files = whole(render_site(dated(TWICE)))
    page = dated(TWICE).models[0]
    for kept in page.disclosures:
        assert (
            sha256(files[f"{FOLDER}/disclosure/{kept.edition.number}/disclosure.json"]).hexdigest()
            == kept.edition.digest
        )
    newest = files[f"{FOLDER}/disclosure/2/disclosure.json"]
    assert files[f"{FOLDER}/disclosure/disclosure.json"] == newest
    listed = json.loads(files[f"{FOLDER}/disclosure/versions.json"])
    assert [(one["number"], one["standing"]) for one in listed["versions"]] == [
        (2, "latest"),
        (1, "superseded"),
    ]
    assert listed["versions"][0]["sha256"] == sha256(newest).hexdigest()


def test_a_draft_stands_beside_the_edition_it_follows() -> None:
    files = whole(render_site(dated(replace(registered(MORE), editions=ONCE.editions))))
    draft = files[f"{FOLDER}/disclosure/index.html"].decode()
    assert "<strong>DRAFT</strong>" in draft
    assert "to become version 2. Version 1 of 01/06/2026 is published." in draft
    assert "<strong>VERSION 1</strong>" in files[f"{FOLDER}/disclosure/1/index.html"].decode()
    assert json.loads(files[f"{FOLDER}/disclosure/disclosure.json"])["status"] == "draft"
    assert "publication.json" not in files


def test_every_answer_of_a_frozen_form_is_on_its_page() -> None:
    files = whole(render_site(dated(ONCE)))
    live, frozen = (files[f"{FOLDER}/disclosure/{place}index.html"].decode() for place in ("", "1/"))
    form = live[live.index('id="section-0"') : live.index('id="downloads"')]
    assert form in frozen
    assert _first_screen(live) == _first_screen(frozen)


def _first_screen(page: str) -> str:
    return page[page.index('<dl class="figures">') : page.index("</dl>", page.index('<dl class="figures">'))]


def test_an_edition_from_before_figures_told_how_they_were_computed_still_has_its_page() -> None:
    known = dict(ONCE.editions)
    (key,) = (key for key in known if key[0] == "disclosure")
    (kept,) = known[key]
    twin = {name: value for name, value in kept.twin.items() if name not in {"how", "california"}}
    for field in twin["fields"].values():
        del field["inputs"], field["query"]
    older = replace(kept, snapshot=json.dumps(twin).encode())
    files = whole(render_site(dated(replace(ONCE, editions=known | {key: (older,)}))))
    page = files[f"{FOLDER}/disclosure/1/index.html"].decode()
    assert 'id="section-3"' in page
    assert "Find it again" not in page


def test_earlier_manifests_are_listed_but_not_shown() -> None:
    files = whole(render_site(dated(TWICE)))
    shown = [name for name in files if name.startswith(f"{FOLDER}/attribution/")]
    assert not [name for name in shown if "/attribution/1/" in name]
    listed = json.loads(files[f"{FOLDER}/attribution/versions.json"])["versions"]
    assert [one["number"] for one in listed] == [2, 1]
    assert {one["file"] for one in listed} == {None}


def test_the_sums_are_of_all_other_files() -> None:
    files = whole(render_site(dated(ONCE)))
    sums = dict(line.split("  ", 1)[::-1] for line in files["SHA256SUMS"].decode().splitlines())
    assert sums == {
        name: sha256(content).hexdigest() for name, content in files.items() if name != "SHA256SUMS"
    }


def test_a_published_site_has_no_draft_on_any_page() -> None:
    files = whole(render_site(dated(ONCE)))
    assert not [name for name, content in files.items() if b"<strong>DRAFT</strong>" in content]
    assert json.loads(files["publication.json"])["edition"]["number"] == 1
    assert json.loads(files["registry.json"])["status"] == "published"


def test_an_edition_answers_to_every_law() -> None:
    files = whole(render_site(dated(ONCE)))
    assert 'id="section-3111"' in files[f"{FOLDER}/disclosure/1/index.html"].decode()


def test_the_sql_of_the_views_of_today_stands_on_the_latest_edition_alone() -> None:
    files = whole(render_site(dated(TWICE)))
    first, second = (files[f"{FOLDER}/disclosure/{number}/index.html"].decode() for number in (1, 2))
    assert "<pre" in second
    assert "<pre" not in first


def test_an_edition_in_a_form_of_another_time_stands_as_its_json() -> None:
    known = dict(ONCE.editions)
    (key,) = (key for key in known if key[0] == "disclosure")
    (kept,) = known[key]
    snapshot = json.dumps(kept.twin | {"format_version": 99, "datasets": None}).encode()
    files = whole(
        render_site(dated(replace(ONCE, editions=known | {key: (replace(kept, snapshot=snapshot),)})))
    )
    assert files[f"{FOLDER}/disclosure/1/disclosure.json"] == snapshot
    assert f"{FOLDER}/disclosure/1/index.html" not in files
    assert 'href="1/disclosure.json"' in files[f"{FOLDER}/disclosure/index.html"].decode()
