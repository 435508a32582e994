"""The machine-readable twin of the attribution manifest."""

from registry.documents.contributors import contributor_json
from registry.documents.credit import Credit
from registry.documents.figures import fraction_text
from registry.documents.inherited import Inherited, Line
from registry.documents.lazily import Lazily
from registry.documents.lineage_duties import duties_json
from registry.documents.manifest import HOW_SHARES_COUNT, LicenseDuties, Manifest
from registry.documents.notices import Notice
from registry.documents.twin import Json, contact_json, head
from registry.documents.works import Holder, Row, Source, Works

FORMAT = "training-data-registry/attribution"
FORMAT_VERSION = 1


def as_json(manifest: Manifest) -> Json:
    """Everything the manifest says; numbers that are not whole are exact texts ("2.5", "1/3")."""
    twin = lazily_json(manifest)
    inherited = [one | {"holders": one["holders"] and list(one["holders"])} for one in twin["inherited"]]
    return twin | {"holders": list(twin["holders"]), "inherited": inherited}


def lazily_json(manifest: Manifest) -> Json:
    """The same with holders that are made as they are written.

    `totals`, `holders` and `sources` are of the model's own training, `inherited` of its base models;
    `lineage`, where there is any, is what its datasets inherit from what they were made from.
    """
    own = manifest.own
    lineage = {"lineage": [duties_json(one) for one in manifest.lineage]} if manifest.lineage else {}
    return (
        head(manifest, FORMAT, FORMAT_VERSION)
        | lineage
        | {
            "totals": _totals(own) | {"unclassified_rows": own.unclassified_rows},
            "check": {"sum_of_shares": own.share_sum, "how": HOW_SHARES_COUNT},
            "holders": _holders(own),
            "licenses": [_license(found) for found in manifest.licenses],
            "sources": [_source(source) for source in own.sources],
            "base_models": {
                "stated": manifest.base_is_stated,
                "not_known_in_full": manifest.inherited_unknown,
            },
            "inherited": [_inherited(found) for found in manifest.inherited],
            "notices": [_notice(found) for found in manifest.notices],
            "rights_contact": contact_json(manifest.contact),
        }
    )


def _totals(works: Works) -> Json:
    return {
        "named_holders": len(works.named),
        "records": works.records,
        "words": works.words,
        "weighted_words": fraction_text(works.words_seen),
        "unclassified_words": works.unclassified,
        "datasets_without_words": len(works.without_words),
    }


def _holders(works: Works) -> Lazily[Json]:
    return Lazily(range(len(works.holders)), lambda place: _holder(works.holders[place]))


def _holder(holder: Holder) -> Json:
    return {
        "holder": holder.name,
        "named": holder.is_named,
        "records": holder.records,
        "words": holder.words,
        "weighted_words": fraction_text(holder.weighted_words),
        "obligations": dict(holder.duties),
        "rows": [_row(row) for row in holder.rows],
    }


def _row(row: Row) -> Json:
    """A row; `size_note` stands where the size was not counted for the holder: declared, or in proportion."""
    note = row.size_text
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
        "changes": row.credit.changes,
    } | ({"size_note": note} if note else {})


def _size_basis(credit: Credit) -> str:
    return "declared" if credit.size.remark else "measured"


def _license(found: LicenseDuties) -> Json:
    return {
        "license": found.license,
        "title": found.title,
        "url": found.url,
        "records": found.records,
        "words": found.words,
        "inherited_records": found.inherited_records,
        "inherited_words": found.inherited_words,
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
        "changes": source.credit.changes,
        "used": source.credit.part or "all",
        "size_basis": _size_basis(source.credit),
        "words_known": source.credit.size.words_known,
        "amount": source.credit.size.amount,
        "in_proportion": source.in_proportion,
        "notices": [{"path": path, "sha256": digest} for path, digest in source.notices],
        "contributors": [contributor_json(one) for one in source.contributors],
    }


def _notice(found: Notice) -> Json:
    """`literal` is false where e-mail addresses were left out."""
    return {
        "sha256": found.sha256,
        "encoding": found.encoding,
        "text": found.text,
        "literal": found.literal,
        "of": [{"dataset": dataset, "path": path} for dataset, path in found.of],
    }


def _inherited(found: Inherited) -> Json:
    """`totals`, `check` and `holders` are null where another registry discloses datasets, but no holders."""
    works = found.works
    return {
        "model": found.model,
        "reference": found.reference,
        "known": found.known.value,
        "chains": list(found.chains),
        "provider": found.provider,
        "url": found.url,
        "records": found.records,
        "words": found.words,
        "totals": _totals(works) if works else None,
        "check": {"sum_of_shares": works.share_sum} if works else None,
        "holders": _holders(works) if works else None,
        "sources": [_source(source) for source in works.sources] if works else None,
        "datasets": [_line(line) for line in found.lines],
        "used_in_own_training_too": list(found.shared),
        "remark": found.remark,
    }


def _line(line: Line) -> Json:
    return {
        "holder": line.holder,
        "dataset": line.dataset,
        "version": line.version or None,
        "license": line.license,
        "records": line.records,
        "words": line.words,
        "basis": line.basis,
        "attribution": line.attribution,
    }
