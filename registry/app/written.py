"""What a use case that writes a document tells of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Written:
    """The model the document is about, and one sentence on how complete it is."""

    subject: str
    remark: str
