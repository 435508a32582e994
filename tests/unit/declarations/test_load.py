import time
from datetime import date
from fractions import Fraction
from pathlib import Path
from textwrap import dedent

import pytest

from registry.declarations.load import Loaded, load
from registry.declarations.problems import DeclarationError, Problem
from registry.declarations.schema import Publisher
from registry.domain.stated import Answer
from tests.unit.declarations.mistakes import RELATIONS, VALUES, WARNED, WELL_SAID, dataset


def mistakes(text: str) -> tuple[Problem, ...]:
    with pytest.raises(DeclarationError) as refused:
        load(text, "registry.yaml")
    return refused.value.problems


def loaded(text: str) -> Loaded:
    return load(dedent(text), "registry.yaml")


@pytest.mark.parametrize(("text", "line", "path", "words", "remedy"), VALUES + RELATIONS)
def test_a_mistake_is_told_with_line_path_and_remedy(
    text: str, line: int, path: str, words: str, remedy: str
) -> None:
    found = mistakes(text)
    assert [(problem.line, problem.path) for problem in found] == [(line, path)]
    assert words in found[0].message
    assert remedy in (found[0].remedy or "")
    assert not {"pydantic", "http://errors", "Input should", "validation"} & set(found[0].sentence.split())
    assert "pydantic" not in found[0].sentence


def test_a_version_by_its_name_alone_is_the_one_of_the_file() -> None:
    text = """\
datasets:
  - {name: a, version: 1, source: x}
models:
  - name: m
    training:
      - stage: p
        mixture:
          - {dataset: a}
          - {dataset: a@1}
"""
    (found,) = mistakes(text)
    assert (found.line, found.message) == (9, "a@1 is in this mixture twice, first in line 8")


def test_a_circle_of_derivations_is_named() -> None:
    text = """\
datasets:
  - {name: a, version: 2, source: x, derived_from: [c]}
  - {name: b, source: x, derived_from: [a@2, "https://b.example"]}
  - {name: c, source: x, derived_from: [other, b]}
  - {name: d, source: x, derived_from: [e]}
  - {name: e, source: x, derived_from: [d, a]}
  - {name: a, version: 1, source: x}
"""
    first, second = mistakes(text)
    assert "circle" in first.message
    assert {"a@2", "b", "c"} <= set(first.message.split())
    assert "circle: e from d from e" in second.message or "circle: d from e from d" in second.message


def test_an_earlier_version_is_no_circle() -> None:
    text = """
        datasets:
          - {name: a, version: 1, source: x}
          - {name: a, version: 2, source: x, derived_from: a@1}
        models:
          - {name: m, version: 1}
          - {name: m, version: 2, base_models: [m@1, "https://x.example", other/disclosure.json]}
        """
    assert loaded(text).warnings == ()


def test_a_long_chain_of_derivations_is_no_problem() -> None:
    entries = [f"  - {{name: d{i}, source: x, derived_from: [d{i + 1}]}}\n" for i in range(3000)]
    assert load("datasets:\n" + "".join(entries), "f").declarations.datasets[0].derived_from == ["d1"]


def test_all_mistakes_are_told_at_once_in_order_of_lines() -> None:
    text = """\
agents:
  - {id: a, type: Organisation}
  - {id: a}
provider:
  agent: a
  agent: b
  code_of_practice_signatory: maybe
datasets:
  - name: d
    licence: MIT
    source: x
    measured: {}
    collected: {from: 2022, until: 2021}
    withdrawn: [foo]
  - name: d
    version: !x 1
    visibility: secret
models:
  - name: m
    training:
      - {stage: p, mixture: [{dataset: d, epochs: 0}, {dataset: d}]}
      - {stage: p}
"""
    found = mistakes(text)
    assert [problem.line for problem in found] == [2, 3, 6, 7, 10, 12, 12, 13, 14, 15, 16, 17, 21, 21, 22]
    assert sorted(found, reverse=True) == list(reversed(found))


def test_the_message_has_a_line_for_each_mistake() -> None:
    with pytest.raises(DeclarationError) as refused:
        load("foo: 1\ndatasets:\n  - {name: a, source: x, licence: MIT}\n", "my.yaml")
    assert refused.value.message.splitlines() == [
        "my.yaml has 2 mistakes",
        "  my.yaml:1: foo: is not a known key (known here: agents, provider, datasets, models)",
        "  my.yaml:3: datasets[0].licence: is not a known key (did you mean `license`?)",
    ]
    assert "run again" in (refused.value.hint or "")


def test_one_mistake_is_no_plural_and_thousands_are_cut() -> None:
    with pytest.raises(DeclarationError, match=r"^f has a mistake\n"):
        load("foo: 1\n", "f")
    with pytest.raises(DeclarationError) as refused:
        load("".join(f"foo{i}: 1\n" for i in range(2000)), "f")
    assert refused.value.message.endswith("and 1,900 more")
    assert len(refused.value.problems) == 2000


def test_values_from_a_hostile_file_are_cut_and_on_one_line() -> None:
    (found,) = mistakes(dataset(f'origin: "{"x" * 5000}\\n\\e[31m"'))
    assert len(found.sentence) < 300
    assert found.sentence.isprintable()


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"agents:\n  - id: \xff\n", 2, "not UTF-8"),
        ("agents: []\n".encode("utf-16"), 1, "not UTF-8"),
        (b"agents: \x00\n", 1, "U+0000"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, line: int, words: str) -> None:
    with pytest.raises(DeclarationError) as refused:
        load(data, "f")
    assert refused.value.problems[0].line == line
    assert words in refused.value.problems[0].message


