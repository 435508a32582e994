import pytest

from registry.domain.license import LicenseStatus
from registry.domain.license.headers import spdx_identifier, spdx_identifiers


@pytest.mark.parametrize(
    ("line", "expression"),
    [
        ("# SPDX-License-Identifier: MIT", "MIT"),
        ("SPDX-License-Identifier: Apache-2.0", "Apache-2.0"),
        (
            "// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note",
            "GPL-2.0-only WITH Linux-syscall-note",
        ),
        ("/* SPDX-License-Identifier: (GPL-2.0+ OR MIT) */", "GPL-2.0-or-later OR MIT"),
        (" * SPDX-License-Identifier: BSD-3-Clause", "BSD-3-Clause"),
        ("<!-- SPDX-License-Identifier: CC-BY-SA-4.0 -->", "CC-BY-SA-4.0"),
        ("<!--SPDX-License-Identifier: CC-BY-4.0-->", "CC-BY-4.0"),
        ("(* SPDX-License-Identifier: ISC *)", "ISC"),
        ("{- SPDX-License-Identifier: ISC -}", "ISC"),
        ("{# SPDX-License-Identifier: ISC #}", "ISC"),
        ("<%# SPDX-License-Identifier: ISC %>", "ISC"),
        ('.\\" SPDX-License-Identifier: ISC', "ISC"),
        ("; SPDX-License-Identifier: mit", "MIT"),
        ("%! SPDX-License-Identifier: LPPL-1.3c", "LPPL-1.3c"),
        ("# SPDX-License-Identifier: LicenseRef-House   #", "LicenseRef-House"),
        ("/******* SPDX-License-Identifier: Zlib *******/", "Zlib"),
        ("dnl SPDX-License-Identifier: FSFAP\r", "FSFAP"),
        ('  <meta SPDX-License-Identifier: MIT" />', "MIT"),
        ("# SPDX-License-Identifier:\tMIT AND CC-BY-4.0", "MIT AND CC-BY-4.0"),
    ],
)
def test_the_tag_is_read_in_the_comments_of_any_language(line: str, expression: str) -> None:
    found = spdx_identifier(line)
    assert found is not None
    assert (found.expression, found.known) == (expression, True)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "SPDX-License-Identifier:",
        "SPDX-License-Identifier:   ",
        "SPDX-License-IdentifierText: MIT",
        "X-SPDX_License: MIT",
        '    tag = "SPDX-License-Identifier: MIT"',
        "`SPDX-License-Identifier: MIT` is how it is written",
        "MySPDX-License-Identifier: MIT",
        "SPDX-FileCopyrightText: 2020 Jane",
        "# SPDX-License-Identifier: MIT" + " " * 3000 + "x",
    ],
)
def test_what_is_no_tag_says_nothing(line: str) -> None:
    assert spdx_identifier(line) is None


def test_a_tag_that_cannot_be_read_keeps_its_spelling() -> None:
    found = spdx_identifier("# SPDX-License-Identifier: our house rules")
    assert found is not None
    assert (found.expression, found.raw, found.status) == (
        "NOASSERTION",
        "our house rules",
        LicenseStatus.UNMAPPED,
    )


def test_examples_and_snippets_are_not_said_of_the_file() -> None:
    text = """\
# SPDX-License-Identifier: MIT
# SPDX-License-Identifier: mit
# REUSE-IgnoreStart
# SPDX-License-Identifier: GPL-3.0-only
# REUSE-IgnoreEnd
# SPDX-SnippetBegin
# SPDX-License-Identifier: BSD-2-Clause
# SPDX-SnippetEnd
# SPDX-License-Identifier: Apache-2.0
# SPDX-SnippetBegin
# SPDX-License-Identifier: ISC
"""
    assert [one.expression for one in spdx_identifiers(text)] == ["MIT", "Apache-2.0"]
    assert spdx_identifiers("no tag\n") == ()
