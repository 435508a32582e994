"""The public views: what anyone may read, projected by visibility."""

# ruff: noqa: S608 - every statement is put together from the constants below

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the projections, then the public views over them."""
    for name, query in (PROJECTIONS | PUBLIC).items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if op.get_bind().dialect.name == "postgresql":
        for name in PUBLIC:  # else a reader's condition may be tried on the rows that a view hides
            op.execute(f"ALTER VIEW {name} SET (security_barrier = true)")


def downgrade() -> None:
    """Drop every view."""
    for name in reversed(PROJECTIONS | PUBLIC):
        op.execute(f"DROP VIEW {name}")


def _has_email(column: str) -> str:
    """Whether text holds what may be an e-mail address; the other signs are forms of `@` and of the dot."""
    for sign, plain in (("%40", "@"), ("\uff20", "@"), ("\ufe6b", "@"), ("\u3002", "."), ("\uff0e", ".")):
        column = f"REPLACE({column}, '{sign}', '{plain}')"
    return f"{column} LIKE '%_@_%._%'"


def _without_email(column: str) -> str:
    return f"CASE WHEN {_has_email(column)} THEN 'withheld' ELSE {column} END"


def _web_address(column: str) -> str:
    return f"""CASE WHEN {column} LIKE 'http://%' OR {column} LIKE 'https://%' THEN {_without_email(column)}
               WHEN {column} LIKE 'hf://%' THEN {column} END"""


def _total(column: str) -> str:
    return f"CAST(SUM({column}) AS BIGINT)"


def _withheld(count: str) -> str:
    return f"'withheld (' || CAST({count} AS TEXT) || ')'"


def _general_license(column: str, visibility: str) -> str:
    """A described version's license of its own would name the other side of a contract."""
    own = f"{visibility} <> 'public' AND LOWER({column}) LIKE '%licenseref-%'"
    return f"CASE WHEN {own} THEN 'LicenseRef-withheld' ELSE {column} END"


def _general_language(column: str) -> str:
    """A described version's tag without what follows the language, which could name anything."""
    return f"""CASE WHEN p.visibility = 'public' OR LENGTH({column}) IN (2, 3) THEN {column}
                    WHEN {column} LIKE '__-%' THEN SUBSTR({column}, 1, 2)
                    WHEN {column} LIKE '___-%' THEN SUBSTR({column}, 1, 3)
                    ELSE 'und' END"""


_STATES_LANGUAGES = """EXISTS (SELECT 1 FROM version_language f
                           WHERE f.version_id = p.version_id AND f.basis = 'field')"""


def _closedness(value: str) -> str:
    return f"CASE {value} WHEN 'public' THEN 0 WHEN 'described' THEN 1 ELSE 2 END"


