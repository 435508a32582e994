"""Finds `templates/` and `migrations/` in a wheel or in a checkout."""

from pathlib import Path

from registry.errors import StoreError


def folder(name: str) -> Path:
    """The folder of that name: `_<name>` inside an installed package, else beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for candidate in (package / f"_{name}", package.parent / name):
        if candidate.is_dir():
            return candidate
    raise StoreError(
        f"the folder '{name}' is not in this installation",
        hint="install the package again: pip install --force-reinstall training-data-registry",
    )
