"""The tables in the generated blocks."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.accuracy.relations import SAMPLED

Json = Any


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["--:"] * (len(head) - 1)], *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def errors(found: Json, first: str) -> str:
    """Errors of estimation by class."""
    return table(
        (first, "pairs", "RMSE", "theory", "ratio", "± of the ratio", "bias", "± of the bias"),
        (
            (
                *(name, f"{each['pairs']:,}", f"{each['rmse']:.5f}", f"{each['theory']:.5f}"),
                *(f"{each['ratio']:.3f}", f"{each['sampling']:.3f}"),
                *(f"{each['bias']:+.5f}", f"{each['bias_sampling']:.5f}"),
            )
            for name, each in found.items()
        ),
    )


def containment(figures: Json) -> str:
    """Coverage of intervals."""
    found = figures["containment"]
    kinds = {
        "scale": "scale {}",
        "sample": "{} hashes kept of A",
        "share": "share {}",
    }
    rows = [
        (words.format(value), each) for kind, words in kinds.items() for value, each in _in_order(found[kind])
    ]
    rows += [("all of these", found["all"]), ("text through the kernel, scale 10", found["text"])]
    return table(
        ("trials of", "trials", "held the truth", "mean width"),
        (
            (name, f"{each['trials']:,}", f"{each['held'] / each['trials']:.2%}", f"{each['width']:.3f}")
            for name, each in rows
        ),
    )


def passages(figures: Json) -> str:
    """Planted runs."""
    return table(
        ("words of the run", "trials", "at least one kept shingle", "at least two"),
        (
            (str(each["words"]), *(f"{each[key]:,}" for key in ("trials", "one", "two")))
            for each in figures["passages"]
        ),
    )


def relations(name: str) -> Callable[[Json], str]:
    """The relations of one family, each in three tables' columns: exact, near, contained."""

    def block(figures: Json) -> str:
        found = figures[f"relations_{name}"]
        return "\n".join((_equal(found), _near(found), _contained(found)))

    return block


def _equal(found: Json) -> str:
    return table(
        (
            "A × B",
            "records of A",
            "of B",
            "records equal",
            "words equal, of A",
            "of B",
            "known: raw",
            "known: norm",
        ),
        (
            (
                pair(each),
                *(f"{each['brute']['records'][side]:,}" for side in "ab"),
                f"{each['registry']['records_equal']:,}",
                *(f"{each['registry']['words_equal'][side]:,}" for side in "ab"),
                *(f"{each['known'][key]:,}" for key in ("raw_a_in_b", "norm_a_in_b")),
            )
            for each in found
        ),
    )


def _near(found: Json) -> str:
    return table(
        (
            "A × B",
            "pairs verified",
            "of A",
            "of B",
            "brute force",
            "known",
            "pairs estimated",
            "recall of these",
        ),
        (
            (
                pair(each),
                *(f"{each['registry']['near'][key]:,}" for key in ("pairs", "a", "b")),
                *(f"{each['brute']['near']['pairs']:,}", f"{each['known']['near_pairs']:,}"),
                *(
                    f"{each['registry']['estimated_pairs']:,}",
                    _share(each["estimated"]["both"], each["estimated"]["true"]),
                ),
            )
            for each in found
        ),
    )


def _contained(found: Json) -> str:
    return table(
        ("A × B", "A in B", f"95 % at scale {SAMPLED}", "B in A", f"95 % at scale {SAMPLED}"),
        ((pair(each), *(text for side in "ab" for text in _side(each, side))) for each in found),
    )


def _side(each: Json, side: str) -> tuple[str, str]:
    sketch, sampled = each["registry"]["sketch"], each["sampled"]["a_in_b" if side == "a" else "b_in_a"]
    return f"{sketch['common'] / sketch[side]:.4f}", f"{sampled['low']:.4f} to {sampled['high']:.4f}"


def within(figures: Json) -> str:
    """Sets with themselves."""
    return table(
        ("set", "records", "words of an earlier record", "known: norm", "near pairs", "brute force", "known"),
        (
            (
                *(f"`{each['set']}`", f"{each['records']:,}"),
                *(f"{each['registry']['words_equal']:,}", f"{each['known']['norm_equal']:,}"),
                *(f"{each[whose]['near_pairs']:,}" for whose in ("registry", "brute", "known")),
            )
            for each in figures["within"]
        ),
    )


def controls(figures: Json) -> str:
    """Sets that share nothing."""
    return table(
        (
            "A × B",
            "records equal",
            "words equal",
            "pairs verified",
            "pairs estimated",
            "shingles of A",
            "of these in B",
        ),
        (
            (
                pair(each),
                *(f"{each['registry'][key]:,}" for key in ("records_equal",)),
                *(f"{each['registry']['words_equal']['a']:,}", f"{each['registry']['near']['pairs']:,}"),
                *(f"{each['registry']['estimated_pairs']:,}", f"{each['registry']['sketch']['a']:,}"),
                f"{each['registry']['sketch']['common']:,}",
            )
            for each in figures["controls"]
        ),
    )


def pair(each: Json) -> str:
    """The two sets of a relation, by name."""
    return f"`{each['a']}` × `{each['b']}`"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "–"


def _in_order(by_number: Json) -> list[tuple[str, Json]]:
    return sorted(by_number.items(), key=lambda pair: float(pair[0]))
