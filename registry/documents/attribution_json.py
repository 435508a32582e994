"""The machine-readable twin of the attribution manifest."""

from registry.documents.figures import fraction_text
from registry.documents.manifest import Holder, LicenseDuties, Manifest, Row, Source
from registry.documents.twin import Json, head

FORMAT = "training-data-registry/attribution"
FORMAT_VERSION = 1


def as_json(manifest: Manifest) -> Json:
    """Everything the manifest says; numbers that are not whole are exact texts ("2.5", "1/3")."""
    return head(manifest, FORMAT, FORMAT_VERSION) | {
        "totals": {
            "named_holders": len(manifest.named),
            "records": manifest.records,
            "words": manifest.words,
            "weighted_words": fraction_text(manifest.words_seen),
            "unclassified_words": manifest.unclassified,
        },
        "check": {"sum_of_shares": manifest.share_sum},
        "holders": [_holder(holder) for holder in manifest.holders],
        "licenses": [_license(found) for found in manifest.licenses],
        "sources": [_source(source) for source in manifest.sources],
    }


def _holder(holder: Holder) -> Json:
    return {
        "holder": holder.name,
        "named": holder.is_named,
        "records": holder.records,
        "words": holder.words,
        "weighted_words": fraction_text(holder.weighted_words),
        "rows": [_row(row) for row in holder.rows],
    }


def _row(row: Row) -> Json:
    return {
        "contributor": row.contributor or None,
        "dataset": row.dataset,
        "version": row.version or None,
        "license": row.license,
        "records": row.records,
        "words": row.words,
        "weighted_words": fraction_text(row.weighted_words),
        "share": row.share,
        "basis": row.basis,
        "attribution": row.attribution,
    }


def _license(found: LicenseDuties) -> Json:
    return {
        "license": found.license,
        "title": found.title,
        "url": found.url,
        "records": found.records,
        "words": found.words,
        "obligations": dict(found.duties),
        "obligation_sources": list(found.sources),
    }


def _source(source: Source) -> Json:
    return {
        "dataset": source.dataset,
        "version": source.version or None,
        "title": source.title,
        "publisher": source.publisher,
        "url": source.url,
        "license": source.license,
        "notices": [{"path": path, "sha256": digest} for path, digest in source.notices],
    }
