"""A hub on 127.0.0.1: what huggingface_hub asks of the real one, answered from local folders."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

LFS_ENDINGS = (".parquet", ".arrow", ".gz", ".zst", ".xz", ".bin")

Json = dict[str, Any] | list[Any]


@dataclass
class Repository:
    """A dataset repository: the files of each commit, and the branches and tags that name commits."""

    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    gated: bool = False

    def resolve(self, revision: str) -> str | None:
        """The commit of a branch, tag or commit."""
        named = self.branches.get(revision) or self.tags.get(revision)
        return named or (revision if revision in self.commits else None)


@dataclass
class Fault:
    """What happens to the next `times` requests whose path ends in `path`.

    status:  answered instead of the content
    headers: sent with that status
    after:   the connection drops after so many bytes of the body
    """

    path: str
    times: int
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    after: int | None = None


class HubServer:
    """Serve repositories; a context manager. `requests` lists the method and path of all that was asked."""

    def __init__(self, page: int = 1000) -> None:
        self.repositories: dict[str, Repository] = {}
        self.faults: list[Fault] = []
        self.requests: list[str] = []
        self.page = page
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    @property
    def endpoint(self) -> str:
        """What HF_ENDPOINT has to be."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "HubServer":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def clear(self) -> None:
        """Forget all repositories, faults and requests."""
        self.repositories.clear()
        self.faults.clear()
        self.requests.clear()

    def commit(self, repository: str, folder: Path, branch: str = "main") -> str:
        """Make the files of a folder the next commit of a branch; returns its hash."""
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        stored = self.repositories.setdefault(repository, Repository())
        parent = stored.branches.get(branch, "")
        listing = "".join(f"{path} {hashlib.sha256(data).hexdigest()}\n" for path, data in files.items())
        commit = hashlib.sha1(f"{parent}\n{listing}".encode(), usedforsecurity=False).hexdigest()
        stored.commits[commit] = files
        stored.branches[branch] = commit
        return commit

    def tag(self, repository: str, name: str, commit: str) -> None:
        """Name a commit."""
        self.repositories[repository].tags[name] = commit

    def fail(self, path: str, *, status: int, times: int = 1 << 30, **headers: str) -> None:
        """Answer requests whose path ends in `path` with a status."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.faults.append(Fault(path, times, status=status, headers=named))

    def drop(self, path: str, *, after: int, times: int = 1 << 30) -> None:
        """Cut the connection in the middle of a file's body."""
        self.faults.append(Fault(path, times, after=after))

    def count(self, text: str) -> int:
        """How many requests had `text` in them."""
        return sum(text in request for request in self.requests)

    def fault(self, path: str) -> Fault | None:
        """The fault due for this path, counted down."""
        for fault in self.faults:
            if fault.times and path.endswith(fault.path):
                fault.times -= 1
                return fault
        return None


class _Refusal(Exception):  # noqa: N818 - it ends a request, as an answer
    """An answer other than 200."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {"X-Error-Code": code, "X-Error-Message": message, **(headers or {})}


def _blob(data: bytes) -> str:
    """Git's name of a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _entry(path: str, data: bytes) -> dict[str, Any]:
    """A file as the tree endpoint lists it."""
    entry: dict[str, Any] = {"type": "file", "path": path, "size": len(data), "oid": _blob(data)}
    if path.endswith(LFS_ENDINGS):
        sha256 = hashlib.sha256(data).hexdigest()
        entry["lfs"] = {"oid": sha256, "size": len(data), "pointerSize": 134}
    return entry


def _tree(files: dict[str, bytes], folder: str, *, recursive: bool) -> list[dict[str, Any]]:
    """Files and folders below a folder."""
    prefix = f"{folder}/" if folder else ""
    entries: list[dict[str, Any]] = []
    folders: set[str] = set()
    for path, data in files.items():
        if not path.startswith(prefix):
            continue
        parts = path.removeprefix(prefix).split("/")
        for depth in range(1, len(parts) if recursive else min(2, len(parts))):
            folders.add(prefix + "/".join(parts[:depth]))
        if recursive or len(parts) == 1:
            entries.append(_entry(path, data))
    if folder and not entries and not folders:
        raise _Refusal(404, "EntryNotFound", f"{folder} does not exist")
    return [
        {"type": "directory", "path": path, "size": 0, "oid": "0" * 40} for path in sorted(folders)
    ] + entries


@dataclass(frozen=True)
class _State:
    """A repository at the commit that a request names."""

    name: str
    repository: Repository
    commit: str

    @property
    def files(self) -> dict[str, bytes]:
        return self.repository.commits[self.commit]

    def info(self) -> Json:
        return {
            "_id": "0" * 24,
            "id": self.name,
            "author": self.name.split("/")[0],
            "sha": self.commit,
            "private": False,
            "gated": "auto" if self.repository.gated else False,
            "disabled": False,
            "tags": [],
            "lastModified": "2026-01-02T03:04:05.000Z",
            "createdAt": "2026-01-01T00:00:00.000Z",
            "siblings": [{"rfilename": path} for path in self.files],
        }

    def refs(self) -> Json:
        def named(kind: str, refs: dict[str, str]) -> list[dict[str, str]]:
            return [
                {"name": name, "ref": f"refs/{kind}/{name}", "targetCommit": commit}
                for name, commit in refs.items()
            ]

        branches, tags = self.repository.branches, self.repository.tags
        return {"branches": named("heads", branches), "tags": named("tags", tags), "converts": []}


