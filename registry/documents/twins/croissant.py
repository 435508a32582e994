"""A dataset version as Croissant: JSON-LD by MLCommons, format 1.1 of 10 December 2025, with RAI 1.0.

https://mlcommons.org/croissant/1.1 and https://mlcommons.org/croissant/RAI/1.0. Lineage is W3C PROV-O, as
section "Provenance Representation" of 1.1 asks. What nobody has stated is left out, also where the format
asks for it, and named under `rai:dataLimitations`.
"""

from collections.abc import Iterable, Iterator

from registry.documents.figures import told
from registry.documents.names import WITHHELD_AGENT
from registry.documents.periods import ONGOING, crawl_period_of, period_of
from registry.documents.projection import Audience
from registry.documents.twins.addresses import hub_page, page_of, uri
from registry.documents.twins.croissant_fields import record_set, variables
from registry.documents.twins.croissant_files import distribution
from registry.documents.twins.shared import (
    Json,
    Named,
    collection_said,
    holders,
    is_expression,
    listed_license,
    moment_of,
    not_known,
    personal_said,
    present,
    publisher_of,
    sizes,
    state_of,
    written,
)
from registry.domain.agent import AgentKind
from registry.domain.dataset import Origin
from registry.domain.facts import ComponentFacts, VersionFacts
from registry.domain.languages import NO_LANGUAGE, UNDETERMINED
from registry.domain.license import NONE, license_title, license_url
from registry.domain.stated import Period

CONFORMS_TO = ["http://mlcommons.org/croissant/1.1", "http://mlcommons.org/croissant/RAI/1.0"]
_LISTED = "https://spdx.org/licenses/"
_MOST_AGENTS = 50
_OURS = [  # properties of Croissant itself, without prefix by its context
    *(
        "arrayShape",
        "citeAs",
        "column",
        "containedIn",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
    ),
    *("fileProperty", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate"),
    *("separator", "source", "subField", "transform"),
]
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{name: f"cr:{name}" for name in _OURS},
}
_SCHEMA_TYPES = {
    AgentKind.PERSON.value: "sc:Person",
    AgentKind.ORGANIZATION.value: "sc:Organization",
}
_PROV_TYPES = {
    AgentKind.PERSON.value: "prov:Person",
    AgentKind.ORGANIZATION.value: "prov:Organization",
    AgentKind.SOFTWARE.value: "prov:SoftwareAgent",
}


def croissant(component: ComponentFacts, software: str | None, audience: Audience = Audience.PUBLIC) -> Json:
    """The file of a projected version with its projected holders."""
    version = component.version
    said = version.description
    files, found = distribution(version)
    named = holders(component)
    publisher = publisher_of(version)
    records = record_set(version, found)
    return present(
        **{"@context": _CONTEXT, "@type": "sc:Dataset"},
        conformsTo=CONFORMS_TO,
        name=version.title or version.reference,
        alternateName=version.reference if version.title else None,
        description=said.summary or _described(version),
        license=_license(version),
        url=page_of(version),
        sameAs=_same_as(version),
        identifier=_identifiers(version),
        datePublished=said.published,
        version=version.label,
        publisher=publisher and _agent(publisher),
        creator=_creators(named),
        inLanguage=_languages(version),
        keywords=[*said.content_types, *said.characteristics],
        sdDatePublished=moment_of(version),
        creativeWorkStatus=state_of(version),
        comment={"@type": "sc:Comment", "text": written(software, audience)},
        distribution=files,
        recordSet=[records] if records else None,
        variableMeasured=None if records else variables(version),
        **_lineage(version, publisher, named),
        **_responsible(version),
    )


def _described(version: VersionFacts) -> str:
    """A description from what is known; a dataset without one is not valid."""
    holds = version.description.content_types
    what = f" It holds {told(holds).removesuffix('.')}." if holds else ""
    return f"{version.title or version.reference}: {sizes(version)}.{what}"


# --- rights and names ------------------------------------------------------------------------------------


def _license(version: VersionFacts) -> str | Json | None:
    """The license in effect: by its address on the SPDX list, else by its expression or as it was spelled."""
    expression = version.license.stated
    listed = listed_license(expression)
    if listed is not None:
        return f"{_LISTED}{listed}"
    if expression == NONE or is_expression(expression):
        title = license_title(expression)
        return present(
            **{"@type": "sc:CreativeWork"},
            name=expression,
            description=title if title != expression else None,
            url=license_url(expression),
        )
    spelled = version.license.declared_raw
    return {"@type": "sc:CreativeWork", "name": spelled} if spelled else None


def _same_as(version: VersionFacts) -> str | None:
    page = hub_page(version)
    return page if version.url else None


