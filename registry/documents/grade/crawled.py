"""Section 2.3: data crawled from online sources."""

import re

from registry.documents.eu_template import CLOSERS
from registry.documents.grade.deciders import (
    accurate,
    answered,
    checked,
    complete,
    consistent,
    each_row,
    measured,
    measured_modalities,
    modalities_given,
    none_left_out,
    of_field,
    readable,
    relevant,
    stated,
    yes_or_no,
)
from registry.documents.grade.examined import Examined, is_counted
from registry.documents.grade.general import MONTH
from registry.documents.grade.metric import By, Verdict, lost, question, won
from registry.documents.grade.traits import ADVICE, DEMOGRAPHY, says
from registry.domain.dataset import Origin

_CRAWLED = Origin.CRAWLED
_IDENTIFIER = re.compile(r"[\w.-]*bot\b|\S+/\d|https?://|CCBot|spider\b", re.IGNORECASE)
_ANY = re.compile(
    r"(?:(?:a|an|our|own|the|custom|internal|in-house|web|proprietary)\s+)*(?:crawlers?|scrapers?)"
)
_BEHAVIOUR = CLOSERS["2.3.d"]


def _names(examined: Examined) -> Verdict:
    names = [str(name) for name in examined.cells("2.3.b", "crawler")]
    nobody = [name for name in names if _ANY.fullmatch(name.strip().casefold())]
    if nobody:
        return lost(f'"{nobody[0]}" is the name of no crawler.', CLOSERS["2.3.b"])
    if all(_IDENTIFIER.search(name) for name in names):
        return won("Each is written as sites see it: a product token, with a version or an address.")
    return question("Whether sites see it under this name, the provider has to say.")


def _periods(examined: Examined) -> list[tuple[object, object]]:
    return [(row["begin"], row["end"]) for row in examined.rows("2.3.e")]


def _each_period(examined: Examined) -> bool:
    return all(begin and end for begin, end in _periods(examined))


def _exact_periods(examined: Examined) -> bool:
    return all(MONTH.fullmatch(str(day)) for period in _periods(examined) for day in period)


def _written_as_asked(examined: Examined) -> bool:
    return all(MONTH.fullmatch(str(day)) for period in _periods(examined) for day in period if day)


def _demography(examined: Examined) -> Verdict:
    cells = examined.cells("2.3.f", "characteristics")
    if None in cells:
        return lost("Some crawls state no characteristics.", stated("`characteristics` of the datasets"))
    if all(says(cell, DEMOGRAPHY) for cell in cells):
        return won("Each crawl states a characteristic that says it is demographic.")
    return question(f"Whether the characteristics are demographic, a program cannot tell: {ADVICE}.")


def _says_during(examined: Examined) -> bool:
    reservations = examined.answers.reservations
    return reservations is not None and reservations.during_collection is not None


def _domains_counted(examined: Examined) -> bool:
    found = examined.of(_CRAWLED)
    whole = not examined.field("2.3.h").closed_by and not any(use.is_scaled for use in found)
    return whole and is_counted(found)


def _more_domains(examined: Examined) -> bool:
    return bool(examined.disclosure.domains)


def _addresses(examined: Examined) -> bool:
    cells = examined.cells("2.3.i", "addresses")
    return bool(cells) and None not in cells


_DATES = CLOSERS["2.3.e"]