def test_a_byte_order_mark_and_other_line_ends_do_not_matter() -> None:
    assert load(b"\xef\xbb\xbfagents:\r\n  - id: a\r\n", "f").line_of["agents[0].id"] == 2


@pytest.mark.parametrize(("text", "line", "path", "words"), WARNED)
def test_what_is_probably_not_meant_is_a_warning(text: str, line: int, path: str, words: str) -> None:
    (warning,) = load(text, "registry.yaml").warnings
    assert (warning.line, warning.path) == (line, path)
    assert words in warning.message


@pytest.mark.parametrize("text", WELL_SAID)
def test_what_is_well_said_is_neither_mistake_nor_warning(text: str) -> None:
    assert load(text, "f").warnings == ()


def test_every_kind_of_value_is_read_as_it_is_meant() -> None:
    text = """
        agents:
          - {id: acme, type: organization, name: ACME, ror: null}
        provider:
          agent: acme
          code_of_practice_signatory: true
          small_or_medium_enterprise: No
        datasets:
          - name: 2021
            version: 1.10
            source: data.jsonl
            title: |
              Two
              lines
            publisher: OpenAI
            personal_information: no
            fields: {text: question, id: null}
            derived_from: none
            generated_by: []
            language: no
          - name: audio
            source: null
            measured: {modality: audio, hours: 10.5, records: 007}
            publisher: {name: B}
            personal_information: {answer: yes, explanation: names}
        models:
          - name: m
            placed_on_eu_market: 2026-03-01
            base_models: [none]
            tokenizer: {name: t, tokens_per_word: 1.30}
            training:
              - stage: pretraining
                started: 2026-01
                compute_flop: 3.2e22
                mixture:
                  - {dataset: 2021@1.10, epochs: 0.1, selection: all}
                  - {dataset: audio, epochs: 1/3, selection: {where: {license: [MIT, no], year: 2020}}}
          - {name: n, placed_on_eu_market: not applicable}
        """
    read = loaded(text).declarations
    first, second = read.datasets
    assert read.provider is not None
    assert read.provider.code_of_practice_signatory is Answer.YES
    assert read.provider.small_or_medium_enterprise is Answer.NO
    assert (first.name, first.version, first.source, first.title) == (
        "2021",
        "1.10",
        ["data.jsonl"],
        "Two\nlines",
    )
    assert (first.publisher, first.language, first.fields.text, first.fields.id) == (
        "OpenAI",
        "no",
        ["question"],
        [],
    )
    assert (first.derived_from, first.generated_by) == ([], [])
    assert first.personal_information is not None
    assert first.personal_information.answer is Answer.NO
    assert second.publisher == Publisher(name="B")
    assert second.measured is not None
    assert (second.measured.hours, second.measured.records) == ("10.5", 7)
    assert second.personal_information is not None
    assert second.personal_information.explanation == "names"
    model_, other = read.models
    assert (model_.placed_on_eu_market, other.placed_on_eu_market) == (date(2026, 3, 1), "not applicable")
    assert model_.base_models == []
    assert model_.tokenizer is not None
    assert model_.tokenizer.tokens_per_word == "1.30"
    (run,) = model_.training
    assert (run.started, run.compute_flop) == ("2026-01", "3.2e22")
    assert [one.epochs for one in run.mixture] == [Fraction(1, 10), Fraction(1, 3)]
    assert run.mixture[1].selection.where == {"license": ["MIT", "no"], "year": "2020"}


def test_lines_of_entries_are_given() -> None:
    line_of = loaded("\n\ndatasets:\n  - name: a\n    source: x\n").line_of
    assert (line_of["datasets"], line_of["datasets[0]"], line_of["datasets[0].source"]) == (3, 4, 5)


def test_two_thousand_datasets_load_in_two_seconds() -> None:
    entry = """\
  - name: dataset-{0}
    version: "1"
    title: A dataset with the number {0}
    source: [data/{0}/a.jsonl, data/{0}/b.jsonl]
    origin: public
    license: CC-BY-4.0
    url: "https://example.org/{0}"
    publisher: {{name: Publisher {0}, type: organization}}
    rights_holders: [{{agent: agent-{0}, share: 1/2}}]
    fields: {{text: [question, answer], id: null, license: license, creator: author}}
    language: en
    content_types: [news, forums]
    collected: {{from: 2021-01, until: 2021-10}}
    purpose: To know
    processing: [read, cleaned]
    personal_information: no
    derived_from: []
"""
    agents = "".join(f"  - {{id: agent-{i}, type: person}}\n" for i in range(2000))
    text = f"agents:\n{agents}datasets:\n" + "".join(entry.format(i) for i in range(2000))
    started = time.process_time()
    assert len(load(text, "f").declarations.datasets) == 2000
    assert time.process_time() - started < 4  # twice the promise: other tests run beside this one


def test_the_shared_registry_of_the_tests_is_good() -> None:
    file = Path(__file__).parents[2] / "functional" / "shared_data.registry.yaml"
    assert load(file.read_bytes(), file.name).warnings == ()
