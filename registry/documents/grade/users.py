"""Section 2.4: data of users."""

import re

from registry.documents.eu_template import CLOSERS
from registry.documents.grade.deciders import (
    accurate,
    answered,
    consistent,
    each_row,
    measured_modalities,
    modalities_given,
    none_left_out,
    of_field,
    relevant,
    yes_or_no,
)
from registry.documents.grade.examined import Examined
from registry.documents.grade.metric import By, Verdict, lost, question
from registry.domain.dataset import Origin

_ANY = re.compile(
    r"(?:all |our |other |various |the provider's )*(?:services?|products?|apps?|platforms?)\.?"
)


def _named(examined: Examined) -> Verdict:
    names = [str(name) for name in examined.cells("2.4.c", "service")]
    nobody = [name for name in names if _ANY.fullmatch(name.casefold())]
    if nobody:
        return lost(f'"{nobody[0]}" names no service.', CLOSERS["2.4.c"])
    return question("Whether people know the service by this name, someone has to say.")


DECIDERS = {
    "F2.4.1": consistent("2.4"),
    "F2.4.a.1": yes_or_no("2.4.a"),
    "F2.4.a.2": accurate("2.4.a"),
    "F2.4.b.1": yes_or_no("2.4.b"),
    "F2.4.b.2": accurate("2.4.b"),
    "F2.4.c.1": relevant("2.4.c", names=("service",)),
    "F2.4.c.2": of_field("2.4.c", By.EITHER, _named),
    "F2.4.c.3": none_left_out("2.4.c", lacking="service"),
    "F2.4.c.4": answered("2.4.c", "A table: a service in each row, with the dataset."),
    "F2.4.d.1": modalities_given("2.4.d"),
    "F2.4.d.2": measured_modalities("2.4.d", Origin.USER),
    "F2.4.e.1": each_row("2.4.e", "size", "The size"),
    "F2.4.e.2": relevant("2.4.e", names=("remarks",)),
    "F2.4.e.3": accurate("2.4.e"),
}
