"""A peer's index over signatures, in the peer's own environment: `python index_worker.py PEER RECORDS`.

Nothing of the project is imported here. Prints one line of JSON: seconds to build, bytes of memory a record,
microseconds of a look-up.
"""
# mypy: disable-error-code="import-not-found, import-untyped"
# A peer is importable in its own environment only.

import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

BANDS, ROWS, PERMUTATIONS = 25, 5, 128
QUERIES = 2000


def resident() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def timed(look_up: Callable[[int], object], records: int) -> float:
    """Median microseconds of looking up records that are there."""
    chosen, spent = random.Random(1), []
    for _ in range(QUERIES):
        record = chosen.randrange(records)
        before = time.perf_counter()
        look_up(record)
        spent.append(time.perf_counter() - before)
    return statistics.median(spent) * 1e6


def datasketch(records: int) -> dict[str, Any]:
    """`MinHashLSH`, its keys integers, in an insertion session."""
    import numpy as np
    from datasketch import MinHash, MinHashLSH

    drawn = MinHash(num_perm=PERMUTATIONS)
    values = np.random.default_rng(0).integers(0, 1 << 32, (records, PERMUTATIONS), dtype=np.uint32)

    def signature(record: int) -> Any:
        return MinHash(
            hashvalues=values[record], permutations=drawn.permutations, scheme=drawn.scheme, seed=drawn.seed
        )

    before, memory = time.perf_counter(), resident()
    index = MinHashLSH(num_perm=PERMUTATIONS, params=(BANDS, ROWS))
    for record in range(records):
        index.insert(record, signature(record), check_duplication=False)
    built = time.perf_counter() - before
    size = (resident() - memory) / records
    asked = {record: signature(record) for record in range(0, records, max(1, records // QUERIES))}
    keys = list(asked)
    return {
        "build": built,
        "bytes": size,
        "look_up": timed(lambda at: index.query(asked[keys[at]]), len(keys)),
    }


def rensa(records: int) -> dict[str, Any]:
    """`RMinHashLSH`, filled from a matrix of signatures; its bands must divide the signature: 16 of 8."""
    from rensa import RMinHash, RMinHashLSH

    drawn = random.Random(0)
    sets = [[str(drawn.getrandbits(40)) for _ in range(8)] for _ in range(records)]
    matrix = RMinHash.digest_matrix_from_token_sets(sets, PERMUTATIONS, 1)
    before, memory = time.perf_counter(), resident()
    index = RMinHashLSH(threshold=0.8, num_perm=PERMUTATIONS, num_bands=16)
    index.insert_matrix(matrix, 0)
    built = time.perf_counter() - before
    size = (resident() - memory) / records
    asked = []
    for tokens in sets[:: max(1, records // QUERIES)]:
        sketch = RMinHash(PERMUTATIONS, 1)
        sketch.update(tokens)
        asked.append(sketch)
    return {"build": built, "bytes": size, "look_up": timed(lambda at: index.query(asked[at]), len(asked))}


if __name__ == "__main__":
    PEERS = {"datasketch": datasketch, "rensa": rensa}
    print(json.dumps(PEERS[sys.argv[1]](int(sys.argv[2]))))
