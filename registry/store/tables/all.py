"""Every table, for the migrations and the schema page."""

from registry.store.tables import (
    agents,
    allocations,
    benchmarks,
    contributors,
    datasets,
    editions,
    evidence,
    merges,
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
    merges,
    datasets,
    rights,
    contributors,
    training,
    overlaps,
    editions,
    benchmarks,
    allocations,
    notices,
    reservations,
)
METADATA = Base.metadata
