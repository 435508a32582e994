"""The process that runs user SQL: takes a request on stdin, answers on stdout, within limits of its own."""

import json
import math
import resource
import sys
from collections.abc import Mapping
from typing import Any

from registry.queries.sandbox_rules import ContainedError, Limits

LARGEST_FILE = 16_000_000  # the index of a write-ahead log is the only file SQLite may need to write


def main() -> int:
    """Answer one request; the answer is one JSON document."""
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    _confine(limits)
    try:
        answer = json.dumps(_run(request, limits))
    except MemoryError:
        answer = json.dumps({"error": "refused", **limits.memory_exceeded()})
    except ContainedError as error:
        answer = json.dumps({"error": error.kind, "message": error.message, "hint": error.hint})
    sys.stdout.write(answer)
    return 0


def _run(request: Mapping[str, Any], limits: Limits) -> dict[str, Any]:
    if request["kind"] == "sqlite":
        from registry.queries.sandbox_sqlite import run
    else:
        from registry.queries.sandbox_postgres import run
    columns, found = run(request, limits)
    return {"columns": columns, "rows": found.rows, "truncated": found.truncated}


def _confine(limits: Limits) -> None:
    """Bound what one call inside the database could take, where no handler is asked: memory, time, files."""
    seconds = math.ceil(limits.seconds) + 2
    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, LARGEST_FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (bound, bound))
