"""What the attribution manifest leaves open, and the keys of registry.yaml that close it."""

from collections.abc import Iterable, Iterator, Sequence, Set

from registry.documents.composition import Use
from registry.documents.contact import Contact, contact_gap
from registry.documents.described import is_described
from registry.documents.eu_template import PROVIDER
from registry.documents.fields import Gap
from registry.documents.figures import exactly
from registry.documents.inherited import Inherited
from registry.documents.notices import notice_gaps
from registry.documents.partition import UNIDENTIFIED
from registry.documents.projection import shown_as
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.documents.works import Row, Source, Works
from registry.domain.facts import ModelFacts
from registry.domain.license import NOASSERTION, Duty, obligations


def manifest_gaps(
    model: ModelFacts, found: tuple[Use, ...], own: Works, inherited: tuple[Inherited, ...], contact: Contact
) -> Iterator[Gap]:
    """The gaps of own training, then those of the base models, then the contact."""
    rows = own.rows
    yield from _holders([row for row in rows if row.basis == UNIDENTIFIED])
    yield from _licenses([row for row in rows if row.license == NOASSERTION])
    withheld = [row for row in rows if row.author is None and row.basis != UNIDENTIFIED]
    yield from _uncredited(withheld, {use.version.name for use in found if _is_named(use)})
    yield from _selected(own)
    yield from _datasets(own, found)
    yield from notice_gaps(_all_sources(own, inherited))
    if not model.components:
        yield Gap("training", f"What {model.reference} was trained on", PROVIDER + "`training` of the model.")
    for base in inherited:
        yield from base.gaps
    if not inherited and not model.no_base_model:
        how = PROVIDER + f"`base_models` of {model.reference} (`none` where there is none)."
        yield Gap("base-models", f"Whether {model.reference} was made from another model", how)
    yield from contact_gap(contact)


def _all_sources(own: Works, inherited: tuple[Inherited, ...]) -> list[Source]:
    bases = (source for base in inherited if base.works for source in base.works.sources)
    return [*own.sources, *bases]


def _holders(rows: list[Row]) -> Iterator[Gap]:
    if rows:
        keys = "`rights_holders`, or `fields.rights_holder` or `fields.creator`, of "
        how = PROVIDER + keys + f"{_datasets_of(rows)}."
        yield Gap("holders", f"Who holds rights in {_words_of(rows)}", how)


def _licenses(rows: list[Row]) -> Iterator[Gap]:
    if rows:
        how = PROVIDER + f"`license` or `fields.license` of {_datasets_of(rows)}, as the publishers state it."
        yield Gap("licenses", f"Under which license {_words_of(rows)} stand", how)


def _uncredited(rows: Iterable[Row], named: Set[str]) -> Iterator[Gap]:
    """Names that a license asks for and that are withheld: of agents, or with the name of their dataset."""
    asked = [row for row in rows if obligations(row.license).attribution is Duty.YES]
    if asked:
        agents = [row for row in asked if row.dataset in named]
        hidden = [row for row in asked if row.dataset not in named]
        how = ["`shown_as: name` of these `agents`"] if agents else []
        how += [f"`visibility: public` for {_datasets_of(hidden)}"] if hidden else []
        closed_by = f"{PROVIDER}{listed(how)}; or a way of credit that the license accepts."
        yield Gap("credits", f"The names to credit for {_words_of(asked)}, which are withheld", closed_by)


def _selected(own: Works) -> Iterator[Gap]:
    """Parts of versions of which it is not known whose records they are."""
    names = [
        f"{one.dataset}@{one.version}" if one.version else one.dataset
        for one in own.sources
        if one.in_proportion
    ]
    if names:
        title = (
            f"Whose works, and under which licenses, are in the part that was used of {listed(names)}: all "
            "holders and licenses of the whole dataset are named, each in proportion"
        )
        how = "a dataset of its own for that part, in place of `selection` in `training.mixture`."
        yield Gap("selections", title, PROVIDER + how)


def _is_named(use: Use) -> bool:
    """Whether a version stands under its own name."""
    return not (is_described(use.version) or is_withheld(use.version))


def _words_of(rows: Sequence[Row]) -> str:
    """As in "1,200 words of forum and crawl"; where no words are known: "what was used of recordings"."""
    words = sum(row.words for row in rows)
    amount = exactly(words, "word") if words else "what was used"
    return f"{amount} of {_datasets_of(rows)}"


def _datasets_of(rows: Iterable[Row]) -> str:
    return listed(sorted({row.dataset for row in rows}))


def _datasets(own: Works, found: tuple[Use, ...]) -> Iterator[Gap]:
    """What is missing to credit the versions that stand under their own name."""
    known = sorted(
        (use.version for use in found if _is_named(use)),
        key=shown_as,
    )
    names = {(version.name, version.label) for version in known}
    asked = {
        f"{row.dataset}@{row.version}"
        for row in own.rows
        if row.credit.asks_changes and not row.credit.changes and (row.dataset, row.version) in names
    }
    missing = (
        ("titles", "The titles of", "`title`", [shown_as(one) for one in known if not one.title]),
        ("addresses", "The addresses of", "`url`", [shown_as(one) for one in known if not one.url]),
        ("changes", "The changes that licenses ask to state, made before training in", "`processing`", asked),
        ("sizes", "The words of", "`measured.words`", _without_words(own)),
    )
    for field, title, key, of in missing:
        if of:
            which = listed(sorted(of))
            yield Gap(field, f"{title} {which}", PROVIDER + f"{key} of {which}.")


def _without_words(own: Works) -> list[str]:
    sources = own.without_words
    return [f"{one.dataset}@{one.version}" if one.version else one.dataset for one in sources]
