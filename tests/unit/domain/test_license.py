import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.domain.license import LicenseStatus, license_title, license_url, obligations, parse_license

DPI = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "dpi"

# Every identifier of https://huggingface.co/docs/hub/repositories-licenses
HUB = {
    "apache-2.0": "Apache-2.0",
    "mit": "MIT",
    "openrail": "LicenseRef-OpenRAIL",
    "bigscience-openrail-m": "LicenseRef-BigScience-OpenRAIL-M",
    "creativeml-openrail-m": "LicenseRef-CreativeML-OpenRAIL-M",
    "bigscience-bloom-rail-1.0": "LicenseRef-BigScience-BLOOM-RAIL-1.0",
    "bigcode-openrail-m": "LicenseRef-BigCode-OpenRAIL-M-1.0",
    "afl-3.0": "AFL-3.0",
    "artistic-2.0": "Artistic-2.0",
    "bsl-1.0": "BSL-1.0",
    "bsd": "NOASSERTION",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "bsd-3-clause-clear": "BSD-3-Clause-Clear",
    "c-uda": "C-UDA-1.0",
    "cc": "NOASSERTION",
    "cc0-1.0": "CC0-1.0",
    "cc-by-2.0": "CC-BY-2.0",
    "cc-by-2.5": "CC-BY-2.5",
    "cc-by-3.0": "CC-BY-3.0",
    "cc-by-4.0": "CC-BY-4.0",
    "cc-by-sa-3.0": "CC-BY-SA-3.0",
    "cc-by-sa-4.0": "CC-BY-SA-4.0",
    "cc-by-nc-2.0": "CC-BY-NC-2.0",
    "cc-by-nc-3.0": "CC-BY-NC-3.0",
    "cc-by-nc-4.0": "CC-BY-NC-4.0",
    "cc-by-nd-4.0": "CC-BY-ND-4.0",
    "cc-by-nc-nd-3.0": "CC-BY-NC-ND-3.0",
    "cc-by-nc-nd-4.0": "CC-BY-NC-ND-4.0",
    "cc-by-nc-sa-2.0": "CC-BY-NC-SA-2.0",
    "cc-by-nc-sa-3.0": "CC-BY-NC-SA-3.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "cdla-sharing-1.0": "CDLA-Sharing-1.0",
    "cdla-permissive-1.0": "CDLA-Permissive-1.0",
    "cdla-permissive-2.0": "CDLA-Permissive-2.0",
    "wtfpl": "WTFPL",
    "ecl-2.0": "ECL-2.0",
    "epl-1.0": "EPL-1.0",
    "epl-2.0": "EPL-2.0",
    "etalab-2.0": "etalab-2.0",
    "eupl-1.1": "EUPL-1.1",
    "eupl-1.2": "EUPL-1.2",
    "agpl-3.0": "AGPL-3.0-only",
    "gfdl": "NOASSERTION",
    "gpl": "NOASSERTION",
    "gpl-2.0": "GPL-2.0-only",
    "GFDL-1.1-invariants": "GFDL-1.1-invariants-only",
    "gfdl-1.3-no-invariants": "GFDL-1.3-no-invariants-only",
    "gpl-3.0": "GPL-3.0-only",
    "lgpl": "NOASSERTION",
    "lgpl-2.1": "LGPL-2.1-only",
    "lgpl-3.0": "LGPL-3.0-only",
    "isc": "ISC",
    "h-research": "LicenseRef-H-Research",
    "intel-research": "LicenseRef-Intel-Research",
    "lppl-1.3c": "LPPL-1.3c",
    "ms-pl": "MS-PL",
    "apple-ascl": "LicenseRef-Apple-ASCL",
    "apple-amlr": "LicenseRef-Apple-AMLR",
    "mpl-2.0": "MPL-2.0",
    "odc-by": "ODC-By-1.0",
    "odbl": "ODbL-1.0",
    "openmdw-1.0": "OpenMDW-1.0",
    "openrail++": "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M",
    "osl-3.0": "OSL-3.0",
    "postgresql": "PostgreSQL",
    "ofl-1.1": "OFL-1.1",
    "ncsa": "NCSA",
    "unlicense": "Unlicense",
    "zlib": "Zlib",
    "pddl": "PDDL-1.0",
    "lgpl-lr": "LGPLLR",
    "deepfloyd-if-license": "LicenseRef-DeepFloyd-IF",
    "fair-noncommercial-research-license": "LicenseRef-FAIR-Noncommercial-Research",
    "llama2": "LicenseRef-Llama-2",
    "llama3": "LicenseRef-Llama-3",
    "llama3.1": "LicenseRef-Llama-3.1",
    "llama3.2": "LicenseRef-Llama-3.2",
    "llama3.3": "LicenseRef-Llama-3.3",
    "llama4": "LicenseRef-Llama-4",
    "grok2-community": "LicenseRef-Grok-2-Community",
    "gemma": "LicenseRef-Gemma",
    "unknown": "NOASSERTION",
    "other": "NOASSERTION",
}

