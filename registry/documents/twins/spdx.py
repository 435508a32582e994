"""A model version and its datasets as SPDX 3.0.1 JSON-LD, with the AI and Dataset profiles.

https://spdx.github.io/spdx-spec/v3.0.1/. Every package has exactly one declared and one concluded license,
as the profiles demand: what nobody has stated is `NoAssertionLicense`. Agents and elements that are not
stated are elements that make no assertion; dates and places have no such value in SPDX, so where they are not
stated they are left out, and the comment of the package says so.
"""

from calendar import monthrange

from registry.documents.composition import Use
from registry.documents.disclosure import Disclosure
from registry.documents.figures import exactly, fraction_text, told
from registry.documents.names import WITHHELD_AGENT
from registry.documents.periods import ONGOING, period_of
from registry.documents.projection import shown_as
from registry.documents.sizes import modalities_of
from registry.documents.subject import listed
from registry.documents.twins.addresses import hub_page, page_of, uri
from registry.documents.twins.shared import (
    Json,
    collection_said,
    not_known,
    personal_said,
    publisher_of,
    state_of,
    used_size,
    written,
)
from registry.documents.twins.spdx_graph import NO_ASSERTION, Graph
from registry.documents.withheld import is_withheld
from registry.domain.agent import AgentKind
from registry.domain.facts import BaseModelFacts, ModelFacts, VersionFacts
from registry.domain.stated import Modality, PersonalInformation

PROFILES = ["core", "software", "simpleLicensing", "ai", "dataset"]
_TYPES = {
    Modality.TEXT: "text",
    Modality.IMAGE: "image",
    Modality.AUDIO: "audio",
    Modality.VIDEO: "video",
    Modality.OTHER: "other",
}
_MOST_DEEP = 20


def spdx(disclosure: Disclosure) -> Json:
    """The document of a projected model; the same facts give the same document."""
    model = disclosure.model
    graph = Graph((model.id, disclosure.audience.value), model.stated_at)
    root = _model(graph, disclosure)
    packages = [_dataset(graph, use.version) for use in disclosure.uses]
    datasets = {
        use.version.reference: package for use, package in zip(disclosure.uses, packages, strict=True)
    }
    for use, package in zip(disclosure.uses, packages, strict=True):
        _trained_on(graph, root, package, use)
        _made_from(graph, datasets, use.version)
    if not disclosure.uses:
        graph.relate(root, "trainedOn", [NO_ASSERTION], "What it was trained on is not recorded.")
    for base in model.base_models:
        graph.relate(root, "descendantOf", [_base(graph, base, _MOST_DEEP)])
    if not model.base_models and not model.no_base_model:
        graph.relate(root, "descendantOf", [NO_ASSERTION], "What it was made from is not stated.")
    comment = f"{disclosure.headline}. {written(disclosure.software, disclosure.audience)}"
    return graph.document(model.reference, root, PROFILES, disclosure.software, comment)


# --- models ----------------------------------------------------------------------------------------------


def _model(graph: Graph, disclosure: Disclosure) -> str:
    model = disclosure.model
    released = _moment(model.placed_on_eu_market)
    lacking = ["its license", "where it is downloaded from"]
    lacking += [] if released else ["when it was released"]
    model_id = graph.add(
        "ai_AIPackage",
        ("model", model.id),
        name=model.name,
        comment=" ".join(
            [
                *(["State: withdrawn."] if model.withdrawn else []),
                *(["The release is the placement on the Union market."] if released else []),
                f"Not stated: {listed(lacking)}.",
                *(f"Not known: {gap.title}. {gap.closed_by}" for gap in disclosure.gaps),
            ]
        ),
        suppliedBy=_supplier(graph, model),
        releaseTime=released,
        software_packageVersion=model.label,
        software_primaryPurpose="model",
        software_homePage=uri(model.url),
        ai_informationAboutTraining=_training(disclosure),
        ai_modelDataPreprocessing=_preprocessing(disclosure),
        ai_useSensitivePersonalInformation=_any_personal(disclosure),
    )
    _licenses(graph, model_id, None, None, None)
    return model_id


