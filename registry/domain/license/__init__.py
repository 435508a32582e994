"""Licenses: parsing, names, obligations."""

from registry.domain.license.obligations import Duty, Obligations, alternatives, combine, obligations
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
    "Duty",
    "License",
    "LicenseStatus",
    "Obligations",
    "alternatives",
    "combine",
    "conjunction",
    "license_title",
    "license_url",
    "licenses_of",
    "obligations",
    "parse_license",
]
