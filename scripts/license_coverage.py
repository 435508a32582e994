"""Writes docs/license_coverage.md: how the license names of a large collection are read, and what differs.

    python -m scripts.license_coverage [--check]        # needs ../shared/data

The collection is that of the Data Provenance Initiative: the names and addresses of its 2,311 datasets, and
its own table of what licenses allow. Every figure is counted; what is not read is listed with the reason.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from registry.domain.license import Duty, LicenseStatus, obligations, parse_license

ROOT = Path(__file__).resolve().parents[1]
COLLECTION = ROOT / ".." / "shared" / "data" / "dpi"
PAGE = ROOT / "docs" / "license_coverage.md"

WHY = {
    "Academic Research Purposes Only": "a restriction, not a license",
    "All Uses-Attribution": "a permission in two words, not a license",
    "CC BY": "the version is missing",
    "CC BY SA": "the version is missing",
    "CC BY-NC-ND": "the version is missing",
    "CC BY-NC-SA": "the version is missing",
    "CC BY-SA": "the version is missing",
    "CSLU Agreement": "an agreement of one distributor, with several texts",
    "Custom": "terms of one dataset, named by an address only",
    "LDC User Agreement": "an agreement of one distributor, with several texts",
    "Non Commercial": "a restriction, not a license",
    "Open Access": "anyone may read it; under which license is not said",
    "Request Form": "access is asked for; the terms are not named",
    "Unclear": "nobody has said: this is what the name says, and how it is read",
    "Unspecified": "nobody has said: this is what the name says, and how it is read",
    "Various": "several licenses; which holds for what is not said",
}
_ABOUT = (
    "The [Data Provenance Collection](https://github.com/Data-Provenance-Initiative/"
    "Data-Provenance-Collection) states licenses by names and addresses that people typed."
)
_COMPARED = (
    "Its table has three columns (use, attribution, share-alike); a use that is not for all counts as "
    "non-commercial here. The clause is that of [our table](licenses.md)."
)
_USES = {"All": False, "NC": True, "Acad": True}
_FLAGS = {"1": True, "0": False}
_DUTIES = ("non_commercial", "attribution", "share_alike")


@dataclass(frozen=True, slots=True)
class Difference:
    """A duty on which the collection's table and ours disagree, with our clause."""

    name: str
    license: str
    duty: str
    theirs: str
    ours: str
    clause: str


def statements(collection: Path) -> Iterator[tuple[str, str]]:
    """License name and address of every dataset, as often as they are stated; the template is none."""
    for file in sorted((collection / "data_summaries").glob("*.json")):
        if not file.name.startswith("_"):
            for dataset in json.loads(file.read_text("utf-8")).values():
                for one in dataset.get("Licenses") or []:
                    yield str(one.get("License")), str(one.get("License URL") or "")


def table(collection: Path, name: str) -> Mapping[str, tuple[str, str, str]]:
    """One of the collection's tables: use, attribution and share-alike by name or address."""
    found = json.loads((collection / "constants" / name).read_text("utf-8"))
    return {key: tuple(value) for key, value in found.items()}


def differences(collection: Path) -> tuple[Difference, ...]:
    """Where their table and ours answer one name in different ways; where they say nothing there is none."""
    found = []
    for name, row in sorted(table(collection, "license_classes.json").items()):
        read = parse_license(name)
        duties = obligations(read.expression)
        theirs = (_USES.get(row[0]), _FLAGS.get(row[1]), _FLAGS.get(row[2]))
        for duty, said in zip(_DUTIES, theirs, strict=True):
            ours = duties.duties()[duty]
            if read.known and said is not None and ours is not (Duty.YES if said else Duty.NO):
                texts = [one.text for one in duties.clauses_of(duty)] or list(duties.sources)
                told = "yes" if said else "no"
                found.append(Difference(name, read.expression, duty, told, ours.value, "; ".join(texts)))
    return tuple(found)