def _supplier(graph: Graph, model: ModelFacts) -> str:
    provider = model.provider_facts
    if model.provider is None:
        return graph.nobody()
    kind = provider.kind if provider and provider.kind else AgentKind.UNKNOWN.value
    return graph.agent(model.provider, kind, address=uri(provider.url) if provider else None)


def _training(disclosure: Disclosure) -> str:
    """The totals and the runs, in sentences."""
    runs = (
        ", ".join(
            filter(
                None,
                (
                    f"run {run.run}: {run.stage}",
                    run.name,
                    f"started {run.started}" if run.started else None,
                    f"{run.compute_flop} FLOP" if run.compute_flop else None,
                ),
            )
        )
        for run in disclosure.model.runs
    )
    sums = f"{exactly(disclosure.records, 'record')}, {exactly(disclosure.words, 'word')}"
    seen = f"{fraction_text(disclosure.words_seen)} words seen over all epochs"
    return ". ".join((f"{disclosure.headline} ({sums}, {seen})", *runs)) + "."


def _preprocessing(disclosure: Disclosure) -> list[str]:
    steps = (step for use in disclosure.uses for step in use.version.description.processing)
    return list(dict.fromkeys(steps))


def _any_personal(disclosure: Disclosure) -> str:
    """Whether any dataset is stated to hold personal information; no only where all are stated not to."""
    found = {_presence(use.version.description.personal_information) for use in disclosure.uses}
    return "yes" if "yes" in found else "no" if found == {"no"} else "noAssertion"


def _base(graph: Graph, base: BaseModelFacts, deep: int) -> str:
    """A model that one was made from, with what that was made from."""
    if base.shown == WITHHELD_AGENT:
        return NO_ASSERTION
    own, elsewhere = base.model, base.disclosure
    provider = own.provider if own else elsewhere.provider if elsewhere else None
    address = base.url or (own.url if own else None) or (elsewhere.url if elsewhere else None)
    name, _, label = ("", "", "") if base.url else base.shown.partition("@")
    digest = f"SHA-256 of the disclosure that was read: {elsewhere.sha256}." if elsewhere else None
    found = graph.add(
        "ai_AIPackage",
        ("base", base.shown),
        name=name or base.shown,
        comment=digest,
        description=elsewhere.headline if elsewhere else None,
        suppliedBy=graph.agent(provider, AgentKind.UNKNOWN.value) if provider else graph.nobody(),
        software_packageVersion=label or None,
        software_primaryPurpose="model",
        software_homePage=uri(address),
    )
    _licenses(graph, found, None, None, None)
    for deeper in own.base_models if own and deep else ():
        graph.relate(found, "descendantOf", [_base(graph, deeper, deep - 1)])
    return found


# --- datasets --------------------------------------------------------------------------------------------


def _dataset(graph: Graph, version: VersionFacts) -> str:
    said, publisher = version.description, publisher_of(version)
    built = _moment(_end(version))
    found = graph.add(
        "dataset_DatasetPackage",
        ("dataset", version.id),
        name=shown_as(version),
        description=said.summary,
        summary=version.title,
        comment=_comment(version, built),
        originatedBy=[graph.agent(publisher.name, publisher.kind) if publisher else graph.nobody()],
        builtTime=built,
        releaseTime=_moment(said.published),
        externalIdentifier=_identifiers(version),
        software_packageVersion=version.label,
        software_primaryPurpose="data",
        software_homePage=uri(version.url),
        software_downloadLocation=page_of(version),
        dataset_datasetType=_types(version),
        dataset_datasetSize=version.amount("bytes"),
        dataset_dataCollectionProcess=collection_said(version),
        dataset_dataPreprocessing=list(said.processing),
        dataset_datasetAvailability="directDownload" if hub_page(version) else None,
        dataset_hasSensitivePersonalInformation=_presence(said.personal_information),
        dataset_intendedUse=said.purpose,
    )
    _licenses(graph, found, version.license.declared, version.license.declared_raw, version.license.concluded)
    return found


def _licenses(
    graph: Graph, of: str, declared: str | None, spelled: str | None, concluded: str | None
) -> None:
    graph.license(of, "hasDeclaredLicense", declared, spelled)
    graph.license(of, "hasConcludedLicense", concluded)


