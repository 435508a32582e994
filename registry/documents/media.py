"""How much of each modality other than text a version holds, in words."""

from collections.abc import Iterable

from registry.documents.figures import counted, lasting
from registry.domain.facts import MediaPart
from registry.domain.stated import Modality


def media_amounts(media: Iterable[MediaPart]) -> list[str]:
    """As in "20 images", "15 minutes of audio"; by number where no length is known."""
    return [_amount(part) for part in media]


def _amount(part: MediaPart) -> str:
    if part.modality is Modality.IMAGE:
        return counted(part.items, "image")
    if part.modality is Modality.OTHER:
        return f"{counted(part.items, 'value')} of unknown format"
    if part.hours is None:
        return counted(part.items, f"{part.modality.value} item")
    return f"{lasting(part.hours)} of {part.modality.value}"
