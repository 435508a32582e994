"""Commands in processes of their own, forked from one that has loaded and warmed all they need.

What is run so is a module with `warm`, called once, and `main`, called for each command as from a shell: with
arguments, folder, environment and streams of its own, and an exit code.
"""

import gc
import json
import os
import select
import signal
import socket
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MOST_BYTES = 200_000  # arguments and environment; a message is taken whole or not at all
_CLIENT = """#!{python} -SE
import json, os, socket, sys
with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as server:
    server.connect({place!r})
    asked = json.dumps([sys.argv, os.getcwd(), dict(os.environ)])
    socket.send_fds(server, [asked.encode()], [0, 1, 2])
    code = server.recv(1)
sys.exit(code[0] if code else "the command ended without an exit code")
"""


@contextmanager
def forked(
    module: str, name: str, folder: Path, environment: Mapping[str, str] = os.environ
) -> Iterator[Path]:
    """An executable of this name that runs the module; `environment` is what `warm` finds.

    folder: short, a socket's path has at most 107 bytes
    """
    place = str(folder / "socket")
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(place)
        listener.listen()
        number = listener.fileno()
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.forked", module, str(number)],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[number],
        )
    client = folder / name
    client.write_text(_CLIENT.format(python=sys.executable, place=place), encoding="utf-8")
    client.chmod(0o700)
    with server:  # closes its input, which ends it
        yield client


def _serve(module: str, number: int) -> None:
    """Run commands until the input ends."""
    program = import_module(module)
    program.warm()
    gc.freeze()  # pages with what was loaded stay shared
    signal.signal(signal.SIGCHLD, lambda *_: os.waitpid(-1, os.WNOHANG))
    with socket.socket(fileno=number) as listener:
        while listener in select.select([sys.stdin, listener], [], [])[0]:
            connection, _ = listener.accept()
            if os.fork() == 0:
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                listener.close()
                _answer(connection, program.main)
            connection.close()


def _answer(connection: socket.socket, main: Callable[[], None]) -> None:
    """Run the command that was asked for, say how it ended, and end this process."""
    asked, streams, *_ = socket.recv_fds(connection, MOST_BYTES, 3)
    sys.argv[:], folder, environment = json.loads(asked)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    code = _code(main)
    sys.stdout.flush()
    sys.stderr.flush()
    connection.send(bytes([code]))
    os._exit(0)


def _code(main: Callable[[], None]) -> int:
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
