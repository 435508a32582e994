"""What a model inherits from a base model, as a value."""

from dataclasses import dataclass
from enum import StrEnum

from registry.documents.fields import Gap
from registry.documents.works import Works


class Known(StrEnum):
    """How it is known what a base model was trained on."""

    REGISTRY = "registry"  # it is here: holders and rows
    DISCLOSURE = "disclosure"  # another registry discloses it: datasets, no holders
    ADDRESS = "address"  # only where it is, or what it is called
    WITHHELD = "withheld"  # it is here and not public: one sum


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a base model's training data whose holders are not known or not shown; words counted once."""

    holder: str
    dataset: str
    version: str
    license: str
    records: int
    words: int
    basis: str
    attribution: str


@dataclass(frozen=True, slots=True)
class Inherited:
    """A base model and whose works it was trained on: `works` where it is here, else `lines`.

    model: as sentences name it ("tiny 1.0"); reference: as tables do ("tiny@1.0", or its address).
    chains: one through each model made from it that is shown, the shortest first ("chat 1.0 ← tiny 1.0").
    shared: the dataset versions that own training used too. records, words: None where not known.
    gaps: what is not known of whose works these are, and who can say.
    """

    model: str
    reference: str
    known: Known
    chains: tuple[str, ...]
    provider: str | None = None
    url: str | None = None
    works: Works | None = None
    lines: tuple[Line, ...] = ()
    records: int | None = None
    words: int | None = None
    shared: tuple[str, ...] = ()
    remark: str | None = None
    gaps: tuple[Gap, ...] = ()
