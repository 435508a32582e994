"""The licenses along the lineage, as they are computed and as an audience may see them."""

from dataclasses import replace

import pytest

from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import as_json
from registry.documents.dataset import as_json as dataset_json
from registry.documents.projection import Audience, project
from registry.domain.dataset import Visibility
from registry.domain.facts import LicenseFacts, ModelFacts, VersionFacts
from registry.domain.lineage import Ancestor, Link
from registry.domain.terms import InheritedLicense, own_terms
from registry.render.attribution import render_attribution
from registry.render.text import attribution_text
from tests.facts import component, model, version


def made(*above: tuple[str, str, Visibility | None], license_: str = "MIT") -> VersionFacts:
    """A version that was made from the first, that from the second, and so on: name, license, visibility."""
    below, found = None, []
    child = "made@1"
    for name, expression, visibility in above:
        link = Link(child, name, evidence=f"/home/team/{name}.yaml", asserted_by="provider")
        below = Ancestor(name, link, below)
        found.append(InheritedLicense(below, own_terms(expression), visibility))
        child = name
    of = version("made", license=license_, derived_from=(above[0][0],))
    return replace(of, license=replace(of.license, inherited=tuple(found)))


def trained_on(of: VersionFacts) -> ModelFacts:
    return model(component(of))


PUBLIC = Visibility.PUBLIC


@pytest.mark.parametrize(
    ("own", "above", "effective", "incomplete"),
    [
        ("MIT", ["CC-BY-SA-4.0"], "MIT AND CC-BY-SA-4.0", ()),
        ("MIT", ["NOASSERTION", "CC-BY-4.0"], "MIT AND CC-BY-4.0", ("a0@1",)),
        ("MIT", ["MIT OR Apache-2.0"], "MIT AND (MIT OR Apache-2.0)", ()),
        ("NOASSERTION", ["CC-BY-4.0"], "NOASSERTION", ()),
        ("MIT", ["NONE", "CC-BY-4.0"], "NONE", ()),
        ("MIT", ["MIT"], "MIT", ()),
    ],
)
def test_the_effective_license(
    own: str, above: list[str], effective: str, incomplete: tuple[str, ...]
) -> None:
    of = made(*((f"a{place}@1", one, PUBLIC) for place, one in enumerate(above)), license_=own)
    assert of.license.effective == effective
    assert of.license.incomplete == incomplete


def test_what_nobody_has_stated_makes_a_duty_unknown_and_lessens_none() -> None:
    duties = made(("a@1", "NOASSERTION", PUBLIC)).license.duties
    assert duties.notice.value == "yes"  # of its own license
    assert duties.non_commercial.value == "unknown"


def test_a_version_whose_records_carry_licenses_hands_all_of_them_down() -> None:
    facts = LicenseFacts("MIT", "MIT", None, ("CC-BY-SA-3.0", "NOASSERTION"))
    assert facts.effective == "MIT AND CC-BY-SA-3.0"
    assert facts.own.is_complete  # records without one stand under MIT
    assert not LicenseFacts(None, None, None, ("CC-BY-SA-3.0", "NOASSERTION")).own.is_complete


def test_the_document_of_a_dataset_tells_what_it_inherits_and_by_which_path() -> None:
    document = dataset_json(made(("a@1", "CC-BY-SA-4.0", PUBLIC), ("b@1", "MIT", PUBLIC)))
    assert document["license"]["effective"] == "MIT AND CC-BY-SA-4.0"
    assert document["license"]["effective_obligations"]["share_alike"] == "yes"
    assert [one["from"] for one in document["inherited"]] == ["a@1", "b@1"]
    assert [link["made_from"] for link in document["inherited"][1]["path"]] == ["a@1", "b@1"]


def test_the_public_is_told_neither_a_private_ancestor_nor_what_is_above_it() -> None:
    of = made(
        ("open@1", "CC-BY-4.0", PUBLIC),
        ("secret@1", "GPL-3.0-only", Visibility.PRIVATE),
        ("further@1", "CC-BY-NC-4.0", PUBLIC),
    )
    files = render_attribution(build_attribution(trained_on(of)))
    for name, content in files.items():
        for hidden in (b"secret", b"further", b"/home/team", b"GPL-3.0-only", b"CC-BY-NC"):
            assert hidden not in content, (name, hidden)
    [shown] = project(trained_on(of), Audience.PUBLIC).components
    found = shown.version.license
    assert [one.reference for one in found.inherited] == ["open@1", "withheld"]
    assert found.effective == "MIT AND CC-BY-4.0"
    assert found.incomplete == ("withheld",)


def test_the_auditor_is_told_all() -> None:
    of = made(("secret@1", "GPL-3.0-only", Visibility.PRIVATE))
    [shown] = project(trained_on(of), Audience.AUDITOR).components
    assert shown.version.license.effective == "MIT AND GPL-3.0-only"


def test_a_described_version_says_only_that_there_is_something() -> None:
    of = replace(made(("open@1", "CC-BY-4.0", PUBLIC)), visibility=Visibility.DESCRIBED)
    [shown] = project(trained_on(of), Audience.PUBLIC).components
    assert [one.reference for one in shown.version.license.inherited] == ["withheld"]


def test_the_manifest_lists_the_duties_inherited_along_the_lineage() -> None:
    manifest = build_attribution(trained_on(made(("open@1", "CC-BY-SA-4.0", PUBLIC))))
    [line] = as_json(manifest)["lineage"]
    assert (line["dataset"], line["ancestor"], line["license"]) == ("made@1", "open@1", "CC-BY-SA-4.0")
    assert "share_alike" in line["obligations"]
    text = attribution_text(manifest).decode()
    assert "made@1 was made from open@1 (CC-BY-SA-4.0)" in text
    assert "share alike" in text
    assert b"Along the lineage" in render_attribution(manifest)["index.html"]


def test_a_manifest_without_lineage_does_not_mention_it() -> None:
    manifest = build_attribution(trained_on(version("plain", license="MIT")))
    assert "lineage" not in as_json(manifest)
    assert b"Along the lineage" not in render_attribution(manifest)["index.html"]
