"""Looking things up for the person at the registry: everything is shown, whatever its visibility."""

from registry.app.home import Home
from registry.documents import dataset as dataset_document
from registry.documents import model as model_document
from registry.domain.facts import ModelFacts, VersionFacts
from registry.queries.catalogue import VersionSummary, find_version, list_versions, version_facts
from registry.queries.parts import declared_holdings
from registry.queries.training import ModelSummary, find_model, list_models, model_facts


def datasets(home: Home) -> list[VersionSummary]:
    """Every dataset version."""
    with home.read() as session:
        return list_versions(session)


def dataset(home: Home, reference: str) -> VersionFacts:
    """One dataset version."""
    with home.read() as session:
        return version_facts(session, find_version(session, reference))


def declared_holders(home: Home, version: VersionFacts) -> list[dataset_document.DeclaredHolding]:
    """Who is declared to hold rights in what of a version names nobody, part by part."""
    with home.read() as session:
        return declared_holdings(session, version.id)


def dataset_json(
    facts: VersionFacts, declared: list[dataset_document.DeclaredHolding]
) -> dataset_document.Json:
    """A dataset version as a JSON document."""
    return dataset_document.as_json(facts) | {
        "rights_holders": dataset_document.declared_holders_json(declared)
    }


def models(home: Home) -> list[ModelSummary]:
    """Every model version."""
    with home.read() as session:
        return list_models(session)


def model(home: Home, reference: str) -> ModelFacts:
    """One model version."""
    with home.read() as session:
        return model_facts(session, find_model(session, reference))


def model_json(facts: ModelFacts) -> dataset_document.Json:
    """A model version as a JSON document."""
    return model_document.as_json(facts)
