"""Every table, for the migrations and the schema page."""

from registry.store.tables import (
    agents,
    allocations,
    benchmarks,
    datasets,
    editions,
    evidence,
    notices,
    overlaps,
    reservations,
    rights,
    training,
)
from registry.store.tables.base import Base

MODULES = (
    evidence,
    agents,
    datasets,
    rights,
    training,
    overlaps,
    editions,
    benchmarks,
    allocations,
    notices,
    reservations,
)
METADATA = Base.metadata
