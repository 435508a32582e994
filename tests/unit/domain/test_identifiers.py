from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.identifiers import (
    Component,
    Reference,
    check_name,
    identities,
    identity,
    parse_component,
    parse_epochs,
    parse_reference,
    slug,
)
from registry.errors import UsageError

PARTS = st.lists(st.text(st.characters(codec=None), max_size=6), max_size=4)
NAMES = st.from_regex(r"[A-Za-z0-9]{1,4}(?:[-._/]{0,2}[A-Za-z0-9]{1,3}){0,5}", fullmatch=True)


def test_an_identity_is_the_same_on_every_machine() -> None:
    assert identity("dataset", "gsm8k") == "92aebf4542e2e91607242d23970455ce"
    assert identity("dataset", "ab") != identity("dataset", "a", "b") != identity("datase", "ta", "b")


@given(PARTS, PARTS)
def test_different_keys_have_different_identities(one: list[str], other: list[str]) -> None:
    assert (identity(*one) == identity(*other)) == (one == other)
    assert len(identity(*one)) == 32
    assert identities(*one)(*other) == identity(*one, *other)


def test_references_name_a_dataset_and_perhaps_a_version() -> None:
    assert parse_reference("gsm8k") == Reference("gsm8k", None)
    assert parse_reference("openai/gsm8k@1") == Reference("openai/gsm8k", "1")
    assert str(parse_reference("openai/gsm8k@v1.2+fix")) == "openai/gsm8k@v1.2+fix"


REFUSED = [
    "",
    "@1",
    "a@",
    "a@b@c",
    "../etc",
    "a/../b",
    ".hidden",
    "a/.git",
    "/a",
    "a/",
    "a//b",
    "a..b",
    "a b",
]
REFUSED += [
    "a\n",
    "naïve",
    "a:b",
    "a\x00",
    "-rf",
    "a.",
    "a@../1",
    "a@1 2",
    "x" * 129,
    "a@" + "1" * 129,
    "\ud800",
]


@pytest.mark.parametrize("text", REFUSED)
def test_a_name_that_could_not_be_a_file_or_url_is_refused_with_a_hint(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_reference(text)
    assert refused.value.hint
    assert refused.value.message.isprintable()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gsm8k", Component(Reference("gsm8k"), Fraction(1))),
        ("gsm8k:3", Component(Reference("gsm8k"), Fraction(3))),
        ("openai/gsm8k@1:0.5", Component(Reference("openai/gsm8k", "1"), Fraction(1, 2))),
        ("a@2:2.5", Component(Reference("a", "2"), Fraction(5, 2))),
        ("a:0.1", Component(Reference("a"), Fraction(1, 10))),
        ("a:1/3", Component(Reference("a"), Fraction(1, 3))),
    ],
)
def test_components_carry_exact_epochs(text: str, expected: Component) -> None:
    assert parse_component(text) == expected


@pytest.mark.parametrize(
    "text", ["0", "0.0", "-1", "1e3", "", " 1", "1/0", "0/3", "nan", "inf", "1_0", "٣", ".5", "1."]
)
def test_epochs_that_are_no_number_above_zero_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a number of epochs"):
        parse_epochs(text)


def test_slugs_read_like_the_name() -> None:
    assert slug("gsm8k") == "gsm8k"
    assert slug("openai/gsm8k") == "openai--gsm8k"
    assert slug("OpenAI/GSM8K").startswith("openai--gsm8k-")
    assert slug("openai--gsm8k") != slug("openai/gsm8k")


@given(st.text(st.characters(codec=None), max_size=200) | NAMES)
def test_a_slug_is_a_safe_file_name(name: str) -> None:
    made = slug(name)
    assert made
    assert len(made) <= 200
    assert made == made.lower()
    assert not set(made) - set("abcdefghijklmnopqrstuvwxyz0123456789._-")
    assert made[0] not in ".-"


@given(NAMES, NAMES)
def test_two_names_have_two_slugs(one: str, other: str) -> None:
    assert (slug(one) == slug(other)) == (one == other)


@given(NAMES)
def test_valid_names_survive(name: str) -> None:
    if (
        ".." not in name
        and "//" not in name
        and not any(part[:1] in ".-_" or part[-1:] in ".-" for part in name.split("/"))
    ):
        assert check_name(name) == name
