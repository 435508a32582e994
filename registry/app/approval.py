"""Approving what is published: every document that says something new becomes an edition of its own."""

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from registry.app.home import Home, now
from registry.documents.attribution_json import as_json as manifest_json
from registry.documents.dated import manifest_with_history
from registry.documents.disclosure import with_history
from registry.documents.disclosure_json import as_json as disclosure_json
from registry.documents.edition import ATTRIBUTION, DISCLOSURE, REGISTRY, Json, approved, content_digest
from registry.documents.site.publication import publication_json
from registry.documents.site.site import Site
from registry.errors import RefusedError, UsageError
from registry.queries.editions import all_editions
from registry.render.json import json_bytes
from registry.store.editions import Frozen, Subject, save_editions

_LONGEST = 200


def check_name(approved_by: str) -> str:
    """The name as it will stand on the pages; raises `UsageError`."""
    name = " ".join(approved_by.split())
    if not name or len(name) > _LONGEST or not name.isprintable():
        hint = 'for example --approved-by "Ada Lovelace, compliance"'
        raise UsageError("--approved-by needs a name", hint=hint)
    if "@" in unicodedata.normalize("NFKC", name):
        raise UsageError(
            "--approved-by must not hold an e-mail address",
            hint="the name stands on public pages: give a name or a role",
        )
    return name


def approve(home: Home, site: Site, approved_by: str) -> int:
    """Freeze the drafts of a public site; returns how many documents got a new edition."""
    moment = now()
    drafts = tuple(freeze(site, approved_by, moment))
    if not drafts:
        return 0
    with home.write() as session:
        numbers = {key: kept[0].edition.number for key, kept in all_editions(session).items()}
        for draft in drafts:
            key = (draft.subject.kind, draft.subject.model_version_id or "")
            if numbers.get(key, 0) != draft.number - 1:
                raise RefusedError(
                    "someone else approved a publication of this registry meanwhile",
                    hint="run the command again: it shows what has changed since",
                )
        save_editions(session, drafts, approved_by, moment)
    return len(drafts)


def freeze(site: Site, approved_by: str, moment: str) -> Iterator[Frozen]:
    """Every document of a site that says something new, as the edition it becomes."""
    for page in site.models:
        disclosure, manifest = page.disclosure, page.manifest
        stated_at, model = page.model.stated_at, page.model.id
        if not disclosure.history.is_current:
            history = approved(disclosure.history, approved_by, moment, stated_at)
            twin = disclosure_json(with_history(disclosure, history))
            yield _document(DISCLOSURE, model, twin, history.next_number - 1, stated_at)
        if not manifest.history.is_current:
            history = approved(manifest.history, approved_by, moment, stated_at)
            twin = manifest_json(manifest_with_history(manifest, history))
            yield _document(ATTRIBUTION, model, twin, history.next_number - 1, stated_at)
    if not site.history.is_current:
        history = approved(site.history, approved_by, moment, site.index.moment)
        twin = publication_json(replace(site, history=history))
        yield _document(REGISTRY, None, twin, history.next_number - 1, site.index.moment)


def _document(kind: str, model: str | None, twin: Json, number: int, stated_at: str) -> Frozen:
    return Frozen(Subject(kind, model), number, content_digest(twin), json_bytes(twin), stated_at)
