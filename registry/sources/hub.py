"""Dataset repositories of the Hugging Face Hub, read in place at one commit."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from registry.domain.dataset import FileRole
from registry.errors import SourceError, UsageError
from registry.fingerprint.leaves import Batch
from registry.sources.beside import cards_of, told_apart
from registry.sources.failures import reading
from registry.sources.files import KNOWN, classify, format_of, left_out, others
from registry.sources.interface import ReadOptions, SourceFile
from registry.sources.media import without_illustrations
from registry.sources.records import FileSource
from registry.sources.splits import with_splits

if TYPE_CHECKING:
    from huggingface_hub import HfApi
    from huggingface_hub.hf_api import RepoFile

_SPEC = re.compile(
    r"hf://(?:datasets/)?(?P<repository>[^/@]+/[^/@]+)"
    r"(?:@(?P<revision>refs/(?:pr|convert)/[^/]+|[^/]+))?(?:/(?P<path>.*))?"
)
_NO_DATASETS = frozenset({"models", "spaces", "buckets", "kernels"})
_ANSWER_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class HubSpec:
    """What `hf://OWNER/NAME[@REVISION][/PATH]` names; the path may be a file, a folder or a glob."""

    repository: str
    revision: str | None
    path: str

    @staticmethod
    def parse(spec: str) -> "HubSpec":
        """A slash in a branch's name is written `%2F`. Raises `UsageError`."""
        match = _SPEC.fullmatch(spec)
        if match is None or match["repository"].split("/")[0] in _NO_DATASETS:
            raise UsageError(
                f"{spec!r} names no dataset repository", hint="write hf://OWNER/NAME[@REVISION][/PATH]"
            )
        revision = unquote(match["revision"]) if match["revision"] else None
        return HubSpec(match["repository"], revision, (match["path"] or "").strip("/"))


@dataclass(slots=True)
class HubSource(FileSource):
    """A dataset repository at the commit `revision`; a `Source`."""

    def batches(self) -> Iterator[Batch]:
        """The records, streamed over HTTP. Raises `SourceError`, also where the connection breaks."""
        with asking(self.location):
            yield from FileSource.batches(self)


def open_hub(spec: str, options: ReadOptions) -> HubSource:
    """Resolve `hf://OWNER/NAME[@REVISION][/PATH]` to a commit, its cards, and its files.

    Obeys HF_ENDPOINT, HF_TOKEN and HF_HUB_OFFLINE. As in a local folder, all data is read where no split or
    configuration is asked for; where a path is named, the card's `configs` do not count. Raises `UsageError`
    for what is no such spec, `SourceError` for whatever the hub refuses; no message holds a token.
    """
    named = HubSpec.parse(spec)
    with asking(spec):
        from huggingface_hub import HfApi

        logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it announces each retry
        api = HfApi(library_name="training-data-registry")
        commit = api.dataset_info(named.repository, revision=named.revision, timeout=_ANSWER_SECONDS).sha
        if not commit:
            raise SourceError("the hub names no commit", file=spec, hint="name one: hf://OWNER/NAME@COMMIT")
        base = f"hf://datasets/{named.repository}@{commit}"
        everything = told_apart([_describe(entry, base) for entry in _entries(api, named.repository, commit)])
        beside = cards_of(everything, f" of {named.repository} at commit {commit}")
    files = _named(everything, named.path, spec)
    unknown = others(files)
    files, beside_tables = without_illustrations(
        files, [file.location for file in files if file.path == named.path]
    )
    with asking(spec):
        files, notes = with_splits(files, base, {} if named.path else beside.front, options, where=spec)
    return HubSource(
        location=spec,
        revision=commit,
        files=tuple(files),
        options=options,
        notes=[*unknown, *beside_tables, *beside.warnings, *notes],
        card=beside.card,
    )


@contextmanager
def asking(what: str) -> Iterator[None]:
    """What the hub or the network refuses inside becomes a `SourceError` about `what`.

    The libraries retry by themselves: five times, waiting one to eight seconds, or as long as the hub asks.
    """
    try:
        with reading(what):
            yield
    except SourceError as error:
        found = _refusal(error.__cause__)
        if found is None:
            raise
        message, hint = found
        raise SourceError(message, file=error.file or what, row=error.row, hint=hint) from error.__cause__