ADDRESSES = {
    "https://creativecommons.org/licenses/by-sa/4.0/": "CC-BY-SA-4.0",
    "http://www.creativecommons.org/licenses/by/4.0": "CC-BY-4.0",
    "creativecommons.org/licenses/by/4.0/": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode": "CC-BY-NC-SA-4.0",
    "https://creativecommons.org/licenses/by/4.0/legalcode.en#s3a": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/3.0/deed.en_US": "CC-BY-SA-3.0",
    "https://creativecommons.org/licenses/by-nd-nc/1.0/": "CC-BY-NC-ND-1.0",
    "https://creativecommons.org/licenses/by/4.0/?ref=chooser-v1": "CC-BY-4.0",
    "https://creativecommons.org/licenses/by-sa/3.0/de/deed.de": "CC-BY-SA-3.0-DE",
    "https://creativecommons.org/licenses/by-nc/3.0/igo/": "CC-BY-NC-3.0-IGO",
    "http://creativecommons.org/licenses/by-sa/2.1/jp/": "CC-BY-SA-2.1-JP",
    "http://creativecommons.org/licenses/by/3.0/us/": "CC-BY-3.0-US",
    "http://creativecommons.org/licenses/by-sa/3.0/us/": "LicenseRef-CC-BY-SA-3.0-US",
    "https://creativecommons.org/publicdomain/zero/1.0/deed.fr": "CC0-1.0",
    "https://creativecommons.org/share-your-work/public-domain/cc0/": "CC0-1.0",
    "https://creativecommons.org/publicdomain/mark/1.0/": "CC-PDM-1.0",
    "https://creativecommons.org/licenses/by-sa/": "NOASSERTION",
    "https://creativecommons.org/licenses/by-sa/3.0/zz/": "NOASSERTION",
    "https://spdx.org/licenses/ODbL-1.0.html": "ODbL-1.0",
    "http://spdx.org/licenses/gpl-3.0": "GPL-3.0-only",
    "https://opensource.org/licenses/MIT": "MIT",
    "https://opensource.org/license/mit/": "MIT",
    "https://opensource.org/license/apache-2-0": "Apache-2.0",
    "http://www.opensource.org/licenses/mit-license.php": "MIT",
    "https://opensource.org/licenses/AFL-3.0": "AFL-3.0",
    "https://www.gnu.org/licenses/gpl-3.0.html": "GPL-3.0-only",
    "https://www.gnu.org/licenses/old-licenses/gpl-2.0.en.html": "GPL-2.0-only",
    "https://www.gnu.org/licenses/lgpl-2.1-standalone.html": "LGPL-2.1-only",
    "https://www.gnu.org/licenses/fdl-1.3.txt": "GFDL-1.3-only",
    "https://www.gnu.org/licenses/gpl.html": "NOASSERTION",
    "http://www.apache.org/licenses/LICENSE-2.0": "Apache-2.0",
    "https://www.apache.org/licenses/LICENSE-2.0.txt": "Apache-2.0",
    "https://opendatacommons.org/licenses/odbl/1-0/": "ODbL-1.0",
    "https://opendatacommons.org/licenses/by/summary/": "ODC-By-1.0",
    "https://opendatacommons.org/licenses/pddl": "PDDL-1.0",
    "https://cdla.dev/permissive-2-0/": "CDLA-Permissive-2.0",
    "https://ai.google.dev/gemma/terms": "LicenseRef-Gemma",
    "https://github.com/allenai/wiqa-dataset/blob/master/LICENSE": "NOASSERTION",
    "https://example.org/licenses/by/4.0/": "NOASSERTION",
    "https://creativecommons.org.example.net/licenses/by/4.0/": "NOASSERTION",
}

