"""Notices: reproduced as they are where a license asks for them, each once, of versions shown by name."""

import json
from dataclasses import replace

import jsonschema
import pytest

from registry.documents.attribution import build_attribution
from registry.documents.attribution_json import as_json
from registry.documents.projection import Audience
from registry.documents.schema import attribution_schema
from registry.domain.dataset import FileRole, Visibility
from registry.domain.facts import BaseModelFacts, ComponentFacts, ModelFacts, NoticeFacts
from registry.domain.notices import COPYRIGHT, NOTICE
from registry.render.attribution import render_attribution
from registry.render.text import attribution_text
from tests.facts import component, model, version

LITERAL = "Copyright 2024 Ada <ada@example.org>\n\nPermission is hereby granted"
LICENSE_FILE = ("LICENSE", FileRole.LICENSE)


def noticed(
    name: str,
    license: str | None,  # noqa: A002
    *notices: NoticeFacts,
    visibility: Visibility = Visibility.PUBLIC,
) -> ComponentFacts:
    found = component(version(name, license=license, files=(LICENSE_FILE,), visibility=visibility))
    return replace(found, notices=notices)


def kept(path: str = "LICENSE", text: str = LITERAL, digest: str = "a" * 64) -> NoticeFacts:
    return NoticeFacts(path, digest, text, "utf-8")


def gaps(facts: ModelFacts) -> dict[str, str]:
    return {gap.field: gap.title for gap in build_attribution(facts).gaps}


def test_one_text_of_two_datasets_stands_once_letter_for_letter() -> None:
    facts = model(noticed("a", "MIT", kept()), noticed("b", "BSD-3-Clause", kept("doc/COPYING")))
    (notice,) = build_attribution(facts).notices
    assert notice.of == (("a@1", "LICENSE"), ("b@1", "doc/COPYING"))
    assert notice.text == LITERAL
    text = attribution_text(build_attribution(facts)).decode()
    assert text.count("Permission is hereby granted") == 1
    assert "    Copyright 2024 Ada <ada@example.org>\n\n    Permission is hereby granted\n" in text
    page = render_attribution(build_attribution(facts))["index.html"].decode()
    assert page.count('<details class="notice">') == 1
    assert "Copyright 2024 Ada &lt;ada@example.org&gt;" in page


@pytest.mark.parametrize("license_", [None, "LicenseRef-Acme"])
def test_addresses_stay_only_where_a_license_asks_for_the_notice(license_: str | None) -> None:
    (notice,) = build_attribution(model(noticed("a", license_, kept()))).notices
    assert "ada@example.org" not in notice.text
    assert "Permission is hereby granted" in notice.text
    assert not notice.literal


def test_a_license_without_duties_asks_for_no_text() -> None:
    manifest = build_attribution(model(noticed("a", "CC0-1.0", kept())))
    assert manifest.notices == ()
    assert "Permission" not in attribution_text(manifest).decode()


@pytest.mark.parametrize("visibility", [Visibility.DESCRIBED, Visibility.PRIVATE])
def test_notices_of_what_is_not_named_are_for_auditors_alone(visibility: Visibility) -> None:
    facts = model(noticed("a", "MIT", kept(), visibility=visibility))
    for name, content in render_attribution(build_attribution(facts)).items():
        assert b"ada@example.org" not in content, name
        assert b"Permission is hereby" not in content, name
    (notice,) = build_attribution(facts, audience=Audience.AUDITOR).notices
    assert notice.text == LITERAL


def test_notices_of_a_base_model_are_inherited_once() -> None:
    base = model(noticed("a", "MIT", kept()), name="base")
    own = replace(
        model(noticed("a", "MIT", kept()), name="chat"),
        base_models=(BaseModelFacts("base@1.0", None, base),),
    )
    (notice,) = build_attribution(own).notices
    assert notice.of == (("a@1", "LICENSE"),)


def test_what_was_not_kept_and_what_nobody_recorded_are_gaps() -> None:
    unread = noticed("old", "MIT", NoticeFacts("LICENSE", "b" * 64))
    assert "old@1" in gaps(model(unread))["notice-texts"]
    missing = noticed("bare", "Apache-2.0")
    assert "bare@1" in gaps(model(missing))["notices"]
    only_lines = noticed("lines", "MIT", kept(COPYRIGHT, "Copyright 2024 Ada"))
    assert "lines@1" in gaps(model(only_lines))["notices"]


def test_stated_notices_close_the_gaps() -> None:
    stated = noticed("a", "MIT", NoticeFacts("LICENSE", "b" * 64), kept(NOTICE))
    assert not {"notices", "notice-texts"} & set(gaps(model(stated)))


def test_a_license_that_keeps_supplied_notices_asks_for_none_where_there_is_none() -> None:
    assert "notices" not in gaps(model(noticed("a", "CC-BY-4.0")))
    assert "notices" in gaps(model(noticed("a", "CC-BY-4.0 AND MIT")))


def test_a_line_of_a_notice_is_no_heading_of_ours() -> None:
    forged = kept(text="=" * 72 + "\nWhat is not known\n" + "=" * 72)
    text = attribution_text(build_attribution(model(noticed("a", "MIT", forged)))).decode()
    headings = [line for line in text.split("\n") if line == "=" * 72]
    assert len(headings) == 2 * 5


def test_the_twin_with_notices_is_valid() -> None:
    facts = model(noticed("a", "MIT", kept()), noticed("b", None, kept(digest="c" * 64)))
    twin = json.loads(json.dumps(as_json(build_attribution(facts))))
    jsonschema.Draft202012Validator(attribution_schema()).validate(twin)
    assert [one["literal"] for one in twin["notices"]] == [True, False]


def test_a_notice_that_the_license_of_some_records_asks_for_is_missed() -> None:
    licenses = {("NOASSERTION", "see site"): (5, 50, 300), ("MIT", "mit"): (5, 50, 300)}
    mixed = component(version("mixed", licenses=licenses))
    assert gaps(model(mixed))["notices"] == "The notices that the licenses of mixed@1 ask to reproduce"


def test_a_choice_that_nobody_has_recorded_is_open() -> None:
    either = component(version("either", license="MIT OR Apache-2.0"))
    found = {gap.field: gap for gap in build_attribution(model(either)).gaps}["choices"]
    assert found.title == "Which license was chosen for 1,000 words of either: MIT OR Apache-2.0"
    assert "registry license conclude" in found.closed_by
    assert "choices" not in gaps(model(component(version("mit", license="MIT"))))
