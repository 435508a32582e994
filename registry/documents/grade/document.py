"""The document as such, its version and date: D1 to D30."""

from registry.documents.eu_template import PLACE
from registry.documents.grade.clock import PUBLISH, approved_on, due_again, public_by
from registry.documents.grade.deciders import constructed, stated, where
from registry.documents.grade.examined import Examined
from registry.documents.grade.metric import By, Decider, Verdict, lost, not_applicable, question, won
from registry.domain.stated import NOT_APPLICABLE as STATED_NOT_APPLICABLE

_NO_EARLIER = "There is no earlier edition."
_NOWHERE = "Where the site is published is not stated, so nothing can be linked by its full address."
_DRAFT = "It is a draft: nothing of it is frozen, numbered or public."


def _asked(why: str) -> Decider:
    return Decider(By.PERSON, lambda _: question(why))


def _has_earlier(examined: Examined) -> bool:
    return len(examined.history.editions) > 1


def _later(decider: Decider) -> Decider:
    return where(_has_earlier, _NO_EARLIER, decider)


def _edition(told: str) -> Decider:
    """Won by an edition, lost by a draft."""

    def decided(examined: Examined) -> Verdict:
        edition = examined.history.edition
        return won(told.format(edition)) if edition else lost(_DRAFT, PUBLISH)

    return Decider(By.PROGRAM, decided)


def _provenance(examined: Examined) -> Verdict:
    if examined.model.provider is None and examined.model.provider_facts is None:
        return lost("Nobody is named who answers for it.", stated("`provider` of the model"))
    return won("It names who answers for it, the state it was made from and the program that made it.")


def _announced(examined: Examined) -> Verdict:
    if examined.answers.updates_announced_at is None:
        return lost("No such page is stated.", stated("`provider.updates_announced_at`"))
    return won("Section 3.3 names the page.")


def _addressed(examined: Examined) -> Verdict:
    if examined.history.latest is None:
        return lost(_DRAFT, PUBLISH)
    if examined.history.address is None:
        return lost(_NOWHERE, PLACE)
    return won(f"It names {examined.history.address}.")


def _all_linked(examined: Examined) -> Verdict:
    if examined.history.address is None:
        return lost(_NOWHERE, PLACE)
    return won("Field 0.a lists every edition with its address.")


def _numbers(examined: Examined) -> list[int]:
    return [edition.number for edition in examined.history.editions]


def _unique(examined: Examined) -> Verdict:
    numbers = _numbers(examined)
    if len(set(numbers)) < len(numbers):
        return lost("Two editions have one number.", "The registry is damaged: restore it from a backup.")
    return won("No two editions have one number.")


def _ordered(examined: Examined) -> Verdict:
    numbers = _numbers(examined)
    if numbers != list(range(len(numbers), 0, -1)):
        return lost("The numbers do not run from one.", "The registry is damaged: restore it from a backup.")
    return won("The numbers are whole, run from one, and a greater one comes later.")


def _timely(examined: Examined) -> Verdict:
    by, editions = public_by(examined), examined.history.editions
    if examined.model.placed_on_eu_market == STATED_NOT_APPLICABLE:
        return not_applicable("The model was not placed on the Union market.")
    if not editions:
        return lost("It was never published.", PUBLISH)
    if due_again(editions[0]) <= examined.on:
        return lost("The newest edition is older than six months.", PUBLISH)
    if by is None:
        return question("When the model was placed on the Union market is not stated, or only roughly.")
    if approved_on(editions[-1]) > by:
        return lost("It was published after the model.", "Publish the next model's summary before the model.")
    return won("It was public when the model was placed on the market, and is not older than six months.")


DECIDERS = {
    "D1": constructed("One page holds every field of the form; the files beside it repeat it for programs."),
    "D2": _asked("A program does not know from where the page is linked."),
    "D3": constructed(
        "A page without accounts and requests to others, read by screen readers, with no script needed."
    ),
    "D4": _asked("Whether people without expertise understand it, one of them has to say."),
    "D5": constructed("Every field of the form stands in its section, in the order of the form."),
    "D6": constructed("Answers are text and tables with headings, nothing is a picture of text."),
    "D7": Decider(By.PROGRAM, _provenance),
    "D8": _edition("Its bytes are frozen under the digest {0.digest}."),
    "D9": constructed("The JSON file beside the page holds all of it and follows a published JSON Schema."),
    "D10": constructed("Page, JSON and CSV are plain files that work wherever they are copied to."),
    "D11": _asked("It is in English; a program does not know in which language the others are."),
    "D12": _asked("A program does not know where the model is offered."),
    "D13": _asked("A program sees this summary alone, not what else is published of the model."),
    "D14": _later(
        _asked("Whether what differs from the earlier edition did change, the provider has to say.")
    ),
    "D15": _later(constructed("The page lists what is otherwise than in the edition before.")),
    "D16": _edition("It is edition {0.number}, the newest, and says now what is recorded now."),
    "D17": Decider(By.PROGRAM, _announced),
    "D18": Decider(By.PROGRAM, _addressed),
    "D19": _later(Decider(By.PROGRAM, _all_linked)),
    "D20": _later(_asked("A program does not know where the edition before was published.")),
    "D21": Decider(By.EITHER, _timely),
    "D22": constructed("Every address on the page stands in the JSON file too, as written."),
    "D23": _edition("It is edition {0.number}."),
    "D24": _later(Decider(By.PROGRAM, _all_linked)),
    "D25": _later(Decider(By.PROGRAM, _unique)),
    "D26": _later(Decider(By.PROGRAM, _ordered)),
    "D27": _later(_asked("A program does not know whether the pages of earlier editions are still public.")),
    "D28": constructed("The day of the last statement is always printed."),
    "D29": constructed("The day is computed from the last statement that was recorded."),
    "D30": constructed("The program writes DD/MM/YYYY."),
}
