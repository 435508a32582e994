"""What the attribution manifest leaves open, and the keys of registry.yaml that close it."""

from collections.abc import Iterator, Set
from dataclasses import dataclass, field

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
from registry.domain.license import NOASSERTION, Duty, alternatives, obligations


def manifest_gaps(
    model: ModelFacts, found: tuple[Use, ...], own: Works, inherited: tuple[Inherited, ...], contact: Contact
) -> Iterator[Gap]:
    """The gaps of own training, then those of the base models, then the contact."""
    open_ = _Open({use.version.name for use in found if _is_named(use)})
    for one in own.sums:
        open_.add(one.row)
    yield from _holders(open_.unidentified)
    yield from _licenses(open_.unlicensed)
    yield from _choices(open_.offered, open_.alternatives)
    yield from _uncredited(open_.agents, open_.hidden)
    yield from _selected(own)
    yield from _not_told_apart(found)
    yield from _datasets(own, found, open_.unchanged)
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


@dataclass(slots=True)
class _Amount:
    """Words of some rows, and the datasets they are of."""

    words: int = 0
    datasets: set[str] = field(default_factory=set)

    def add(self, row: Row) -> None:
        self.words += row.words
        self.datasets.add(row.dataset)

    @property
    def named(self) -> str:
        """The datasets in a sentence."""
        return listed(sorted(self.datasets))

    @property
    def text(self) -> str:
        """As in "1,200 words of forum and crawl"; where no words are known: "what was used of recordings"."""
        amount = exactly(self.words, "word") if self.words else "what was used"
        return f"{amount} of {self.named}"


@dataclass(slots=True)
class _Open:
    """What rows leave open, added up as they come by.

    named: datasets that stand under their own name. agents, hidden: what is withheld of those that a license
    asks to credit, in such datasets and in others; offered, alternatives: of licenses to choose from, and
    these; unchanged: versions whose changes a license asks to state
    """

    named: Set[str]
    unidentified: _Amount = field(default_factory=_Amount)
    unlicensed: _Amount = field(default_factory=_Amount)
    offered: _Amount = field(default_factory=_Amount)
    alternatives: set[str] = field(default_factory=set)
    agents: _Amount = field(default_factory=_Amount)
    hidden: _Amount = field(default_factory=_Amount)
    unchanged: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: Row) -> None:
        if row.basis == UNIDENTIFIED:
            self.unidentified.add(row)
        elif row.author is None and obligations(row.license).attribution is Duty.YES:
            (self.agents if row.dataset in self.named else self.hidden).add(row)
        if row.license == NOASSERTION:
            self.unlicensed.add(row)
        if len(alternatives(row.license)) > 1:
            self.offered.add(row)
            self.alternatives.add(row.license)
        if row.credit.asks_changes and not row.credit.changes:
            self.unchanged.add((row.dataset, row.version))


def _holders(found: _Amount) -> Iterator[Gap]:
    if found.datasets:
        keys = "`rights_holders`, or `fields.rights_holder` or `fields.creator`, of "
        yield Gap("holders", f"Who holds rights in {found.text}", PROVIDER + keys + f"{found.named}.")


def _licenses(found: _Amount) -> Iterator[Gap]:
    if found.datasets:
        how = PROVIDER + f"`license` or `fields.license` of {found.named}, as the publishers state it."
        yield Gap("licenses", f"Under which license {found.text} stand", how)


def _choices(found: _Amount, expressions: Set[str]) -> Iterator[Gap]:
    if found.datasets:
        how = f"`concluded` of {found.named}, or `registry license conclude` with --choose."
        title = f"Which license was chosen for {found.text}: {listed(sorted(expressions))}"
        yield Gap("choices", title, PROVIDER + how)


def _uncredited(agents: _Amount, hidden: _Amount) -> Iterator[Gap]:
    """Names that a license asks for and that are withheld: of agents, or with the name of their dataset."""
    asked = _Amount(agents.words + hidden.words, agents.datasets | hidden.datasets)
    if asked.datasets:
        how = ["`shown_as: name` of these `agents`"] if agents.datasets else []
        how += [f"`visibility: public` for {hidden.named}"] if hidden.datasets else []
        closed_by = f"{PROVIDER}{listed(how)}; or a way of credit that the license accepts."
        yield Gap("credits", f"The names to credit for {asked.text}, which are withheld", closed_by)


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


def _not_told_apart(found: tuple[Use, ...]) -> Iterator[Gap]:
    """Selected parts that were counted before holders of parts of their datasets were declared."""
    names = sorted(
        {
            shown_as(use.version)
            for use in found
            if any(one.part and one.part.lacks_holders for one in (*use.components, use.once))
        }
    )
    if names:
        title = (
            f"Which of the records that were used of {listed(names)}, and name nobody, are in the parts that "
            "holders are declared of"
        )
        yield Gap("parts", title, f"{PROVIDER}`registry apply` where the source of {listed(names)} is.")


def _is_named(use: Use) -> bool:
    """Whether a version stands under its own name."""
    return not (is_described(use.version) or is_withheld(use.version))


def _datasets(own: Works, found: tuple[Use, ...], unchanged: Set[tuple[str, str]]) -> Iterator[Gap]:
    """What is missing to credit the versions that stand under their own name."""
    known = sorted(
        (use.version for use in found if _is_named(use)),
        key=shown_as,
    )
    names = {(version.name, version.label) for version in known}
    asked = {f"{name}@{label}" for name, label in unchanged & names}
    missing = (
        ("titles", "The titles of", "`title`", [shown_as(one) for one in known if not one.title]),
        ("addresses", "The addresses of", "`url`", [shown_as(one) for one in known if not one.url]),
        ("changes", "The changes that licenses ask to state, made before training in", "`processing`", asked),
        ("sizes", "The words of", "`measured.words`", _without_words(own)),
    )
    for about, title, key, of in missing:
        if of:
            which = listed(sorted(of))
            yield Gap(about, f"{title} {which}", PROVIDER + f"{key} of {which}.")


def _without_words(own: Works) -> list[str]:
    sources = own.without_words
    return [f"{one.dataset}@{one.version}" if one.version else one.dataset for one in sources]
