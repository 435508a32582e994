"""Every table, for the migrations and the schema page."""

from registry.store.tables import (
    agents,
    contributors,
    datasets,
    editions,
    evidence,
    merges,
    overlaps,
    rights,
    training,
)
from registry.store.tables.base import Base

MODULES = (evidence, agents, merges, datasets, rights, contributors, training, overlaps, editions)
METADATA = Base.metadata
