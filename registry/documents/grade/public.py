"""Section 2.1: publicly available datasets."""

from registry.documents.eu_sources import HOW_CHOSEN
from registry.documents.grade.deciders import (
    accurate,
    answered,
    checked,
    consistent,
    each_row,
    measured_modalities,
    modalities_given,
    none_left_out,
    of_field,
    person,
    readable,
    relevant,
    stated,
    versioned,
    where,
    yes_or_no,
)
from registry.documents.grade.examined import Examined
from registry.documents.grade.metric import By, Verdict, lost, question, won
from registry.documents.grade.style import REMEDIES, phrases_in
from registry.domain.dataset import Origin

_PUBLIC = Origin.PUBLIC
_UNSAID = "how the part was chosen is not stated"


def _of_a_part(examined: Examined) -> bool:
    return any(cell != "all" for cell in examined.cells("2.1.c", "selection"))


def _list_alone(examined: Examined) -> Verdict:
    """A table of the program's, in which only how parts were chosen is in words of the provider."""
    for phrase in (found for text in examined.texts("2.1.c") for found in phrases_in(text)):
        return lost(f'It says "{phrase.text}" ({phrase.fault}).', REMEDIES[phrase.fault])
    return won("A table of the program's: names, versions, links, which part was used and how it was chosen.")


def _explained(examined: Examined) -> bool:
    return not any(_UNSAID in str(cell) for cell in examined.cells("2.1.c", "selection"))


def _understood(examined: Examined) -> Verdict:
    if not _explained(examined):
        return lost("Of a part it is not said how it was chosen.", HOW_CHOSEN)
    return question("Whether people without expertise understand it, one of them has to say.")


_WHOLE = "Every large public dataset was used as a whole."

DECIDERS = {
    "F2.1.1": consistent("2.1"),
    "F2.1.a.1": yes_or_no("2.1.a"),
    "F2.1.a.2": accurate("2.1.a"),
    "F2.1.b.1": modalities_given("2.1.b"),
    "F2.1.b.2": measured_modalities("2.1.b", _PUBLIC),
    "F2.1.c.1": of_field("2.1.c", By.PROGRAM, _list_alone),
    "F2.1.c.2": none_left_out("2.1.c"),
    "F2.1.c.3": each_row("2.1.c", "url", "An address"),
    "F2.1.c.4": person("2.1.c", "Whether the page behind a link bears the name, someone has to look."),
    "F2.1.c.5": versioned("2.1.c"),
    "F2.1.c.6": where(
        _of_a_part,
        _WHOLE,
        checked("2.1.c", _explained, "It is said for each part.", "Of a part it is not said.", HOW_CHOSEN),
    ),
    "F2.1.c.7": where(_of_a_part, _WHOLE, of_field("2.1.c", By.PERSON, _understood)),
    "F2.1.d.1": answered("2.1.d", "Each other public dataset has a row."),
    "F2.1.d.2": relevant("2.1.d", names=("content",)),
    "F2.1.d.3": each_row("2.1.d", "modality", "The modality"),
    "F2.1.d.4": each_row("2.1.d", "content", "The nature of the content"),
    "F2.1.d.5": each_row(
        "2.1.d", "languages", "The languages", stated("`fields.language` or `language` of the datasets")
    ),
    "F2.1.d.6": each_row("2.1.d", "collected", "The period"),
    "F2.1.d.7": each_row("2.1.d", "license", "The license", stated("`license` of the datasets")),
    "F2.1.d.8": readable("2.1.d"),
    "F2.1.d.9": relevant("2.1.d"),
    "F2.1.d.10": accurate("2.1.d"),
    "F2.1.e.1": each_row("2.1.e", "size", "The size"),
    "F2.1.e.2": each_row("2.1.e", "license", "The license", stated("`license` of the datasets")),
    "F2.1.e.3": relevant("2.1.e", names=("remarks",)),
    "F2.1.e.4": accurate("2.1.e"),
}
