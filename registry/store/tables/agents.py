"""Persons, organizations and programs."""

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import IDENTIFIER, Base, RecordedMixin, StatementRow


class AgentRow(RecordedMixin, Base):
    """A person, organization or program (PROV Agent). Never merged across datasets by name alone."""

    __tablename__ = "agent"
    __table_args__ = (
        Index(
            "ix_agent_merged_into",
            "merged_into",
            sqlite_where=text("merged_into IS NOT NULL"),
            postgresql_where=text("merged_into IS NOT NULL"),
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True, doc=IDENTIFIER)
    kind: Mapped[str] = mapped_column(doc="`person`, `organization`, `software` or `unknown`.")
    name: Mapped[str] = mapped_column(doc="The name as first found, cleaned of control characters.")
    scope: Mapped[str] = mapped_column(
        doc="Name of the dataset within which the name means this agent; empty for declared agents."
    )
    shown_as: Mapped[str] = mapped_column(
        doc="How public pages show it: `name` (a license asks for credit, or its publisher named it), "
        "`handle` or `withheld`; who stands for one that is shown by name is shown by name too, unless it is "
        "stated to be shown by a handle. A handle is declared, or a name that begins with `@`."
    )
    merged_into: Mapped[str | None] = mapped_column(
        doc="The agent that stands for it wherever agents are read, as `agent_merge` has it; null where it "
        "stands for itself.",
    )


class AgentIdentifierRow(Base):
    """An identifier of an agent in some scheme."""

    __tablename__ = "agent_identifier"

    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), primary_key=True)
    scheme: Mapped[str] = mapped_column(
        primary_key=True, doc="`orcid`, `ror`, `isni`, `ipi`, `wikidata`, `profile` or `handle`."
    )
    value: Mapped[str] = mapped_column(primary_key=True, index=True)


class AgentPropertyRow(StatementRow):
    """One simple fact about a declared agent; `email` and `note` are never shown to anybody else."""

    __tablename__ = "agent_property"

    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True)
    property: Mapped[str] = mapped_column()
    value: Mapped[str] = mapped_column()


class ProviderAnswerRow(StatementRow):
    """What a provider answers to a question of the law's forms that no computation can answer."""

    __tablename__ = "provider_answer"

    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True)
    question: Mapped[str] = mapped_column(doc="Name of the question, as in `registry.yaml`.")
    value: Mapped[str] = mapped_column(doc="JSON.")
