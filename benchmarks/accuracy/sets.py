"""The sets of the shared data that its known truth speaks of: how each is ingested, and read by hand.

Reading by hand shares nothing with `registry.sources`: what is counted from it does not inherit its mistakes.
"""

import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree

DATA: Final = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
SENTENCE: Final = "# text = "
PARAGRAPH: Final = "{http://www.w3.org/1999/xhtml}p"
Json = Any


@dataclass(frozen=True)
class Row:
    """A record by hand: all of it, in a form where equal records are equal texts, and its content fields."""

    whole: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class DataSet:
    """A set by the name that the truth has for it.

    source:  below the shared data; a treebank is taken by its sentences
    fields:  the content; none: every string
    explode: path of the nested records
    """

    name: str
    source: str
    fields: tuple[str, ...] = ()
    explode: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether the records are paragraphs of a plain text."""
        return self.source.endswith(".txt")

    @property
    def options(self) -> tuple[str, ...]:
        """Of `registry ingest`."""
        exploded = ("--explode", self.explode) if self.explode else ()
        prose = ("--split-text", "paragraph") if self.is_prose else ()
        return (*exploded, *prose, *(part for field in self.fields for part in ("--text-field", field)))

    def file(self, scratch: Path) -> Path:
        """What the registry reads; it does not know the format of a treebank, but its sentences in lines."""
        if not self.is_treebank:
            return DATA / self.source
        written = scratch / "sentences.jsonl"
        written.write_text("".join(json.dumps({"text": row.whole}) + "\n" for row in self.rows()), "utf-8")
        return written

    @property
    def is_treebank(self) -> bool:
        """Whether the records are the sentences of a treebank."""
        return self.source.endswith(".conllu")

    def rows(self) -> list[Row]:
        """The records, read by hand."""
        return list(_rows(self))


def _sets() -> Iterator[DataSet]:
    instructed = ("instruction", "input", "response")
    yield DataSet("seed/self_instruct:full", "selfinstruct_seed/seed_tasks.jsonl")
    yield DataSet("seed/gpteacher:full", "gpteacher/seedprompts.jsonl")
    for step in ("dedupe-only", *(f"similarity-0.{digit}" for digit in (9, 8, 7, 6))):
        yield DataSet(f"gpteacher/toolformer-{step}:full", f"gpteacher/toolformer-{step}-dataset.json")
    for name, source in (
        ("codealpaca/new", "codealpaca/new_codealpaca.json"),
        ("gpteacher/codegen", "gpteacher/codegen-instruct.json"),
    ):
        yield DataSet(f"{name}:full", source)
        yield DataSet(f"{name}:instruction", source, ("instruction",))
        yield DataSet(f"{name}:instruction+input+response", source, instructed)
    for part in ("train", "test", "test_socratic"):
        yield DataSet(f"gsm8k/{part}:full", f"gsm8k/{part}.jsonl")
        yield DataSet(f"gsm8k/{part}:question", f"gsm8k/{part}.jsonl", ("question",))
    yield DataSet(
        "gsm8k/example_model_solutions:question", "gsm8k/example_model_solutions.jsonl", ("question",)
    )
    yield DataSet("alpaca_cleaned/gsm_8k_train:full", "alpacacleaned_ext/gsm_8k_train.json")
    yield DataSet(
        "alpaca_cleaned/gsm_8k_train:question", "alpacacleaned_ext/gsm_8k_train.json", ("instruction",)
    )
    for name, source in (
        ("humaneval", "humaneval/HumanEval.jsonl.gz"),
        *(
            (f"humaneval_x/{code}", f"humaneval_x/humaneval_{code}.jsonl.gz")
            for code in ("python", "cpp", "go", "java", "js", "rust")
        ),
    ):
        yield DataSet(f"{name}:prompt", source, ("prompt",))
        yield DataSet(f"{name}:full", source, ("prompt", "canonical_solution"))
    yield DataSet("mbpp:prompt", "mbpp/mbpp.jsonl", ("text",))
    yield DataSet("mbpp:code", "mbpp/mbpp.jsonl", ("code",))
    for field in ("prompt", "code"):
        yield DataSet(f"mbpp_sanitized:{field}", "mbpp_sanitized/sanitized-mbpp.json", (field,))
    for language in ("en", "de", "es", "zh", "ar", "hi"):
        source = f"xquad/xquad.{language}.json"
        yield DataSet(f"xquad/{language}:context", source, ("context",), "data.paragraphs")
        yield DataSet(f"xquad/{language}:question", source, ("question",), "data.paragraphs.qas")
    for edition in ("1342-0.txt", "1342.txt"):
        yield DataSet(f"gutenberg_pp/{edition}:para", f"gutenberg_pp/{edition}")
    yield DataSet("standardebooks_pp:para", "standardebooks_pp/chapter-*.xhtml")
    yield DataSet("tinyshakespeare:speech", "tinyshakespeare/input.txt")
    yield DataSet("ud_pud:sent", "ud_pud/en_pud-ud-test.conllu")
    yield DataSet("se_datascience_meta:body", "se_datascience_meta/Posts.xml", ("Body",))
    for family in ("logical_deduction", "tracking_shuffled_objects"):
        for count in ("three", "five"):
            task = f"{family}_{count}_objects"
            yield DataSet(f"bbh/{task}:input", f"bbh/{task}.json", ("input",), "examples")


SETS: Final[Mapping[str, DataSet]] = {each.name: each for each in _sets()}


@cache
def truth() -> Json:
    """`ground_truth.json`."""
    return json.loads((DATA / "ground_truth.json").read_text(encoding="utf-8"))


def _rows(data: DataSet) -> Iterator[Row]:
    if data.is_prose:
        text = (DATA / data.source).read_text(encoding="utf-8-sig")
        yield from (Row(part, (part,)) for part in re.split(r"\n\s*\n", text) if part.strip())
    elif data.is_treebank:
        lines = (DATA / data.source).read_text(encoding="utf-8").splitlines()
        sentences = (line.removeprefix(SENTENCE) for line in lines if line.startswith(SENTENCE))
        yield from (Row(text, (text,)) for text in sentences)
    elif data.source.endswith(".xml"):
        for element in ElementTree.parse(DATA / data.source).getroot():  # noqa: S314
            given = _plain(dict(element.attrib))
            yield Row(json.dumps(given, sort_keys=True), tuple(given.get(field, "") for field in data.fields))
    elif data.source.endswith(".xhtml"):
        for file in sorted(DATA.glob(data.source)):
            for element in ElementTree.parse(file).iter(PARAGRAPH):  # noqa: S314 -- test data under our eyes
                text = "".join(element.itertext())
                yield Row(f"marked up: {text}", (text,))  # its language is a field: no record of a plain text
    else:
        for record, around in _nested(_loaded(DATA / data.source), data.explode.split(".")):
            whole = {**_plain(record), "": around} if around else _plain(record)
            fields = [record[field] for field in data.fields] if data.fields else _strings(record)
            yield Row(json.dumps(whole, sort_keys=True), tuple(fields))


def _loaded(file: Path) -> Json:
    raw = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
    text = raw.decode("utf-8-sig")
    if ".jsonl" in file.name:
        return [json.loads(line) for line in text.splitlines() if line]
    return json.loads(text)


def _nested(
    value: Json, path: list[str], around: tuple[str, ...] = ()
) -> Iterator[tuple[Json, tuple[str, ...]]]:
    """The records at a path, each with the scalar values of the objects around it."""
    if isinstance(value, list):
        for each in value:
            yield from _nested(each, path, around)
    elif path and path[0]:
        own = {key: each for key, each in value.items() if not isinstance(each, list | dict)}
        yield from _nested(value[path[0]], path[1:], (*around, json.dumps(own, sort_keys=True)))
    else:
        yield value, around


def _plain(value: Json) -> Json:
    """Without what is empty, and integral floats as integers: so the record digest takes them."""
    if isinstance(value, dict):
        kept = {key: _plain(each) for key, each in value.items()}
        return {key: each for key, each in kept.items() if each not in (None, "", [], {})}
    if isinstance(value, list):
        return [each for each in map(_plain, value) if each not in (None, "", [], {})]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _strings(value: Json) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in _strings(each)]
