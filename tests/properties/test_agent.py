import sqlite3
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from registry.documents.names import one_line, plain
from registry.domain.agent import clean_text, normalise_name, without_email

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)
ADDRESS_LIKE = st.text(st.sampled_from('ab1._-@%40 <>()[]"\uff20é。'), max_size=60)


@given(ANY_TEXT)
def test_a_name_key_is_total_idempotent_and_blind_to_form_and_spacing(name: str) -> None:
    key = normalise_name(name)
    assert normalise_name(key) == key
    assert normalise_name(f" \u200b{name}\u202c\t") == key
    assert normalise_name(unicodedata.normalize("NFD", name)) == normalise_name(
        unicodedata.normalize("NFC", name)
    )
    assert not {unicodedata.category(character) for character in key} & {"Cc", "Cf", "Cs"}


@given(ANY_TEXT)
def test_cleaned_text_can_be_stored_and_shown(value: str) -> None:
    cleaned = clean_text(value)
    assert clean_text(cleaned) == cleaned
    assert "\x00" not in cleaned
    assert sqlite3.connect(":memory:").execute("SELECT ?", (cleaned,)).fetchone() == (cleaned,)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(ANY_TEXT | ADDRESS_LIKE)
def test_no_address_is_left(text: str) -> None:
    left = without_email(text)
    assert without_email(left) == left


@given(
    ANY_TEXT, st.from_regex(r"[a-z0-9._+-]{1,20}@[a-z0-9]{1,9}(\.[a-z]{2,9}){1,3}", fullmatch=True), ANY_TEXT
)
def test_an_address_is_found_in_any_surroundings(before: str, address: str, after: str) -> None:
    assert address not in without_email(f"{before} {address} {after}")
    assert address not in without_email(f"{before} <{address}> {after}")


@given(ANY_TEXT | ADDRESS_LIKE | st.text(st.characters(max_codepoint=0x7F), max_size=60))
def test_what_needs_no_cleaning_is_known_at_a_glance(text: str) -> None:
    """Texts of printable ASCII take a short way, which may not lead elsewhere."""
    assert plain(text) == one_line(without_email(one_line(text)))
    assert normalise_name(text) == normalise_name(f"{text}\u200b")