PROJECTIONS = {
    "stated_version": f"""
        SELECT v.id AS version_id,
               CASE p.closedness WHEN 0 THEN 'public' WHEN 1 THEN 'described' WHEN 2 THEN 'private'
                    ELSE CASE p.guarded WHEN 1 THEN 'described' ELSE 'public' END END AS visibility,
               p.origin, p.title, p.url, p.publisher, p.language,
               COALESCE(l.concluded, l.declared, 'NOASSERTION') AS license,
               CASE WHEN l.concluded IS NULL THEN l.declared_raw END AS license_raw
        FROM dataset_version v
        LEFT JOIN (SELECT version_id,
                          MAX(CASE property WHEN 'visibility' THEN {_closedness("value")} END) AS closedness,
                          MAX(CASE WHEN property = 'origin' AND value IN ('licensed', 'third-party', 'user')
                                   THEN 1 ELSE 0 END) AS guarded,
                          MAX(CASE property WHEN 'origin' THEN value END) AS origin,
                          MAX(CASE property WHEN 'title' THEN value END) AS title,
                          MAX(CASE property WHEN 'url' THEN value END) AS url,
                          MAX(CASE property WHEN 'publisher' THEN value END) AS publisher,
                          MAX(CASE property WHEN 'language' THEN value END) AS language
                   FROM version_property WHERE superseded_at IS NULL GROUP BY version_id) p
            ON p.version_id = v.id
        LEFT JOIN (SELECT version_id,
                          MAX(CASE kind WHEN 'concluded' THEN expression END) AS concluded,
                          MAX(CASE kind WHEN 'declared' THEN expression END) AS declared,
                          MAX(CASE kind WHEN 'declared' THEN raw END) AS declared_raw
                   FROM license_statement WHERE superseded_at IS NULL GROUP BY version_id) l
            ON l.version_id = v.id""",
    "projected_version": f"""
        SELECT v.id AS version_id, v.dataset_id, v.sequence, s.visibility,
               {_closedness("s.visibility")} AS closedness,
               CASE s.visibility
                   WHEN 'public' THEN {_without_email("d.name")}
                   WHEN 'described' THEN 'described dataset ' || CAST(
                       DENSE_RANK() OVER (PARTITION BY s.visibility ORDER BY d.recorded_at, d.id) AS TEXT)
                   ELSE 'withheld' END AS dataset,
               CASE s.visibility WHEN 'public' THEN v.label WHEN 'described' THEN CAST(v.sequence AS TEXT) END
                   AS version,
               CASE s.visibility WHEN 'public' THEN {_without_email("s.title")} END AS title,
               CASE s.visibility WHEN 'public' THEN {_web_address("s.url")} END AS url,
               CASE s.visibility WHEN 'public' THEN {_without_email("s.publisher")} END AS publisher,
               CASE s.visibility WHEN 'public' THEN {_web_address("v.source")} END AS source,
               CASE s.visibility WHEN 'public' THEN {_without_email("v.revision")} END AS revision,
               CASE s.visibility WHEN 'public' THEN v.content_digest END AS content_digest,
               CASE s.visibility WHEN 'public' THEN v.fingerprint_id END AS fingerprint_id,
               CASE s.visibility WHEN 'public' THEN v.recorded_at END AS recorded_at,
               CASE s.visibility WHEN 'public' THEN {_without_email("s.license_raw")} END AS license_raw,
               CASE WHEN s.license_raw IS NULL THEN 0 ELSE 1 END AS license_spelled,
               s.origin, s.language, {_general_license("s.license", "s.visibility")} AS license,
               v.recipe, v.records, v.words, v.characters, v.bytes,
               v.wordless_records, v.words_equal_records
        FROM dataset_version v
        JOIN dataset d ON d.id = v.dataset_id
        JOIN stated_version s ON s.version_id = v.id""",
    "ranked_dataset": """
        SELECT p.*,
               ROW_NUMBER() OVER (PARTITION BY p.dataset_id, p.visibility ORDER BY p.sequence DESC) AS place,
               COUNT(*) OVER (PARTITION BY p.dataset_id, p.visibility) AS versions,
               MIN(p.closedness) OVER (PARTITION BY p.dataset_id) AS openest
        FROM projected_version p""",
    "projected_language": f"""
        SELECT p.version_id, p.dataset, p.version, {_general_language("l.language")} AS language, l.basis,
               l.records, l.words, l.bytes
        FROM version_language l
        JOIN projected_version p ON p.version_id = l.version_id
        WHERE p.visibility <> 'private' AND (p.language IS NULL OR {_STATES_LANGUAGES})
        UNION ALL
        SELECT p.version_id, p.dataset, p.version, {_general_language("p.language")}, 'declared',
               p.records, p.words, p.bytes
        FROM projected_version p
        WHERE p.visibility <> 'private' AND p.language IS NOT NULL AND NOT {_STATES_LANGUAGES}""",
    "projected_license": f"""
        SELECT p.version_id, p.visibility, p.dataset, p.version,
               CASE WHEN l.expression = 'NOASSERTION' AND l.raw = '' THEN p.license
                    ELSE {_general_license("l.expression", "p.visibility")} END AS expression,
               CASE WHEN l.raw = '' THEN 'version' ELSE 'record' END AS basis,
               CASE WHEN p.visibility = 'public' AND l.raw <> '' THEN {_without_email("l.raw")} END AS raw,
               l.records, l.words, l.bytes
        FROM version_license l
        JOIN projected_version p ON p.version_id = l.version_id
        WHERE p.visibility <> 'private'
        UNION ALL
        SELECT p.version_id, p.visibility, p.dataset, p.version, p.license, 'version', NULL,
               p.records, p.words, p.bytes
        FROM projected_version p
        WHERE p.visibility <> 'private'
          AND NOT EXISTS (SELECT 1 FROM version_license l WHERE l.version_id = p.version_id)""",
    "projected_agent": f"""
        SELECT a.id AS agent_id,
               CASE WHEN a.shown_as = 'name' AND NOT {_has_email("a.name")} THEN a.name
                    WHEN a.shown_as = 'handle' THEN h.handle END AS contributor
        FROM agent a
        LEFT JOIN (SELECT agent_id, MIN(value) AS handle FROM agent_identifier
                   WHERE scheme = 'handle' AND NOT {_has_email("value")} GROUP BY agent_id) h
            ON h.agent_id = a.id""",
    "projected_model": f"""
        SELECT v.id AS model_version_id, v.sequence, s.visibility,
               CASE s.visibility
                   WHEN 'public' THEN {_without_email("m.name")}
                   WHEN 'described' THEN 'described model ' || CAST(
                       DENSE_RANK() OVER (PARTITION BY s.visibility ORDER BY m.recorded_at, m.id) AS TEXT)
                   ELSE 'withheld' END AS model,
               CASE s.visibility WHEN 'public' THEN v.label WHEN 'described' THEN CAST(v.sequence AS TEXT) END
                   AS model_version,
               CASE s.visibility WHEN 'public' THEN {_without_email("s.provider")} END AS provider,
               CASE WHEN s.provider IS NULL THEN 0 ELSE 1 END AS provider_stated,
               CASE s.visibility WHEN 'public' THEN {_web_address("s.url")} END AS url,
               CASE s.visibility WHEN 'public' THEN v.recorded_at END AS recorded_at
        FROM model_version v
        JOIN model m ON m.id = v.model_id
        JOIN (SELECT w.id,
                     CASE MAX(CASE p.property WHEN 'visibility' THEN {_closedness("p.value")} END)
                         WHEN 1 THEN 'described' WHEN 2 THEN 'private' ELSE 'public' END AS visibility,
                     MAX(CASE p.property WHEN 'provider' THEN p.value END) AS provider,
                     MAX(CASE p.property WHEN 'url' THEN p.value END) AS url
              FROM model_version w
              LEFT JOIN model_property p ON p.model_version_id = w.id AND p.superseded_at IS NULL
              GROUP BY w.id) s ON s.id = v.id""",
    "projected_component": """
        SELECT c.*, SUM(c.words_seen) OVER (PARTITION BY c.model_version_id) AS model_words_seen
        FROM (SELECT r.model_version_id, r.sequence AS run, r.stage, m.version_id, m.records, m.words,
                     CAST(m.epochs_numerator AS DOUBLE PRECISION) / m.epochs_denominator AS epochs,
                     CAST(m.words AS DOUBLE PRECISION) * m.epochs_numerator / m.epochs_denominator
                         AS words_seen
              FROM mixture_component m
              JOIN training_run r ON r.id = m.run_id) c""",
    "projected_use": """
        SELECT model_version_id, version_id, model_words_seen,
               MAX(records) AS records, MAX(words) AS words, SUM(words_seen) AS words_seen
        FROM projected_component
        GROUP BY model_version_id, version_id, model_words_seen""",
    "projected_training": """
        SELECT m.model_version_id, m.model, m.model_version, m.visibility,
               m.provider, m.url, m.recorded_at,
               COUNT(u.version_id) AS datasets,
               COALESCE(SUM(u.records), 0) AS records,
               COALESCE(SUM(u.words), 0) AS words,
               COALESCE(SUM(u.words_seen), 0) AS words_seen
        FROM projected_model m
        LEFT JOIN projected_use u ON u.model_version_id = m.model_version_id
        GROUP BY m.model_version_id, m.model, m.model_version, m.visibility,
                 m.provider, m.url, m.recorded_at""",
}

