"""Sections 2.5 and 2.6: synthetic data, and other sources."""

from registry.documents.eu_template import CLOSERS
from registry.documents.grade.deciders import (
    accurate,
    answered,
    consistent,
    each_row,
    measured_modalities,
    modalities_given,
    of_field,
    relevant,
    stated,
    yes_or_no,
)
from registry.documents.grade.examined import Examined
from registry.documents.grade.metric import By, Verdict, lost, question, won
from registry.domain.dataset import Origin


def _identifiable(examined: Examined) -> Verdict:
    names = [str(name) for name in examined.cells("2.5.c", "model")]
    unversioned = [name for name in names if not any(mark.isdigit() for mark in name)]
    if unversioned:
        how = stated("`generated_by` of the datasets, with the version of each model")
        return lost(f'"{unversioned[0]}" names no version.', how)
    if all("@" in name for name in names):
        return won("Each is a model version of this registry.")
    return question("Whether a name with this version is one model, someone has to look.")


def _summaries(examined: Examined) -> Verdict:
    if None in examined.cells("2.5.c", "url"):
        return lost("A model has no address.", examined.field("2.5.c").closed_by)
    return question("Whether an address is that of the model's summary, someone has to look.")


def _trained_on(examined: Examined) -> Verdict:
    names = [str(name) for name in examined.cells("2.5.d", "model")]
    untold = [name for name in names if "train" not in name.casefold()]
    if untold:
        how = stated("`generated_by` of the datasets, in the words `NAME, trained on ...` for such a model")
        return lost(f'Of "{untold[0]}" it is not said.', how)
    return question("It is said of each; whether it is enough, someone has to judge.")


DECIDERS = {
    "F2.5.1": consistent("2.5"),
    "F2.5.a.1": yes_or_no("2.5.a"),
    "F2.5.a.2": accurate("2.5.a"),
    "F2.5.b.1": modalities_given("2.5.b"),
    "F2.5.b.2": measured_modalities("2.5.b", Origin.SYNTHETIC),
    "F2.5.c.1": answered("2.5.c", "They are named."),
    "F2.5.c.2": of_field("2.5.c", By.EITHER, _identifiable),
    "F2.5.c.3": accurate("2.5.c"),
    "F2.5.c.4": of_field("2.5.c", By.EITHER, _summaries),
    "F2.5.c.5": answered("2.5.c", "A table of the program's: models, addresses, what they generated."),
    "F2.5.d.1": answered("2.5.d", "They are named."),
    "F2.5.d.2": relevant("2.5.d", names=("model",)),
    "F2.5.d.3": of_field("2.5.d", By.EITHER, _trained_on),
    "F2.5.d.4": each_row("2.5.d", "datasets", "What each generated", CLOSERS["2.5.d"]),
    "F2.5.d.5": accurate("2.5.d"),
    "F2.5.e.1": each_row("2.5.e", "size", "The size"),
    "F2.5.e.2": relevant("2.5.e", names=("remarks",)),
    "F2.5.e.3": accurate("2.5.e"),
    "F2.6.1": consistent("2.6"),
    "F2.6.a.1": yes_or_no("2.6.a"),
    "F2.6.a.2": accurate("2.6.a"),
    "F2.6.b.1": answered("2.6.b", "They are described."),
    "F2.6.b.2": relevant("2.6.b"),
    "F2.6.b.3": accurate("2.6.b"),
    "F2.6.b.4": answered("2.6.b", "A sentence, and a table with a dataset in each row."),
    "F2.6.c.1": each_row("2.6.c", "size", "The size"),
    "F2.6.c.2": relevant("2.6.c", names=("remarks",)),
    "F2.6.c.3": accurate("2.6.c"),
}
