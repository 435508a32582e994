"""The files of a site: linked to each other, marked, without a name of what is not public."""

import json
import posixpath
import re
from dataclasses import replace

import pytest

from registry.documents.projection import Audience
from registry.domain.dataset import Visibility
from registry.domain.facts import ContradictionFacts, ModelFacts
from registry.domain.stated import DeclaredSize, Modality
from tests.facts import (
    CASES,
    component,
    declared_version,
    fully_declared,
    guarded,
    model,
    nothing_known,
    several_origins,
    version,
)
from tests.sites import files_of
from tests.unit.render.test_attacks import ATTACKS, hostile
from tests.unit.render.test_html import Reader


def everything() -> tuple[ModelFacts, ...]:
    return several_origins(), replace(fully_declared(), id="full", name="full"), guarded(), nothing_known()


def html_of(files: dict[str, bytes]) -> dict[str, Reader]:
    return {name: Reader(content.decode()) for name, content in files.items() if name.endswith(".html")}


@pytest.mark.parametrize("audience", Audience)
def test_every_link_within_the_site_leads_to_a_file_and_every_page_is_reached(audience: Audience) -> None:
    files = files_of(*everything(), audience=audience)
    reached, todo = {"index.html"}, ["index.html"]
    pages = html_of(files)
    while todo:
        here = todo.pop()
        ids = {attributes.get("id") for _, attributes in pages[here].elements}
        for attributes in pages[here].all("a"):
            href = str(attributes["href"])
            if href.startswith("#"):
                assert href[1:] in ids, (here, href)
            elif not re.match(r"[a-z]+:", href):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(here), href.partition("#")[0]))
                assert target in files, (here, href)
                if target in pages and target not in reached:
                    reached.add(target)
                    todo.append(target)
    assert reached == set(pages)


def scripts_of(name: str) -> list[dict[str, str | None]]:
    """The script of every page, and on the first the names it searches, which do not run."""
    data: dict[str, str | None] = {"type": "application/json", "id": "search-data"}
    return [{}, data] if name == "index.html" else [{}]


def test_ids_are_unique_and_nothing_is_loaded() -> None:
    for name, page in html_of(files_of(*everything())).items():
        ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids)), name
        assert not {tag for tag, _ in page.elements} & {"link", "img", "iframe", "object"}
        assert page.all("script") == scripts_of(name), name


def test_every_page_is_a_draft_with_a_date_and_a_contact_for_rights_holders() -> None:
    for name, page in html_of(files_of(*everything())).items():
        text = " ".join(page.text)
        assert "DRAFT" in text, name
        assert "09/03/2026" in text, name
        assert "For rights holders" in text, name
        assert "FOR AUDITORS" not in text, name


def test_the_rights_contact_that_a_provider_states_stands_on_every_page() -> None:
    for name, page in html_of(files_of(fully_declared())).items():
        assert "https://acme.example/rights" in [one.get("href") for one in page.all("a")], name


def test_a_copy_for_auditors_is_marked_on_every_page() -> None:
    for name, page in html_of(files_of(guarded(), audience=Audience.AUDITOR)).items():
        assert "FOR AUDITORS" in " ".join(page.text), name


@pytest.mark.parametrize("secret", ["secret", "vault-a", "vault-b", "Shy Person", "/home/someone"])
def test_no_file_names_what_is_not_public(secret: str) -> None:
    for name, content in files_of(*everything()).items():
        assert secret.lower() not in content.decode().lower(), name
        assert secret.lower() not in name.lower()


def test_models_that_are_not_public_are_named_nowhere() -> None:
    hidden = replace(nothing_known(), name="undercover", visibility=Visibility.PRIVATE)
    shy = replace(hidden, id="shy", name="masked", visibility=Visibility.DESCRIBED)
    for name, content in files_of(several_origins(), hidden, shy).items():
        assert b"undercover" not in content, name
        assert b"masked" not in content, name


def test_digests_of_what_is_not_public_stand_nowhere() -> None:
    hidden = [part.version for part in guarded().components if part.version.name != "letters"]
    text = b"".join(files_of(guarded()).values()).decode()
    assert not [one.name for one in hidden if one.content_digest in text or one.fingerprint_id in text]


def test_an_engineer_finds_the_digest_of_every_file() -> None:
    files = files_of(several_origins())
    page = files["datasets/forum/1/index.html"].decode()
    twin = json.loads(files["datasets/forum/1/dataset.json"])
    assert twin["digest"] in page
    assert all(file["sha256"] in page and file["path"] in page for file in twin["distributions"])


def test_what_is_declared_is_never_shown_as_measured() -> None:
    size = DeclaredSize(Modality.TEXT, records=30, words=4_000, evidence="contract of 2024")
    files = files_of(model(component(declared_version("archive", size))))
    for name in ("index.html", "models/mathlet/1.0/index.html", "datasets/archive/1/index.html"):
        assert "declared, not measured" in files[name].decode(), name
    twin = json.loads(files["datasets/archive/1/dataset.json"])
    assert (twin["digest"], twin["basis"]) == (None, "declared")


def test_contradictions_stand_on_the_page_of_the_dataset() -> None:
    found = ContradictionFacts("license", "MIT", "CC-BY-NC-4.0", "README.md")
    facts = model(component(replace(version("data", license="MIT"), contradictions=(found,))))
    text = " ".join(Reader(files_of(facts)["datasets/data/1/index.html"].decode()).text)
    assert "CC-BY-NC-4.0" in text
    assert "README.md" in text


def test_withdrawn_and_older_versions_are_marked() -> None:
    old, new = replace(version("data"), withdrawn=True), version("data", label="2")
    files = files_of(model(component(new), component(old)))
    assert "WITHDRAWN" in files["datasets/data/1/index.html"].decode()
    assert "data@1 (withdrawn)" in files["index.html"].decode()
    assert "SUPERSEDED" in files["datasets/data/1/index.html"].decode()
    assert "SUPERSEDED" not in files["datasets/data/2/index.html"].decode()


@pytest.mark.parametrize("attack", ATTACKS)
def test_names_that_try_to_be_markup_are_text(attack: str) -> None:
    files = files_of(hostile(attack))
    for name, page in html_of(files).items():
        assert "img" not in {tag for tag, _ in page.elements}, name
        assert page.all("script") == scripts_of(name), name
        assert not [key for _, attributes in page.elements for key in attributes if key.startswith("on")]
        for one in page.all("a"):
            assert not re.match(r"(?!https?:|mailto:)[a-z]+:", str(one["href"])), name


@pytest.mark.parametrize("case", sorted(CASES))
def test_totals_of_all_documents_of_a_model_are_the_same(case: str) -> None:
    facts = CASES[case]()
    files = files_of(facts)
    folder = f"models/{facts.name}/{facts.label}"
    model_twin = json.loads(files[f"{folder}/model.json"])
    disclosure = json.loads(files[f"{folder}/disclosure/disclosure.json"])
    index = json.loads(files["registry.json"])
    assert model_twin["totals"]["words"] == disclosure["totals"]["words"] == index["models"][0]["words"]


def test_an_empty_registry_has_a_page() -> None:
    files = files_of()
    assert set(files) == {"index.html", "registry.json", "SHA256SUMS"}
    assert "Nothing is registered yet" in files["index.html"].decode()


def test_the_same_facts_give_the_same_bytes() -> None:
    assert files_of(*everything()) == files_of(*everything())
