"""Builders of rows: a few words make a dataset, a model, a statement."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.editions import Frozen, Subject, save_editions
from registry.store.engine import writing
from registry.store.tables.agents import AgentIdentifierRow, AgentRow
from registry.store.tables.base import Base
from registry.store.tables.benchmarks import BenchmarkOverlapRow, BenchmarkRow
from registry.store.tables.datasets import (
    DatasetRow,
    DatasetVersionRow,
    DistributionRow,
    VersionDomainRow,
    VersionFieldRow,
    VersionLanguageRow,
    VersionLicenseRow,
    VersionMediaRow,
    VersionPropertyRow,
)
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.overlaps import OverlapRow
from registry.store.tables.reservations import ReservationRow
from registry.store.tables.rights import (
    ContributionRow,
    DerivationRow,
    LicenseStatementRow,
    RightsHoldingPartyRow,
    RightsHoldingRow,
)
from registry.store.tables.training import (
    BaseModelRow,
    MixtureComponentRow,
    ModelPropertyRow,
    ModelRow,
    ModelVersionRow,
    TrainingRunRow,
)

NOW = "2026-01-02T03:04:05Z"
LATER = "2026-02-03T04:05:06Z"


@contextmanager
def adding(engine: Engine) -> Iterator["Rows"]:
    """Rows added here are written together."""
    with writing(engine) as session:
        yield Rows(session)


@dataclass(frozen=True)
class Rows:
    """Adds rows to a session; every method returns the identifier of what it added."""

    session: Session

    def version(
        self,
        name: str,
        label: str = "1",
        *,
        sequence: int = 1,
        size: tuple[int, int] = (10, 100),
        source: str = "data.jsonl",
        revision: str | None = None,
        **properties: str,
    ) -> str:
        """A dataset version of (records, words), with properties such as `origin` and `visibility`."""
        dataset = self._once(DatasetRow, identity("dataset", name), name=name, recorded_at=NOW)
        key = identity("dataset_version", name, label)
        records, words = size
        self._add(
            DatasetVersionRow(
                id=key,
                dataset_id=dataset,
                label=label,
                sequence=sequence,
                content_digest=identity("content", name, label),
                mapping_digest=identity("mapping", name, label),
                fingerprint_id=identity("fingerprint", name, label),
                fingerprint_mode="full",
                recipe="1",
                source=source,
                revision=revision,
                records=records,
                words=words,
                bytes=words * 6,
                characters=words * 5,
                wordless_records=0,
                words_equal_records=0,
                sampled_records=records,
                recorded_at=NOW,
            )
        )
        for property_, value in properties.items():
            self.property(key, property_, value)
        return key

    def property(self, version: str, property_: str, value: str, *, superseded: bool = False) -> str:
        """A simple fact about a version."""
        return self._state(
            VersionPropertyRow, superseded, version_id=version, property=property_, value=value
        )

    def license(
        self,
        version: str,
        expression: str,
        *,
        kind: str = "declared",
        raw: str | None = None,
        superseded: bool = False,
    ) -> str:
        """Who says under which license the whole version stands."""
        return self._state(
            LicenseStatementRow, superseded, version_id=version, kind=kind, expression=expression, raw=raw
        )

    def media(self, version: str, modality: str, items: int, **known: int | str) -> None:
        """How much of a modality a version holds; `known` may be milliseconds, undetermined, rates."""
        sizes = {"items": items, "records": items, "bytes": 100 * items, "undetermined": 0}
        self._add(VersionMediaRow(version_id=version, modality=modality, **(sizes | known)))

    def overlap(self, a: str, b: str) -> None:
        """What two versions share."""
        first, second = sorted((a, b))
        shares = {f"{share}{end}": 0.5 for share in ("a_in_b", "b_in_a") for end in ("", "_low", "_high")}
        sizes = {"scale": 1, "a": 10, "b": 10, "common": 5}
        self._add(
            OverlapRow(
                a_version_id=first, b_version_id=second, fingerprints="", recipe="1", resemblance=0.3,
                **sizes, **shares,
            )
        )  # fmt: skip

    def benchmark(self, model: str, version: str) -> None:
        """A version that a model is measured by."""
        self._state(BenchmarkRow, False, model_version_id=model, version_id=version, metric="accuracy")

    def benchmark_overlap(self, benchmark: str, version: str) -> None:
        """What of a benchmark is found in a version."""
        ways = ("same_words", "near_duplicates", "contained", "likely", "in_part")
        self._add(
            BenchmarkOverlapRow(
                benchmark_version_id=benchmark, version_id=version, fingerprints="", recipe="1", method="1",
                basis="verified", is_complete=True, records=10, short_records=1, kinds=b"",
                **dict.fromkeys(ways, 1),
            )
        )  # fmt: skip

    def edition(self, kind: str, number: int, model: str | None = None, *, by: str = "Ada Approver") -> None:
        """An approved document."""
        document = Frozen(Subject(kind, model), number, "0" * 64, b"{}", NOW)
        save_editions(self.session, [document], by, NOW)

    def language(
        self, version: str, language: str, records: int, words: int, *, basis: str = "sample"
    ) -> None:
        """How much of a version is in a language."""
        sizes = _sizes(records, words)
        self._add(VersionLanguageRow(version_id=version, language=language, basis=basis, sampled=1, **sizes))

    def domain(self, version: str, domain: str, records: int, words: int) -> None:
        """How much of a version comes from a domain."""
        self._add(VersionDomainRow(version_id=version, domain=domain, **_sizes(records, words)))

    def reservation(
        self,
        domain: str | None,
        says: str = "disallow",
        *,
        protocol: str = "robots",
        observed: str = "2025-03-01",
        scope: str = "whole",
        version: str | None = None,
        superseded: bool = False,
    ) -> str:
        """What a domain said of training on a day."""
        place = {"host": domain or "", "place": protocol, "path": "/", "agent": "*"}
        return self._state(
            ReservationRow,
            superseded,
            version_id=version,
            domain=domain,
            says=says,
            protocol=protocol,
            observed=observed,
            scope=scope,
            malformed=None,
            policy=None,
            **place,
        )

    def record_license(self, version: str, expression: str, raw: str, records: int, words: int) -> None:
        """How much of a version carries a license of its own."""
        sizes = _sizes(records, words)
        self._add(VersionLicenseRow(version_id=version, expression=expression, raw=raw, **sizes))

    def field(self, version: str, path: str) -> None:
        """A field of the records."""
        self._add(
            VersionFieldRow(version_id=version, path=path, role="content", types="string", leaf_count=1)
        )

    def file(self, version: str, path: str) -> str:
        """A file of a version."""
        key = identity("distribution", version, path)
        self._add(
            DistributionRow(
                id=key,
                version_id=version,
                path=path,
                role="data",
                bytes=1,
                sha256="0" * 64,
                digest_by="registry",
            )
        )
        return key

    def agent(
        self,
        name: str,
        *,
        shown_as: str = "name",
        scope: str = "",
        identifiers: Mapping[str, str] | None = None,
    ) -> str:
        """A person or organization, declared or named in the dataset of `scope`."""
        key = identity("agent", scope, name)
        self._once(AgentRow, key, kind="person", name=name, scope=scope, shown_as=shown_as, recorded_at=NOW)
        for scheme, value in (identifiers or {}).items():
            self._add(AgentIdentifierRow(agent_id=key, scheme=scheme, value=value))
        return key

    def contribution(
        self,
        version: str,
        agent: str,
        records: int,
        words: int,
        *,
        contributor_type: str = "Creator",
        license_: str | None = None,
        superseded: bool = False,
    ) -> str:
        """Who contributed how much."""
        about = {"version_id": version, "agent_id": agent, "contributor_type": contributor_type}
        return self._state(ContributionRow, superseded, **about, license=license_, **_sizes(records, words))

    def holding(
        self,
        version: str,
        agents: Sequence[str],
        records: int,
        words: int,
        *,
        license_: str | None = None,
        basis: str = "stated",
        left: Fraction = Fraction(0),
    ) -> str:
        """A part of a version and its holders, in equal shares; none means unidentified, and so is `left`."""
        basis = basis if agents else "unidentified"
        sizes = _sizes(records, words)
        about = {"version_id": version, "license": license_, "basis": basis}
        alone = agents[0] if len(agents) == 1 and not left else None
        share = (1 - left) / max(1, len(agents))
        key = self._state(RightsHoldingRow, False, **about, **sizes, holder_id=alone)
        for agent in agents if alone is None else ():
            party = {"holding_id": key, "agent_id": agent}
            self._add(
                RightsHoldingPartyRow(**party, numerator=share.numerator, denominator=share.denominator)
            )
        return key

    def derivation(self, version: str, *, of: str | None = None, of_url: str | None = None) -> str:
        """A version was made from another, or from a dataset elsewhere."""
        return self._state(DerivationRow, False, version_id=version, of_version_id=of, of_url=of_url)

    def model(self, name: str, label: str = "1.0", *, sequence: int = 1, **properties: str) -> str:
        """A model version, with properties such as `provider` and `visibility`."""
        model = self._once(ModelRow, identity("model", name), name=name, recorded_at=NOW)
        key = identity("model_version", name, label)
        self._add(ModelVersionRow(id=key, model_id=model, label=label, sequence=sequence, recorded_at=NOW))
        for property_, value in properties.items():
            about = {"model_version_id": key, "property": property_}
            self._state(ModelPropertyRow, False, **about, value=value)
        return key

    def base_model(self, model: str, *, of: str | None = None, of_url: str | None = None) -> str:
        """What a model was made from."""
        return self._state(BaseModelRow, False, model_version_id=model, base_version_id=of, base_url=of_url)

    def run(
        self,
        model: str,
        mixture: Sequence[tuple[str, Fraction | int, int, int]],
        *,
        stage: str = "pretraining",
        sequence: int = 1,
    ) -> str:
        """A training run over (version, epochs, records, words)."""
        key = identity("training_run", model, str(sequence))
        self._add(
            TrainingRunRow(id=key, model_version_id=model, sequence=sequence, stage=stage, recorded_at=NOW)
        )
        for position, (version, epochs, records, words) in enumerate(mixture):
            times = Fraction(epochs)
            self._add(
                MixtureComponentRow(
                    run_id=key,
                    position=position,
                    version_id=version,
                    epochs_numerator=times.numerator,
                    epochs_denominator=times.denominator,
                    records=records,
                    words=words,
                )
            )
        return key

    def evidence(self, location: str = "registry.yaml", detail: str | None = None) -> str:
        """What supports a statement."""
        key = identity("evidence", location, detail or "")
        row = {"kind": "declared", "location": location, "detail": detail, "recorded_at": NOW}
        return self._once(EvidenceRow, key, **row)

    def _state(self, table: type[Base], superseded: bool, **values: Any) -> str:
        parts = [str(value) for value in values.values()]
        key = identity(table.__tablename__, *parts, str(superseded))
        said = {"asserted_by": "provider", "evidence_id": self.evidence(), "recorded_at": NOW}
        self._add(table(id=key, superseded_at=LATER if superseded else None, **said, **values))
        return key

    def _once(self, table: type[Base], key: str, **values: Any) -> str:
        if self.session.get(table, key) is None:
            self._add(table(id=key, **values))
        return key

    def _add(self, row: Base) -> None:
        self.session.add(row)
        self.session.flush()


def _sizes(records: int, words: int) -> dict[str, int]:
    return {"records": records, "words": words, "bytes": words * 6}
