from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.declarations.entry import Entry
from registry.declarations.load import load
from registry.declarations.problems import DeclarationError, Problem
from registry.declarations.schema import Agent, Dataset, Model, Provider, Tokenizer
from registry.declarations.yaml import below, read_yaml
from tests.unit.declarations.editor import marked

NULLS = {"", "~", "null", "Null", "NULL"}
# ruff: noqa: RUF005

# Characters that begin no indicator, comment or flow collection (YAML 1.2.2, 7.3.3), with much of Unicode.
PLAIN = st.text(
    st.sampled_from("abcXYZ0123456789.+_-/~=()ÄñлЖ語한ก\u0085\u2028\u2029\ue000\U0001f600"),
    min_size=1,
    max_size=12,
).filter(lambda text: text[0] not in "-=~" and not text.startswith("...") and text.strip() == text)
PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufeff\ufffe\uffff"),
    max_size=20,
).filter(lambda text: not any(ord(character) & 0xFFFE == 0xFFFE for character in text))
KEYS = st.from_regex(r"[a-z][a-z0-9_.]{0,8}", fullmatch=True).filter(lambda key: key not in NULLS)
TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | PRINTABLE,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=15,
)


@settings(deadline=None)
@given(PLAIN)
def test_the_text_of_a_plain_scalar_survives_exactly(text: str) -> None:
    expected = None if text in NULLS else text
    assert read_yaml(f"key: {text}\nlist:\n  - {text}\nflow: [{text}]\n", "f").values == {
        "key": expected,
        "list": [expected],
        "flow": [expected],
    }


@settings(deadline=None)
@given(PRINTABLE)
def test_the_text_of_a_quoted_scalar_survives_exactly(text: str) -> None:
    single = text.replace("'", "''")
    double = text.replace("\\", "\\\\").replace('"', '\\"')
    assert read_yaml(f"a: '{single}'\nb: \"{double}\"\n", "f").values == {"a": text, "b": text}


def written(value: Any, path: str, indent: int, lines: list[str], line_of: dict[str, int]) -> None:
    """Write a tree as block YAML, each value in a line of its own, and note where everything stands."""
    blanks = " " * indent
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for step, inner in entries:
        place = below(path, step)
        head = f"{blanks}{step}:" if isinstance(step, str) else f"{blanks}-"
        line_of[place] = len(lines) + 1
        if isinstance(inner, dict | list) and inner:
            anchor = f" &n{len(lines)}" if len(lines) % 3 == 0 else ""
            if isinstance(step, int):
                line_of[place] = len(lines) + (1 if anchor else 2)
            lines.append(head + anchor)
            written(inner, place, indent + 2, lines, line_of)
        elif isinstance(inner, dict | list):
            lines.append(f"{head} {'{}' if isinstance(inner, dict) else '[]'}")
        else:
            lines.append(head if inner is None else f"""{head} '{inner.replace("'", "''")}'""")


@settings(deadline=None)
@given(st.dictionaries(KEYS, TREES, min_size=1, max_size=4))
def test_values_and_their_lines_survive_the_way_through_yaml(tree: dict[str, Any]) -> None:
    lines: list[str] = []
    line_of = {"": 1}
    written(tree, "", 0, lines, line_of)
    read = read_yaml("\n".join(lines), "f")
    assert read.problems == ()
    assert read.values == tree
    assert read.line_of == line_of


def problems_of(text: str | bytes) -> tuple[Problem, ...]:
    """What is wrong with a file; anything but problems fails the test."""
    try:
        load(text, "f")
    except DeclarationError as error:
        return error.problems
    return ()


ENTRIES: dict[str, type[Entry]] = {
    "agents:\n  - id: a": Agent,
    "provider:\n    agent: a": Provider,
    "datasets:\n  - name: a": Dataset,
    "models:\n  - name: a": Model,
    "models:\n  - name: a\n    tokenizer:\n      name: t": Tokenizer,
}
WRITTEN = st.sampled_from(
    ["a", "a@1", "1", "1.5", "0", "-1", "1e3", "0x1F", "007", "1/3", "0.5", "true", "True", "no", "Yes"]
    + ["unknown", "none", "all", "~", "", "''", '"1"', "'true'", "en", "public", "withdrawn", "license"]
    + ["2021", "2021-01", "2021-01-02", "ongoing", "name", "person", "text", "not applicable"]
    + ["https://a.example", "a@b.example", "[]", "{}", "[a, 1]", "[~]", "[none]", "[{agent: a}]"]
    + ["[{name: 1}]", "{name: 1}", "{answer: yes}", "{from: 2021}", "{words: 1}", "{text: a}"]
    + ["[{stage: 1}]", "[{stage: p, mixture: [{dataset: 1, epochs: 2}]}]", "{crawlers: [{name: x}]}"]
)  # fmt: skip


@st.composite
def files(draw: st.DrawFn) -> str:
    """A file with one entry whose keys have values of all kinds, most of them wrong for the key."""
    where = draw(st.sampled_from(sorted(ENTRIES)))
    keys = sorted(field.alias or name for name, field in ENTRIES[where].model_fields.items())
    stated = draw(st.dictionaries(st.sampled_from(keys), WRITTEN, max_size=3))
    blanks = "      " if "tokenizer" in where else "    "
    return "\n".join([where, *(f"{blanks}{key}: {value}" for key, value in stated.items())])


@settings(max_examples=400, deadline=None)
@given(files())
def test_what_loads_is_not_marked_by_an_editor(text: str) -> None:
    if not problems_of(text):
        assert marked(text) == []


FRAGMENTS = st.sampled_from(
    ["a: ", "b: 1\n", "- ", "  ", "\n", "{", "}", "[", "]", ",", "? ", ": ", "'", '"', "&x ", "*x", "!t "]
    + ["|\n", "<<: ", "---\n", "...\n", "#", "%YAML 1.1\n", "\t", "\\", "\0", "\ufeff", "~", "@", ">-\n"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS, max_size=25).map("".join) | st.text(st.characters(codec=None), max_size=40))
def test_any_text_ends_in_problems_with_lines(text: str) -> None:
    last = text.count("\n") + text.count("\r") + 1
    assert all(problem.line and problem.line <= last for problem in problems_of(text))


TREE_KEYS = st.sampled_from(sorted({name for entry in Entry.__subclasses__() for name in entry.model_fields}))
ANY_TREES: st.SearchStrategy[Any] = st.recursive(
    st.none() | PRINTABLE,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TREE_KEYS, inner, max_size=6),
    max_leaves=20,
)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["agents", "provider", "datasets", "models"]), ANY_TREES | st.lists(ANY_TREES)
    )
)
def test_values_of_any_kind_anywhere_end_in_problems(tree: dict[str, Any]) -> None:
    lines: list[str] = []
    written(tree, "", 0, lines, {})
    text = "\n".join(lines) or "{}"
    assert all(problem.line and problem.message for problem in problems_of(text))


@settings(deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_end_in_problems(data: bytes) -> None:
    assert all(problem.file == "f" for problem in problems_of(data))
