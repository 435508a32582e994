import pytest

from registry.domain.license import (
    Duty,
    Obligations,
    alternatives,
    combine,
    is_choice,
    obligations,
    parse_license,
)
from registry.domain.license import duties as table
from registry.domain.license.duties import DUTIES
from registry.domain.license.parse import parse_tree
from registry.domain.license.spdx import canonical_exception

YES, NO, CONTESTED, UNKNOWN = Duty.YES, Duty.NO, Duty.CONTESTED, Duty.UNKNOWN

NAMED = (
    "CC0-1.0 PDDL-1.0 ODC-By-1.0 ODbL-1.0 CDLA-Permissive-1.0 CDLA-Permissive-2.0 CDLA-Sharing-1.0 MIT "
    "BSD-2-Clause BSD-3-Clause ISC Apache-2.0 MPL-2.0 LGPL-2.1-only LGPL-3.0-or-later GPL-2.0-only "
    "GPL-3.0-or-later AGPL-3.0-only Unlicense PSF-2.0 LicenseRef-OpenRAIL LicenseRef-BigScience-OpenRAIL-M "
    "LicenseRef-CreativeML-OpenRAIL-M LicenseRef-BigCode-OpenRAIL-M-1.0 LicenseRef-Llama-2 "
    "LicenseRef-Llama-3.1 LicenseRef-Gemma LicenseRef-OpenAI-Terms LicenseRef-Model-Output-Terms"
)
COMMONS = [
    f"CC-{elements}-{version}"
    for elements in ("BY", "BY-SA", "BY-NC", "BY-ND", "BY-NC-SA", "BY-NC-ND")
    for version in ("1.0", "2.0", "2.5", "3.0", "4.0")
]


def yes(expression: str) -> set[str]:
    return {name for name, duty in obligations(expression).duties().items() if duty is YES}


def clause(expression: str, duty: str) -> str:
    (found,) = obligations(expression).clauses_of(duty)
    return found.text


@pytest.mark.parametrize("expression", [*NAMED.split(), *COMMONS])
def test_every_license_of_the_table_has_duties_and_a_source(expression: str) -> None:
    found = obligations(expression)
    assert set(found.duties().values()) != {UNKNOWN}
    assert len(found.sources) == 1


@pytest.mark.parametrize("license_", table.licenses())
def test_every_cell_has_its_clause(license_: str) -> None:
    row = table.row(license_)
    assert row is not None
    named = license_ if parse_tree(license_) else f"{license_}-only"
    assert parse_tree(named) is not None
    assert list(row) == list(DUTIES)
    assert all(cell.text and cell.license == license_ for cell in row.values())
    found = obligations(named)
    assert [(one.duty, one.answer) for one in found.clauses] == list(found.duties().items())


@pytest.mark.parametrize("exception", table.exceptions())
def test_exceptions_are_listed_and_lift_something(exception: str) -> None:
    cells = table.exception(exception)
    assert canonical_exception(exception) == exception
    assert cells
    assert {cell.answer for cell in cells.values()} == {CONTESTED}
    assert set(cells) <= set(DUTIES)


def test_a_license_without_a_row_has_none() -> None:
    assert table.row("LicenseRef-Unseen") is None
    assert table.row("Classpath-exception-2.0") is None
    assert table.exception("MIT") == {}


@pytest.mark.parametrize(
    "spelling", ["MIT", "mit", "MIT License", "The MIT License (MIT)", "https://opensource.org/licenses/MIT"]
)
def test_mit_needs_its_notice_whatever_it_is_called(spelling: str) -> None:
    assert obligations(parse_license(spelling).expression).notice is YES


@pytest.mark.parametrize("version", ["1.0", "2.0", "2.5", "3.0", "4.0", "3.0-IGO", "2.0-UK"])
def test_every_by_nc_sa_is_share_alike(version: str) -> None:
    assert {"share_alike", "non_commercial", "attribution"} <= yes(f"CC-BY-NC-SA-{version}")


def test_no_derivatives_is_a_restriction_of_its_own() -> None:
    found = obligations("CC-BY-ND-4.0")
    assert (found.no_derivatives, found.share_alike, found.non_commercial) == (YES, NO, NO)


def test_no_license_is_not_all_uses() -> None:
    assert set(obligations("NONE").duties().values()) == {UNKNOWN}
    assert obligations("NONE").sources == (
        "no license: nothing is permitted by it, so no condition can be met",
    )
    assert obligations("NOASSERTION") == Obligations()
    assert obligations("LicenseRef-House-Rules") == Obligations()


def test_clauses_are_those_of_the_version() -> None:
    assert clause("CC-BY-SA-4.0", "share_alike").startswith("section 3(b)")
    assert clause("CC-BY-SA-4.0", "attribution").startswith("section 3(a)(1)(A)")
    old = {name: clause("CC-BY-NC-SA-2.0", name).split(":")[0] for name in yes("CC-BY-NC-SA-2.0")}
    assert old == {
        "attribution": "section 4(d)",
        "share_alike": "section 4(b)",
        "notice": "section 4(a)",
        "state_changes": "section 4(d)",
        "non_commercial": "section 4(c)",
    }
    assert clause("CC-BY-NC-2.5", "non_commercial").startswith("section 4(b)")
    assert clause("CC-BY-ND-3.0", "attribution").startswith("section 4(b)")


