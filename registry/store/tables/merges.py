"""Which agents are one."""

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import StatementRow


class AgentMergeRow(StatementRow):
    """Two agents are one. The end of the statement parts them again, with what each contributed."""

    __tablename__ = "agent_merge"
    __table_args__ = (CheckConstraint("agent_id <> into_id", name="two_agents"),)

    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True)
    into_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True, doc="The agent that it is.")
