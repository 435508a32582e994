"""One peer on one sample, in the peer's own environment: `python peer_worker.py PATH SAMPLE`.

Nothing of the project is imported here. SAMPLE is a JSON list of texts. Prints "ready VERSION", then runs
once for each line on standard input and prints "spent", CPU seconds, wall seconds, number of signatures.
"""
# mypy: disable-error-code="import-not-found, import-untyped"
# A peer is importable in its own environment only.

import json
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from importlib.metadata import version
from itertools import accumulate
from pathlib import Path
from typing import Any

Run = Callable[[], int]
PERMUTATIONS, WIDTH = 128, 5


def shingles(text: str) -> list[str]:
    """Word 5-grams of lower-cased text cut at white space; a shorter text is one."""
    words = text.lower().split()
    return [" ".join(words[at : at + WIDTH]) for at in range(max(len(words) - WIDTH + 1, 1))]


def encoded(text: str) -> list[bytes]:
    """The same as bytes: encoded once and joined by `map`, the fastest way found in plain Python."""
    words = " ".join(text.lower().split()).encode().split(b" ")
    if len(words) < WIDTH:
        return [b" ".join(words)]
    return list(map(b" ".join, zip(*(words[at:] for at in range(WIDTH)), strict=False)))


def datasketch_update(texts: list[str]) -> Run:
    """What its documentation shows first: one `update` for each shingle, SHA-1."""
    from datasketch import MinHash

    def run() -> int:
        for text in texts:
            sketch = MinHash(num_perm=PERMUTATIONS)
            for shingle in encoded(text):
                sketch.update(shingle)
        return len(texts)

    return run


def datasketch_update_batch(texts: list[str]) -> Run:
    """One `update_batch` for each record, SHA-1."""
    from datasketch import MinHash

    def run() -> int:
        for text in texts:
            MinHash(num_perm=PERMUTATIONS).update_batch(encoded(text))
        return len(texts)

    return run


def datasketch_update_batch_xxhash(texts: list[str]) -> Run:
    """The same with xxHash, and with the permutations drawn once."""
    from datasketch import MinHash
    from xxhash import xxh32_intdigest

    first = MinHash(num_perm=PERMUTATIONS, hashfunc=xxh32_intdigest)

    def run() -> int:
        for text in texts:
            first.copy().update_batch(encoded(text))
        return len(texts)

    return run


def datasketch_generator(texts: list[str]) -> Run:
    """`MinHash.generator` over all records, SHA-1."""
    from datasketch import MinHash

    return lambda: count(MinHash.generator(map(encoded, texts), num_perm=PERMUTATIONS))


def datasketch_generator_xxhash(texts: list[str]) -> Run:
    """The same with xxHash."""
    from datasketch import MinHash
    from xxhash import xxh32_intdigest

    return lambda: count(
        MinHash.generator(map(encoded, texts), num_perm=PERMUTATIONS, hashfunc=xxh32_intdigest)
    )


def datasketch_generator_distinct(texts: list[str]) -> Run:
    """The same, each shingle of a record only once."""
    from datasketch import MinHash
    from xxhash import xxh32_intdigest

    return lambda: count(
        MinHash.generator(
            (set(encoded(text)) for text in texts), num_perm=PERMUTATIONS, hashfunc=xxh32_intdigest
        )
    )


def rensa_update(texts: list[str]) -> Run:
    """`RMinHash.update` with all shingles of a record."""
    from rensa import RMinHash

    def run() -> int:
        for text in texts:
            RMinHash(PERMUTATIONS, 1).update(shingles(text))
        return len(texts)

    return run


def rensa_matrix(texts: list[str]) -> Run:
    """`RMinHash.digest_matrix_from_token_sets` over all records."""
    from rensa import RMinHash

    def run() -> int:
        matrix = RMinHash.digest_matrix_from_token_sets([shingles(text) for text in texts], PERMUTATIONS, 1)
        return int(matrix.len())

    return run


def rensa_flat(texts: list[str]) -> Run:
    """The sketch alone: `digest_matrix_from_flat_token_hashes`, the shingles hashed beforehand."""
    from rensa import RMinHash

    hashes = [RMinHash.hash_token_sets([shingles(text)])[0] for text in texts]
    flat = array("Q", (value for each in hashes for value in each))
    offsets = array("Q", [0, *accumulate(map(len, hashes))])

    def run() -> int:
        return int(RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, PERMUTATIONS, 1).len())

    return run


def gaoya_insert(texts: list[str]) -> Run:
    """Words, sketch and insertion into its index, which it does not do apart."""
    from gaoya.minhash import MinHashStringIndex

    def run() -> int:
        index = MinHashStringIndex(32, 0.8, 16, 8, None, "word", True, (WIDTH, WIDTH))
        for number, text in enumerate(texts):
            index.insert_document(number, text)
        return len(texts)

    return run


def daft_minhash(texts: list[str], *, normalize: bool) -> Run:
    """Expressions over a column in memory."""
    import daft
    from daft import functions

    frame = daft.from_pydict({"text": texts}).collect()
    text: Any = daft.col("text")
    if normalize:
        text = functions.normalize(text, lowercase=True, white_space=True)
    sketched = functions.minhash(text, num_hashes=PERMUTATIONS, ngram_size=WIDTH, hash_function="xxhash")
    return lambda: len(frame.select(sketched.alias("signature")).collect())


def daft_normalized(texts: list[str]) -> Run:
    """`normalize` (lower case, white space), then `minhash`."""
    return daft_minhash(texts, normalize=True)


def daft_plain(texts: list[str]) -> Run:
    """`minhash` alone: case and white space count."""
    return daft_minhash(texts, normalize=False)


def datatrove_signature(texts: list[str]) -> Run:
    """What its step `MinhashDedupSignature` does with each document, without files: 16 x 8 hashes."""
    import tempfile

    from datatrove.pipeline.dedup.minhash import MinhashConfig, MinhashDedupSignature

    step = MinhashDedupSignature(tempfile.gettempdir(), MinhashConfig(num_buckets=16, hashes_per_bucket=8))

    def run() -> int:
        found = (step.get_shingles(text) for text in texts)
        return sum(len(each) == 0 or step.get_signature(each) is not None for each in found)

    return run


def count(signatures: Iterator[object]) -> int:
    """How many there are."""
    return sum(1 for _ in signatures)


PATHS = {
    "datasketch update": datasketch_update,
    "datasketch update_batch": datasketch_update_batch,
    "datasketch update_batch xxhash": datasketch_update_batch_xxhash,
    "datasketch generator": datasketch_generator,
    "datasketch generator xxhash": datasketch_generator_xxhash,
    "datasketch generator distinct": datasketch_generator_distinct,
    "rensa update": rensa_update,
    "rensa matrix": rensa_matrix,
    "rensa flat": rensa_flat,
    "gaoya insert": gaoya_insert,
    "daft normalized": daft_normalized,
    "daft plain": daft_plain,
    "datatrove signature": datatrove_signature,
}


def main() -> None:
    """Speak the protocol."""
    path, sample = sys.argv[1:]
    run = PATHS[path](json.loads(Path(sample).read_text(encoding="utf-8")))
    run()
    print("ready", version(path.split()[0]), flush=True)
    for _ in sys.stdin:
        cpu, wall = time.process_time(), time.perf_counter()
        signatures = run()
        print("spent", time.process_time() - cpu, time.perf_counter() - wall, signatures, flush=True)


if __name__ == "__main__":
    main()
