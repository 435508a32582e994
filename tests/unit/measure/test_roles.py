"""Which field plays which part."""

import pytest

from registry.domain.dataset import FieldMapping, FieldRole
from registry.errors import UsageError
from registry.measure.roles import Roles


@pytest.mark.parametrize(
    ("named", "path"),
    [
        ("messages[].content", "messages[].content"),
        ("messages.content", "messages[].content"),
        ("a.b", r"a\.b"),
        ("data.paragraphs.context", "data.paragraphs.context"),
    ],
)
def test_a_field_is_found_by_its_path_with_or_without_brackets(named: str, path: str) -> None:
    roles = Roles(FieldMapping(text=(named,)))
    assert roles.is_content(path)
    assert not roles.is_content("other")


def test_every_field_without_another_part_is_content_where_none_is_named() -> None:
    roles = Roles(FieldMapping(license=("terms",)))
    assert roles.is_content("body")
    assert not roles.is_content("terms")


def test_alternatives_are_ranked_as_named() -> None:
    roles = Roles(FieldMapping(creator=("id", "name")))
    assert roles.of("id") == (FieldRole.CREATOR, 0)
    assert roles.of("name")[1] > roles.of("id")[1]


def test_a_field_that_never_appears_is_refused_with_the_fields_there_are() -> None:
    roles = Roles(FieldMapping(text=("body", "boddy")))
    roles.of("body")
    with pytest.raises(UsageError, match="'boddy'") as caught:
        roles.require_all_met()
    assert "body" in str(caught.value.hint)


def test_the_fields_around_a_nested_record_are_content_only_where_named() -> None:
    plain = Roles(FieldMapping(), explode="data.paragraphs.qas")
    assert plain.is_content("question")
    assert not plain.is_content(".data.paragraphs.context")
    named = Roles(FieldMapping(text=("data.paragraphs.context",)), explode="data.paragraphs.qas")
    assert named.is_content(".data.paragraphs.context")
    assert not named.is_content("question")


@pytest.mark.parametrize(
    "name", ["question", "data.paragraphs.qas.question", "data[].paragraphs[].qas[].question"]
)
def test_a_field_of_a_nested_record_is_named_from_the_record_or_from_the_top(name: str) -> None:
    roles = Roles(FieldMapping(text=(name,)), explode="data[].paragraphs[].qas")
    assert roles.is_content("question")
    assert not roles.is_content("answers[].text")


def test_a_field_around_a_nested_record_may_say_its_license() -> None:
    roles = Roles(FieldMapping(license=("terms",)), explode="examples")
    assert roles.of(".terms")[0] is FieldRole.LICENSE
    assert roles.of(".terms")[1] > roles.of("terms")[1]
