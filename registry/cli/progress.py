"""Progress with rate and time left, on a terminal only."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from registry.cli.context import Settings

Told = Callable[[int, int], None]


@contextmanager
def progress_of(settings: Settings) -> Iterator[Callable[[int], Told]]:
    """Gives what a use case calls with the bytes to read; that gives what it tells bytes and records read."""
    if settings.quiet or not sys.stderr.isatty():
        yield lambda _: lambda _bytes, _records: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columns = (
        TextColumn("{task.fields[records]:,} records"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:

        def started(total: int) -> Told:
            task = shown.add_task("reading", total=total, records=0)
            counted = 0

            def told(size: int, records: int) -> None:
                nonlocal counted
                counted += records
                shown.update(task, advance=size, records=counted)

            return told

        yield started


@contextmanager
def searching(settings: Settings) -> Iterator[Told]:
    """Gives what a use case tells how many searches are done, of how many."""
    if settings.quiet or not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("searching"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("searching", total=None)
        yield lambda done, all_: shown.update(task, completed=done, total=all_)
