"""Classes of works: by the family of their license, or by how the provider came by them."""

from registry.documents.names import WITHHELD_LICENSE
from registry.domain.dataset import Origin
from registry.domain.license import NOASSERTION, NONE, Duty, obligations

NOT_STATED = "not-stated"
_FAMILIES = (  # the first that holds
    ("no-derivatives", ("no_derivatives",)),
    ("non-commercial", ("non_commercial",)),
    ("use-restricted", ("use_restrictions",)),
    ("share-alike", ("share_alike", "network_copyleft")),
    ("attribution", ("attribution", "notice")),
)
CLASSES = {
    "license": (*(name for name, _ in _FAMILIES), "public-domain", "no-license", "other", NOT_STATED),
    "origin": (*(origin.value for origin in Origin), NOT_STATED),
}


def license_class(expression: str) -> str:
    """The family of a license, by the strongest of its duties: ND before NC before share-alike."""
    if expression in {NOASSERTION, WITHHELD_LICENSE}:
        return NOT_STATED
    if expression == NONE:
        return "no-license"
    duties = obligations(expression).duties()
    for name, asked in _FAMILIES:
        if any(duties[duty] is Duty.YES for duty in asked):
            return name
    return "public-domain" if all(duty is Duty.NO for duty in duties.values()) else "other"


def origin_class(origin: str | None) -> str:
    """How the provider came by the work."""
    return origin or NOT_STATED
