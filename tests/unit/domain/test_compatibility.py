"""When a license grants more than another, and which no adaptation can keep at once."""

import pytest

from registry.domain.license import duties
from registry.domain.license.compatibility import ADMITTED, admitted, clash, grants_more, may_carry
from registry.domain.license.duties import Duty
from registry.domain.license.obligations import row_key
from registry.domain.license.references import canonical_reference
from registry.domain.license.spdx import canonical_license


@pytest.mark.parametrize(
    ("child", "ancestor", "lacks"),
    [
        ("MIT", "CC-BY-NC-4.0", ("non_commercial", "state_changes")),
        ("CC-BY-4.0", "CC-BY-NC-4.0", ("non_commercial",)),
        ("CC-BY-4.0", "CC-BY-ND-4.0", ("no_derivatives",)),
        ("CC-BY-4.0", "CC-BY-SA-4.0", ("share_alike",)),
        ("CC-BY-SA-4.0", "CC-BY-4.0", ()),
        ("GPL-3.0-only", "CC-BY-SA-4.0", ()),
        ("CC-BY-SA-4.0", "GPL-3.0-only", ("share_alike", "disclose_source")),
        ("CC-BY-SA-4.0", "CC-BY-SA-3.0", ()),
        ("CC-BY-SA-3.0", "CC-BY-SA-4.0", ("share_alike",)),
        ("CC-BY-SA-2.0", "CC-BY-SA-1.0", ("share_alike",)),
        ("CC-BY-SA-3.0-DE", "CC-BY-SA-3.0", ()),
        ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0", ("share_alike",)),
        ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", ("non_commercial", "share_alike")),
        ("AGPL-3.0-or-later", "AGPL-3.0-only", ("share_alike",)),  # nobody let later versions in
        ("GPL-3.0-or-later", "LGPL-3.0-only", ("share_alike",)),
        ("GPL-2.0-only", "LGPL-2.0-only", ()),
        ("GPL-3.0-only", "GPL-1.0-or-later", ()),
        ("EPL-2.0", "EPL-1.0", ()),
        ("EUPL-1.2", "EUPL-1.1+", ()),
        ("GFDL-1.3-only", "GFDL-1.2-or-later", ()),
        ("GFDL-1.3-only", "GFDL-1.2-only", ("share_alike",)),
        ("GFDL-1.3-no-invariants-only", "GFDL-1.3-invariants-only", ("share_alike",)),
        ("MIT", "NONE", ("no license",)),
        ("NONE", "GPL-3.0-only", ()),
        ("NOASSERTION", "GPL-3.0-only", ()),
        ("MIT", "NOASSERTION", ()),
        ("LicenseRef-own", "CC-BY-NC-4.0", ()),  # what it asks for is not known
        ("MIT", "LicenseRef-OpenAI-Terms", ()),  # disputed
        ("MIT", "Apache-2.0", ("state_changes",)),
        ("MIT OR CC-BY-NC-4.0", "CC-BY-NC-4.0", ("non_commercial", "state_changes")),
        ("CC-BY-NC-4.0", "MIT OR CC-BY-NC-4.0", ()),
        ("MIT AND CC-BY-NC-4.0", "CC-BY-NC-4.0", ()),
        ("CC-BY-4.0 AND CC-BY-SA-4.0", "CC-BY-SA-4.0", ()),
    ],
)
def test_what_the_ancestor_asks_for_and_the_child_does_not(
    child: str, ancestor: str, lacks: tuple[str, ...]
) -> None:
    assert grants_more(child, ancestor) == lacks


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "no license serves both"),
        ("CC-BY-SA-4.0", "CC-BY-NC-4.0", "non-commercial"),
        ("CC-BY-SA-4.0", "ODbL-1.0", "no license serves both"),
        ("GPL-2.0-only", "GPL-3.0-only", "no license serves both"),
        ("GPL-3.0-only", "CC-BY-SA-3.0", "no license serves both"),
        ("CC-BY-SA-4.0", "LicenseRef-Gemma", "use-restrictions"),
        ("CC-BY-SA-3.0", "GFDL-1.3-or-later", "no license serves both"),
        ("EPL-2.0", "GPL-3.0-only", "no license serves both"),
    ],
)
def test_one_adaptation_cannot_keep_both(one: str, other: str, why: str) -> None:
    found = clash(one, other)
    assert found is not None
    assert found == clash(other, one)
    assert why in found.why
    assert "section" in found.source


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CC-BY-SA-4.0", "CC-BY-4.0"),
        ("CC-BY-SA-4.0", "GPL-3.0-only"),
        ("CC-BY-SA-3.0", "CC-BY-SA-4.0"),
        ("GPL-2.0-or-later", "GPL-3.0-only"),
        ("CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"),
        ("CC-BY-SA-4.0", "CC-BY-NC-4.0 OR MIT"),
        ("CC-BY-SA-4.0", "LAL-1.3"),
        ("LGPL-2.1-or-later", "AGPL-3.0-only"),
        ("LGPL-3.0-only", "AGPL-3.0-or-later"),
        ("GFDL-1.2-or-later", "GFDL-1.3-no-invariants-only"),
        ("CC-BY-SA-4.0", "NOASSERTION"),
        ("MIT", "Apache-2.0"),
    ],
)
def test_these_go_together(one: str, other: str) -> None:
    assert clash(one, other) is None


def test_compatibility_goes_one_way() -> None:
    assert may_carry("GPL-3.0-only", "CC-BY-SA-4.0")
    assert not may_carry("CC-BY-SA-4.0", "GPL-3.0-only")


def test_every_license_of_the_table_is_spelled_as_it_is_read() -> None:
    for license_, found in ADMITTED.items():
        for one in (license_, *found.licenses):
            assert (canonical_license(one) or canonical_reference(one)) == one


def test_every_share_alike_license_says_by_which_section_it_admits_what_it_admits() -> None:
    asking = {row_key(license_) for license_ in ADMITTED}
    for license_ in duties.licenses():
        row = duties.row(license_)
        assert row is not None
        if row["share_alike"].answer is Duty.YES:
            assert license_ in asking or license_.startswith("CC-")
    assert all("section" in admitted(license_).source for license_ in ADMITTED)
