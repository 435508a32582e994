import pytest

from registry.domain.license import Duty, Obligations, alternatives, combine, obligations, parse_license
from registry.domain.license.duties import DUTIES, ROWS
from registry.domain.license.parse import parse_tree

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


@pytest.mark.parametrize("expression", [*NAMED.split(), *COMMONS])
def test_every_license_of_the_table_has_duties_and_a_source(expression: str) -> None:
    found = obligations(expression)
    assert set(found.duties().values()) != {UNKNOWN}
    assert len(found.sources) == 1


def test_rows_are_canonical_identifiers_with_known_duties_and_clauses() -> None:
    for key, row in ROWS.items():
        assert parse_tree(key) is not None, key
        named = " ".join((row.yes, row.contested, row.unknown)).split()
        assert len(named) == len(set(named)), key
        assert set(named) <= set(DUTIES), key
        assert row.source, key


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
    assert obligations("CC-BY-SA-4.0").sources == ("CC BY-SA 4.0 section 3(a)(1), 3(b) share alike",)
    assert obligations("CC-BY-NC-SA-2.0").sources == (
        "CC BY-NC-SA 2.0 section 4(a) notices, 4(b) share alike, 4(c) non-commercial, 4(d) attribution",
    )


def test_ports_later_versions_and_exceptions_share_the_row() -> None:
    assert (
        obligations("CC-BY-SA-3.0-DE")
        == obligations("LicenseRef-CC-BY-SA-3.0-US")
        == obligations("CC-BY-SA-3.0")
    )
    assert obligations("CC-BY-SA-2.1-JP") == obligations("CC-BY-SA-2.0")
    assert obligations("GPL-2.0-or-later WITH Classpath-exception-2.0") == obligations("GPL-2.0-only")
    assert obligations("Apache-2.0+") == obligations("Apache-2.0")


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
