"""Many pages at once, on every processor."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from registry.errors import RefusedError

_MANY = 400  # pages from which processes are worth their start
_CHUNK = 16
T = TypeVar("T")
Rendered = dict[str, bytes]
_work: list[Callable[[int], Rendered]] = []  # what the forked processes find in their memory


@contextmanager
def rendering(render: Callable[[T], Rendered], pages: Sequence[T]) -> Iterator[Iterator[Rendered]]:
    """Give what `render` makes of each page, in order.

    Of many pages on every processor, by processes forked here: they find the pages in their memory, and send
    but bytes. Enter before threads are started, which a fork would leave behind.
    """
    workers = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(pages) < _MANY or workers < 2:
        yield map(render, pages)
        return
    _work.append(lambda place: render(pages[place]))
    try:
        forked = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, mp_context=forked) as pool:  # notices where a process was killed
            yield pool.map(_rendered, range(len(pages)), chunksize=_CHUNK)
    except BrokenProcessPool as error:
        raise RefusedError(
            "a process that made pages was ended from outside",
            hint="it may be memory: free some, then run the command again",
        ) from error
    finally:
        _work.pop()


def _rendered(place: int) -> Rendered:
    return _work[-1](place)
