"""Licenses: parsing, names, obligations."""

from registry.domain.license.duties import Clause, Duty
from registry.domain.license.obligations import Obligations, alternatives, combine, is_choice, obligations
from registry.domain.license.parse import (
    NOASSERTION,
    NONE,
    License,
    LicenseStatus,
    conjunction,
    license_title,
    license_url,
    licenses_of,
    parse_license,
)

__all__ = [
    "NOASSERTION",
    "NONE",
    "Clause",
    "Duty",
    "License",
    "LicenseStatus",
    "Obligations",
    "alternatives",
    "combine",
    "conjunction",
    "is_choice",
    "license_title",
    "license_url",
    "licenses_of",
    "obligations",
    "parse_license",
]
