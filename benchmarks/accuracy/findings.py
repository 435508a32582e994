"""The sentences of docs/accuracy.md that hold numbers."""

from collections.abc import Iterator
from typing import Any

from benchmarks.accuracy.blocks import pair
from benchmarks.accuracy.relations import FAMILIES, SAMPLED

Json = Any


def verdict(figures: Json) -> str:
    """What holds over all relations."""
    found = _relations(figures)
    estimates = [each["estimated"] for each in found]
    least = min(each["both"] / each["true"] for each in estimates if each["true"])
    both, true, listed = (sum(each[key] for each in estimates) for key in ("both", "true", "listed"))
    sides = [(each, side) for each in found for side in "ab"]
    return (
        f"- In {sum(map(agrees, found))} of {len(found)} relations every count equals brute force: "
        "records equal, words equal, verified near-duplicate pairs and their records, shingles in common.\n"
        f"- Of {true:,} true pairs the estimate lists {both:,} ({both / true:.3%}), in each relation at "
        f"least {least:.2%}. It lists {listed:,} in all, of which {both / listed:.1%} are true; of the "
        "verified ones all are.\n"
        f"- {sum(_holds(*each) for each in sides)} of {len(sides)} intervals of containments at scale "
        f"{SAMPLED} hold the truth.\n"
    )


def findings(figures: Json) -> str:
    """What the relations show, as a list."""
    return "".join(f"- **{title}.** {' '.join(text)}\n" for title, *text in _findings(figures))


def agrees(each: Json) -> bool:
    """Whether the registry and brute force say the same of a relation."""
    ours, verified = ("records_equal", "words_equal", "near", "sketch"), each["verified"]
    return (
        all(each["registry"][key] == each["brute"][key] for key in ours)
        and each["registry"]["estimated_pairs"] == each["estimated"]["listed"]
        and verified["listed"] == verified["true"] == verified["both"]
    )


def _findings(figures: Json) -> Iterator[tuple[str, ...]]:
    copy = _of(figures, "codealpaca", "codealpaca/new:full", "")
    yield (
        "A full copy that equal records do not show",
        f"{pair(copy)}: {copy['registry']['records_equal']} records equal,",
        f"{_words(copy, 'a')} with the same words, {_contained(copy, 'a')} of A in B.",
    )
    problems = _of(figures, "gsm8k", "gsm8k/train:full", "")
    questions = _of(figures, "gsm8k", "gsm8k/train:question", "")
    yield (
        "A derivative without an equal record",
        f"{pair(problems)}: {problems['registry']['records_equal']} records equal,",
        f"{_words(problems, 'b')} with the same words,",
        f"{problems['registry']['near']['pairs']:,} near-duplicates,",
        f"{_contained(problems, 'b')} of B in A; of the questions {_words(questions, 'b')} are equal.",
    )
    chain = [each for each in figures["relations_toolformer"] if "dedupe-only" in each["a"]]
    yield (
        "A filter chain",
        f"Each step is in the unfiltered set to {', '.join(_contained(each, 'b') for each in chain)};",
        f"{', '.join(map(_left, chain))} of its records have no equal there.",
    )
    code = _of(figures, "mbpp", "mbpp:code", "mbpp_sanitized")
    yield (
        "Reformatted code",
        f"{pair(code)}: {code['known']['raw_a_in_b']} equal byte for byte,",
        f"{_words(code, 'b')} by their words.",
    )
    novel = _of(figures, "pride", "gutenberg_pp/1342-0.txt:para", "standardebooks")
    yield (
        "Two editions of a novel",
        f"{pair(novel)}: {novel['registry']['records_equal']} records equal, {_words(novel, 'b')} paragraphs",
        f"by their words, {novel['registry']['near']['b']:,} near.",
    )
    none = [each for each in _relations(figures) + figures["controls"] if not each["brute"]["near"]["pairs"]]
    yield (
        "Nothing where nothing is",
        f"In {len(none)} relations and controls there is no near-duplicate:",
        f"{sum(each['registry']['near']['pairs'] for each in none)} are verified,",
        f"{sum(each['registry']['estimated_pairs'] for each in none)} estimated.",
    )


def _relations(figures: Json) -> list[Json]:
    return [each for name in FAMILIES for each in figures[f"relations_{name}"]]


def _of(figures: Json, family: str, a: str, b: str) -> Json:
    return next(each for each in figures[f"relations_{family}"] if each["a"] == a and b in each["b"])


def _holds(each: Json, side: str) -> bool:
    sketch, sampled = each["brute"]["sketch"], each["sampled"][f"{side}_in_{'b' if side == 'a' else 'a'}"]
    return bool(sampled["low"] <= sketch["common"] / sketch[side] <= sampled["high"])


def _words(each: Json, side: str) -> str:
    return f"{each['registry']['words_equal'][side]:,} of {each['brute']['records'][side]:,}"


def _left(each: Json) -> str:
    return f"{each['brute']['records']['b'] - each['registry']['words_equal']['b']:,}"


def _contained(each: Json, side: str) -> str:
    sketch = each["registry"]["sketch"]
    return f"{sketch['common'] / sketch[side]:.1%}"
