"""The generated blocks about what the registry was asked."""

from typing import Any

from benchmarks.accuracy.blocks import table

Json = Any


def mix(figures: Json) -> str:
    """The blind mix."""
    found = figures["mix"]
    rows = [
        (
            f"`{part['set']}`",
            *(f"{part[key]:.1%}" for key in ("true", "share", "adds")),
            _listed(part["same"]),
        )
        for part in found["parts"]
    ]
    rows.append(("in no set of the registry", f"{found['unseen']:.1%}", f"{found['unassigned']:.1%}", "", ""))
    head = ("set", "true share of the words", "share found", "adds", "explains the same")
    shadowed = _listed(found["shadowed"]) or "none"
    return f"{table(head, rows)}\nOverlapping too, but explained by these: {shadowed}.\n"


def conflicts(figures: Json) -> str:
    """License conflicts."""
    rows = [
        (each["kind"], _listed(each["sets"]), ", ".join(each["licenses"]), str(each["evidence"]))
        for each in figures["conflicts"]
    ]
    return table(("kind", "datasets", "licenses", "things they share"), rows)


def looked_up(figures: Json) -> str:
    """A book and its matches."""
    found = figures["looked_up"]
    rows = [
        (f"`{each['set']}`", f"{each['matches']:,}", f"{each['possible']:,}")
        for each in sorted(found["by_set"], key=lambda each: (-each["matches"], each["set"]))
    ]
    told = f"The book has {found['words']:,} words, of which {found['coverage']:.1%} stand in matches.\n"
    return f"{told}\n{table(('dataset', 'records that match', 'possible'), rows)}"


def quotes(figures: Json) -> str:
    """Quotes, found or not."""
    rows = [
        (each["how"], f"{each['words']}", f"{each['quotes']:,}", f"{each['found']:,}")
        for each in figures["looked_up"]["quotes"]
    ]
    return table(("decided", "words of the quote", "quotes", "found"), rows)


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