def answered_twice(collection: Path) -> tuple[tuple[str, str], ...]:
    """Spellings of one license to which their table gives different answers."""
    by_license: dict[str, dict[tuple[str, str, str], list[str]]] = {}
    for name, row in sorted(table(collection, "license_classes.json").items()):
        read = parse_license(name)
        if read.status in {LicenseStatus.LISTED, LicenseStatus.REFERENCE}:
            by_license.setdefault(read.expression, {}).setdefault(row, []).append(name)
    return tuple(
        (license_, "; ".join(f"{', '.join(names)}: {', '.join(row)}" for row, names in rows.items()))
        for license_, rows in by_license.items()
        if len(rows) > 1
    )


def why_address(address: str) -> str:
    """Why an address names no license."""
    path = address.split(", ", maxsplit=1)[0].split("#", maxsplit=1)[0].lower()
    if path.endswith("/tos"):
        return "terms of a site"
    if "docs.google.com/forms" in path or "form" in path.rsplit("/", 1)[-1]:
        return "a form to fill in"
    if path.rsplit("/", 1)[-1].split(".")[0] in {"license", "license_v2", "terms"} or path.endswith(".pdf"):
        return "the text of one dataset's own terms"
    return "a page of one dataset, where its terms stand"


def page(collection: Path) -> str:
    """The whole page."""
    said = list(statements(collection))
    names = Counter(name for name, _ in said)
    addresses = {address for _, address in said if "://" in address}
    custom = table(collection, "custom_license_classes.json")
    mapped = [name for name in names if parse_license(name).known]
    known = sum(parse_license(name).known or parse_license(address).known for name, address in said)
    unsaid = names["Unspecified"]
    sections = (
        "# How the license names of a large collection are read\n",
        "<!-- Generated by scripts/license_coverage.py: `make licenses`. -->\n",
        f"{_ABOUT}\n",
        _table(
            ("what", "read", "of", "share"),
            [
                ("distinct names", *_share(len(mapped), len(names))),
                ("distinct custom addresses", *_share(_known(custom), len(custom))),
                ("distinct addresses in the data", *_share(_known(addresses), len(addresses))),
                ("statements, by name or address", *_share(known, len(said))),
                ("the same, without those that say nothing", *_share(known, len(said) - unsaid)),
            ],
        ),
        "What is not read stays `NOASSERTION` with its spelling, and is a gap; nothing is guessed.\n",
        "## Names that are not read\n",
        _table(
            ("name", "statements", "why"),
            [
                (name, str(names[name]), WHY.get(name, "not known here"))
                for name in sorted({*names, *table(collection, "license_classes.json")})
                if not parse_license(name).known
            ],
        ),
        "## Addresses that are not read\n",
        _table(
            ("address", "why"),
            [(f"`{one}`", why_address(one)) for one in sorted(custom) if not parse_license(one).known],
        ),
        "## Where the collection's table says something else\n",
        f"{_COMPARED}\n",
        _table(
            ("name", "duty", "theirs", "ours", "our clause"),
            [(one.name, one.duty, one.theirs, one.ours, one.clause) for one in differences(collection)],
        ),
        "## One license, two answers\n",
        _table(("license", "their answers by spelling"), answered_twice(collection)),
    )
    return "\n".join(sections)


def _known(spellings: Iterable[str]) -> int:
    return sum(parse_license(one).known for one in spellings)


def _share(part: int, whole: int) -> tuple[str, str, str]:
    return f"{part:,}", f"{whole:,}", f"{100 * part / whole:.1f} %"


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [columns, tuple("---" for _ in columns), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |\n" for line in lines)


def main() -> int:
    """Write the page, or compare it."""
    if not COLLECTION.is_dir():
        print(f"the collection is not here: {COLLECTION}", file=sys.stderr)
        return 3
    text = page(COLLECTION)
    if "--check" in sys.argv[1:]:
        current = PAGE.exists() and PAGE.read_text("utf-8") == text
        print("" if current else "stale: docs/license_coverage.md; run `make licenses`", end="")
        return 0 if current else 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
