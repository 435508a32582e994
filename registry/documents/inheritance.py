"""What a model inherits: whose works its base models were trained on, and theirs, each base model once."""

from collections.abc import Iterator
from dataclasses import dataclass

from registry.documents.composition import Use, uses
from registry.documents.credit import license_text
from registry.documents.described import is_described
from registry.documents.eu_template import PROVIDER
from registry.documents.fields import Gap
from registry.documents.figures import exactly
from registry.documents.holders import works_of
from registry.documents.inherited import Inherited, Known, Line
from registry.documents.names import WITHHELD_AGENT, WITHHELD_LICENSE
from registry.documents.projection import Audience, shown_as
from registry.documents.subject import listed
from registry.documents.withheld import is_withheld
from registry.documents.works import Works
from registry.domain.facts import BaseDisclosure, BaseModelFacts, DisclosedDataset, ModelFacts
from registry.domain.license import NONE, parse_license

ARROW = " ← "
_GAP = "base-models"


def inherited_by(model: ModelFacts, shown: ModelFacts, audience: Audience) -> tuple[Inherited, ...]:
    """Every base model that the audience may see, nearest first, then one line for the others.

    model: the facts as they are; shown: as the projection left them, with the base models in the same order.
    The base models of one whose name is not shown are withheld with it, unless another way leads there. A
    base model of which only the reference or the address is known is listed too, as a gap.
    """
    walk = _Walk(model, shown)
    own = _Own(f"{model.name} {model.label}", _named_versions(uses(shown)))
    return (*(_inherited(place, audience, own) for place in walk.shown), *_withheld(walk.hidden))


def last_statement(model: ModelFacts) -> str:
    """When something was last said of the model or of a base model of which everything is known here."""
    bases = (base.model for base in model.base_models if base.model is not None)
    return max((model.stated_at, *map(last_statement, bases)))


@dataclass(frozen=True, slots=True)
class _Own:
    """The model and the dataset versions of its own training that are shown by name."""

    model: str
    versions: frozenset[str]


def _named_versions(found: tuple[Use, ...]) -> frozenset[str]:
    """A general name means another version in another model: only what has its own name can be compared."""
    versions = (use.version for use in found)
    return frozenset(one.id for one in versions if not (is_described(one) or is_withheld(one)))


# --- which base models -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Base:
    """A base model as it is, and as the audience may see it."""

    facts: BaseModelFacts
    shown: BaseModelFacts

    @property
    def key(self) -> str:
        """What tells base models apart."""
        facts = self.facts
        if facts.model is not None:
            return facts.model.reference
        return facts.disclosure.sha256 if facts.disclosure else facts.reference or facts.url or ""

    @property
    def name(self) -> str:
        """As sentences name it."""
        of = self.shown.model or self.shown.disclosure
        return f"{of.name} {of.label}" if of else self.shown.shown

    @property
    def is_hidden(self) -> bool:
        """Whether the projection took its name away."""
        return self.shown.reference == WITHHELD_AGENT

    @property
    def made_from(self) -> list["_Base"]:
        """Its own base models, of one that is shown."""
        return _pairs(self.facts.model, self.shown.model)


def _pairs(model: ModelFacts | None, shown: ModelFacts | None) -> list[_Base]:
    if model is None or shown is None:
        return []
    return [_Base(*pair) for pair in zip(model.base_models, shown.base_models, strict=True)]


@dataclass(slots=True)
class _Place:
    """A base model and the names of the models that lead there."""

    base: _Base
    chains: list[tuple[str, ...]]


class _Walk:
    """A search in breadth over base models: every one once, with a chain through each model made from it."""

    def __init__(self, model: ModelFacts, shown: ModelFacts) -> None:
        self._own = model.reference
        self._places: dict[str, _Place] = {}
        hidden = self._walk_shown(model, shown)
        self._join_addresses()
        self.shown = tuple(self._places.values())
        self.hidden = tuple(self._walk_hidden(hidden).values())

    def _walk_shown(self, model: ModelFacts, shown: ModelFacts) -> list[BaseModelFacts]:
        """Fill the places; returns the base models that are not shown."""
        hidden: list[BaseModelFacts] = []
        first: tuple[str, ...] = (f"{model.name} {model.label}",)
        waiting = [(first, base) for base in _pairs(model, shown)]
        for way, base in waiting:  # grows while it is read
            chain = (*way, base.name)
            if base.is_hidden:
                hidden.append(base.facts)
            elif base.key in self._places:
                self._places[base.key].chains.append(chain)
            elif base.key != self._own:
                self._places[base.key] = _Place(base, [chain])
                waiting += [(chain, more) for more in base.made_from]
        return hidden

    def _join_addresses(self) -> None:
        """An address alone is the base model that is known to stand there."""
        known = {}
        for place in self._places.values():
            of = place.base.shown.model or place.base.shown.disclosure
            if of is not None and of.url:
                known[of.url] = place
        for key, place in list(self._places.items()):
            shown = place.base.shown
            same = known.get(shown.url or "")
            if shown.model is None and shown.disclosure is None and same is not None:
                same.chains += [(*chain[:-1], same.base.name) for chain in place.chains]
                del self._places[key]

    def _walk_hidden(self, waiting: list[BaseModelFacts]) -> dict[str, BaseModelFacts]:
        """What is not shown and what stands behind it, each once; what another way shows is not among it."""
        found: dict[str, BaseModelFacts] = {}
        for facts in waiting:  # grows while it is read
            key = _Base(facts, facts).key
            if key not in found and key not in self._places and key != self._own:
                found[key] = facts
                waiting += facts.model.base_models if facts.model else ()
        return found


