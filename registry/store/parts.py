"""What was counted of a selected part of a version, as it is kept with the mixture."""

from dataclasses import dataclass

from registry.domain.declared_part import DeclaredPart
from registry.domain.facts import DomainPart, LanguagePart, LicensePart, Size


@dataclass(frozen=True, slots=True)
class PartHolding:
    """Some of the part with the identifiers of its holders, in equal shares.

    part: the declared part that records which name nobody are of
    """

    basis: str
    agents: tuple[str, ...]
    size: Size
    license: str | None = None
    part: DeclaredPart | None = None


@dataclass(frozen=True, slots=True)
class CountedPart:
    """The part by license, language, domain and holder; the holdings partition it.

    declared: the declared parts of the version that its holdings were told apart by
    """

    size: Size
    licenses: tuple[LicensePart, ...]
    languages: tuple[LanguagePart, ...]
    domains: tuple[DomainPart, ...]
    holdings: tuple[PartHolding, ...]
    declared: tuple[DeclaredPart, ...] | None = None
