"""Derive the table of currencies and their minor units from the PyPI package `iso4217`.

    pip install iso4217==1.16.20260101 && python scripts/currency_table.py

The package carries list one of ISO 4217 as its maintenance agency publishes it (XML, with its date); metals,
units of account and test codes, which have no minor unit there, are left out.
"""

import importlib
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "registry" / "domain" / "currencies.tsv"


def rows() -> Iterator[tuple[str, str]]:
    """Yield (digits after the point, their codes with blanks between)."""
    by_digits: dict[str, set[str]] = {}
    for entry in importlib.import_module("iso4217").raw_xml.findall("CcyTbl/CcyNtry"):
        code, digits = entry.findtext("Ccy"), entry.findtext("CcyMnrUnts", "").strip()
        if code and digits.isdigit():
            by_digits.setdefault(digits, set()).add(code.strip())
    for digits, codes in sorted(by_digits.items()):
        yield digits, " ".join(sorted(codes))


def main() -> None:
    """Write the table."""
    published = importlib.import_module("iso4217").raw_xml.attrib["Pblshd"]
    lines = [f"# ISO 4217, list one of {published}: digits after the point, codes"]
    lines += ["\t".join(row) for row in rows()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
