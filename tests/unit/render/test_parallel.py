"""Many pages at once: the same as one after the other, and no waiting for a process that was killed."""

import os
import signal

import pytest

from registry.errors import RefusedError
from registry.render.parallel import rendering


def drawn(page: int) -> dict[str, bytes]:
    return {f"{page}.html": f"page {page} {page**2}".encode()}


def killed(page: int) -> dict[str, bytes]:
    if page == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return drawn(page)


@pytest.fixture(autouse=True)
def _in_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("registry.render.parallel._MANY", 1)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def test_pages_come_in_order_and_whole() -> None:
    with rendering(drawn, range(100)) as found:
        assert list(found) == [drawn(page) for page in range(100)]


def test_a_killed_process_is_an_error() -> None:
    with pytest.raises(RefusedError, match="ended from outside"), rendering(killed, range(100)) as found:
        list(found)
