"""Addresses of works from templates: values are encoded, and nothing but http(s) is a template."""

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.links import filled, template_problem

POST = "https://site.example/q/{id}"


@pytest.mark.parametrize("template", [POST, "http://a.example/{creator:number}?x={id}"])
def test_templates(template: str) -> None:
    assert template_problem(template) is None


@pytest.mark.parametrize(
    "template",
    [
        "javascript:alert({id})",
        "https://{id}.example/",
        "https://{id}/x",
        "https://a.example/{name}",
        "https://a.example/{id",
        "https://a.example/{{id}}",
        "https://a.example/x",
    ],
)
def test_what_is_no_template_says_why(template: str) -> None:
    assert template_problem(template)


@given(st.text(min_size=1).filter(lambda text: text < "\ud800" or text.isprintable()))
def test_a_value_stays_one_segment_of_the_path(value: str) -> None:
    """A filled template leads to the same host, whatever the data say."""
    address = filled(POST, {"id": value})
    assert address is not None
    parts = urlsplit(address)
    assert (parts.netloc, parts.query, parts.fragment) == ("site.example", "", "")
    assert parts.path.startswith("/q/")
    assert unquote(parts.path.removeprefix("/q/")) == value


def test_a_name_that_is_shown_is_no_number_of_an_account() -> None:
    template = "https://site.example/users/{creator:number}"
    assert filled(template, {"creator": "-1"}) == "https://site.example/users/-1"
    assert filled(template, {"creator": "user1234"}) is None
    assert filled(template, {}) is None
