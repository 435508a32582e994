"""The EU template for the public summary of training content: its fields in order, and who can close which.

Template of the AI Office of 24 July 2025, C(2025) 5235, adopted as C(2025) 8311; AI Act article 53(1)(d).
The titles say in our own words what a field asks.
"""

from registry.documents.fields import Field, Section, Status, Value

SECTIONS = {
    "0": "About this summary",
    "1.1": "Who provides the model",
    "1.2": "Which model",
    "1.3": "Kinds and sizes of the training data",
    "2.1": "Publicly available datasets",
    "2.2": "Private datasets from third parties",
    "2.3": "Data crawled from online sources",
    "2.4": "Data of users",
    "2.5": "Synthetic data",
    "2.6": "Other sources",
    "3": "How the data was handled",
}

_USED, _MODALITIES, _COMMENTS = "Used?", "Modalities", "Further details"
TITLES = {
    "0.a": "Version of this summary",
    "0.b": "Last update",
    "1.1.a": "Provider and contact",
    "1.1.b": "Authorised representative in the Union",
    "1.2.a": "Model version and its documentation",
    "1.2.b": "Models it was made from",
    "1.2.c": "Date of placement on the Union market",
    "1.3.a": "Modalities",
    "1.3.b": "Size of the training data, by modality",
    "1.3.c": "Types of content",
    "1.3.d": "Latest date of collection",
    "1.3.e": "Languages",
    "1.3.f": "National, regional and demographic characteristics",
    "1.3.g": "How the sizes were measured",
    "2.1": "Publicly available datasets",
    "2.1.a": _USED,
    "2.1.b": _MODALITIES,
    "2.1.c": "Large datasets",
    "2.1.d": "Other datasets",
    "2.1.e": _COMMENTS,
    "2.2.1": "Datasets licensed commercially by rights holders",
    "2.2.1.a": _USED,
    "2.2.1.b": _MODALITIES,
    "2.2.2": "Private datasets from other third parties",
    "2.2.2.a": _USED,
    "2.2.2.b": _MODALITIES,
    "2.2.2.c": "Publicly known datasets",
    "2.2.2.d": "Datasets not publicly known",
    "2.2.2.e": _COMMENTS,
    "2.3": "Crawled data",
    "2.3.a": _USED,
    "2.3.b": "Names of the crawlers",
    "2.3.c": "Purposes of the crawlers",
    "2.3.d": "Behaviour of the crawlers",
    "2.3.e": "Period of collection",
    "2.3.f": "Content and sources crawled",
    "2.3.g": _MODALITIES,
    "2.3.h": "Most relevant domain names",
    "2.3.i": _COMMENTS,
    "2.4": "Data of users",
    "2.4.a": "From interactions with the model?",
    "2.4.b": "From other services of the provider?",
    "2.4.c": "Services it was collected from",
    "2.4.d": _MODALITIES,
    "2.4.e": _COMMENTS,
    "2.5": "Synthetic data made by or for the provider",
    "2.5.a": _USED,
    "2.5.b": _MODALITIES,
    "2.5.c": "Models on the market that generated it",
    "2.5.d": "Other models that generated it",
    "2.5.e": _COMMENTS,
    "2.6": "Other sources",
    "2.6.a": _USED,
    "2.6.b": "The sources and their data",
    "2.6.c": _COMMENTS,
    "3.1": "Reservations of rights against text and data mining",
    "3.1.a": "Signatory of the Code of Practice?",
    "3.1.b": "Measures before and during collection",
    "3.1.c": "Copyright policy",
    "3.2": "Measures against illegal content",
    "3.3": "Other information",
}

