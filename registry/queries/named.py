"""Named queries: the questions that are asked most, as plain SQL over the public views."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name; `parameters` stand in its SQL as `:name`."""

    name: str
    meaning: str
    parameters: tuple[str, ...]
    sql: str


_QUERIES = (
    NamedQuery(
        "datasets",
        "Datasets with their newest version, origin, license and sizes.",
        (),
        """
SELECT dataset, newest_version, versions, visibility, origin, license, records, words
FROM public_dataset ORDER BY dataset""",
    ),
    NamedQuery(
        "largest-datasets",
        "Versions of datasets by number of words, the largest first.",
        (),
        """
SELECT dataset, version, words, records, license, origin
FROM public_dataset_version ORDER BY words DESC, dataset, version""",
    ),
    NamedQuery(
        "models",
        "Models with what they were trained on in sum.",
        (),
        """
SELECT model, model_version, provider, datasets, records, words, words_seen
FROM public_model ORDER BY model, COALESCE(model_version, '')""",
    ),
    NamedQuery(
        "models-using",
        "Models that were trained on a dataset (NAME or NAME@VERSION).",
        ("dataset",),
        """
SELECT model, model_version, stage, version, epochs, words_seen, share
FROM public_model_dataset WHERE (dataset = :dataset OR dataset || '@' || version = :dataset)
ORDER BY model, model_version, COALESCE(run, 999999), version""",
    ),
    NamedQuery(
        "datasets-of",
        "Datasets that a model (NAME or NAME@VERSION) was trained on.",
        ("model",),
        """
SELECT model_version, stage, dataset, version, epochs, words, words_seen, share, license, origin
FROM public_model_dataset WHERE (model = :model OR model || '@' || model_version = :model)
ORDER BY model_version, COALESCE(run, 999999), words_seen DESC, dataset, version""",
    ),
    NamedQuery(
        "licenses-of-model",
        "Licenses of what a model was trained on, record by record where the data say so. A part of a "
        "dataset counts as much as its part of the dataset's words.",
        ("model",),
        """
SELECT m.model_version, l.expression,
       SUM(m.words_seen * l.words / v.words) AS words_seen,
       SUM(m.share * l.words / v.words) AS share
FROM public_model_dataset m
JOIN public_dataset_version v ON v.dataset = m.dataset AND v.version = m.version AND v.words > 0
JOIN public_version_license l ON l.dataset = m.dataset AND l.version = m.version
WHERE (model = :model OR model || '@' || model_version = :model)
GROUP BY m.model_version, l.expression
ORDER BY m.model_version, words_seen DESC, l.expression""",
    ),
    NamedQuery(
        "languages-of-model",
        "Languages of what a model was trained on. A part of a dataset counts as much as its part of the "
        "dataset's words.",
        ("model",),
        """
SELECT m.model_version, l.language,
       SUM(m.words_seen * l.words / v.words) AS words_seen,
       SUM(m.share * l.words / v.words) AS share
FROM public_model_dataset m
JOIN public_dataset_version v ON v.dataset = m.dataset AND v.version = m.version AND v.words > 0
JOIN public_version_language l ON l.dataset = m.dataset AND l.version = m.version
WHERE (model = :model OR model || '@' || model_version = :model)
GROUP BY m.model_version, l.language
ORDER BY m.model_version, words_seen DESC, l.language""",
    ),
    NamedQuery(
        "domains-of-model",
        "Domains that the public data of a model come from, by bytes.",
        ("model",),
        """
SELECT m.model_version, d.domain, SUM(d.records) AS records, SUM(d.words) AS words, SUM(d.bytes) AS bytes
FROM (SELECT DISTINCT model, model_version, dataset, version FROM public_model_dataset) m
JOIN public_version_domain d ON d.dataset = m.dataset AND d.version = m.version
WHERE (model = :model OR model || '@' || model_version = :model)
GROUP BY m.model_version, d.domain
ORDER BY m.model_version, bytes DESC, d.domain""",
    ),
    NamedQuery(
        "license-mix",
        "How many words of all dataset versions stand under which license.",
        (),
        """
SELECT expression, SUM(records) AS records, SUM(words) AS words
FROM public_version_license GROUP BY expression ORDER BY words DESC, expression""",
    ),
    NamedQuery(
        "unlicensed",
        "Dataset versions with words under no known license.",
        (),
        """
SELECT dataset, version, SUM(records) AS records, SUM(words) AS words
FROM public_version_license WHERE expression IN ('NOASSERTION', 'NONE') AND words > 0
GROUP BY dataset, version ORDER BY words DESC, dataset, version""",
    ),
    NamedQuery(
        "unmapped-licenses",
        "Spellings of licenses that are not understood, and how much stands under them.",
        (),
        """
SELECT detail AS spelling, COUNT(*) AS versions, SUM(records) AS records, SUM(words) AS words
FROM public_gap WHERE unknown = 'license spelling' GROUP BY detail
ORDER BY words DESC, COALESCE(detail, '')""",
    ),
    NamedQuery(
        "contributors-of",
        "Contributors to a dataset (NAME or NAME@VERSION), the largest first.",
        ("dataset",),
        """
SELECT version, contributor, contributor_type, license, records, words
FROM public_contribution WHERE (dataset = :dataset OR dataset || '@' || version = :dataset)
ORDER BY version, words DESC, contributor, COALESCE(license, '')""",
    ),
    NamedQuery(
        "holders-of",
        "Who holds rights in a dataset (NAME or NAME@VERSION), the largest first.",
        ("dataset",),
        """
SELECT version, holder, basis, license, held_records, held_words
FROM public_rights_holding WHERE (dataset = :dataset OR dataset || '@' || version = :dataset)
ORDER BY version, held_words DESC, holder, basis, COALESCE(license, '')""",
    ),
    NamedQuery(
        "lineage-of",
        "What a dataset or model was made from, through all steps; `step` 1 is the nearest.",
        ("name",),
        """
WITH RECURSIVE ancestry (step, kind, name, version, from_name, from_version, from_url) AS (
    SELECT 1, kind, name, version, from_name, from_version, from_url
    FROM public_lineage WHERE name = :name OR name || '@' || version = :name
    UNION
    SELECT a.step + 1, l.kind, l.name, l.version, l.from_name, l.from_version, l.from_url
    FROM ancestry a
    JOIN public_lineage l ON l.kind = a.kind AND l.name = a.from_name AND l.version = a.from_version
    WHERE a.step < 50)
SELECT step, kind, name, version, from_name, from_version, from_url
FROM ancestry
ORDER BY step, name, version, COALESCE(from_name, ''), COALESCE(from_version, ''), COALESCE(from_url, '')""",
    ),
    NamedQuery(
        "gaps",
        "What nobody has said yet, and who could say it.",
        (),
        """
SELECT kind, name, version, unknown, detail, records, words, closed_by
FROM public_gap ORDER BY kind, name, version, unknown, COALESCE(detail, '')""",
    ),
    NamedQuery(
        "gaps-of-model",
        "What is unknown of a model and of the datasets it was trained on.",
        ("model",),
        """
SELECT g.kind, g.name, g.version, g.unknown, g.detail, g.words, g.closed_by
FROM public_gap g
WHERE (g.kind = 'model' AND (g.name = :model OR g.name || '@' || g.version = :model))
   OR (g.kind = 'dataset' AND EXISTS (
       SELECT 1 FROM public_model_dataset d
       WHERE d.dataset = g.name AND d.version = g.version
         AND (model = :model OR model || '@' || model_version = :model)))
ORDER BY g.kind, g.name, g.version, g.unknown, COALESCE(g.detail, '')""",
    ),
)

NAMED: Mapping[str, NamedQuery] = {query.name: query for query in _QUERIES}