def _refusal(cause: BaseException | None) -> tuple[str, str] | None:
    """What happened and what to do, for an error of the hub's libraries."""
    import httpx2
    from huggingface_hub import errors

    while cause is not None:
        if isinstance(cause, errors.OfflineModeIsEnabled):
            return "is on the hub, and offline mode is on", "unset HF_HUB_OFFLINE"
        if isinstance(cause, errors.HfHubHTTPError):
            return _answer(cause, cause.response.status_code)
        if isinstance(cause, httpx2.TimeoutException):
            return "the hub did not answer in time", "check the network and HF_ENDPOINT, and try again"
        if isinstance(cause, httpx2.ConnectError):
            return "the hub cannot be reached", "check the network and HF_ENDPOINT, and try again"
        if isinstance(cause, httpx2.TransportError):
            return "the connection to the hub broke, again and again", "try again"
        cause = cause.__cause__ or cause.__context__
    return None


def _answer(error: Exception, status: int) -> tuple[str, str]:
    from huggingface_hub import errors

    login = "`hf auth login` or HF_TOKEN"
    if isinstance(error, errors.GatedRepoError):
        return "is gated", f"ask for access on its page on the hub, then give your token with {login}"
    if isinstance(error, errors.DisabledRepoError):
        return "was disabled on the hub", "read another copy of it"
    if isinstance(error, errors.RevisionNotFoundError):
        return "has no such revision on the hub", "name an existing branch, tag or commit after the @"
    if isinstance(error, errors.RepositoryNotFoundError):
        return (
            "is not on the hub, or private",
            f"check OWNER/NAME; for private ones give your token with {login}",
        )
    if isinstance(error, errors.EntryNotFoundError):
        return "is not in the repository at this commit", "check the path"
    known = {
        401: ("the hub does not accept the token", f"give another one with {login}"),
        403: ("the hub forbids access", f"ask its owner, or give another token with {login}"),
        429: ("the hub wants fewer requests (429)", f"wait some minutes, or give a token with {login}"),
    }
    return known.get(status, (f"the hub answered {status}", "try again later"))


def _entries(api: "HfApi", repository: str, commit: str) -> list["RepoFile"]:
    from huggingface_hub.hf_api import RepoFile

    tree = api.list_repo_tree(repository, recursive=True, revision=commit, repo_type="dataset")
    return sorted((entry for entry in tree if isinstance(entry, RepoFile)), key=lambda entry: entry.path)


def _describe(entry: "RepoFile", base: str) -> SourceFile:
    role, format_, compression = classify(entry.path)
    file = SourceFile(
        path=entry.path,
        location=f"{base}/{entry.path}",
        role=role,
        bytes=entry.size,
        format=format_,
        compression=compression,
        sha256=entry.lfs.sha256 if entry.lfs else None,
    )
    hidden = any(part.startswith(".") for part in entry.path.split("/"))
    return left_out(file) if hidden and role is FileRole.DATA else file


def _named(files: list[SourceFile], path: str, spec: str) -> list[SourceFile]:
    """The files at, below or matching `path`. Raises `SourceError` where there is none with data."""
    from fsspec.utils import glob_translate

    if path:
        pattern = re.compile(glob_translate(path))
        exact = [_as_data(file) for file in files if file.path == path]
        files = exact or [
            file for file in files if file.path.startswith(f"{path}/") or pattern.fullmatch(file.path)
        ]
    if not any(file.role is FileRole.DATA for file in files):
        raise SourceError(
            "holds no data files" if files else "has no such path",
            file=spec,
            hint=f"data files end in {KNOWN}",
        )
    return files


def _as_data(file: SourceFile) -> SourceFile:
    """A file that the user named is read, whatever it is called."""
    format_, compression = format_of(file.path)
    return replace(file, role=FileRole.DATA, format=format_, compression=compression) if format_ else file
