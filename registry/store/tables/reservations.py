"""What sites and people ask of the registry: reservations, requests, erasures."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, MOMENT, Base, RecordedMixin, StatementRow

_DAY = "YYYY-MM-DD."


class ReservationRow(StatementRow):
    """What a site or rights holder said of training on its content, on a day."""

    __tablename__ = "reservation"
    __table_args__ = (
        CheckConstraint("says IN ('allow', 'disallow', 'unset')", name="says"),
        CheckConstraint("scope IN ('whole', 'part')", name="scope"),
    )

    version_id: Mapped[str | None] = mapped_column(
        ForeignKey("dataset_version.id"),
        index=True,
        doc="The version it was declared of; null where it was observed of a domain, for all datasets.",
    )
    domain: Mapped[str | None] = mapped_column(
        index=True, doc="Registrable domain; null where it is of the whole version."
    )
    host: Mapped[str] = mapped_column(doc="The host that said so; empty where it is of the whole version.")
    place: Mapped[str] = mapped_column(doc="Where it stood: a file, a header, a page, a letter.")
    observed: Mapped[str] = mapped_column(doc=f"The day on which it was seen. {_DAY}")
    protocol: Mapped[str] = mapped_column(
        doc="`robots`, `tdmrep`, `aipref`, `rsl`, ..., `contract`, `letter`."
    )
    agent: Mapped[str] = mapped_column(doc="The crawler spoken to; `*` for everyone.")
    path: Mapped[str] = mapped_column(doc="The part of the site, as a pattern; `/` for all of it.")
    scope: Mapped[str] = mapped_column(doc="Whether it holds for the `whole` domain or a `part` of it.")
    says: Mapped[str] = mapped_column(doc="`allow`, `disallow` or `unset`.")
    malformed: Mapped[str | None] = mapped_column(
        doc="What was wrong with it, where that is why it is unset."
    )
    policy: Mapped[str | None] = mapped_column(doc="Address of terms that it points to.")


class RequestRow(RecordedMixin, Base):
    """What someone asked for: removal, opt-out or attribution; never public."""

    __tablename__ = "request"
    __table_args__ = (CheckConstraint("kind IN ('removal', 'opt-out', 'attribution')", name="kind"),)

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    kind: Mapped[str] = mapped_column(doc="`removal`, `opt-out` or `attribution`.")
    asked_by: Mapped[str] = mapped_column(doc="Who asked.")
    about: Mapped[str] = mapped_column(doc="What it is about: `agent:NAME`, `domain:NAME`, `record:...`, ...")
    received: Mapped[str] = mapped_column(doc=f"The day on which it came. {_DAY}")
    due: Mapped[str | None] = mapped_column(
        doc=f"The day by which it is to be answered; null: not stated. {_DAY}"
    )
    evidence: Mapped[str | None] = mapped_column(doc="Where the request is kept.")
    found: Mapped[str] = mapped_column(doc="What it reaches, as computed when it was recorded. JSON.")


class RequestResolutionRow(StatementRow):
    """What became of a request."""

    __tablename__ = "request_resolution"
    __table_args__ = (CheckConstraint("outcome IN ('done', 'refused', 'partly')", name="outcome"),)

    request_id: Mapped[str] = mapped_column(ForeignKey("request.id"), index=True)
    outcome: Mapped[str] = mapped_column(doc="`done`, `refused` or `partly`.")
    because: Mapped[str] = mapped_column(doc="Why.")
    resolved_by: Mapped[str] = mapped_column(doc="Who decided.")


class ErasureRow(Base):
    """The tombstone of a person whose rows were erased: that it happened, not who it was."""

    __tablename__ = "erasure"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, doc="1, 2, 3, ...")
    commitment: Mapped[str] = mapped_column(
        doc="HMAC-SHA256 of the normalised name under the key in the home, in hexadecimal."
    )
    erased_at: Mapped[str] = mapped_column(doc=f"When. {MOMENT}")
    because: Mapped[str | None] = mapped_column(doc="Why.")
    erased_by: Mapped[str | None] = mapped_column(doc="Who ordered it.")
    removed: Mapped[str] = mapped_column(doc="How many rows of which table were changed or removed. JSON.")


class ErasedNameRow(Base):
    """Another name of an erased person, or the same name where it means this person alone."""

    __tablename__ = "erased_name"

    commitment: Mapped[str] = mapped_column(primary_key=True, doc="As that of the erasure.")
    erasure: Mapped[int] = mapped_column(ForeignKey("erasure.number"))


class RedactionRow(Base):
    """An edition whose frozen JSON named an erased person: both digests, so that it can still be checked."""

    __tablename__ = "redaction"

    edition_id: Mapped[str] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    erasure: Mapped[int] = mapped_column(ForeignKey("erasure.number"), primary_key=True)
    digest_before: Mapped[str] = mapped_column(doc="SHA-256 of the frozen JSON as it was, in hexadecimal.")
    digest_after: Mapped[str] = mapped_column(
        doc="SHA-256 of it with the tombstone in the place of the name."
    )


class AgentNameRow(Base):
    """The name of an agent as it is searched: made from the agents, kept to be asked."""

    __tablename__ = "agent_name"

    normalised: Mapped[str] = mapped_column(primary_key=True, doc="The name without case, spacing or form.")
    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), primary_key=True, index=True)
