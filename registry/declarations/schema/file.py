"""The declaration file as a whole."""

from registry.declarations.entry import Entry, said
from registry.declarations.schema.agents import Agent, Provider
from registry.declarations.schema.datasets import Dataset
from registry.declarations.schema.models import Model


class Declarations(Entry):
    """What a team knows of its datasets and models: agents, the provider's answers, datasets, models."""

    agents: list[Agent] = said("People, organizations and programs that this file names.", [])
    provider: Provider | None = said("Who provides the models, and answers that no computation can give.")
    datasets: list[Dataset] = said("Dataset versions.", [])
    models: list[Model] = said("Model versions.", [])


WITHDRAWABLE: dict[type[Entry], frozenset[str]] = {
    Agent: frozenset(Agent.model_fields) - {"id", "withdrawn", "state"},
    Provider: frozenset(Provider.model_fields) - {"agent", "withdrawn"},
    Dataset: frozenset(Dataset.model_fields)
    - {"name", "version", "source", "fields", "explode", "split", "config", "split_text", "fingerprints"}
    - {"withdrawn", "state"},
    Model: frozenset(Model.model_fields) - {"name", "version", "training", "withdrawn", "state"},
}
