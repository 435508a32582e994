"""The editions of documents, as they were approved."""

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from registry.documents.edition import Edition, Editions, Kept, Redacted
from registry.documents.site.places import address, folders
from registry.domain.facts import ModelFacts
from registry.store.editions import load_editions, redactions, snapshot_of
from registry.store.tables.editions import EditionRow
from registry.store.tables.training import ModelRow, ModelVersionRow


def all_editions(session: Session, model_version_id: str | None = None) -> Editions:
    """Those of every document, or of the documents of one model; the newest first."""
    redacted = redactions(session)
    found: dict[tuple[str, str], tuple[Kept, ...]] = {}
    for row in load_editions(session, model_version_id):
        key = (row.kind, row.model_version_id or "")
        found[key] = (*found.get(key, ()), _kept(row, redacted.get(row.id)))
    return found


def public_references(session: Session) -> frozenset[str]:
    """`name@label` of every dataset version that may be named."""
    rows = session.execute(
        text("SELECT dataset, version FROM public_dataset_version WHERE visibility = 'public'")
    )
    return frozenset(f"{name}@{label}" for name, label in rows)


def document_address(session: Session, model: ModelFacts, kind: str) -> str | None:
    """Where a document of a model stands on the web once the site is published, if that is stated."""
    versions = select(ModelVersionRow.id, ModelRow.name, ModelVersionRow.label).join(
        ModelRow, ModelRow.id == ModelVersionRow.model_id
    )
    base = model.provider_facts and model.provider_facts.answers.published_at
    places = folders("models", ((key, name, label) for key, name, label in session.execute(versions)))
    return address(base or None, f"{places[model.id]}/{kind}")


def _kept(row: EditionRow, redacted: tuple[str, str] | None) -> Kept:
    since = redacted and Redacted(*redacted)
    edition = Edition(row.number, row.approved_by, row.approved_at, row.digest, row.stated_at, since or None)
    return Kept(edition, row.content_digest, snapshot_of(row))
