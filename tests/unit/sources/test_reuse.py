"""REUSE 3.2: what its specification shows as examples is read, and its orders of precedence hold."""

import pytest

from registry.sources.reuse import Licensing, annotations, header, holder, licensing_of, paragraphs

OWN = Licensing(("2020 Own",), ("MIT",))


def _toml(precedence: str, path: str = '"**"', who: str = "2021 Table", license_: str = "CC0-1.0") -> str:
    return (
        f'version = 1\n[[annotations]]\npath = {path}\nprecedence = "{precedence}"\n'
        f'SPDX-FileCopyrightText = "{who}"\nSPDX-License-Identifier = "{license_}"\n'
    )


def test_a_comment_header_is_read_and_snippets_and_ignored_blocks_are_not() -> None:
    text = """/* SPDX-FileCopyrightText: 2016, 2018-2019 Jane Doe <jane@corp.example> */
<!-- SPDX-License-Identifier: GPL-3.0-or-later OR Apache-2.0 -->
# REUSE-IgnoreStart
echo "SPDX-License-Identifier: MIT"
# REUSE-IgnoreEnd
# SPDX-SnippetBegin
# SPDX-License-Identifier: ISC
# SPDX-SnippetEnd
"""
    found = header(text)
    assert found.licenses == ("GPL-3.0-or-later OR Apache-2.0",)
    assert [holder(notice) for notice in found.notices] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("notice", "name"),
    [
        ("SPDX-FileCopyrightText: 2019 Jane Doe <jane@corp.example>", "Jane Doe"),
        ("SPDX-FileCopyrightText: \u00a9 2019 John Doe <joe@corp.example>", "John Doe"),
        ("Contributors to X <https://x.example>", "Contributors to X"),
        ("(C) Example Cooperative <info@coop.example>", "Example Cooperative"),
        ("\u00a9 Example Corporation <https://corp.example>", "Example Corporation"),
        ("Copyright 2016, 2018-2019 Joe Anybody", "Joe Anybody"),
        ("Copyright (c) Alice, some rights reserved", "Alice"),
        ("2019 (c) Jane Doe", "Jane Doe"),
        ("1999-present by 3M Company. All rights reserved.", "3M Company"),
        ("2020", ""),
    ],
)
def test_the_holder_is_what_is_left_of_a_notice(notice: str, name: str) -> None:
    assert holder(notice) == name


@pytest.mark.parametrize(
    ("precedence", "own", "expected"),
    [
        ("closest", OWN, OWN),
        ("closest", Licensing(), Licensing(("2021 Table",), ("CC0-1.0",))),
        ("closest", Licensing(("2020 Own",)), Licensing(("2020 Own",), ("CC0-1.0",))),
        ("aggregate", OWN, Licensing(("2020 Own", "2021 Table"), ("MIT", "CC0-1.0"))),
        ("override", OWN, Licensing(("2021 Table",), ("CC0-1.0",))),
    ],
)
def test_the_precedence_of_a_table_decides(precedence: str, own: Licensing, expected: Licensing) -> None:
    assert licensing_of("a/b.txt", own, [("", annotations(_toml(precedence)))]) == expected


def test_of_several_tables_in_one_file_the_last_is_used() -> None:
    both = annotations(_toml("override") + _toml("closest", '"a/*"', "2022 Last", "ISC").partition("\n")[2])
    assert licensing_of("a/b.txt", Licensing(), [("", both)]) == Licensing(("2022 Last",), ("ISC",))


def test_of_several_files_the_closest_fills_and_the_outermost_overrides() -> None:
    near = ("a/", annotations(_toml("closest", '"*"', "2022 Near", "ISC")))
    assert licensing_of("a/b.txt", Licensing(), [("", annotations(_toml("closest"))), near]).licenses == (
        "ISC",
    )
    far = ("", annotations(_toml("override")))
    assert licensing_of("a/b.txt", OWN, [near, far]).licenses == ("CC0-1.0",)
    assert licensing_of("c/b.txt", OWN, [near]) == OWN


@pytest.mark.parametrize(
    ("glob", "path", "covered"),
    [
        ("po/*.po", "po/de.po", True),
        ("po/*.po", "po/x/de.po", False),
        ("po/**", "po/x/de.po", True),
        ("?.txt", "a.txt", True),
        ("[!ab].txt", "a.txt", False),
        ("[a-c].txt", "b.txt", True),
        ("a\\\\*.txt", "a*.txt", True),
        ("a\\\\*.txt", "ab.txt", False),
    ],
)
def test_globs_match_as_the_specification_says(glob: str, path: str, covered: bool) -> None:
    found = licensing_of(path, Licensing(), [("", annotations(_toml("closest", f'"{glob}"')))])
    assert bool(found.licenses) is covered


def test_dep5_adds_to_what_the_files_say() -> None:
    text = (
        "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\n"
        "Files: po/*.po po/*.pot\nCopyright: 2019 Translation Company\n 2020 Jane\n"
        "License: GPL-3.0-or-later\n text\n"
    )
    found = licensing_of("po/de.po", OWN, [], paragraphs(text))
    assert found.licenses == ("MIT", "GPL-3.0-or-later")
    assert found.notices == ("2020 Own", "2019 Translation Company", "2020 Jane")
    assert licensing_of("src/a.c", OWN, [], paragraphs(text)) == OWN


def test_another_version_of_the_format_is_refused() -> None:
    with pytest.raises(ValueError, match="version"):
        annotations("version = 2")
