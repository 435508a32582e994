"""Documents against their editions: which edition each is now, or the draft of which."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from registry.documents.attribution_json import as_json as manifest_json
from registry.documents.differences import differences
from registry.documents.disclosure import Disclosure, with_history
from registry.documents.disclosure_json import as_json as disclosure_json
from registry.documents.edition import History, Kept, history_of
from registry.documents.figures import day
from registry.documents.manifest import Manifest
from registry.documents.manifest_differences import manifest_differences


def dated_disclosure(
    draft: Disclosure, kept: Sequence[Kept], address: str | None, public: Collection[str]
) -> Disclosure:
    """A disclosure report with its history; kept: its editions, the newest first.

    public: the references of all datasets that may be named today
    """
    return with_history(draft, history_of(disclosure_json(draft), kept, differences, address, public))


def dated_manifest(
    draft: Manifest, kept: Sequence[Kept], address: str | None, public: Collection[str]
) -> Manifest:
    """The same of an attribution manifest."""
    history = history_of(manifest_json(draft), kept, manifest_differences, address, public)
    return manifest_with_history(draft, history)


def manifest_with_history(manifest: Manifest, history: History) -> Manifest:
    """The manifest as the edition, or the draft of the next, that the history says it is."""
    edition = history.edition
    if edition is None:
        return replace(manifest, history=history)
    model = replace(manifest.model, stated_at=edition.stated_at)
    return replace(manifest, model=model, updated=day(edition.approved_at), history=history)
