"""What one registry discloses another can read: as it was written, or with all that does not fit."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from registry.documents.disclosed import read_disclosure
from registry.documents.disclosure import build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.projection import Audience
from registry.domain.facts import ModelFacts
from registry.errors import RefusedError, UsageError
from tests.facts import CASES, several_origins

SHA256 = "ab" * 32


def written(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> dict[str, Any]:
    document = json.loads(json.dumps(as_json(build_disclosure(facts, audience=audience, software="0.1.0"))))
    assert isinstance(document, dict)
    return document


@pytest.mark.parametrize("case", CASES)
def test_every_disclosure_is_read_as_it_was_written(case: str) -> None:
    built = build_disclosure(CASES[case]())
    read = read_disclosure(written(CASES[case]()), SHA256)
    assert (read.name, read.label) == (built.model.name, built.model.label)
    assert (read.headline, read.provider, read.url) == (built.headline, built.model.provider, built.model.url)
    assert (read.records, read.words, read.audience, read.sha256) == (
        built.records,
        built.words,
        "public",
        SHA256,
    )
    assert [(line.dataset, line.version, line.license, line.words) for line in read.datasets] == [
        (use.version.name, use.version.label or None, use.version.license.stated, use.words)
        for use in built.uses
    ]


def test_one_made_for_auditors_is_refused() -> None:
    with pytest.raises(RefusedError) as raised:
        read_disclosure(written(several_origins(), Audience.AUDITOR), SHA256)
    assert "--audience auditor" in (raised.value.hint or "")


@pytest.mark.parametrize(("key", "value"), [("format", "other"), ("format", None), ("format_version", 2)])
def test_another_format_is_none_of_ours(key: str, value: object) -> None:
    with pytest.raises(UsageError, match="format"):
        read_disclosure(written(several_origins()) | {key: value}, SHA256)


def test_all_that_does_not_fit_is_said_at_once() -> None:
    document = written(several_origins())
    document["model"] = "not a name!"
    document["headline"] = None
    document["totals"]["words"] = "many"
    document["datasets"][1]["records"] = -1
    document["datasets"][2]["origin"] = "stolen"
    with pytest.raises(UsageError) as raised:
        read_disclosure(document, SHA256)
    message = raised.value.message
    for part in ("model", "headline", "totals.words", "datasets[1].records", "datasets[2].origin"):
        assert part in message
    assert raised.value.hint


@pytest.mark.parametrize(
    "spoil",
    [
        lambda document: document.update(datasets={}),
        lambda document: document.update(datasets=["x"]),
        lambda document: document.update(totals=[]),
        lambda document: document.update(url="javascript:alert(1)"),
        lambda document: document["totals"].update(records=True),
        lambda document: document.pop("version"),
    ],
)
def test_what_does_not_fit_is_refused(spoil: Callable[[dict[str, Any]], object]) -> None:
    document = written(several_origins())
    spoil(document)
    with pytest.raises(UsageError, match="does not fit"):
        read_disclosure(document, SHA256)


def test_no_email_address_is_read() -> None:
    document = written(several_origins())
    document["headline"] = "ask jane@mail.example"
    document["url"] = "https://x.example/?by=jane@mail.example"
    read = read_disclosure(document, SHA256)
    assert "jane@" not in read.headline
    assert read.url is None