# --- what is known of one --------------------------------------------------------------------------------


def _inherited(place: _Place, audience: Audience, own: _Own) -> Inherited:
    base, shown = place.base, place.base.shown
    chains = tuple(dict.fromkeys(map(ARROW.join, place.chains)))
    if shown.model is not None:
        return _known_here(base.name, chains, shown.model, own)
    if shown.disclosure is not None:
        return _disclosed(base.name, chains, shown.disclosure, audience)
    return _address_only(base.name, chains, shown)


def _known_here(name: str, chains: tuple[str, ...], shown: ModelFacts, own: _Own) -> Inherited:
    found = uses(shown)
    works = works_of(found)
    both = _named_versions(found) & own.versions
    shared = tuple(sorted(shown_as(use.version) for use in found if use.version.id in both))
    return Inherited(
        name,
        shown.reference,
        Known.REGISTRY,
        chains,
        provider=shown.provider,
        url=shown.url,
        works=works,
        records=works.records,
        words=works.words,
        shared=shared,
        remark=_used_twice(shared, own.model) if shared else None,
        gaps=(*_open_works(name, shown.reference, works), *_open_bases(name, shown)),
    )


def _used_twice(shared: tuple[str, ...], model: str) -> str:
    were = "were" if len(shared) > 1 else "was"
    return f"{listed(list(shared), most=len(shared))} {were} used in the own training of {model} too."


def _open_works(name: str, reference: str, works: Works) -> Iterator[Gap]:
    if not works.rows:
        how = PROVIDER + f"`training` of {reference}."
        yield Gap(_GAP, f"Whose works the base model {name} was trained on", how)
    elif works.unclassified_rows:
        what = exactly(works.unclassified, "word") if works.unclassified else "the works"
        title = f"Holders or licenses of {what} that the base model {name} was trained on"
        yield Gap(_GAP, title, f"The gaps of its own manifest say who: `registry attribute {reference}`.")


def _open_bases(name: str, model: ModelFacts) -> Iterator[Gap]:
    if not model.base_models and not model.no_base_model:
        how = PROVIDER + f"`base_models` of {model.reference} (`none` where there is none)."
        yield Gap(_GAP, f"Whether the base model {name} was itself made from another model", how)


def _disclosed(name: str, chains: tuple[str, ...], found: BaseDisclosure, audience: Audience) -> Inherited:
    who = found.provider or f"the provider of {name}"
    if audience is Audience.AUDITOR or found.audience == Audience.PUBLIC.value:
        lines = tuple(_of_disclosure(one, who) for one in found.datasets)
    else:
        lines = (_withheld_line(found.records, found.words),)
    title = f"Who holds rights in what the base model {name} was trained on"
    return Inherited(
        name,
        found.reference,
        Known.DISCLOSURE,
        chains,
        provider=found.provider,
        url=found.url,
        lines=lines,
        records=found.records,
        words=found.words,
        remark="Known from a disclosure of another registry: it names datasets, not holders. "
        "Which models this one was itself made from stands there.",
        gaps=(Gap(_GAP, title, f"Ask {who} for the attribution manifest of that model."),),
    )


def _of_disclosure(one: DisclosedDataset, who: str) -> Line:
    expression = NONE if one.license == NONE else parse_license(one.license).expression
    label = f"{one.dataset}@{one.version}" if one.version else one.dataset
    titled = f'"{one.title}" ({label})' if one.title else label
    published = f"published by {one.publisher}" if one.publisher else ""
    return Line(
        holder=f"not known: ask {who}",
        dataset=one.dataset,
        version=one.version or "",
        license=expression,
        records=one.records,
        words=one.words,
        basis="disclosed",
        attribution=", ".join(filter(None, (titled, published, one.url, license_text(expression)))),
    )


def _address_only(name: str, chains: tuple[str, ...], base: BaseModelFacts) -> Inherited:
    how = f"Its own manifest: `registry attribute {name}`."
    if base.reference is None:
        how = (
            PROVIDER + "`base_models` of the model, with the `disclosure.json` that the provider of the base "
            "model publishes in place of the address."
        )
    gap = Gap(_GAP, f"Whose works the base model {name} was trained on", how)
    return Inherited(name, name, Known.ADDRESS, chains, url=base.url, gaps=(gap,))


def _withheld(hidden: tuple[BaseModelFacts, ...]) -> Iterator[Inherited]:
    if not hidden:
        return
    sizes = [base.model or base.disclosure for base in hidden]
    records = sum(one.records for one in sizes if one)
    words = sum(one.words for one in sizes if one)
    unsized = sizes.count(None)
    name = f"withheld ({len(hidden)})"
    which = "base model was" if len(hidden) == 1 else f"{len(hidden)} base models were"
    title = f"Whose works the withheld {which} trained on"
    yield Inherited(
        name,
        name,
        Known.WITHHELD,
        (),
        lines=(_withheld_line(records, words),) if records or words else (),
        records=records,
        words=words,
        remark=f"The size of {exactly(unsized, 'base model')} of these is not known." if unsized else None,
        gaps=(Gap(_GAP, title, PROVIDER + "`visibility` of such `models`."),),
    )


def _withheld_line(records: int, words: int) -> Line:
    credit = f"{WITHHELD_AGENT}, {license_text(WITHHELD_LICENSE)}"
    nobody = WITHHELD_AGENT
    return Line(nobody, nobody, "", WITHHELD_LICENSE, records, words, nobody, credit)