NAMES = {
    "MIT License": "MIT",
    "The MIT License (MIT)": "MIT",
    "CC BY 4.0": "CC-BY-4.0",
    "CC-BY-SA 3.0": "CC-BY-SA-3.0",
    "cc by nc sa 4.0": "CC-BY-NC-SA-4.0",
    "Creative Commons Attribution-ShareAlike 4.0 International": "CC-BY-SA-4.0",
    "Creative Commons Attribution-NonCommercial 4.0 International Public License": "CC-BY-NC-4.0",
    "Creative Commons Attribution-NonCommercial-NoDerivs 3.0 Unported License": "CC-BY-NC-ND-3.0",
    "Attribution-NonCommercial-ShareAlike 4.0 International (CC BY-NC-SA 4.0)": "CC-BY-NC-SA-4.0",
    "CC BY-SA": "NOASSERTION",
    "CC BY-SA 2.0 UK": "CC-BY-SA-2.0-UK",
    "CC BY 9.0": "NOASSERTION",
    "CC0": "CC0-1.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Licensed under the Apache License, Version 2.0": "NOASSERTION",
    "Apache 2": "Apache-2.0",
    "Apache 2.0 license": "Apache-2.0",
    "BSD 3-Clause": "BSD-3-Clause",
    'BSD 3-Clause "New" or "Revised" License': "BSD-3-Clause",
    "GPLv3": "GPL-3.0-only",
    "GPL v3+": "GPL-3.0-or-later",
    "LGPL-2.1+": "LGPL-2.1-or-later",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "Public Domain": "LicenseRef-PublicDomain",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
    "License :: CC0 1.0 Universal (CC0 1.0) Public Domain Dedication": "CC0-1.0",
    "License :: OSI Approved :: Apache Software License": "NOASSERTION",
    "License :: OSI Approved :: BSD License": "NOASSERTION",
    "No license": "NONE",
    "none": "NONE",
    "not specified": "NOASSERTION",
    "": "NOASSERTION",
}

EXPRESSIONS = {
    "mit or apache-2.0": "MIT OR Apache-2.0",
    "(MIT)": "MIT",
    "MIT AND (ISC OR Zlib)": "MIT AND (ISC OR Zlib)",
    "MIT AND ISC OR Zlib": "(MIT AND ISC) OR Zlib",
    "MIT OR (ISC OR (Zlib OR MIT))": "MIT OR ISC OR Zlib",
    "gpl-2.0+ with classpath-exception-2.0": "GPL-2.0-or-later WITH Classpath-exception-2.0",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-3.0": "GPL-3.0-only",
    "Apache-2.0+": "Apache-2.0+",
    "Apache 2.0 OR MIT License": "Apache-2.0 OR MIT",
    "LicenseRef-My.Terms-1": "LicenseRef-My.Terms-1",
    "MIT OR LicenseRef-x": "MIT OR LicenseRef-x",
    "LicenseRef-scancode-llama-2-license-2023": "LicenseRef-Llama-2",
    "LicenseRef-under_score": "NOASSERTION",
    "MIT and": "NOASSERTION",
    "MIT WITH ISC": "NOASSERTION",
    "MIT OR unknown": "NOASSERTION",
    "MIT OR NONE": "NOASSERTION",
    "MIT/Apache-2.0": "NOASSERTION",
    "NONE": "NONE",
    "NOASSERTION": "NOASSERTION",
}


@pytest.mark.parametrize(
    ("raw", "expected"), [*HUB.items(), *ADDRESSES.items(), *NAMES.items(), *EXPRESSIONS.items()]
)
def test_a_spelling_gives_its_expression_and_keeps_what_was_written(raw: str, expected: str) -> None:
    found = parse_license(raw)
    assert (found.expression, found.raw) == (expected, raw)