def _identifiers(version: VersionFacts) -> list[Json]:
    """How the registry knows it, and by its content."""
    known = [("registry reference", version.reference)]
    if version.content_digest:
        known.append(("content digest (RFC 6962 root of SHA-256 record digests)", version.content_digest))
    if version.revision:
        known.append(("revision of the source", version.revision))
    return [{"@type": "sc:PropertyValue", "propertyID": name, "value": value} for name, value in known]


def _agent(agent: Named) -> Json:
    """A person or an organization, as which Croissant takes whoever is of no known kind."""
    return {"@type": _SCHEMA_TYPES.get(agent.kind, "sc:Organization"), "name": agent.name}


def _creators(named: Iterable[Named]) -> list[Json]:
    """Who is known to have made records of it: holders as their authors, persons and organizations alone."""
    found = (one for one in named if one.basis == "presumed-author" and one.kind in _SCHEMA_TYPES)
    return [_agent(one) for one in found][:_MOST_AGENTS]


def _languages(version: VersionFacts) -> list[str]:
    tags = (part.language for part in version.languages)
    return [tag for tag in dict.fromkeys(tags) if tag not in {UNDETERMINED, NO_LANGUAGE}]


# --- lineage ---------------------------------------------------------------------------------------------


def _lineage(version: VersionFacts, publisher: Named | None, named: tuple[Named, ...]) -> Json:
    """W3C PROV: what it was made from, what made it, who answers for it."""
    responsible = dict.fromkeys((one.name, one.kind) for one in (*([publisher] if publisher else ()), *named))
    agents = [_prov(name, kind) for name, kind in responsible][:_MOST_AGENTS]
    more = len(responsible) - len(agents)
    if more > 0:
        agents.append(_prov(f"{more} more, in the registry", ""))
    return present(
        **{
            "prov:wasDerivedFrom": [_entity(parent) for parent in version.derived_from],
            "prov:wasGeneratedBy": [*_generations(version), *_crawls(version)],
            "prov:wasAttributedTo": agents,
        }
    )


def _entity(parent: str) -> Json:
    address = uri(parent)
    if address is not None:
        return {"@id": address}
    return {"@type": "prov:Entity", "prov:label": parent}


def _prov(name: str, kind: str) -> Json:
    return {"@type": _PROV_TYPES.get(kind, "prov:Agent"), "prov:label": name}


def _generations(version: VersionFacts) -> Iterator[Json]:
    for name in version.description.generated_by or ():
        yield {
            "@type": "prov:Activity",
            "prov:label": f"Generation by {name}" if name != WITHHELD_AGENT else "Generation by a model",
            "prov:wasAssociatedWith": _prov(name, AgentKind.SOFTWARE.value),
        }


def _crawls(version: VersionFacts) -> Iterator[Json]:
    crawl = version.description.crawl
    period = crawl_period_of(version)
    for crawler in crawl.crawlers if crawl else ():
        yield present(
            **{"@type": "prov:Activity", "prov:label": f"Crawl by {crawler.name}"},
            description=crawler.purpose,
            **present(
                **{
                    "prov:startedAtTime": period.begin,
                    "prov:endedAtTime": None if period.end == ONGOING else period.end,
                    "prov:wasAssociatedWith": _prov(crawler.name, AgentKind.SOFTWARE.value),
                }
            ),
        )


# --- responsible AI --------------------------------------------------------------------------------------


def _responsible(version: VersionFacts) -> Json:
    said = version.description
    return present(
        **{
            "rai:dataCollection": collection_said(version),
            "rai:dataCollectionType": _collection_types(version),
            "rai:dataCollectionTimeframe": timeframe(period_of(version)),
            "rai:dataPreprocessingProtocol": list(said.processing),
            "rai:dataUseCases": said.purpose,
            "rai:personalSensitiveInformation": personal_said(said.personal_information),
            "rai:machineAnnotationTools": list(said.generated_by or ()),
            "rai:dataLimitations": _limitations(version),
        }
    )


def _limitations(version: VersionFacts) -> list[str]:
    """What is not known; the format asks for a day of publication, too."""
    published = [] if version.description.published else ["Not known: when it was published."]
    return [*not_known(version), *published]


def timeframe(period: Period) -> list[str] | str | None:
    """First and last date; of a period with one known end an interval of ISO 8601-2: `..` is ongoing."""
    if period.begin and period.end and period.end != ONGOING:
        return [period.begin, period.end]
    if period.begin or period.end:
        return f"{period.begin or ''}/{'..' if period.end == ONGOING else period.end or ''}"
    return None


def _collection_types(version: VersionFacts) -> str | None:
    """The term of the RAI vocabulary, where the origin is one of its kinds of collection."""
    terms = {Origin.CRAWLED: "Web Scraping", Origin.SYNTHETIC: "Software Collection"}
    return terms.get(version.origin) if version.origin else None
