"""The twelve items of a model, in the law's order."""

from registry.documents.california.contents import content_items
from registry.documents.california.history import history_items
from registry.documents.california.law import TITLES, exempt, whole_gap
from registry.documents.california.rights import right_items
from registry.documents.fields import Field
from registry.documents.subject import Subject

_TRAINING = (
    "Whoever trained the model: `training` of the model in registry.yaml (or `registry train MODEL --dataset "
    "NAME`)."
)


def california_items(subject: Subject) -> tuple[Field, ...]:
    """Every item; not applicable where the model is exempt, gaps where no dataset is recorded."""
    why = subject.model.california_exemption
    if why is not None:
        return tuple(exempt(identifier, why) for identifier in TITLES)
    if not subject.uses:
        return tuple(whole_gap(identifier, _TRAINING) for identifier in TITLES)
    return (*content_items(subject), *right_items(subject), *history_items(subject))