DECIDERS = {
    "F2.3.1": consistent("2.3"),
    "F2.3.a.1": yes_or_no("2.3.a"),
    "F2.3.a.2": accurate("2.3.a"),
    "F2.3.b.1": relevant("2.3.b", names=("crawler",)),
    "F2.3.b.2": of_field("2.3.b", By.EITHER, _names),
    "F2.3.b.3": accurate("2.3.b"),
    "F2.3.b.4": none_left_out("2.3.b", lacking="crawler"),
    "F2.3.b.5": answered("2.3.b", "A table: a crawler in each row, with what it collected."),
    "F2.3.c.1": answered("2.3.c", "They are stated."),
    "F2.3.c.2": complete("2.3.c", "Each crawler has its purpose."),
    "F2.3.c.3": readable("2.3.c"),
    "F2.3.c.4": relevant("2.3.c"),
    "F2.3.c.5": accurate("2.3.c"),
    "F2.3.d.1": answered("2.3.d", "It is described by kinds of barriers."),
    "F2.3.d.2": each_row("2.3.d", "captchas", "Captchas", _BEHAVIOUR),
    "F2.3.d.3": each_row("2.3.d", "passwords", "Passwords", _BEHAVIOUR),
    "F2.3.d.4": each_row("2.3.d", "paywalls", "Paywalls", _BEHAVIOUR),
    "F2.3.d.5": each_row("2.3.d", "robots_txt", "robots.txt", _BEHAVIOUR),
    "F2.3.d.6": each_row("2.3.d", "other", "Other protocols", _BEHAVIOUR),
    "F2.3.d.7": checked(
        "2.3.d",
        _says_during,
        "It says what is done about reservations while collecting.",
        "It says nothing beyond the barriers.",
        stated("`during_collection` of `provider.reservations`"),
    ),
    "F2.3.d.8": readable("2.3.d"),
    "F2.3.d.9": relevant("2.3.d"),
    "F2.3.d.10": accurate("2.3.d"),
    "F2.3.e.1": answered("2.3.e", "It is stated."),
    "F2.3.e.2": checked(
        "2.3.e", _each_period, "Each crawl has its period.", "A crawl has no begin or no end.", _DATES
    ),
    "F2.3.e.3": checked(
        "2.3.e", _exact_periods, "Each date is a month.", "A date is missing or a year alone.", _DATES
    ),
    "F2.3.e.4": checked(
        "2.3.e", _written_as_asked, "Each date is MM/YYYY.", "A date is a year alone.", _DATES
    ),
    "F2.3.e.5": accurate("2.3.e"),
    "F2.3.f.1": each_row("2.3.f", "geography", "The geography", stated("`crawl.geography` of the datasets")),
    "F2.3.f.2": each_row(
        "2.3.f", "languages", "The languages", stated("`fields.language` or `language` of the datasets")
    ),
    "F2.3.f.3": of_field("2.3.f", By.EITHER, _demography),
    "F2.3.f.4": each_row(
        "2.3.f", "site_types", "The kind of sites", stated("`crawl.site_types` of the datasets")
    ),
    "F2.3.f.5": each_row(
        "2.3.f", "content", "The types of content", stated("`content_types` of the datasets")
    ),
    "F2.3.f.6": relevant("2.3.f"),
    "F2.3.f.7": accurate("2.3.f"),
    "F2.3.g.1": modalities_given("2.3.g"),
    "F2.3.g.2": measured_modalities("2.3.g", _CRAWLED),
    "F2.3.h.1": complete("2.3.h", "The most relevant ones by size are listed, as the form counts them."),
    "F2.3.h.2": measured(
        "2.3.h",
        _domains_counted,
        "The registry counted the bytes of each domain, record by record.",
        "Some domains are not counted, or counted for a whole of which a part was used.",
    ),
    "F2.3.h.3": answered("2.3.h", "The list stands on the page, and lies beside it as CSV."),
    "F2.3.h.4": answered("2.3.h", "A table: rank, name, bytes, share, cumulative share."),
    "F2.3.i.1": checked(
        "2.3.i",
        _more_domains,
        "Every domain name is in the CSV file.",
        "No domain name is known.",
        CLOSERS["2.3.h"],
    ),
    "F2.3.i.2": checked(
        "2.3.i",
        _addresses,
        "It says in which field of which published data the address of each record stands.",
        "The addresses of single records are not public.",
        "Whoever adds the datasets: `url` of the datasets, where the data can be had, and `fields.url`, the "
        "field with the address of each record.",
    ),
    "F2.3.i.3": each_row("2.3.i", "size", "The size"),
    "F2.3.i.4": relevant("2.3.i", names=("remarks",)),
    "F2.3.i.5": accurate("2.3.i"),
}
