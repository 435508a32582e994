"""Who took part in a dataset, as someone states it of the whole, beside what its records say."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from registry.store.tables.base import StatementRow


class StatedContributorRow(StatementRow):
    """An agent took part in a version. These overlay what the records say; nothing is added up."""

    __tablename__ = "stated_contributor"

    version_id: Mapped[str] = mapped_column(ForeignKey("dataset_version.id"), index=True)
    agent_id: Mapped[str] = mapped_column(ForeignKey("agent.id"), index=True)
    contributor_type: Mapped[str] = mapped_column(
        doc="DataCite 4.6 contributorType, `Creator` or `Annotator`."
    )
    role: Mapped[str] = mapped_column(doc="MARC relator code where the source gives one, else empty.")
    basis: Mapped[str] = mapped_column(doc="`declared` (registry.yaml) or `metadata` (beside the data).")
    records: Mapped[int | None] = mapped_column(doc="To how many records; null where nobody has said it.")
    words: Mapped[int | None] = mapped_column(doc="To how many words; null where nobody has said it.")
