"""What all benchmarks share: tasks that run in turn, and the ratios of their times round by round.

Other programs run on the machine: an absolute figure says little, a ratio within one round much, and the CPU
time of a task more than the time on the wall.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds that one run took: on the processors (all threads), and on the wall."""

    cpu: float
    wall: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, least and greatest of some values."""

    median: float
    least: float
    greatest: float

    def __str__(self) -> str:
        digits = 2 if self.median < 10 else 1 if self.median < 100 else 0
        median, *ends = (f"{value:,.{digits}f}" for value in (self.median, self.least, self.greatest))
        return f"{median} ({'-'.join(ends)})"


Task = Callable[[], Spent]
Rounds = Mapping[str, Sequence[Spent]]


def here(work: Callable[[], object]) -> Task:
    """A task of this process."""

    def task() -> Spent:
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        return Spent(time.process_time() - cpu, time.perf_counter() - wall)

    return task


def interleave(tasks: Mapping[str, Task], rounds: int) -> Rounds:
    """What each task took in each round, all tasks in turn, after one round to warm up."""
    for task in tasks.values():
        task()
    spent: dict[str, list[Spent]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            spent[name].append(task())
    return spent


def spread(values: Iterable[float]) -> Spread:
    """The spread of values."""
    kept = sorted(values)
    return Spread(statistics.median(kept), kept[0], kept[-1])


def rate(spent: Sequence[Spent], size: int) -> Spread:
    """Megabytes per second of CPU time."""
    return spread(size / 1e6 / each.cpu for each in spent)


def ratio(longer: Sequence[Spent], shorter: Sequence[Spent], scale: float = 1.0) -> Spread:
    """CPU time of the one to that of the other in the same round, times a scale for unequal sizes."""
    return spread(scale * a.cpu / b.cpu for a, b in zip(longer, shorter, strict=True))


def wall_ratio(longer: Sequence[Spent], shorter: Sequence[Spent]) -> Spread:
    """The same on the wall."""
    return spread(a.wall / b.wall for a, b in zip(longer, shorter, strict=True))
