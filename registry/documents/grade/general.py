"""Section 1: the provider, the model, kinds and sizes of its data."""

import re
from collections.abc import Callable

from registry.documents.eu_sizes import has_proven_band
from registry.documents.grade.contacts import is_general, ways_to_reach
from registry.documents.grade.deciders import (
    accurate,
    answered,
    checked,
    complete,
    consistent,
    constructed,
    measured,
    of_field,
    person,
    relevant,
    stated,
    where,
)
from registry.documents.grade.examined import Examined, is_counted, is_counted_text
from registry.documents.grade.metric import By, Decider, Verdict, lost, question, won
from registry.documents.grade.traits import ADVICE, DEMOGRAPHY, REGION, any_says
from registry.documents.grade.versions import is_moving, names_several
from registry.documents.sizes import holds
from registry.domain.agent import WITHHELD
from registry.domain.facts import BaseModelFacts
from registry.domain.stated import Modality

MONTH = re.compile(r"(?:0[1-9]|1[0-2])/\d{4}|ongoing")
_READ_IN_THE_DATA = {"field", "sample"}
_LINKED = "Whether the page behind a link is the right one, someone has to look."


# --- the provider ----------------------------------------------------------------------------------------


def _identified(examined: Examined) -> Verdict:
    provider = examined.model.provider_facts
    if provider and provider.identifiers:
        return won(f"{provider.name} has a {provider.identifiers[0][0].upper()} identifier.")
    return question("No ROR, ISNI or ORCID is stated: whether the name is unmistakable, someone has to say.")


def _specific_contact(examined: Examined) -> Verdict:
    """Won by a contact for rights in the data that is no general address; lost by general ones alone."""
    provider = examined.model.provider_facts
    rights = examined.disclosure.contact.address
    found = [way for way in (rights, provider.contact if provider else None) if way]
    if not found:
        return lost("There is no contact.", stated("`contact` of the agent and `provider.rights_contact`"))
    if all(map(is_general, found)):
        told = ", ".join(found)
        return lost(
            f"It is a general address: {told}.", stated("`rights_contact` with an address of its own")
        )
    if rights and not is_general(rights):
        return won("There is a contact for rights in the training data, and it is no general address.")
    return question("Who answers at the provider's contact, a program cannot see.")


def _has_contact(examined: Examined) -> bool:
    return any(examined.cells("1.1.a", "contact"))


def _reached(examined: Examined) -> Verdict:
    said = examined.text("1.1.b")
    if ways_to_reach(said):
        return won("A way to reach the representative is given.")
    if WITHHELD in said or not any(mark in said for mark in ",;0123456789"):
        return lost(
            "An e-mail address is not shown." if WITHHELD in said else "A name alone stands there.",
            stated("the web page, telephone or postal address in `provider.authorised_representative`"),
        )
    return question("Whether what stands there is an address, a person has to say.")


def _specific_representative(examined: Examined) -> Verdict:
    ways = ways_to_reach(examined.text("1.1.b"))
    if ways and all(map(is_general, ways)):
        return lost("It is a general address.", stated("a contact of their own for the representative"))
    return question("Who answers there, a program cannot see.")


# --- the model -------------------------------------------------------------------------------------------


def _one_model(examined: Examined) -> bool:
    model = examined.model
    return not (names_several(model.name) or names_several(model.label) or is_moving(model.label))


def _bases(found: tuple[BaseModelFacts, ...]) -> tuple[BaseModelFacts, ...]:
    return tuple(
        one for base in found for one in (base, *_bases(base.model.base_models if base.model else ()))
    )


def _linked_bases(examined: Examined) -> Verdict:
    if None in examined.cells("1.2.b", "url"):
        return lost("A base model has no address.", examined.field("1.2.b").closed_by)
    if all(base.disclosure is not None for base in _bases(examined.model.base_models)):
        return won("For every base model the summary was read from its registry, and is linked.")
    return question("Whether an address is that of a summary or of other documentation, someone has to look.")


def _any_base_linked(examined: Examined) -> Verdict:
    if not any(examined.cells("1.2.b", "url")):
        return lost("No base model has an address.", examined.field("1.2.b").closed_by)
    return question(_LINKED)


def _documentation(examined: Examined) -> Verdict:
    if examined.model.url is None:
        return lost("No documentation is linked.", examined.field("1.2.a").closed_by)
    return question(_LINKED)


# --- sizes and types -------------------------------------------------------------------------------------


def _all_text(examined: Examined) -> bool:
    return is_counted_text(examined.disclosure.uses)


def _proven(examined: Examined) -> bool:
    return _all_text(examined) and has_proven_band(examined.disclosure.uses)


