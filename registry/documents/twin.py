"""What the machine-readable twins of all documents begin with."""

from collections.abc import Sequence
from typing import Any, Protocol

from registry.documents.contact import Contact
from registry.documents.edition import History, edition_json
from registry.documents.fields import Gap
from registry.documents.projection import Audience
from registry.domain.facts import ModelFacts

Json = dict[str, Any]


class Document(Protocol):
    """A document about a model version."""

    @property
    def model(self) -> ModelFacts:
        """The model version, as the audience may see it."""

    @property
    def audience(self) -> Audience:
        """Who reads it."""

    @property
    def software(self) -> str | None:
        """The version of this program."""

    @property
    def headline(self) -> str:
        """The document in a sentence."""

    @property
    def history(self) -> History:
        """Its editions."""

    @property
    def gaps(self) -> Sequence[Gap]:
        """What it leaves open."""


def head(document: Document, form: str, form_version: int) -> Json:
    """Which document this is, of what, by what, for whom, and what it leaves open."""
    return {
        "format": form,
        "format_version": form_version,
        "software": {"name": "training-data-registry", "version": document.software},
        "audience": document.audience.value,
        "status": "published" if document.history.edition else "draft",
        "model": document.model.name,
        "version": document.model.label,
        "provider": document.model.provider,
        "stated_at": document.model.stated_at,
        "headline": document.headline,
        "gaps": [
            {"field": gap.field, "title": gap.title, "closed_by": gap.closed_by} for gap in document.gaps
        ],
    } | edition_json(document.history)


def contact_json(contact: Contact) -> Json:
    """Where rights holders can ask; what is missing stands among the gaps."""
    return {
        "provider": contact.provider,
        "address": contact.address,
        "what_happens": contact.what_happens,
        "answer_within_days": contact.answer_within_days,
    }
