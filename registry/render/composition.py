"""What training data is made of, drawn: origins, licenses, languages, domains, and the mixture as a table."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from registry.documents.composition import Part, Use
from registry.documents.credit import credit_of
from registry.documents.domains import DomainRow, by_modality
from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import counted, exactly, fraction_text, percent, share_of
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.projection import shown_as
from registry.documents.subject import listed
from registry.documents.why import Why
from registry.documents.withheld import is_withheld
from registry.domain.dataset import Origin
from registry.domain.facts import ComponentFacts
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED, language_name, primary
from registry.domain.license import NOASSERTION, license_title, obligations
from registry.render.charts import GAP, WITHHELD, Chart, Slice, others, ranked_bars, share_bar
from registry.render.terms import license_name, terms

ORIGINS = {
    Origin.PUBLIC: "publicly available",
    Origin.LICENSED: "licensed by rights holders",
    Origin.THIRD_PARTY: "private, from third parties",
    Origin.CRAWLED: "crawled",
    Origin.USER: "of users",
    Origin.SYNTHETIC: "synthetic",
    Origin.OTHER: "other",
}
_ARE = {
    Origin.PUBLIC: "are publicly available",
    Origin.LICENSED: "are licensed by rights holders",
    Origin.THIRD_PARTY: "come privately from third parties",
    Origin.CRAWLED: "were crawled",
    Origin.USER: "come from users",
    Origin.SYNTHETIC: "are synthetic",
    Origin.OTHER: "come from other sources",
}
_SIZES = (
    Column("records", "Records", Kind.COUNT),
    Column("words", "Words", Kind.COUNT),
    Column("share", "Share of words", Kind.SHARE),
)
_MOST = 12


@dataclass(frozen=True, slots=True)
class Charted:
    """A part of a page that is a chart with its table: `id` is its anchor, `label` its short name.

    how: how its numbers were computed
    """

    id: str
    label: str
    chart: Chart
    how: Why | None = None


def origin_chart(parts: tuple[Part, ...]) -> Chart:
    """Words by origin as one bar, in the order of the template."""
    largest = max(parts, key=lambda part: part.words)
    words = _of_the_words(largest)
    said = f"{_sentence(words)} {_ARE[Origin(largest.key)]}" if largest.key else ""
    columns = (Column("origin", "Origin"), *_SIZES)
    table = Table(
        "Each dataset once, however many runs used it.",
        columns,
        tuple((_origin(part), part.records, part.words, part.share) for part in parts),
    )
    slices = [_slice(_origin(part), part, "" if part.key else GAP) for part in parts]
    return share_bar(said or f"The origin of {words} is not stated, or withheld", slices, "words", table)


def license_chart(parts: tuple[Part, ...]) -> Chart:
    """Words by license, record by record where the records carry licenses of their own."""
    largest = parts[0]
    words = _of_the_words(largest)
    title = {
        NOASSERTION: f"The license of {words} is not stated",
        WITHHELD_LICENSE: f"The license of {words} is withheld",
    }.get(largest.key, f"{_sentence(words)} stand under {license_name(largest.key)}")
    columns = (Column("license", "License"), Column("title", "Name"), Column("asks", "Asks for"), *_SIZES)
    rows = tuple(
        (
            license_name(part.key),
            license_title(part.key),
            asked(part.key),
            part.records,
            part.words,
            part.share,
        )
        for part in parts
    )
    table = Table("Record by record where records carry licenses of their own.", columns, rows)
    states = {NOASSERTION: GAP, WITHHELD_LICENSE: WITHHELD}
    slices = [_slice(license_name(part.key), part, states.get(part.key, "")) for part in parts]
    return ranked_bars(title, slices, "words", _MOST, table)


def language_chart(parts: tuple[Part, ...]) -> Chart:
    """Words by language, the undetermined last."""
    known = [part for part in parts if part.key not in {UNDETERMINED, NO_LANGUAGE} and part.words]
    title = _languages_said(known) if known else "In which language the words are is not known"
    columns = (Column("language", "Language"), *_SIZES)
    rows = tuple((language_name(part.key), part.records, part.words, part.share) for part in parts)
    table = Table("As far as the data or its publisher says it, or a sample shows it.", columns, rows)
    slices = [
        _slice(language_name(part.key), part, GAP if part.key == UNDETERMINED else "") for part in parts
    ]
    return ranked_bars(title, slices, "words", _MOST, table)


def _languages_said(known: list[Part]) -> str:
    """The largest language in a heading, its regional varieties together."""
    shares: dict[str, Fraction] = {}
    for part in known:
        shares[primary(part.key)] = shares.get(primary(part.key), Fraction(0)) + part.share
    tag, share = max(shares.items(), key=lambda item: item[1])
    said = f"{_sentence(_share_said(share))} are {language_name(tag)}"
    return said if len(shares) == 1 else f"{said}, the largest of {len(shares)} languages"


def domain_chart(domains: tuple[DomainRow, ...]) -> Chart:
    """Bytes of crawled content by registrable domain, the largest of them, whatever the modality."""
    several = len(by_modality(domains)) > 1
    total = sum(row.bytes for row in domains)
    ordered = sorted(domains, key=lambda row: -row.bytes) if several else domains
    slices = [
        Slice(
            f"{row.domain} ({row.modality.value})" if several else row.domain,
            share_of(row.bytes, total),
            exactly(row.bytes, "byte"),
            row.bytes,
        )
        for row in ordered[:_MOST]
    ]
    reached = tuple(accumulate(one.share for one in slices))
    size = counted(len({row.domain for row in domains}), "domain name")
    largest = f"the {len(reached)} largest hold {percent(reached[-1])} of the bytes"
    hold = largest if len(domains) > _MOST else "all shown"
    columns = (
        Column("domain", "Domain name"),
        Column("bytes", "Bytes", Kind.COUNT),
        Column("share", "Share of bytes", Kind.SHARE),
        Column("cumulative", "With all above", Kind.SHARE),
    )
    rows = tuple(
        (one.label, one.amount, one.share, all_above) for one, all_above in zip(slices, reached, strict=False)
    )
    table = Table("Registrable domain names, by bytes of content.", columns, rows)
    if len(ordered) > _MOST:  # a slice for each of a hundred thousand would be made to be added up
        left = ordered[_MOST - 1 :]
        rest = others(len(left), 1 - reached[_MOST - 2], sum(row.bytes for row in left))
        slices = [*slices[:-1], rest]
    return ranked_bars(f"{size} crawled: {hold}", slices, "crawled bytes", _MOST, table)


def asked(expression: str) -> str | None:
    """What a license asks for, in a table; None where it is not known."""
    duties = obligations(expression).duties().items()
    if all(answer.value == "unknown" for _, answer in duties):
        return WITHHELD_AGENT if expression == WITHHELD_LICENSE else None
    return ", ".join(name.replace("_", " ") for name, answer in duties if answer.value == "yes") or "nothing"


def mixture_table(
    found: tuple[Use, ...], words_seen: Fraction, folders: tuple[str | None, ...] = ()
) -> Table:
    """The dataset versions of a mixture with their shares of the words seen, the largest first.

    folders: for each its page, where it has one; else its licenses lead to those of the whole mixture
    """
    columns = (
        Column("dataset", "Dataset"),
        Column("origin", "Origin"),
        Column("license", "License"),
        Column("used", "Part used"),
        Column("epochs", "Epochs"),
        Column("records", "Records", Kind.COUNT),
        Column("words", "Words", Kind.COUNT),
        Column("share", "Share of words seen", Kind.SHARE),
    )
    stages = {part.stage for use in found for part in use.components}
    hrefs = folders or (None,) * len(found)
    ordered = sorted(zip(found, hrefs, strict=True), key=lambda pair: -pair[0].words_seen)
    rows = tuple(
        _mixture_row(
            use,
            words_seen,
            f"{href}#license" if href else "#licenses" if words_seen else None,
            staged=len(stages) > 1,
        )
        for use, href in ordered
    )
    said = f" All of it in {next(iter(stages))}." if len(stages) == 1 else ""
    summary = f"The most words seen first; words seen are words times epochs.{said}"
    return Table(summary, columns, rows, tuple(href for _, href in ordered) if folders else ())


def mixture_title(found: tuple[Use, ...], datasets: int, words_seen: Fraction) -> str:
    """The mixture in a sentence."""
    largest = max(found, key=lambda use: use.words_seen)
    share = percent(share_of(largest.words_seen, words_seen))
    name = f"{largest.version.name}" if len(found) > 1 else ""
    many = counted(datasets, "dataset")
    return f"{many}: {name} gave {share} of the words seen" if name else f"{many} gave all words seen"


def _mixture_row(use: Use, words_seen: Fraction, licenses: str | None, *, staged: bool) -> tuple[Cell, ...]:
    version = use.version
    hidden, credit = is_withheld(version), credit_of(use, version.license.stated)
    size = credit.size
    origin = ORIGINS[version.origin] if version.origin else WITHHELD_AGENT if hidden else None
    return (
        shown_as(version),
        origin,
        terms(use, licenses),
        credit.used,
        listed([_epochs(part, staged=staged) for part in use.components]),
        use.records if size.records_known else None,
        use.words if size.words_known else None,
        share_of(use.words_seen, words_seen) if size.words_known else None,
    )


def _epochs(part: ComponentFacts, *, staged: bool) -> str:
    """How often it was seen, and in which stage where there are several."""
    return f"{fraction_text(part.epochs)} ({part.stage})" if staged else fraction_text(part.epochs)


def _slice(label: str, part: Part, state: str) -> Slice:
    return Slice(label, part.share, exactly(part.words, "word"), part.words, state)


def _origin(part: Part) -> str:
    return ORIGINS[Origin(part.key)] if part.key else "not stated, or withheld"


def _of_the_words(part: Part) -> str:
    return _share_said(part.share)


def _share_said(share: Fraction) -> str:
    return "all words" if share == 1 else f"{percent(share)} of the words"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