@pytest.mark.parametrize(
    "raw",
    [
        "MIT?",
        "non-MIT",
        "CC BY 3.0 OK",
        "CC BY 3.0 by me",
        "not MIT",
        "MITではない",
        "MIT (Apache-2.0)",
        "MIT (non-commercial)",
    ],
)
def test_a_name_with_a_reservation_is_not_the_license(raw: str) -> None:
    assert parse_license(raw).status is LicenseStatus.UNMAPPED


def test_what_is_not_known_says_why() -> None:
    status = {
        raw: parse_license(raw).status for raw in (None, "unknown", "cc", "other", "none", "llama2", "mit")
    }
    assert status == {
        None: LicenseStatus.UNSTATED,
        "unknown": LicenseStatus.UNSTATED,
        "cc": LicenseStatus.FAMILY,
        "other": LicenseStatus.UNMAPPED,
        "none": LicenseStatus.NONE,
        "llama2": LicenseStatus.REFERENCE,
        "mit": LicenseStatus.LISTED,
    }
    assert not parse_license("other").known
    assert parse_license("llama2").known


def _dpi_names() -> Iterator[str]:
    yield from json.loads((DPI / "constants" / "license_classes.json").read_text(encoding="utf-8"))


def _dpi_declarations() -> Iterator[tuple[str, str]]:
    for file in sorted((DPI / "data_summaries").glob("*.json")):
        for dataset in json.loads(file.read_text(encoding="utf-8")).values():
            for license_ in dataset.get("Licenses") or []:
                yield str(license_.get("License")), str(license_.get("License URL"))


def test_every_license_of_the_hub_has_a_line_in_the_table_of_obligations() -> None:
    named = {expression for expression in HUB.values() if expression != "NOASSERTION"}
    assert {one for one in named if not obligations(one).clauses} == set()


@pytest.mark.skipif(not DPI.exists(), reason="shared/data/dpi is not here")
def test_every_name_of_the_data_provenance_initiative_has_an_answer() -> None:
    unmapped = {name for name in _dpi_names() if not parse_license(name).known}
    assert unmapped == {
        "Academic Research Purposes Only",
        "All Uses-Attribution",
        "CC BY",
        "CC BY SA",
        "CC BY-NC-ND",
        "CC BY-NC-SA",
        "CC BY-SA",
        "CSLU Agreement",
        "LDC User Agreement",
        "Non Commercial",
        "Open Access",
        "Request Form",
        "Unclear",
        "Unspecified",
        "Various",
    }


@pytest.mark.skipif(not DPI.exists(), reason="shared/data/dpi is not here")
def test_addresses_that_are_none_say_nothing() -> None:
    pairs = list(_dpi_declarations())
    assert len({name for name, _ in pairs}) > 40
    assert {parse_license(url).expression for _, url in pairs if url in {"Unspecified", "unknown"}} == {
        "NOASSERTION"
    }
    assert all(parse_license(text).expression for pair in pairs for text in pair)


def test_titles_and_addresses_for_attribution() -> None:
    assert license_title("CC-BY-SA-4.0") == "Creative Commons Attribution Share Alike 4.0 International"
    assert license_url("CC-BY-SA-4.0") == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert license_title("MIT OR Apache-2.0") == "MIT License or Apache License 2.0"
    assert license_url("MIT OR Apache-2.0") is None
    assert (
        license_title("LicenseRef-CC-BY-SA-3.0-PL")
        == "Creative Commons Attribution Share Alike 3.0 Unported (PL)"
    )
    assert license_url("LicenseRef-CC-BY-SA-3.0-PL") == "https://creativecommons.org/licenses/by-sa/3.0/pl/"
    assert license_title("LicenseRef-House-Rules") == "House-Rules"
    assert (license_title("NONE"), license_title("NOASSERTION")) == ("No license", "License not stated")
    assert license_url("GPL-3.0-only") == "https://spdx.org/licenses/GPL-3.0-only.html"
    assert license_url("LicenseRef-House-Rules") is None


def test_importing_licenses_loads_no_table() -> None:
    code = "import registry.domain.license, sys; print('license_expression' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