def test_a_license_says_why_it_asks_for_nothing_more() -> None:
    assert clause("MIT", "share_alike") == "paragraph 2 is the only condition"
    assert "700 million" in clause("LicenseRef-Llama-3.1", "non_commercial")
    assert "not required" in clause("Zlib", "attribution")


def test_ports_later_versions_and_exceptions_share_the_row() -> None:
    assert (
        obligations("CC-BY-SA-3.0-DE")
        == obligations("LicenseRef-CC-BY-SA-3.0-US")
        == obligations("CC-BY-SA-3.0")
    )
    assert obligations("CC-BY-SA-2.1-JP") == obligations("CC-BY-SA-2.0")
    assert obligations("Apache-2.0+") == obligations("Apache-2.0")


def test_an_exception_makes_what_it_lifts_contested() -> None:
    """SPDX 3 annex B: an exception is added to a license; GPL 3 section 7: it is a permission more."""
    plain, linked = obligations("GPL-2.0-only"), obligations("GPL-2.0-or-later WITH Classpath-exception-2.0")
    assert (linked.share_alike, linked.disclose_source) == (CONTESTED, CONTESTED)
    assert (linked.notice, linked.attribution) == (YES, YES)
    assert [one.license for one in linked.clauses_of("share_alike")] == ["Classpath-exception-2.0"]
    assert obligations("GPL-2.0-only WITH SANE-exception") == plain  # not in the table: the license holds
    assert obligations("MIT WITH Classpath-exception-2.0") == obligations("MIT")
    embedded = obligations("Apache-2.0 WITH LLVM-exception")
    assert (embedded.notice, embedded.state_changes) == (CONTESTED, CONTESTED)


def test_a_combination_tells_which_license_asks() -> None:
    both = obligations("MIT AND CC-BY-SA-4.0")
    assert [one.license for one in both.clauses_of("share_alike")] == ["CC-BY-SA-4.0"]
    assert [one.license for one in both.clauses_of("notice")] == ["MIT", "CC-BY-SA-4.0"]
    choice = obligations("MIT OR GPL-3.0-only")
    assert [one.license for one in choice.clauses_of("share_alike")] == ["MIT"]
    assert obligations("CC0-1.0 AND LicenseRef-Unseen").clauses_of("notice") == ()


def test_what_is_a_choice_of_what() -> None:
    assert is_choice("MIT", of="MIT OR Apache-2.0")
    assert is_choice("MIT OR ISC", of="MIT OR ISC OR GPL-3.0-only")
    assert not is_choice("MIT OR Apache-2.0", of="MIT OR Apache-2.0")
    assert not is_choice("ISC", of="MIT OR Apache-2.0")
    assert not is_choice("MIT", of="MIT")
    assert not is_choice("MIT", of="MIT AND Apache-2.0")
    assert not is_choice("NOASSERTION", of="NOASSERTION")


def test_and_is_the_strictest_and_or_the_least() -> None:
    assert yes("MIT AND CC-BY-NC-SA-4.0") == yes("CC-BY-NC-SA-4.0")
    assert yes("MIT OR GPL-3.0-only") == {"attribution", "notice"}
    assert obligations("CC0-1.0 AND LicenseRef-Unseen").notice is UNKNOWN
    assert obligations("CC0-1.0 OR LicenseRef-Unseen").notice is NO
    assert obligations("MIT AND LicenseRef-OpenAI-Terms").use_restrictions is CONTESTED
    assert alternatives("MIT OR (ISC AND Zlib)") == ("MIT", "ISC AND Zlib")
    assert alternatives("NOASSERTION") == ("NOASSERTION",)


def test_combining_follows_a_derivation_chain() -> None:
    both = combine([obligations("MIT"), obligations("CC-BY-SA-4.0")])
    assert both == obligations("MIT AND CC-BY-SA-4.0")
    assert set(combine([]).duties().values()) == {NO}


def test_known_differences() -> None:
    assert yes("CDLA-Permissive-2.0") == {"notice"}
    assert "network_copyleft" in yes("AGPL-3.0-only") - yes("GPL-3.0-only")
    assert yes("CC0-1.0") == yes("PDDL-1.0") == yes("Unlicense") == yes("LicenseRef-PublicDomain") == set()
    assert "use_restrictions" in yes("LicenseRef-Llama-3") & yes("LicenseRef-Gemma") & yes(
        "LicenseRef-OpenRAIL"
    )


def test_what_was_not_read_is_unknown_with_the_reason() -> None:
    found = obligations("LicenseRef-Intel-Research")
    assert set(found.duties().values()) == {UNKNOWN}
    assert {one.text for one in found.clauses} == {"its text was not read for this table"}


def test_what_only_quotations_tell_leaves_the_rest_unknown() -> None:
    found = obligations("LicenseRef-FAIR-Noncommercial-Research")
    assert found.non_commercial is YES
    assert set(found.duties().values()) == {YES, UNKNOWN}
    assert "only" in clause("LicenseRef-FAIR-Noncommercial-Research", "attribution")


def test_terms_of_datasets_that_are_not_passed_on() -> None:
    found = obligations("LicenseRef-LMSYS-Chat-1M")
    assert (found.non_commercial, found.no_derivatives) == (NO, CONTESTED)
    assert "share_alike" in yes("LicenseRef-Microsoft-Research-Data")


def test_database_terms_of_the_open_data_commons() -> None:
    assert obligations("ODC-By-1.0").share_alike is CONTESTED
    assert "4.2(a)" in clause("ODC-By-1.0", "share_alike")
    assert {"share_alike", "disclose_source"} <= yes("ODbL-1.0")
