"""Section 2.2: private datasets, licensed by rights holders or from other third parties."""

from registry.documents.grade.deciders import (
    accurate,
    answered,
    checked,
    consistent,
    each_row,
    measured_modalities,
    modalities_given,
    none_left_out,
    readable,
    relevant,
    stated,
    versioned,
    yes_or_no,
)
from registry.documents.grade.examined import Examined
from registry.domain.dataset import Origin

_LANGUAGE = stated("`fields.language` or `language` of the datasets")


def _says_more(examined: Examined) -> bool:
    return all(row["license"] or row["collected"] for row in examined.rows("2.2.2.d"))


DECIDERS = {
    "F2.2.1": consistent("2.2.2"),
    "F2.2.1.a.1": yes_or_no("2.2.1.a"),
    "F2.2.1.a.2": accurate("2.2.1.a"),
    "F2.2.1.b.1": modalities_given("2.2.1.b"),
    "F2.2.1.b.2": measured_modalities("2.2.1.b", Origin.LICENSED),
    "F2.2.2.a.1": yes_or_no("2.2.2.a"),
    "F2.2.2.a.2": accurate("2.2.2.a"),
    "F2.2.2.b.1": modalities_given("2.2.2.b"),
    "F2.2.2.b.2": measured_modalities("2.2.2.b", Origin.THIRD_PARTY),
    "F2.2.2.c.1": relevant("2.2.2.c", names=("content",)),
    "F2.2.2.c.2": none_left_out("2.2.2.c"),
    "F2.2.2.c.3": versioned("2.2.2.c"),
    "F2.2.2.c.4": each_row("2.2.2.c", "url", "An address"),
    "F2.2.2.d.1": answered("2.2.2.d", "Each has a row under a general name."),
    "F2.2.2.d.2": relevant("2.2.2.d", names=("content",)),
    "F2.2.2.d.3": each_row("2.2.2.d", "modality", "The modality"),
    "F2.2.2.d.4": each_row("2.2.2.d", "content", "The nature of the content"),
    "F2.2.2.d.5": each_row("2.2.2.d", "languages", "The languages", _LANGUAGE),
    "F2.2.2.d.6": checked(
        "2.2.2.d",
        _says_more,
        "Each has its period or its license.",
        "Of some neither is stated.",
        stated("`collected` or `license` of the datasets"),
    ),
    "F2.2.2.d.7": readable("2.2.2.d"),
    "F2.2.2.d.8": relevant("2.2.2.d"),
    "F2.2.2.d.9": accurate("2.2.2.d"),
    "F2.2.2.e.1": each_row("2.2.2.e", "collected", "The period"),
    "F2.2.2.e.2": each_row("2.2.2.e", "size", "The size"),
    "F2.2.2.e.3": each_row("2.2.2.e", "languages", "The languages", _LANGUAGE),
    "F2.2.2.e.4": relevant("2.2.2.e", names=("remarks",)),
    "F2.2.2.e.5": accurate("2.2.2.e"),
}
