"""Names that stand for several models, and versions that are something else tomorrow."""

import re

_SEVERAL = re.compile(r"(?<![a-z])(?:family|families|series|suite|models|latest)(?![a-z])", re.IGNORECASE)
_MOVING = frozenset({"latest", "current", "newest", "main", "master", "head", "nightly"})


def names_several(name: str) -> bool:
    """Whether a model's name is that of a family, a series, or of whatever is newest."""
    return _SEVERAL.search(name) is not None


def is_moving(label: str) -> bool:
    """Whether a version is called `latest`, `main` or the like."""
    return label.casefold() in _MOVING
