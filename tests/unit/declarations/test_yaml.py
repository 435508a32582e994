import time

import pytest

from registry.declarations.nodes import DEEPEST
from registry.declarations.yaml import MOST_VALUES, read_yaml

PLAIN = [
    "1.10",
    "no",
    "on",
    "0x10",
    "0o7",
    "1e3",
    "2026-03-01",
    "1:30",
    "true",
    ".inf",
    "=",
    "1_000",
    "y",
    "-",
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_scalar_stays_the_text_that_was_written(text: str) -> None:
    if text != "-":
        assert read_yaml(f"key: {text}\n", "f").values == {"key": text}
    assert read_yaml(f"key: '{text}'\n", "f").values == {"key": text}


@pytest.mark.parametrize("text", ["null", "Null", "NULL", "~", "", "# a comment"])
def test_null_is_none_where_it_is_plain(text: str) -> None:
    assert read_yaml(f"key: {text}\n", "f").values == {"key": None}
    assert read_yaml(f'key: "{text}"\n', "f").values == {"key": text}


def test_line_ends_of_older_yaml_are_text() -> None:
    text = "a: one\u2028two\u0085three\nb: \ue000\u2029x\n"
    read = read_yaml(text, "f")
    assert read.values == {"a": "one\u2028two\u0085three", "b": "\ue000\u2029x"}
    assert read.line_of == {"": 1, "a": 1, "b": 2}


def test_every_path_has_the_line_of_its_key_or_element() -> None:
    text = """\
datasets:            # 1
  - name: a          # 2
    source:          # 3
      - x            # 4
      - y            # 5
    summary: |       # 6
      two
      lines
    where: {a.b: 1}  # 9
  - {name: b,        # 10
     title: T}       # 11
"""
    read = read_yaml(text, "f")
    assert read.problems == ()
    assert read.line_of == {
        "": 1,
        "datasets": 1,
        "datasets[0]": 2,
        "datasets[0].name": 2,
        "datasets[0].source": 3,
        "datasets[0].source[0]": 4,
        "datasets[0].source[1]": 5,
        "datasets[0].summary": 6,
        "datasets[0].where": 9,
        'datasets[0].where["a.b"]': 9,
        "datasets[1]": 10,
        "datasets[1].name": 10,
        "datasets[1].title": 11,
    }


def test_an_alias_is_what_it_stands_for() -> None:
    read = read_yaml("a: &x [1, &y 2]\nb: *x\nc: *y\n*y : d\n", "f")
    assert read.values == {"a": ["1", "2"], "b": ["1", "2"], "c": "2", "2": "d"}
    assert (read.line_of["b"], read.line_of["b[1]"]) == (2, 1)


BROKEN = [
    ("", 1, "", "declares nothing"),
    ("# only a comment\n", 1, "", "declares nothing"),
    ("---\n...\n", 1, "", "declares nothing"),
    ("~", 1, "", "declares nothing"),
    ("\n- a\n", 2, "", "no mapping"),
    ("just text", 1, "", "no mapping"),
    ("a: 1\nb: 2\na: 3\n", 3, "a", "given twice, first in line 1"),
    ("d:\n  - x: 1\n    x: 2\n", 3, "d[0].x", "given twice, first in line 2"),
    ("a: 1\n[b]: 2\n", 2, "", "list or mapping as a key"),
    ("? {b: 1}\n: 2\n", 1, "", "list or mapping as a key"),
    ("a: {null: 2}\n", 1, "a", "null as a key"),
    ("a: &x {b: 1}\nc:\n  <<: *x\n", 3, 'c["<<"]', "merge key"),
    ("a: !foo 1\n", 1, "a", "tag '!foo'"),
    ("a: !!python/object/apply:os.system [id]\n", 1, "a", "tag 'tag:yaml.org,2002:python/object/apply"),
    ("a: !!str 1\n", 1, "a", "tag"),
    ("!!map {a: 1}\n", 1, "", "tag"),
    ("!x a: 1\n", 1, "", "tag"),
    ("a: 1\n---\nb: 1\n", 2, "", "second document"),
    ("a:\n  - &x [*x]\n", 2, "", "stands inside what it stands for"),
    ("a: *x\n", 1, "", "*x stands for nothing"),
    ("a:\n\tb: 1\n", 2, "", "indented with a tab"),
    ("a: @x\n", 1, "", "begins with '@'"),
    ("a: 1\nb: `x`\n", 2, "", "begins with '`'"),
    ("a: b: c\n", 1, "", "colon where no key can stand"),
    ("a: 1\nfoo\nb: 2\n", 2, "", "neither `key: value`"),
    ("a: 1\nb: [1,\n  2\nc: 3\n", 2, "", "opens a list with ["),
    ("a: {b: 1\n", 1, "", "opens a mapping with {"),
    ("a: 'x\nb: 1\n", 1, "", "quote that is not closed"),
    ("a: 'it's'\n", 1, "", "fits neither"),
    ('a: "\\q"\n', 1, "", "backslash"),
    ("a: |x\n", 1, "", "text behind | or >"),
    ("a: - b\n", 1, "", "list entry behind other text"),
    ("- a\nb: 1\n", 2, "", "fits no entry"),
    ("%YAML 3.0\n---\na: 1\n", 1, "", "version of YAML"),
    ("a: 1\nb: \x00\n", 2, "", "U+0000"),
    ("a: \ud800\n", 1, "", "U+D800"),
    ("a: \ufffe\n", 1, "", "U+FFFE"),
    ("a: " + "[" * 100 + "]" * 100, 1, "", "nested more than"),
    ("x" * 300 + ": 1\n", 1, "x" * 200, "more than 200 characters"),
]


@pytest.mark.parametrize(("text", "line", "path", "words"), BROKEN)
def test_what_is_wrong_as_yaml_is_told_with_its_line(text: str, line: int, path: str, words: str) -> None:
    problems = read_yaml(text, "registry.yaml").problems
    assert [(problem.file, problem.line, problem.path) for problem in problems] == [
        ("registry.yaml", line, path)
    ]
    assert words in problems[0].message
    assert problems[0].remedy


def test_all_is_told_at_once_also_before_broken_syntax() -> None:
    text = "a: 1\na: !x 2\nb:\n  c: 1\n  c: 2\n? []\n: 1\n<<: {}\nlast: 'open\n"
    read = read_yaml(text, "f")
    assert [(problem.line, problem.path) for problem in sorted(read.problems)] == [
        (2, "a"),
        (5, "b.c"),
        (6, ""),
        (8, '["<<"]'),
        (9, ""),
    ]
    assert read.values is None


def test_the_first_document_is_read_where_a_second_follows() -> None:
    assert read_yaml("a: 1\n---\nb: 'x\n", "f").values == {"a": "1"}


def test_a_key_that_is_given_twice_keeps_its_first_value() -> None:
    assert read_yaml("a: 1\na: 2\n", "f").values == {"a": "1"}


def test_aliases_cannot_grow_without_bound() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    started = time.monotonic()
    (problem,) = read_yaml("\n".join(lines), "f").problems
    assert f"{MOST_VALUES:,} values" in problem.message
    assert time.monotonic() - started < 20


def test_aliases_cannot_nest_without_bound() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 3000)]
    (problem,) = read_yaml("\n".join(lines), "f").problems
    assert f"more than {DEEPEST} deep" in problem.message


def test_long_keys_cannot_make_long_paths_without_bound() -> None:
    wide = ", ".join(f"{'k' * 190}{i}" for i in range(200))
    lines = [f"a0: &a0 {{{wide}}}"]
    lines += [
        f"a{i}: &a{i} {{{', '.join(f'{key}: *a{i - 1}' for key in wide.split(', '))}}}" for i in (1, 2, 3)
    ]
    assert read_yaml("\n".join(lines), "f").values is None


def test_a_million_open_brackets_are_refused_at_once() -> None:
    started = time.monotonic()
    assert read_yaml("[" * 1_000_000, "f").values is None
    assert time.monotonic() - started < 5


def test_a_binary_file_has_a_few_problems_not_a_million() -> None:
    assert 1 <= len(read_yaml("\x00\x01\x02" * 100_000, "f").problems) <= 20
