"""Who holds rights in a dataset version and who took part in it, as immutable values."""

from dataclasses import dataclass, field
from fractions import Fraction

from registry.domain.agent import ContributorType
from registry.domain.facts.parts import Size


@dataclass(frozen=True, slots=True)
class AgentFacts:
    """A person, organization or program; `scope` is the dataset within which the name means this agent.

    handle: its name on a platform, where that is stated
    in_public: the same under the name of a member that the public has, where its own stands in no public data
    """

    id: str
    kind: str
    name: str
    scope: str
    shown_as: str
    handle: str | None = field(default=None, compare=False)
    in_public: "AgentFacts | None" = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Party:
    """An agent's exact share in a holding; `also`: other names of the same agent, of those merged into it."""

    agent: AgentFacts
    share: Fraction
    also: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class HoldingFacts:
    """A part of a version with its holders; no party means unidentified. `license` None: the version's."""

    parties: tuple[Party, ...]
    license: str | None
    basis: str
    size: Size


@dataclass(frozen=True, slots=True)
class ContributorFacts:
    """Who is stated to have taken part in a version, and how; None where nobody has said in how much.

    role:  MARC relator code, where the source gives one; basis: `declared` or `metadata`
    """

    agent: AgentFacts
    type: ContributorType
    role: str | None
    basis: str
    records: int | None
    words: int | None


@dataclass(frozen=True, slots=True)
class ContributorCount:
    """How many contributors the data names, annotators left out, and how many records name none."""

    count: int
    unidentified_records: int