PUBLIC = {
    "public_dataset": f"""
        SELECT dataset, visibility, versions, version AS newest_version, title, origin, license,
               records, words, bytes
        FROM ranked_dataset
        WHERE place = 1 AND closedness = openest AND closedness < 2
        UNION ALL
        SELECT {_withheld("COUNT(*)")}, visibility, {_total("versions")}, NULL, NULL, NULL, NULL,
               {_total("records")}, {_total("words")}, {_total("bytes")}
        FROM ranked_dataset
        WHERE place = 1 AND openest = 2
        GROUP BY visibility""",
    "public_dataset_version": """
        SELECT dataset, version, visibility, title, origin, license, publisher, url, source, revision,
               records, words, characters, bytes, wordless_records, words_equal_records,
               content_digest, fingerprint_id, recipe, recorded_at
        FROM projected_version
        WHERE visibility <> 'private'""",
    "public_version_language": f"""
        SELECT dataset, version, language, basis,
               {_total("records")} AS records, {_total("words")} AS words, {_total("bytes")} AS bytes
        FROM projected_language
        GROUP BY version_id, dataset, version, language, basis""",
    "public_version_license": f"""
        SELECT dataset, version, expression, raw, basis,
               {_total("records")} AS records, {_total("words")} AS words, {_total("bytes")} AS bytes
        FROM projected_license
        GROUP BY version_id, dataset, version, expression, raw, basis""",
    "public_version_domain": """
        SELECT p.dataset, p.version, d.domain, d.records, d.words, d.bytes
        FROM version_domain d
        JOIN projected_version p ON p.version_id = d.version_id
        WHERE p.visibility = 'public'""",
    "public_model": f"""
        SELECT model, model_version, visibility, provider, url, datasets,
               CAST(records AS BIGINT) AS records, CAST(words AS BIGINT) AS words,
               CAST(words_seen AS DOUBLE PRECISION) AS words_seen, recorded_at
        FROM projected_training
        WHERE visibility <> 'private'
        UNION ALL
        SELECT {_withheld("COUNT(*)")}, NULL, visibility, NULL, NULL, {_total("datasets")},
               {_total("records")}, {_total("words")}, CAST(SUM(words_seen) AS DOUBLE PRECISION), NULL
        FROM projected_training
        WHERE visibility = 'private'
        GROUP BY visibility""",
    "public_model_dataset": f"""
        SELECT m.model, m.model_version, c.run, c.stage, p.dataset, p.version, c.epochs,
               c.records, c.words, c.words_seen,
               CASE WHEN c.model_words_seen > 0 THEN c.words_seen / c.model_words_seen END AS share,
               p.license, p.origin
        FROM projected_component c
        JOIN projected_model m ON m.model_version_id = c.model_version_id
        JOIN projected_version p ON p.version_id = c.version_id
        WHERE m.visibility <> 'private' AND p.visibility <> 'private'
        UNION ALL
        SELECT m.model, m.model_version, NULL, NULL, {_withheld("COUNT(*)")}, NULL, NULL,
               {_total("u.records")}, {_total("u.words")}, SUM(u.words_seen),
               CASE WHEN u.model_words_seen > 0 THEN SUM(u.words_seen) / u.model_words_seen END, NULL, NULL
        FROM projected_use u
        JOIN projected_model m ON m.model_version_id = u.model_version_id
        JOIN projected_version p ON p.version_id = u.version_id
        WHERE m.visibility <> 'private' AND p.visibility = 'private'
        GROUP BY m.model_version_id, m.model, m.model_version, u.model_words_seen""",
    "public_contribution": f"""
        SELECT p.dataset, p.version, a.contributor, c.contributor_type,
               COALESCE(c.license, p.license) AS license, c.records, c.words, c.bytes
        FROM contribution c
        JOIN projected_version p ON p.version_id = c.version_id
        JOIN projected_agent a ON a.agent_id = c.agent_id
        WHERE c.superseded_at IS NULL AND p.visibility = 'public'
          AND c.contributor_type <> 'Annotator' AND a.contributor IS NOT NULL
        UNION ALL
        SELECT p.dataset, p.version, {_withheld("COUNT(DISTINCT c.agent_id)")}, c.contributor_type,
               COALESCE(c.license, p.license), {_total("c.records")}, {_total("c.words")}, {_total("c.bytes")}
        FROM contribution c
        JOIN projected_version p ON p.version_id = c.version_id
        JOIN projected_agent a ON a.agent_id = c.agent_id
        WHERE c.superseded_at IS NULL AND p.visibility = 'public'
          AND c.contributor_type <> 'Annotator' AND a.contributor IS NULL
        GROUP BY p.version_id, p.dataset, p.version, c.contributor_type, COALESCE(c.license, p.license)
        UNION ALL
        SELECT p.dataset, p.version,
               CASE WHEN COUNT(DISTINCT c.agent_id) < 10 THEN 'withheld (fewer than 10)'
                    ELSE {_withheld("COUNT(DISTINCT c.agent_id)")} END,
               c.contributor_type, NULL, {_total("c.records")}, {_total("c.words")}, {_total("c.bytes")}
        FROM contribution c
        JOIN projected_version p ON p.version_id = c.version_id
        WHERE c.superseded_at IS NULL AND p.visibility = 'public' AND c.contributor_type = 'Annotator'
        GROUP BY p.version_id, p.dataset, p.version, c.contributor_type""",
    "public_license_statement": f"""
        SELECT p.dataset, p.version, s.kind, {_general_license("s.expression", "p.visibility")} AS expression,
               CASE p.visibility WHEN 'public' THEN {_without_email("s.raw")} END AS raw,
               s.asserted_by, e.kind AS evidence,
               CASE p.visibility WHEN 'public' THEN s.recorded_at END AS recorded_at, s.superseded_at
        FROM license_statement s
        JOIN projected_version p ON p.version_id = s.version_id
        JOIN evidence e ON e.id = s.evidence_id
        WHERE p.visibility = 'public' OR (p.visibility = 'described' AND s.superseded_at IS NULL)""",
    "public_lineage": f"""
        SELECT 'derivation' AS kind, p.dataset AS name, p.version, o.dataset AS from_name,
               o.version AS from_version,
               CASE WHEN d.of_url IS NOT NULL THEN COALESCE({_web_address("d.of_url")}, 'withheld') END
                   AS from_url
        FROM derivation d
        JOIN projected_version p ON p.version_id = d.version_id
        LEFT JOIN projected_version o ON o.version_id = d.of_version_id
        WHERE d.superseded_at IS NULL AND p.visibility = 'public'
        UNION ALL
        SELECT 'base-model', m.model, m.model_version, o.model, o.model_version,
               CASE WHEN b.base_url IS NOT NULL THEN COALESCE({_web_address("b.base_url")}, 'withheld') END
        FROM base_model b
        JOIN projected_model m ON m.model_version_id = b.model_version_id
        LEFT JOIN projected_model o ON o.model_version_id = b.base_version_id
        WHERE b.superseded_at IS NULL AND m.visibility = 'public'""",
    "public_gap": f"""
        SELECT 'dataset' AS kind, l.dataset AS name, l.version,
               CASE WHEN l.basis = 'record' OR p.license_spelled = 1 THEN 'license spelling'
                    ELSE 'license' END AS unknown,
               CASE l.basis WHEN 'record' THEN l.raw ELSE p.license_raw END AS detail,
               {_total("l.records")} AS records, {_total("l.words")} AS words,
               CASE WHEN l.basis = 'record' OR p.license_spelled = 1 THEN 'reviewer'
                    ELSE 'publisher' END AS closed_by
        FROM projected_license l
        JOIN projected_version p ON p.version_id = l.version_id
        WHERE l.expression = 'NOASSERTION'
        GROUP BY l.version_id, l.dataset, l.version, l.basis, l.raw, p.license_spelled, p.license_raw
        UNION ALL
        SELECT 'dataset', dataset, version, 'origin', NULL, records, words, 'provider'
        FROM projected_version
        WHERE visibility <> 'private' AND origin IS NULL
        UNION ALL
        SELECT 'dataset', p.dataset, p.version, 'rights holder', NULL,
               p.records - COALESCE(h.records, 0), p.words - COALESCE(h.words, 0), 'publisher'
        FROM projected_version p
        LEFT JOIN (SELECT version_id, {_total("records")} AS records, {_total("words")} AS words
                   FROM rights_holding
                   WHERE superseded_at IS NULL AND basis <> 'unidentified'
                   GROUP BY version_id) h ON h.version_id = p.version_id
        WHERE p.visibility <> 'private' AND p.words > COALESCE(h.words, 0)
        UNION ALL
        SELECT 'dataset', p.dataset, p.version, 'language', NULL,
               COALESCE(l.records, p.records), COALESCE(l.words, p.words), 'provider'
        FROM projected_version p
        LEFT JOIN (SELECT version_id,
                          {_total("CASE language WHEN 'und' THEN records ELSE 0 END")} AS records,
                          {_total("CASE language WHEN 'und' THEN words ELSE 0 END")} AS words
                   FROM projected_language
                   GROUP BY version_id) l ON l.version_id = p.version_id
        WHERE p.visibility <> 'private' AND COALESCE(l.words, p.words) > 0
        UNION ALL
        SELECT 'model', model, model_version, 'provider', NULL, NULL, NULL, 'provider'
        FROM projected_model
        WHERE visibility <> 'private' AND provider_stated = 0
        UNION ALL
        SELECT 'model', model, model_version, 'training data', NULL, NULL, NULL, 'provider'
        FROM projected_training
        WHERE visibility <> 'private' AND datasets = 0""",
}