def _comment(version: VersionFacts, built: str | None) -> str:
    """What the properties of a dataset do not say of themselves, and what is not known."""
    end = f"The time built is the end of the stated period of collection, {_end(version)}."
    by_record = "; ".join(f"{one.expression}: {one.size.words} words" for one in version.licenses)
    personal = personal_said(version.description.personal_information)
    state = state_of(version)
    parts = [
        f"State: {state}." if state else "",
        end if built else "" if is_withheld(version) else "Not known: when it was built.",
        _release(version),
        "" if version.amount("bytes") is None else "The size is that of the content, in bytes of UTF-8.",
        "" if version.is_measured else "Sizes are declared, not measured.",
        f"Licenses by record: {by_record}." if len(version.licenses) > 1 else "",
        f"Personal information: {personal}" if personal else "",
        *not_known(version),
    ]
    return " ".join(filter(None, parts))


def _release(version: VersionFacts) -> str:
    """How exact the time of release is, which SPDX writes to the second."""
    published = version.description.published
    if published is not None:
        return f"The time of release is the end of what is stated as its publication, {published}."
    return "" if is_withheld(version) else "Not known: when it was released."


def _identifiers(version: VersionFacts) -> list[Json]:
    """The digest of the records, which is of no file."""
    if not version.content_digest:
        return []
    said = "Content digest: RFC 6962 root of the SHA-256 digests of the records"
    return [
        {
            "type": "ExternalIdentifier",
            "externalIdentifierType": "other",
            "identifier": version.content_digest,
            "comment": said,
        }
    ]


def _types(version: VersionFacts) -> list[str]:
    found = {_TYPES[modality] for modality in modalities_of(version)}
    return sorted(found) or ["noAssertion"]


def _presence(found: PersonalInformation | None) -> str:
    answers = {"yes": "yes", "no": "no"}
    return answers.get(found.answer.value, "noAssertion") if found else "noAssertion"


def _trained_on(graph: Graph, model: str, dataset: str, use: Use) -> None:
    """How each run used it; exact numbers as text."""
    runs = (
        f"{part.stage} (run {part.run}): {part.selection.text}, epochs: {fraction_text(part.epochs)}"
        for part in use.components
    )
    graph.relate(model, "trainedOn", [dataset], f"{used_size(use)}; {told(tuple(runs))}")


def _made_from(graph: Graph, datasets: dict[str, str], version: VersionFacts) -> None:
    """What a dataset was made from, and the models that generated it."""
    own = datasets[version.reference]
    for parent in version.derived_from:
        graph.relate(own, "descendantOf", [datasets.get(parent) or _parent(graph, parent)])
    for name in version.description.generated_by or ():
        maker = NO_ASSERTION if name == WITHHELD_AGENT else _generator(graph, name)
        graph.relate(maker, "generates", [own])


def _parent(graph: Graph, parent: str) -> str:
    if parent == WITHHELD_AGENT:
        return NO_ASSERTION
    address = uri(parent)
    found = graph.add(
        "dataset_DatasetPackage",
        ("parent", parent),
        name=parent,
        originatedBy=[graph.nobody()],
        software_primaryPurpose="data",
        software_downloadLocation=address,
        dataset_datasetType=["noAssertion"],
    )
    _licenses(graph, found, None, None, None)
    return found


def _generator(graph: Graph, name: str) -> str:
    found = graph.add(
        "ai_AIPackage",
        ("generator", name),
        name=name,
        suppliedBy=graph.nobody(),
        software_primaryPurpose="model",
    )
    _licenses(graph, found, None, None, None)
    return found


# --- dates -----------------------------------------------------------------------------------------------


def _end(version: VersionFacts) -> str | None:
    end = period_of(version).end
    return None if end == ONGOING else end


def _moment(date: str | None) -> str | None:
    """The last day of a date, month or year, as SPDX writes a time; None for what is no date."""
    parts = (date or "").split("-")
    if not parts[0].isdigit() or len(parts[0]) != 4:
        return None
    year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
    day = int(parts[2]) if len(parts) > 2 else monthrange(year, month)[1]
    return f"{year:04d}-{month:02d}-{day:02d}T00:00:00Z"
