"""Adds an allocation up again from its CSV alone: python3 verify_allocation.py allocation.csv .

Needs Python 3.10 and nothing else, and shares no code with the program that wrote the file.
"""

import csv
import sys
from fractions import Fraction
from hashlib import sha256
from pathlib import Path


def problems(rows):
    """Everything that is not as it should be; rows are mappings by heading."""
    for name in ("statement", "currency", "minor_units_in_one", "net_pool_minor_units"):
        if len({row[name] for row in rows}) != 1:
            yield f"{name} is not one and the same in every line"
    if len({row["key"] for row in rows}) != len(rows):
        yield "a payee stands twice"
    shares, pool = [Fraction(row["share"]) for row in rows], int(rows[0]["net_pool_minor_units"])
    if sum(shares) != 1 or sum(int(row["minor_units"]) for row in rows) != pool:
        yield f"the shares add up to {sum(shares)}, or the amounts not to the net pool of {pool}"
    amounts = [pool * share // 1 for share in shares]  # then the largest remainders get what is left
    rests = sorted(range(len(rows)), key=lambda at: (amounts[at] - pool * shares[at], rows[at]["key"]))
    for at in rests[: max(0, pool - sum(amounts))]:
        amounts[at] += 1
    units = sum(Fraction(row["units"]) for row in rows)
    for number, (row, amount) in enumerate(zip(rows, amounts, strict=True), start=1):
        place = (row["line"], row["lines"]) == (str(number), str(len(rows)))
        for wrong in problems_of(row, amount, units, place=place):
            yield f"line {number}, {row['payee']}: {wrong}"


def problems_of(row, amount, units, *, place):
    """What is wrong with one line; amount: by the largest remainder, units: of all lines."""
    *cells, digest = row.values()
    if sha256("\x1f".join(cells).encode()).hexdigest()[:16] != digest or not place:
        yield "it is not as it was written, or not where it was"
    if units == 0 or Fraction(row["units"]) / units != Fraction(row["share"]):
        yield "its share is not its units of all units"
    if int(row["minor_units"]) != amount:
        yield f"{row['minor_units']} minor units, but the largest remainder gives {amount}"
    if Fraction(row["amount"]) * int(row["minor_units_in_one"]) != int(row["minor_units"]):
        yield "its amount is not its minor units"
    if Fraction(row["payable"]) != Fraction(row["amount"]) * (row["status"] == "payable"):
        yield "what is payable is not what its status says"


if __name__ == "__main__":
    name = sys.argv[1] if len(sys.argv) > 1 else "allocation.csv"
    try:
        with Path(name).open(newline="", encoding="utf-8") as file:
            found = list(csv.DictReader(file, strict=True))
        listed = list(problems(found)) if found else ["there is no line"]
    except OSError as error:
        listed = [f"{name} cannot be opened: {error.strerror}"]
    except (csv.Error, ArithmeticError, LookupError, TypeError, ValueError) as error:
        listed = [f"it cannot be read as an allocation: {error!r}"]
    print("\n".join(listed) or f"{len(found)} lines add up to {found[0]['net_pool_minor_units']} minor units")
    sys.exit(1 if listed else 0)
