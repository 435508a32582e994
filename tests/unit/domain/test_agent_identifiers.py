"""Identifiers of agents: usual spellings are read, a wrong digit is told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.agent_identifiers import (
    AgentIdentifier,
    check_character,
    check_identifier,
    identifier_in,
)
from registry.errors import UsageError

KNOWN = (
    ("orcid", "https://orcid.org/0000-0002-1825-0097"),
    ("ror", "https://ror.org/05gq02987"),
    ("ror", "https://ror.org/02mhbdp94"),
    ("isni", "0000 0001 2103 2683"),
    ("ipi", "00014107338"),
    ("ipi", "00017798450"),
    ("wikidata", "Q42"),
)
SPELLED = (
    ("orcid", "0000000218250097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "http://orcid.org/0000-0002-1694-233x", "https://orcid.org/0000-0002-1694-233X"),
    ("ror", "05GQ02987", "https://ror.org/05gq02987"),
    ("isni", "https://isni.org/isni/0000000121032683", "0000 0001 2103 2683"),
    ("ipi", "IPI 000.14.10.73.38", "00014107338"),
    ("wikidata", "http://www.wikidata.org/entity/q42", "Q42"),
)
WRONG = (
    ("orcid", "0000-0002-1825-0098", "end in 7, not 8"),
    ("orcid", "0000-0002-1825", "16 digits"),
    ("ror", "https://ror.org/05gq02988", "end in 87, not 88"),
    ("ror", "https://ror.org/15gq02987", "0, six characters"),
    ("isni", "0000 0001 2103 2684", "end in 3, not 4"),
    ("ipi", "00014107339", "end in 38, not 39"),
    ("wikidata", "P42", "Q42"),
    ("wikidata", "Q4\u0662", "Q42"),
    ("orcid", "0000-0002-1825-009\u0667", "16 digits"),
    ("isni", "0000 0001 2103 268\u0663", "16 digits"),
    ("ipi", "0001410733\u0668", "11 digits"),
    ("profile", "ftp://example.org/ada", "http"),
)


@pytest.mark.parametrize(("scheme", "value"), KNOWN)
def test_known_identifiers_are_read_as_their_authority_spells_them(scheme: str, value: str) -> None:
    assert check_identifier(scheme, value) == value


@pytest.mark.parametrize(("scheme", "spelled", "value"), SPELLED)
def test_other_spellings_are_the_same_identifier(scheme: str, spelled: str, value: str) -> None:
    assert check_identifier(scheme, spelled) == value


@pytest.mark.parametrize(("scheme", "text", "hint"), WRONG)
def test_a_wrong_digit_is_told_with_what_to_do(scheme: str, text: str, hint: str) -> None:
    with pytest.raises(UsageError) as error:
        check_identifier(scheme, text)
    assert text in error.value.message
    assert hint in (error.value.hint or "")


@given(st.text("0123456789", min_size=15, max_size=15), st.integers(0, 14), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(digits: str, place: int, more: int) -> None:
    """ISO/IEC 7064 MOD 11-2 finds all single substitutions."""
    changed = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert check_character(digits) != check_character(changed)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("https://orcid.org/0000-0002-1825-0097", AgentIdentifier("orcid", KNOWN[0][1])),
        ("isni:0000000121032683", AgentIdentifier("isni", "0000 0001 2103 2683")),
        ("https://example.org/users/7", AgentIdentifier("profile", "https://example.org/users/7")),
        ("https://orcid.org/0000-0002-1825-0098", None),
        ("Jane Doe", None),
        ("Doe/Roe: a duo", None),
        ("0000-0002-1825-0097", None),
    ],
)
def test_a_name_is_an_identifier_only_where_it_says_of_which_scheme(
    name: str, found: AgentIdentifier | None
) -> None:
    assert identifier_in(name) == found
