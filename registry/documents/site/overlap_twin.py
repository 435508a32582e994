"""What dataset versions share, as the twins of the pages say it."""

from typing import Any

from registry.documents.comparison import CAVEAT, containment_json
from registry.documents.overlaps import SharedPair
from registry.documents.site.overlap import OverlapPage, Shares
from registry.fingerprint.parameters import RECIPE

Json = dict[str, Any]


def overlaps_json(page: OverlapPage) -> Json:
    """Everything the page of overlaps says, and every pair that it may show."""
    found = page.found
    return {
        "versions": sorted(version.reference for version in found.compared),
        "left_out": [{"dataset": version.reference, "why": why.value} for version, why in found.left_out],
        "pairs": [{"a": pair.a.reference, **pair_json(pair)} for pair in found.pairs],
        "detected_not_declared": {
            "printed": found.prints_detected,
            "not_printed": found.not_printed,
            "not_printed_under_1_percent": found.small,
        },
        "recipe": RECIPE.as_dict(),
        "caveat": CAVEAT,
    }


def shares_json(shares: Shares) -> Json:
    """What one version, A of each pair, shares with others."""
    return {
        "not_compared_because": shares.left_out.value if shares.left_out else None,
        "detected_not_declared_is_printed": shares.prints_detected,
        "pairs": [pair_json(pair) for pair in shares.pairs],
        "caveat": CAVEAT,
    }


def pair_json(pair: SharedPair) -> Json:
    """What A shares with B."""
    overlap = pair.overlap
    return {
        "b": pair.b.reference,
        "containment": containment_json(overlap),
        "resemblance": overlap.resemblance,
        "common": overlap.common,
        "scale": overlap.scale,
        "relation": pair.relation.value,
        "declared": pair.relation.is_declared,
    }