def _handler(hub: HubServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the base class
            """Requests are kept in `hub.requests`."""

        def do_GET(self) -> None:
            self._answer()

        def do_HEAD(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            url = urlsplit(self.path)
            hub.requests.append(f"{self.command} {self.path}")
            with self._refusals():
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fault = hub.fault(unquote(url.path))
                if fault and fault.status:
                    raise _Refusal(fault.status, "", "try later", fault.headers)
                parts = [unquote(part) for part in url.path.strip("/").split("/")]
                if parts[:2] == ["api", "datasets"]:
                    self._api(parts[2:], parse_qs(url.query), parse_qs(body.decode()))
                elif parts[0] == "datasets" and parts[3:4] == ["resolve"]:
                    self._file(_state(parts[1:3], parts[4]), "/".join(parts[5:]), fault)
                else:
                    raise _Refusal(404, "", f"no such page: {url.path}")

        @contextmanager
        def _refusals(self) -> Iterator[None]:
            try:
                yield
            except _Refusal as refusal:
                self._send({"error": str(refusal)}, refusal.status, refusal.headers)

        def _api(self, parts: list[str], query: dict[str, list[str]], form: dict[str, list[str]]) -> None:
            endpoint = parts[2] if len(parts) > 2 else ""
            state = _state(parts[:2], parts[3] if len(parts) > 3 else "main")
            if endpoint in {"", "revision"}:
                self._send(state.info())
            elif endpoint == "refs":
                self._send(state.refs())
            elif endpoint == "tree":
                recursive = query.get("recursive", ["false"])[0].lower() == "true"
                self._page(_tree(state.files, "/".join(parts[4:]), recursive=recursive), query)
            elif endpoint == "paths-info":
                asked = form.get("paths", [])
                self._send([_entry(path, state.files[path]) for path in asked if path in state.files])
            else:
                raise _Refusal(404, "", f"no such endpoint: {endpoint}")

        def _page(self, entries: list[dict[str, Any]], query: dict[str, list[str]]) -> None:
            start = int(query.get("cursor", ["0"])[0])
            stop = start + hub.page
            headers = {}
            if stop < len(entries):
                recursive = query.get("recursive", ["false"])[0]
                here = urlsplit(self.path).path
                headers["Link"] = f'<{hub.endpoint}{here}?recursive={recursive}&cursor={stop}>; rel="next"'
            self._send(entries[start:stop], headers=headers)

        def _file(self, state: _State, path: str, fault: Fault | None) -> None:
            if state.repository.gated and not self.headers.get("Authorization"):
                raise _Refusal(401, "GatedRepo", f"Access to dataset {state.name} is restricted.")
            if path not in state.files:
                raise _Refusal(404, "EntryNotFound", "Entry not found")
            data = state.files[path]
            start, stop = _range(self.headers.get("Range"), len(data))
            self.send_response(HTTPStatus.OK if stop - start == len(data) else HTTPStatus.PARTIAL_CONTENT)
            self.send_header("ETag", f'"{_blob(data)}"')
            self.send_header("X-Repo-Commit", state.commit)
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Range", f"bytes {start}-{stop - 1}/{len(data)}")
            self.send_header("Content-Length", str(stop - start))
            self.end_headers()
            if self.command == "GET":
                cut = stop if fault is None or fault.after is None else min(stop, start + fault.after)
                self.wfile.write(data[start:cut])
                self.close_connection = self.close_connection or cut < stop

        def _send(self, answer: Json, status: int = 200, headers: dict[str, str] | None = None) -> None:
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    def _state(name: list[str], revision: str) -> _State:
        repository = hub.repositories.get("/".join(name))
        if repository is None:
            raise _Refusal(401, "RepoNotFound", "Repository not found")
        commit = repository.resolve(revision)
        if commit is None:
            raise _Refusal(404, "RevisionNotFound", f"Invalid rev id: {revision}")
        return _State("/".join(name), repository, commit)

    return Handler


def _range(header: str | None, size: int) -> tuple[int, int]:
    """Start and stop of one byte range (RFC 9110, 14.1.2)."""
    if header is None:
        return 0, size
    first, last = header.removeprefix("bytes=").split("-")
    start, stop = int(first), min(int(last) + 1, size) if last else size
    if start >= stop:
        raise _Refusal(416, "", "range not satisfiable", {"Content-Range": f"bytes */{size}"})
    return start, stop
