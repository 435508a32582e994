from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.license.prose import Stating, licenses_in

GNU_HEADER = """This program is free software: you can redistribute it and/or modify
it under the terms of the GNU General Public License as published by
the Free Software Foundation, either version 3 of the License, or
(at your option) any later version."""
OLD_GNU_HEADER = """it under the terms of the GNU Lesser General Public License as
published by the Free Software Foundation; version 2.1"""


def found(text: str) -> list[str]:
    return [one.license.expression for one in licenses_in(text)]


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("This dataset is released under the MIT License.", "MIT"),
        ("The data is licensed under CC BY-SA 4.0 unless otherwise noted.", "CC-BY-SA-4.0"),
        (
            "Texts are available under the Creative Commons Attribution 4.0 International License.",
            "CC-BY-4.0",
        ),
        ("It is distributed under the terms of the Apache License, Version 2.0 (see LICENSE).", "Apache-2.0"),
        ("We publish it. It is published under\nthe Open Database License.", "ODbL-1.0"),
        ("Licensed under the [MIT license](https://opensource.org/licenses/MIT).", "MIT"),
        ("Licensed under [these terms](https://creativecommons.org/licenses/by-nc/4.0/).", "CC-BY-NC-4.0"),
        ("licensed under **CC-BY-4.0**.", "CC-BY-4.0"),
        ("Everything here is in the public domain.", "LicenseRef-PublicDomain"),
        ("Licensed under <a href='https://x.example'>CC0 1.0</a>", "CC0-1.0"),
        (
            "They dedicate their work to the public via the terms in the [CC0 1.0](https://a.example).",
            "CC0-1.0",
        ),
        (GNU_HEADER, "GPL-3.0-or-later"),
        ("# " + GNU_HEADER.replace("\n", "\n# "), "GPL-3.0-or-later"),
        (OLD_GNU_HEADER, "LGPL-2.1-only"),
    ],
)
def test_a_sentence_that_puts_something_under_a_license(text: str, expression: str) -> None:
    assert found(text) == [expression]


@pytest.mark.parametrize(
    "text",
    [
        "This dataset is not licensed under the MIT License.",
        "It was formerly released under the MIT License.",
        "Unless it is licensed under the MIT License, ask us.",
        "Derivatives must be licensed under CC BY-SA 4.0.",
        "You may have it licensed under the MIT License.",
        "The code is licensed under MIT or Apache-2.0.",
        "Licensed under the MIT License and the Apache License 2.0.",
        "The data is provided by MIT.",
        "We compared the MIT License with the Apache License 2.0.",
        "Released under a Creative Commons license.",
        "Released under the GPL.",
        "Code is licensed under MIT; data is licensed under CC BY 4.0.",
        "Licensed under [MIT License](https://www.apache.org/licenses/LICENSE-2.0).",
        "MIT",
        "Boston\nMIT\nHarvard",
        "one of the following:\nMIT License\nApache License 2.0\n",
        "",
    ],
)
def test_what_can_be_mistaken_says_nothing(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expression"),
    [
        ("MIT License\n\nCopyright (c) 2020 Jane\n", "MIT"),
        ("Apache License\nVersion 2.0, January 2004\nhttp://www.apache.org/licenses/\n", "Apache-2.0"),
        ("        GNU GENERAL PUBLIC LICENSE\n           Version 3, 29 June 2007\n", "GPL-3.0-only"),
        ("Creative Commons Attribution-ShareAlike 4.0 International Public License\n", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/\n", "CC0-1.0"),
        ("# Poems\n\nSome text.\n\n## License\n\nMIT\n", "MIT"),
        ("License: cc-by-4.0\n", "CC-BY-4.0"),
        ("**Licence:** ODbL\n", "ODbL-1.0"),
    ],
)
def test_a_title_on_a_line_of_its_own(text: str, expression: str) -> None:
    (one,) = licenses_in(text)
    assert (one.license.expression, one.stating) == (expression, Stating.TITLE)


def test_tags_titles_and_sentences_with_their_lines() -> None:
    text = "# SPDX-License-Identifier: ISC\n\nMIT License\n\nThis is\nreleased under CC0 1.0.\n"
    told = [(one.license.expression, one.line, one.stating.value) for one in licenses_in(text)]
    assert told == [("ISC", 1, "identifier"), ("MIT", 3, "title"), ("CC0-1.0", 5, "sentence")]


def test_a_name_far_down_is_no_title() -> None:
    assert found("line\n" * 40 + "MIT License\n") == []


@given(st.text(max_size=300))
def test_reading_is_total_and_tells_where(text: str) -> None:
    for one in licenses_in(text):
        assert one.license.known
        assert 1 <= one.line <= len(text.splitlines())


def test_the_license_of_this_project_is_found() -> None:
    text = (Path(__file__).parents[3] / "LICENSE").read_text("utf-8")
    assert found(text)[0] == "Apache-2.0"
