"""Declarations of models: what they were trained on and how they were tested."""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from registry.declarations.entry import Entry, said
from registry.declarations.schema.agents import State
from registry.declarations.types import (
    Besides,
    Count,
    Epochs,
    Factor,
    Flop,
    Label,
    MarketDate,
    Month,
    Name,
    NoneOrBases,
    Reference,
    Share,
    Text,
    Texts,
    Url,
    Values,
)
from registry.domain.dataset import Visibility
from registry.domain.stated import Exemption


class Selection(Entry):
    """What part of a dataset was used; without any key: all of it."""

    share: Share | None = said("A share of the records, as 0.3 or 3/10.")
    where: dict[str, Values] | None = said("Records whose field has this value, or one of these values.")
    ids_file: Text | None = said("File with the ids of the records, one a line; relative to this file.")
    split: Text | None = said("Records of one split.")
    records: Count | None = said("Number of records that were used, where it cannot be computed.")
    words: Count | None = said("Number of words that were used, where it cannot be computed.")
    tokens: Count | None = said("Number of tokens that were used.")
    evidence: Text | None = said("How the figures are known.")


class Component(Entry):
    """A dataset in a mixture: how often it was seen, and what part of it."""

    dataset: Reference = Field(description="NAME or NAME@VERSION; the newest version where none is named.")
    epochs: Epochs = said("How often the data were seen: 3, 0.5 or 1/3; 1 where it is left out.", Fraction(1))
    selection: Annotated[
        Selection,
        BeforeValidator(lambda value: {} if value == "all" else value),
        Besides({"const": "all"}),
    ] = said("What part of the dataset was used; all of it where it is left out.", Selection())
    label: Text | None = said("A word on this part, shown beside it.")


class Run(Entry):
    """A training run over a mixture; `name` tells runs of one stage apart."""

    stage: Text = Field(description="Stage of training: pretraining, fine-tuning, alignment, ...")
    name: Text | None = said("Name of the run; needed where a model has two runs of one stage.")
    started: Month | None = said("When it began: YYYY, YYYY-MM or YYYY-MM-DD.")
    compute_flop: Flop | None = said("Operations spent on it, as 3.2e22.")
    mixture: list[Component] = said("The datasets it was trained on.", [])
    state: State | None = said("`withdrawn` takes the run back.")


class Benchmark(Entry):
    """A test that the model is measured by: a dataset version of this registry, not training data."""

    dataset: Reference = Field(description="NAME or NAME@VERSION; the newest version where none is named.")
    metric: Text | None = said("What is reported on it: accuracy, pass@1, ...")
    reported: Text | None = said("The result that is reported, as it is published.")


Untested = Literal["none", "not applicable"]
UntestedOrBenchmarks = Annotated[
    Annotated[Untested, Tag("text")] | Annotated[list[Benchmark], Tag("list")],
    Discriminator(lambda value: "text" if isinstance(value, str) else "list"),
]


class Tokenizer(Entry):
    """A tokenizer, and how many tokens it makes of a word."""

    name: Text | None = said("Name of the tokenizer.")
    tokens_per_word: Factor | None = said("Tokens per word on average; turns words into tokens in documents.")


class Model(Entry):
    """A model version: who provides it, what it was made from, what it was trained on."""

    name: Name = Field(description="Name of the model; may hold slashes, as owner/name.")
    version: Label | None = said("Label of the version; 1, 2, 3 where it is left out.")
    provider: Text | None = said("Who provides the model: the id of an agent, or a name.")
    url: Url | None = said("Page of the model.")
    placed_on_eu_market: MarketDate | None = said(
        "When the model was placed on the market of the Union: YYYY-MM-DD, or: not applicable."
    )
    base_models: NoneOrBases | None = said(
        "Models it was made from: NAME, NAME@VERSION, web addresses or paths of disclosure files; or none."
    )
    tokenizer: Tokenizer | None = said("The tokenizer.")
    continues_to_learn: Text | None = said("Whether and how the model is trained on after its release.")
    intended_purpose: Text | None = said("What the model is meant to be used for.")
    california_exemption: Exemption | None = said(
        "Why California asks for no documentation of the model: it serves security and integrity alone, the "
        "operation of aircraft alone, or a federal entity's national security."
    )
    benchmarks: UntestedOrBenchmarks | None = said(
        "Tests that it is measured by, each a dataset version of this registry: they are searched for in its "
        "training data. Or: none; or: not applicable."
    )
    visibility: Visibility | None = said("What the public sees of the model.")
    training: list[Run] = said("Training runs, in order.", [])
    withdrawn: Texts = said("Keys of this entry whose earlier statements are taken back.", [])
    state: State | None = said("`withdrawn` takes the model version back.")