def _has(*modalities: Modality) -> Callable[[Examined], bool]:
    return lambda examined: any(holds(use, one) for use in examined.disclosure.uses for one in modalities)


def _text_in_words(examined: Examined) -> bool:
    return any(row["modality"] == "text" and row["other_unit"] for row in examined.rows("1.3.b"))


def _other_in_units(examined: Examined) -> bool:
    return any(row["modality"] == "other" and row["size"] for row in examined.rows("1.3.b"))


def _covering(examined: Examined) -> Verdict:
    closed_by = examined.field("1.3.c").closed_by
    if closed_by:
        return lost("Some datasets state no types of content.", closed_by)
    return question("Every dataset states types; whether they cover all of it, the provider has to say.")


def _ends(examined: Examined) -> list[str]:
    return [str(end) for end in examined.cells("1.3.d", "end") if end is not None]


def _all_exact(examined: Examined) -> bool:
    ends = examined.cells("1.3.d", "end")
    return bool(ends) and all(isinstance(end, str) and MONTH.fullmatch(end) for end in ends)


def _written_as_asked(examined: Examined) -> bool:
    return bool(_ends(examined)) and all(MONTH.fullmatch(end) for end in _ends(examined))


def _says_whether_it_learns(examined: Examined) -> bool:
    return examined.model.continues_to_learn is not None


def _learning(examined: Examined) -> Verdict:
    if not _says_whether_it_learns(examined):
        return lost("It is not said.", stated("`continues_to_learn` of the model"))
    return question("It is declared; whether it is so, the provider has to say.")


def _languages_read(examined: Examined) -> bool:
    parts = [part for use in examined.disclosure.uses for part in use.version.languages]
    return is_counted(examined.disclosure.uses) and {part.basis for part in parts} <= _READ_IN_THE_DATA


def _names_tokenizer(examined: Examined) -> bool:
    tokenizer = examined.model.tokenizer
    return tokenizer is not None and tokenizer.name is not None


def _says_compression(examined: Examined) -> bool:
    return "uncompressed" in examined.text("1.3.g")


def _says_rates(examined: Examined) -> bool:
    return "Sampling" in examined.text("1.3.g")


_DATES = stated("`collected.until` of the datasets, as YYYY-MM")
_SOUND = where(
    _has(Modality.AUDIO, Modality.VIDEO),
    "There is no audio and no video.",
    checked(
        "1.3.g",
        _says_rates,
        "It gives the rates that the datasets state.",
        "No rate is stated.",
        stated("the rate (`16 kHz`, `25 fps`) in `processing` of the datasets of audio and video"),
    ),
)


def _trait(kind: re.Pattern[str]) -> Decider:
    return measured(
        "1.3.f",
        lambda examined: any_says(examined.cells("1.3.f", "text"), kind),
        "A characteristic says that it is of this kind.",
        f"Of which kind the stated characteristics are, a program cannot tell: {ADVICE}.",
    )


def _other(decider: Decider) -> Decider:
    return where(_has(Modality.OTHER), "There is no other modality.", decider)


