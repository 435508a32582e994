"""Every table, for the migrations and the schema page."""

from registry.store.tables import (
    agents,
    datasets,
    editions,
    evidence,
    overlaps,
    reservations,
    rights,
    training,
)
from registry.store.tables.base import Base

MODULES = (evidence, agents, datasets, rights, training, overlaps, editions, reservations)
METADATA = Base.metadata
