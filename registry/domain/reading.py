"""How the records of a version are found again in their source."""

from dataclasses import dataclass

from registry.domain.dataset import SplitText


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything needed to read the same records in the same order, and their content.

    sources: absolute paths and globs, or a hub repository at a commit; never public
    content: the paths whose strings are content, see `fingerprint.leaves`
    """

    sources: tuple[str, ...]
    content: tuple[str, ...]
    explode: str | None = None
    split: str | None = None
    config: str | None = None
    split_text: SplitText = SplitText.DOCUMENT
