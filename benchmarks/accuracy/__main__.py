"""Measures everything and writes docs/accuracy.json and the generated blocks of docs/accuracy.md.

`make accuracy` needs the shared data beside the checkout; `python -m benchmarks.accuracy --page` writes the
blocks anew from the figures as they are.
"""

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.accuracy.figures import FILE, measure_all
from benchmarks.accuracy.page import PAGE, filled
from benchmarks.accuracy.relations import Registered
from benchmarks.accuracy.sets import DATA
from tests.command import Command


def main() -> int:
    """Measure, unless only the page is asked for; write."""
    if "--page" not in sys.argv[1:]:
        if not DATA.is_dir():
            print(f"the shared data are not beside this checkout ({DATA})", file=sys.stderr)
            return 3
        with tempfile.TemporaryDirectory(prefix="registry-accuracy-") as folder:
            scratch = Path(folder)
            found = measure_all(Registered(Command(scratch / "home"), scratch))
        FILE.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    figures = json.loads(FILE.read_text(encoding="utf-8"))
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
