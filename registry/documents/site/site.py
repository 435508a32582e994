"""A registry's public site as a value: its first page and the pages of its models and datasets."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial

from registry.documents.attribution import build_attribution
from registry.documents.composition import (
    by_language,
    by_license,
    by_origin,
    total_records,
    total_words,
    uses,
)
from registry.documents.contact import Contact, contact_of
from registry.documents.dated import dated_disclosure, dated_manifest
from registry.documents.disclosure import Disclosure, build_disclosure
from registry.documents.edition import ATTRIBUTION, DISCLOSURE, Editions, History, Kept
from registry.documents.eu_model import answers_of
from registry.documents.manifest import Manifest
from registry.documents.overlaps import project_overlaps
from registry.documents.projection import Audience, project_holdings
from registry.documents.site.changes import changes
from registry.documents.site.dataset import DatasetPage, build_dataset_page, surroundings
from registry.documents.site.index import DatasetLine, RegistryIndex, dataset_lines, model_lines, rights_of
from registry.documents.site.model import ModelPage, build_model_page
from registry.documents.site.overlap import OverlapPage, build_overlap_page
from registry.documents.site.places import Places, address, folders
from registry.documents.site.registered import (
    Held,
    Registered,
    last_moment,
    project_all,
    projected_ids,
    with_page,
)
from registry.documents.site.summaries import with_summaries
from registry.domain.dataset import Visibility
from registry.domain.facts import ModelFacts, VersionFacts


@dataclass(frozen=True, slots=True)
class Site:
    """All pages of a site, drafts until they are published; what is in them is projected for the audience.

    history, publications: the editions of the site as a whole; the documents of a model have their own
    """

    audience: Audience
    software: str | None
    places: Places
    index: RegistryIndex
    models: tuple[ModelPage, ...]
    datasets: tuple[DatasetPage, ...]
    overlaps: OverlapPage | None
    history: History = History()
    publications: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a site is made of: everything that is listed, and what of it has a page.

    public: the references of all datasets that may be named, listed or not
    """

    models: tuple[ModelFacts, ...]
    paged: tuple[ModelFacts, ...]
    datasets: tuple[Held, ...]
    places: Places
    editions: Editions
    public: frozenset[str]

    @property
    def hidden(self) -> tuple[ModelFacts, ...]:
        """The models without a page."""
        return tuple(model for model in self.models if model.id not in self.places.models)


def build_site(
    registered: Registered,
    audience: Audience,
    *,
    exact_sizes: bool = False,
    small_provider: bool = False,
    detected_overlaps: bool = False,
    software: str | None = None,
) -> Site:
    """Project everything that is listed and put it on pages; exact_sizes as in the disclosure report.

    small_provider: as there; detected_overlaps: print for the public, too, overlaps that nobody has declared
    """
    listed = _listed(registered, audience)
    disclose = partial(
        build_disclosure,
        audience=audience,
        exact_sizes=exact_sizes,
        small_provider=small_provider,
        software=software,
    )
    summaries = {model.reference: listed.places.models[model.id] for model in listed.paged}
    models = tuple(
        _model_page(
            model,
            listed,
            with_summaries(disclose(model), listed.places.models[model.id], summaries),
            build_attribution(model, audience=audience, software=software),
        )
        for model in listed.paged
    )
    everything = project_all(listed.datasets, listed.models, audience)
    paged = tuple(
        component for component in everything.components if component.version.id in listed.places.datasets
    )
    versions = [held.version for held in listed.datasets]
    overlaps = project_overlaps(registered.compared, versions, audience, detected=detected_overlaps)
    around = surroundings(
        listed.places,
        tuple(page.model for page in models),
        listed.hidden,
        tuple(component.version for component in paged),
        overlaps,
    )
    holdings = {
        held.version.id: project_holdings(held.component, audience)
        for held in listed.datasets
        if held.version.id in listed.places.datasets
    }
    datasets = tuple(
        build_dataset_page(replace(component, holdings=holdings[component.version.id]), around)
        for component in paged
    )
    shown = projected_ids(listed.datasets, audience)
    lines = dataset_lines(everything, listed.places.datasets, listed.paged, shown)
    index = _index(listed, everything, models, lines, [one.version for one in paged], last_moment(registered))
    overlap_page = build_overlap_page(overlaps, index.moment)
    return Site(audience, software, listed.places, index, models, datasets, overlap_page)


def _listed(registered: Registered, audience: Audience) -> _Listed:
    models, datasets = registered.listed_models, registered.listed_datasets
    paged = with_page(models, audience)
    seen = [held.version for held in datasets if _has_page(held.version, audience)]
    places = Places(
        folders("datasets", ((version.id, version.name, version.label) for version in seen)),
        folders("models", ((model.id, model.name, model.label) for model in paged)),
    )
    editions = registered.editions if audience is Audience.PUBLIC else {}
    public = frozenset(
        held.version.reference for held in registered.datasets if held.version.visibility is Visibility.PUBLIC
    )
    return _Listed(models, paged, datasets, places, editions, public)


def _has_page(version: VersionFacts, audience: Audience) -> bool:
    return audience is Audience.AUDITOR or version.visibility is Visibility.PUBLIC


def _model_page(model: ModelFacts, listed: _Listed, disclosure: Disclosure, manifest: Manifest) -> ModelPage:
    base, folder = answers_of(disclosure.model).published_at, listed.places.models[model.id]
    disclosures, manifests = (listed.editions.get((kind, model.id), ()) for kind in (DISCLOSURE, ATTRIBUTION))
    return build_model_page(
        model,
        dated_disclosure(disclosure, disclosures, address(base, f"{folder}/{DISCLOSURE}"), listed.public),
        dated_manifest(manifest, manifests, address(base, f"{folder}/{ATTRIBUTION}"), listed.public),
        listed.models,
        listed.places,
        (disclosures, manifests),
    )


def _index(
    listed: _Listed,
    everything: ModelFacts,
    models: tuple[ModelPage, ...],
    lines: tuple[DatasetLine, ...],
    versions: Iterable[VersionFacts],
    moment: str,
) -> RegistryIndex:
    found = uses(everything)
    holders = {
        party.agent.id for held in listed.datasets for holding in held.holdings for party in holding.parties
    }
    return RegistryIndex(
        moment=moment,
        models=model_lines(models, listed.hidden),
        model_versions=len(listed.models),
        datasets=lines,
        dataset_names=len({held.version.name for held in listed.datasets}),
        dataset_versions=len(listed.datasets),
        records=total_records(found),
        words=total_words(found),
        origins=by_origin(found),
        licenses=by_license(found),
        languages=by_language(found),
        rights=rights_of(everything, len(holders)),
        changes=changes((page.model for page in models), versions),
        contacts=_contacts(page.model for page in models),
    )


def _contacts(models: Iterable[ModelFacts]) -> tuple[Contact, ...]:
    """Where to ask: each once, in the order of the models; without a model, that it is not known."""
    found = tuple(dict.fromkeys(contact_of(model) for model in models))
    return found or (contact_of(ModelFacts("", "", "", "", "", None, None, (), ())),)
