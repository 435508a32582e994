"""Reads what `hf://` names, for `tests.forked`: libraries read the settings of the hub at their import."""

import json
import sys
import time
from typing import Any

from registry.errors import RegistryError
from registry.sources.hub import open_hub
from registry.sources.interface import ReadOptions


def warm() -> None:
    """Load the libraries."""
    import huggingface_hub.hf_api
    import huggingface_hub.hf_file_system  # noqa: F401


def main() -> None:
    """Print what is read of each spec, or the error; [[spec, options], ...] is the one argument."""
    time.sleep = lambda seconds: None  # the library's pauses between its retries
    print(json.dumps([_read(spec, options) for spec, options in json.loads(sys.argv[1])]))


def _read(spec: str, options: dict[str, Any]) -> dict[str, Any]:
    try:
        source = open_hub(spec, ReadOptions(**options))
        records: dict[str, int] = {}
        texts: list[str] = []
        for batch in source.batches():
            leaves = batch.leaves()
            records[batch.file] = records.get(batch.file, 0) + leaves.records
            texts += [leaves.text(leaf) for leaf in range(len(leaves.path))]
    except RegistryError as error:
        return {"error": error.message, "hint": error.hint}
    return {
        "revision": source.revision,
        "records": records,
        "texts": texts,
        "warnings": source.warnings,
        "files": {
            file.path: [file.role, file.format, file.split, file.sha256, file.bytes] for file in source.files
        },
        "locations": [file.location for file in source.files],
        "facts": [
            [fact.property, fact.value, fact.kind, fact.place]
            for fact in (source.card.facts if source.card else ())
        ],
    }


if __name__ == "__main__":
    main()