PROVIDER = "The provider, in registry.yaml: "
_INGEST = "Whoever adds the datasets: "
CLOSERS = {
    "1.1.a": PROVIDER
    + "`provider` of the model, an agent with `name` and `contact` (or `registry train MODEL "
    "--provider NAME`).",
    "1.1.b": PROVIDER + "`provider.authorised_representative` (`not applicable` inside the Union).",
    "1.2.a": PROVIDER + "`url` of the model (or `registry train MODEL --url URL`).",
    "1.2.b": PROVIDER + "`base_models` of the model, `none` where there is none (or `registry train MODEL "
    "--base-model NAME|URL`).",
    "1.2.c": PROVIDER + "`placed_on_eu_market` of the model.",
    "1.3.a": PROVIDER + "`measured.modality` of the datasets whose fields are not all text.",
    "1.3.b": PROVIDER + "`tokenizer` of the model, with `name` and `tokens_per_word`.",
    "1.3.c": PROVIDER + "`content_types` of the datasets.",
    "1.3.d": PROVIDER + "`collected.until` of the datasets and `continues_to_learn` of the model.",
    "1.3.e": _INGEST
    + "`fields.language` or `language` of the datasets in registry.yaml (or `registry ingest "
    "--language-field F`, `--language`).",
    "1.3.f": PROVIDER + "`characteristics` of the datasets.",
    "1.3.g": PROVIDER + "`tokenizer` of the model, with `name` and `tokens_per_word`.",
    "2.1.c": _INGEST + "`url` of the datasets in registry.yaml (or `registry ingest --url URL`).",
    "2.1.d": PROVIDER + "`content_types` and `collected` of the datasets.",
    "2.2.2.c": _INGEST + "`url` of the datasets in registry.yaml (or `registry ingest --url URL`).",
    "2.2.2.d": PROVIDER + "`content_types` and `collected` of the datasets.",
    "2.2.2.e": PROVIDER + "`collected` of the datasets.",
    "2.3.b": PROVIDER + "`name` in `crawl.crawlers` of the datasets.",
    "2.3.c": PROVIDER + "`purpose` in `crawl.crawlers` of the datasets.",
    "2.3.d": PROVIDER + "`behaviour` in `crawl.crawlers` of the datasets, for each kind of barrier.",
    "2.3.e": PROVIDER + "`crawl.from` and `crawl.until` of the datasets, as YYYY-MM.",
    "2.3.f": PROVIDER + "`crawl.site_types`, `crawl.geography`, `content_types` and `characteristics` of the "
    "datasets.",
    "2.3.h": _INGEST + "`fields.url` of the datasets in registry.yaml (or `registry ingest --url-field F`).",
    "2.4.a": PROVIDER + "`user_data.interactions` of the datasets of origin `user`.",
    "2.4.b": PROVIDER + "`user_data.other_services` of the datasets of origin `user`.",
    "2.4.c": PROVIDER + "`user_data.services` of the datasets of origin `user`.",
    "2.5.c": PROVIDER + "`generated_by` of the datasets of origin `synthetic`, with addresses.",
    "2.5.d": PROVIDER + "`generated_by` of the datasets of origin `synthetic`.",
    "2.6.b": PROVIDER + "`content_types` and `processing` of the datasets of origin `other`.",
    "3.1": PROVIDER + "`code_of_practice_signatory`, `reservations` and `copyright_policy` of `provider`.",
    "3.1.a": PROVIDER + "`provider.code_of_practice_signatory`.",
    "3.1.b": PROVIDER + "`before_collection`, `during_collection`, `protocols` and `kept_up_to_date` of "
    "`provider.reservations`.",
    "3.1.c": PROVIDER + "`provider.copyright_policy`.",
    "3.2": PROVIDER + "`provider.illegal_content_measures`.",
    "3.3": PROVIDER + "`processing` of the datasets.",
}
PLACE = PROVIDER + "`provider.published_at`, the address at which the published site stands."
UPDATES = PROVIDER + "`provider.updates_announced_at`."
NOT_APPLICABLE = "Not applicable"


def computed(identifier: str, value: Value, method: str, *, still_open: str | None = None) -> Field:
    """An answer from the registry's own facts; `still_open` says who can add what it lacks."""
    return Field(identifier, TITLES[identifier], Status.COMPUTED, value, still_open, method)


def declared(
    identifier: str, value: Value, method: str | None = None, *, still_open: str | None = None
) -> Field:
    """An answer that someone gave; `method` says who or where."""
    return Field(identifier, TITLES[identifier], Status.DECLARED, value, still_open, method)


def not_applicable(identifier: str, method: str) -> Field:
    """The question does not arise, and `method` says why that is certain."""
    return Field(identifier, TITLES[identifier], Status.NOT_APPLICABLE, NOT_APPLICABLE, None, method)


def gap(identifier: str, closed_by: str | None = None, method: str | None = None) -> Field:
    """Not known; `method` says what is known towards it."""
    by_whom = CLOSERS[identifier] if closed_by is None else closed_by
    return Field(identifier, TITLES[identifier], Status.GAP, None, by_whom, method)


def sections(fields: tuple[Field, ...]) -> tuple[Section, ...]:
    """Group the fields of the form, which must be all of them, in the template's order."""
    if {field.id for field in fields} != set(TITLES):
        raise ValueError("not every field of the form is answered once")
    return grouped(fields)


def grouped(fields: tuple[Field, ...]) -> tuple[Section, ...]:
    """Fields of the form by its sections, in the template's order; an edition may lack some of today's."""
    by_id = {field.id: field for field in fields}
    ordered = [by_id[identifier] for identifier in TITLES if identifier in by_id]
    return tuple(
        Section(
            key, title, tuple(field for field in ordered if field.id.startswith(f"{key}.") or field.id == key)
        )
        for key, title in SECTIONS.items()
    )