DECIDERS = {
    "F1.1": consistent(),
    "F1.1.a.1": answered("1.1.a", "The provider is named."),
    "F1.1.a.2": of_field("1.1.a", By.EITHER, _identified),
    "F1.1.a.3": checked(
        "1.1.a",
        _has_contact,
        "There is a contact.",
        "There is no contact.",
        stated("`contact` of the agent, or `provider.rights_contact`"),
    ),
    "F1.1.a.4": of_field("1.1.a", By.EITHER, _specific_contact),
    "F1.1.b.1": answered("1.1.b", "The representative is stated."),
    "F1.1.b.2": person("1.1.b", "Whether the name is unmistakable, someone has to say."),
    "F1.1.b.3": of_field("1.1.b", By.EITHER, _reached),
    "F1.1.b.4": of_field("1.1.b", By.EITHER, _specific_representative),
    "F1.2.a.1": constructed("The summary is of one model version, and prints its name and version."),
    "F1.2.a.2": checked(
        "1.2.a",
        _one_model,
        "Name and version name one release.",
        "Name or version stand for several models, or for whatever is newest.",
        stated("a `name` and `version` of one release for each model"),
    ),
    "F1.2.a.3": complete("1.2.a", "Documentation is linked."),
    "F1.2.a.4": of_field("1.2.a", By.PERSON, _documentation),
    "F1.2.a.5": constructed(
        "The summary is of one model version, so that nothing in it differs between versions."
    ),
    "F1.2.b.1": answered("1.2.b", "The base models are named."),
    "F1.2.b.2": answered("1.2.b", "A table names for each base model the one made from it."),
    "F1.2.b.3": accurate("1.2.b"),
    "F1.2.b.4": of_field("1.2.b", By.EITHER, _linked_bases),
    "F1.2.b.5": of_field("1.2.b", By.PERSON, _any_base_linked),
    "F1.2.c.1": answered("1.2.c", "The day is given."),
    "F1.2.c.2": accurate("1.2.c"),
    "F1.3.a.1": checked(
        "1.3.a",
        lambda examined: "yes" in examined.cells("1.3.a", "present"),
        "A table marks each modality.",
        "No modality is known to be there.",
        stated("`training` of the model, or `measured.modality` of its datasets"),
    ),
    "F1.3.a.2": measured(
        "1.3.a", _all_text, "Words were counted in the data, and every field of it is text."
    ),
    "F1.3.b.1": complete("1.3.b", "Each modality has one band, or its own unit."),
    "F1.3.b.2": where(
        _has(Modality.TEXT),
        "There is no text.",
        checked(
            "1.3.b",
            _text_in_words,
            "It is given in words.",
            "It is not given.",
            stated("`measured.words` of the datasets"),
        ),
    ),
    "F1.3.b.3": measured(
        "1.3.b",
        _proven,
        "Words and bytes were counted in the data; within them every tokenizer leads to the same band.",
        "Tokens, images or hours are declared or estimated: whether they are right, the provider has to say.",
    ),
    "F1.3.b.4": _other(person("1.3.b", "Whether the name makes sense, someone has to say.")),
    "F1.3.b.5": _other(
        checked(
            "1.3.b",
            _other_in_units,
            "It is given in records or bytes.",
            "It has no size.",
            stated("`measured.records` or `measured.bytes` of the datasets"),
        )
    ),
    "F1.3.b.6": _other(accurate("1.3.b")),
    "F1.3.b.7": _other(person("1.3.b", "Whether one is missing, the provider has to say.")),
    "F1.3.c.1": answered("1.3.c", "Types are stated."),
    "F1.3.c.2": of_field("1.3.c", By.EITHER, _covering),
    "F1.3.c.3": relevant("1.3.c", names=("text",), purposes=True),
    "F1.3.d.1": checked("1.3.d", lambda e: bool(_ends(e)), "It is given.", "No date is stated.", _DATES),
    "F1.3.d.2": checked(
        "1.3.d",
        _all_exact,
        "Every dataset states it to the month.",
        "Not every dataset states a month.",
        _DATES,
    ),
    "F1.3.d.3": checked(
        "1.3.d",
        _written_as_asked,
        "Every date is MM/YYYY.",
        "A date is a year alone, or none is stated.",
        _DATES,
    ),
    "F1.3.d.4": accurate("1.3.d"),
    "F1.3.d.5": checked(
        "1.3.d",
        _says_whether_it_learns,
        "It is said.",
        "It is not said.",
        stated("`continues_to_learn` of the model"),
    ),
    "F1.3.d.6": of_field("1.3.d", By.PERSON, _learning),
    "F1.3.e.1": answered("1.3.e", "The languages are described."),
    "F1.3.e.2": answered("1.3.e", "A table lists each language with its tag and share."),
    "F1.3.e.3": answered("1.3.e", "The sentence and the table name those that are official in the Union."),
    "F1.3.e.4": measured(
        "1.3.e",
        _languages_read,
        "The languages were read in the records or detected in a sample of the data.",
    ),
    "F1.3.e.5": answered("1.3.e", "A table of the program's: languages, tags, shares."),
    "F1.3.f.1": _trait(REGION),
    "F1.3.f.2": _trait(DEMOGRAPHY),
    "F1.3.f.3": person("1.3.f", "Whether what else is stated matters, someone has to judge."),
    "F1.3.f.4": accurate("1.3.f"),
    "F1.3.f.5": relevant("1.3.f"),
    "F1.3.g.1": checked(
        "1.3.g",
        _says_compression,
        "It says that bytes are uncompressed.",
        "No size was counted, and it is not said what bytes mean.",
        "Whoever adds the datasets: `source` of the datasets, so that the registry counts them.",
    ),
    "F1.3.g.2": checked(
        "1.3.g",
        _names_tokenizer,
        "The tokenizer is named.",
        "No tokenizer is named.",
        stated("`tokenizer` of the model, with `name` and `tokens_per_word`"),
    ),
    "F1.3.g.3": _SOUND,
    "F1.3.g.4": constructed("It says which sizes were counted how, and which are declared.", "1.3.g"),
    "F1.3.g.5": constructed("The program writes it, of sizes alone.", "1.3.g"),
}
