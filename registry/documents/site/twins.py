"""The machine-readable twins of the pages of a site."""

from typing import Any

from registry.documents.dataset import as_json as version_json
from registry.documents.figures import day, fraction_text
from registry.documents.inherited import Inherited
from registry.documents.model import mixture_json
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.documents.projection import shown_as
from registry.documents.site.dataset import DatasetPage
from registry.documents.site.index import DatasetLine, ModelLine
from registry.documents.site.model import ModelPage
from registry.documents.site.overlap import OverlapPage
from registry.documents.site.overlap_twin import overlaps_json, shares_json
from registry.documents.site.places import link
from registry.documents.site.site import Site

FORMAT = "training-data-registry"
FORMAT_VERSION = 1
Json = dict[str, Any]


def registry_json(site: Site) -> Json:
    """Everything the first page says; addresses are relative to it."""
    index = site.index
    rights = index.rights
    return _head(site, "registry", index.headline) | {
        "stated_at": index.moment or None,
        "totals": {
            "models": index.model_versions,
            "datasets": index.dataset_names,
            "dataset_versions": index.dataset_versions,
            "records": index.records,
            "words": index.words,
        },
        "models": [_model(line) for line in index.models],
        "datasets": [_dataset(line) for line in index.datasets],
        "holders": {
            "named": rights.named,
            "withheld": rights.withheld,
            "words": {
                "named": rights.named_words,
                WITHHELD_AGENT: rights.withheld_words,
                UNIDENTIFIED: rights.unidentified_words,
            },
        },
        "changes": [
            {"stated_at": change.moment, "subject": change.of, "what": change.what}
            for change in index.changes
        ],
    }


def model_json(site: Site, page: ModelPage) -> Json:
    """The mixture, run by run, and the lineage of a model; its documents have twins of their own."""
    disclosure = page.disclosure
    return (
        _head(site, "model", disclosure.headline)
        | mixture_json(page.model)
        | {
            "made_from": [_base(base.found, base.sha256) for base in page.bases],
            "made_into": [derived.reference for derived, _ in page.derived],
            "generated_by": [
                {"model": found.name, "datasets": list(found.datasets), "words": found.words}
                for found in page.generators
            ],
            "fields": {"answered": page.answered, "all": len(disclosure.fields)},
            "gaps": [
                {"field": gap.field, "title": gap.title, "closed_by": gap.closed_by}
                for gap in disclosure.gaps
            ],
            "documents": {
                "disclosure": "disclosure/disclosure.json",
                "attribution": "attribution/attribution.json",
            },
            "twins": {"cyclonedx": "bom.cdx.json", "spdx": "model.spdx.json", "card": "card.md"},
        }
    )


def dataset_json(site: Site, page: DatasetPage) -> Json:
    """Everything the page of a dataset version says."""
    version = page.version
    return (
        _head(site, "dataset", version.reference)
        | version_json(version)
        | {
            "stated_on": day(page.updated) if page.updated else None,
            "holders": [
                {
                    "holder": holder.name,
                    "named": holder.is_named,
                    "basis": holder.basis,
                    "licenses": list(holder.licenses),
                    "records": holder.records,
                    "words": holder.words,
                }
                for holder in page.holders
            ],
            "trained_on_it": [
                {
                    "model": trained.model,
                    "records": trained.use.records,
                    "words": trained.use.words,
                    "words_seen": fraction_text(trained.use.words_seen),
                }
                for trained in page.trained
            ],
            "trained_on_it_withheld": page.hidden_models,
            "made_into": [child.name for child in page.children],
            "other_versions": [other.name for other in page.others],
            "shares_content_with": shares_json(page.shares),
            "twins": {"croissant": "croissant.json", "card": "card.md"},
        }
    )


def overlap_json(site: Site, page: OverlapPage) -> Json:
    """Everything the page of overlaps says."""
    return _head(site, "overlaps", page.headline) | overlaps_json(page)


def _head(site: Site, kind: str, headline: str) -> Json:
    return {
        "format": f"{FORMAT}/{kind}",
        "format_version": FORMAT_VERSION,
        "software": {"name": FORMAT, "version": site.software},
        "audience": site.audience.value,
        "status": "published" if site.history.edition else "draft",
        "headline": headline,
    }


def _model(line: ModelLine) -> Json:
    return {
        "model": line.name,
        "page": link("", line.folder) if line.folder else None,
        "provider": line.provider,
        "datasets": line.datasets,
        "words": line.words,
        "fields": {"answered": line.answered, "all": line.fields},
        "withdrawn": line.withdrawn,
    }


def _dataset(line: DatasetLine) -> Json:
    version = line.use.version
    return {
        "dataset": shown_as(version),
        "page": link("", line.folder) if line.folder else None,
        "title": version.title,
        "origin": version.origin.value if version.origin else None,
        "license": version.license.stated,
        "records": line.use.records,
        "words": line.use.words,
        "basis": version.basis.value,
        "digest": version.content_digest or None,
        "trained_on_it": list(line.models),
        "withdrawn": version.withdrawn,
    }


def _base(found: Inherited, sha256: str | None) -> Json:
    return {
        "model": found.reference,
        "known": found.known.value,
        "provider": found.provider,
        "url": found.url,
        "records": found.records,
        "words": found.words,
        "disclosure_sha256": sha256,
    }
