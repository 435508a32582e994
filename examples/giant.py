"""A synthetic giant: thousands of dataset versions, recorded and published, with the time that took.

    python -m examples.giant --out giant

What an ingest would have measured is made up, from a seed: no data are read, no fingerprints kept. All else
is the product's own: what records a version and what is stated of it, `registry apply` for the models,
`registry publish` for the site.
"""

import argparse
import os
import random
import resource
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import yaml
from sqlalchemy.orm import Session

from registry.app.apply.declared_sizes import declared_version
from registry.app.apply.run import Options, apply
from registry.app.declared import Declared, declare, declare_derivations
from registry.app.home import Home
from registry.app.publish import publish
from registry.app.shown_names import show_names
from registry.declarations import schema
from registry.domain.dataset import (
    FieldMapping,
    FieldRole,
    FileRole,
    FingerprintMode,
    Origin,
    Visibility,
    mapping_digest,
)
from registry.domain.facts import DistributionFacts, FieldFacts, Size
from registry.domain.rounding import apportion
from registry.domain.stated import Crawl, Crawler, CrawlerBehaviour, Description, Period
from registry.fingerprint.parameters import RECIPE
from registry.queries.catalogue import version_facts
from registry.store.named_agents import save_named
from registry.store.statements import Evidence
from registry.store.versions import Contribution, Holding, Language, NewVersion, save_version

MOMENT = "2026-01-31T12:00:00Z"
AT_ONCE = 250
MAPPING = FieldMapping(text=("text",), creator=("by",), url=("url",), language=("lang",))
_TAGS = (
    "en de fr es it pt nl pl sv da fi el cs sk hu ro bg hr sl et lv lt mt ga nb is uk ru sr tr ar he fa hi "
    "bn ta te mr ur id ms vi th zh ja ko sw am ka hy"
)
LANGUAGES = tuple(_TAGS.split())
LICENSES = (
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "MIT",
    "Apache-2.0",
    "CC-BY-NC-4.0",
    "ODC-By-1.0",
    "CC-BY-ND-4.0",
    "GPL-3.0-only",
    "CC-BY-NC-SA-4.0",
    "BSD-3-Clause",
    "CDLA-Permissive-2.0",
    "GFDL-1.3-only",
    "MPL-2.0",
    "PDDL-1.0",
    "ODbL-1.0",
)
ORIGINS = [
    *[Origin.PUBLIC] * 50,
    *[Origin.CRAWLED] * 30,
    *[Origin.SYNTHETIC] * 8,
    *[Origin.LICENSED] * 4,
    *[Origin.THIRD_PARTY] * 3,
    *[Origin.USER] * 2,
    *[Origin.OTHER] * 3,
]
SUBJECTS = ("news", "law", "code", "poetry", "forums", "letters", "recipes", "patents", "reviews", "speeches")
PLACES = ("north", "south", "east", "west", "coast", "valley", "island", "harbour", "river", "hill", "forest")
CRAWL = Crawl(
    (Crawler("giant-bot/1.0", "to collect text", CrawlerBehaviour(robots_txt="obeyed")),),
    Period("2025-01", "2025-06"),
    ("news", "forums"),
)


@dataclass(frozen=True, slots=True)
class Scale:
    """How much there is of everything."""

    versions: int
    domains: int
    holders: int
    seed: int = 2026


@dataclass(frozen=True, slots=True)
class Planned:
    """A dataset version to be recorded; `is_declared`: its data were never read."""

    name: str
    label: str
    origin: Origin
    language: str
    license: str | None
    size: Size
    domains: range
    writers: range
    derived_from: str | None
    visibility: Visibility | None
    is_declared: bool

    @property
    def reference(self) -> str:
        """`name@label`."""
        return f"{self.name}@{self.label}"


# --- what there is ---------------------------------------------------------------------------------------


def planned(scale: Scale) -> Iterator[Planned]:
    """The versions, the same for the same scale; domains and writers are spread over those that have any."""
    chance = random.Random(scale.seed)
    names = list(_names(scale.versions, chance))
    origins = [chance.choice(ORIGINS) for _ in names]
    domains = _spread(scale.domains, [origin is Origin.CRAWLED for origin in origins])
    writers = _spread(scale.holders, [place % 16 == 0 for place in range(scale.versions)])
    for place, (name, label) in enumerate(names):
        of_web = origins[place] is Origin.CRAWLED
        words = int(2_000 * 1.0014 ** chance.randrange(9_000)) + (1_000_000 if of_web else 0)
        records = 100 + words // chance.randrange(60, 900)
        parent = names[chance.randrange(place)] if place % 12 == 5 else None
        yield Planned(
            name,
            label,
            origins[place],
            LANGUAGES[0] if chance.random() < 0.4 else LANGUAGES[place % len(LANGUAGES)],
            chance.choice(LICENSES) if chance.random() < 0.85 else None,
            Size(records, words, 6 * words),
            domains[place],
            writers[place],
            "@".join(parent) if parent else None,
            Visibility.PRIVATE if place % 50 == 7 else None,
            is_declared=place % 60 == 11 and not of_web,
        )


def _names(count: int, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Names with labels; four datasets in five have one version."""
    made = number = 0
    while made < count:
        name = f"{SUBJECTS[number % 10]}-{PLACES[number // 10 % 11]}-{number:04}"
        versions = chance.choice((1, 1, 1, 1, 1, 1, 1, 1, 2, 3))
        for label in range(1, min(versions, count - made) + 1):
            yield name, str(label)
            made += 1
        number += 1


def _spread(total: int, takes: Sequence[bool]) -> list[range]:
    """0, 1, 2, ... in equal parts for those that take; nothing for the others."""
    takers, taken, found = sum(takes), 0, []
    for taking in takes:
        begin, taken = total * taken // takers, taken + taking
        found.append(range(begin, total * taken // takers))
    return found


# --- recording it ----------------------------------------------------------------------------------------


def build(home: Home, scale: Scale) -> None:
    """Record all versions and models."""
    home.create()
    versions = list(planned(scale))
    for start in range(0, len(versions), AT_ONCE):
        with home.write() as session:
            for one in versions[start : start + AT_ONCE]:
                _record(session, one)
    file = home.path / "giant.registry.yaml"
    file.write_text(yaml.safe_dump(_models(versions), sort_keys=False), "utf-8")
    apply(home, file, Options(), lambda _bytes: lambda _read, _records: None)


def _record(session: Session, one: Planned) -> None:
    if one.is_declared:
        measured = schema.Measured(words=one.size.words, records=one.size.records, evidence="delivery note")
        entry = schema.Dataset(name=one.name, version=one.label, measured=measured)
        key, _, _ = declared_version(session, entry, (), MOMENT)
    else:
        names = [f"@writer{number}" if number % 3 else f"Writer {number}" for number in one.writers]
        agents = save_named(session, one.name, names, MOMENT)
        key = save_version(session, one.name, _measured(one, list(agents.values())), MOMENT)
    declare(session, key, _declared(one), MOMENT)
    if one.derived_from:
        parent = Declared(derived_from=(one.derived_from,), said_in=_place(one), by_entry=True)
        declare_derivations(session, key, parent, MOMENT)
    if one.writers:
        show_names(session, version_facts(session, key))


def _place(one: Planned) -> str:
    return f"registry.yaml: datasets: {one.reference}"


def _declared(one: Planned) -> Declared:
    synthetic, crawled = one.origin is Origin.SYNTHETIC, one.origin is Origin.CRAWLED
    subject = one.name.partition("-")[0]
    return Declared(
        license=one.license,
        origin=one.origin,
        visibility=one.visibility,
        title=f"{subject.capitalize()} of the {one.name.split('-')[1]}, part {one.name[-4:]}",
        url=f"https://{one.name}.example/{one.label}",
        publisher=f"{subject.capitalize()} Commons",
        language=one.language if one.is_declared else None,
        description=Description(
            summary=f"A synthetic dataset of {subject}, made to see how the registry carries a large number.",
            content_types=(subject,),
            collected=Period("2024-01", f"2025-{1 + len(one.name) % 12:02}"),
            generated_by=("teacher@1",) if synthetic else (),
            crawl=CRAWL if crawled else None,
        ),
        said_in=_place(one),
        by_entry=True,
    )


def _measured(one: Planned, agents: Sequence[str]) -> NewVersion:
    """What an ingest would have found: two languages, half of the records by writers of equal diligence."""
    digest = sha256(one.reference.encode()).hexdigest()
    second = LANGUAGES[(LANGUAGES.index(one.language) + 1) % len(LANGUAGES)]
    languages = zip((one.language, second), _parts(one.size, (9, 1)), strict=True)
    named, nobody = _parts(one.size, (1, 1)) if agents else (Size(0, 0, 0), one.size)
    shares = list(zip(agents, _parts(named, [1] * len(agents)), strict=True))
    file = DistributionFacts("data.jsonl", FileRole.DATA, "jsonl", None, 7 * one.size.words, digest)
    return NewVersion(
        label=one.label,
        content_digest=digest,
        mapping_digest=mapping_digest(MAPPING),
        fingerprint_id=sha256(digest.encode()).hexdigest(),
        fingerprint_mode=FingerprintMode.COUNTS.value,
        recipe=RECIPE.name,
        source=f"https://{one.name}.example/{one.label}/data.jsonl",
        revision=None,
        size=one.size,
        characters=one.size.bytes,
        wordless_records=0,
        words_equal_records=one.size.records // 50,
        near_duplicate_records=None,
        near_duplicates_complete=None,
        reading=None,
        sampled_records=None,
        measured_with="publicsuffixlist" if one.domains else None,
        distributions=(file,),
        digest_by_host=frozenset(),
        compressions={file.path: None},
        fields=tuple(_fields(one)),
        languages=tuple(Language(tag, "field", None, size) for tag, size in languages),
        domains=_domains(one),
        licenses={},
        holdings=(
            *(Holding((agent,), None, "presumed-author", size) for agent, size in shares),
            Holding((), None, "unidentified", nobody),
        ),
        contributions=tuple(Contribution(agent, "Creator", None, size) for agent, size in shares),
        holder_evidence=Evidence("field", "no field", "data"),
        creator_evidence=Evidence("field", "by", "data"),
    )


def _fields(one: Planned) -> Iterator[FieldFacts]:
    for path, role in (
        ("by", FieldRole.CREATOR),
        ("lang", FieldRole.LANGUAGE),
        ("text", FieldRole.CONTENT),
        ("url", FieldRole.URL),
    ):
        yield FieldFacts(path, role, ("text",), one.size.records)


def _domains(one: Planned) -> dict[str, Size]:
    """The first domains of a version are the largest."""
    if not one.domains:
        return {}
    names = [f"{SUBJECTS[number % 10]}{number}.example" for number in one.domains]
    weights = [1 + 2_000 // (1 + rank) for rank in range(len(names))]
    return dict(zip(names, _parts(one.size, weights), strict=True))


def _parts(size: Size, weights: Sequence[int]) -> Iterator[Size]:
    """A size in parts that add up to it."""
    columns = (apportion(total, weights) for total in (size.records, size.words, size.bytes))
    return (Size(*three) for three in zip(*columns, strict=True))


# --- the models ------------------------------------------------------------------------------------------


def _models(versions: Sequence[Planned]) -> dict[str, Any]:
    """The declaration file: one model of everything, its base, a teacher, a tuned one, one not public."""
    return {
        "agents": [
            {"id": "giant", "type": "organization", "name": "Giant Models", "contact": "data@giant.example"}
        ],
        "provider": {
            "agent": "giant",
            "rights_contact": {
                "url": "https://giant.example/rights",
                "what_happens": "We look it up and answer.",
                "answer_within_days": 30,
            },
        },
        "models": [
            _model("teacher", versions[::50], base_models="none"),
            _model("cornerstone", versions[::5], base_models="none"),
            _model("atlas", versions, base_models=["cornerstone@1"]),
            _model("atlas-chat", versions[3::100], stage="fine-tuning", base_models=["atlas@1"]),
            _model("workbench", versions[1::40], visibility="private"),
        ],
    }


def _model(name: str, mixture: Sequence[Planned], stage: str = "pretraining", **said: Any) -> dict[str, Any]:
    parts = [
        {"dataset": one.reference, "epochs": "2" if place % 9 == 0 else "1"}
        for place, one in enumerate(mixture)
    ]
    url = f"https://giant.example/{name}"
    head = {"name": name, "version": "1", "provider": "giant", "url": url}
    return head | said | {"training": [{"stage": stage, "started": "2025-09", "mixture": parts}]}


# --- the command -----------------------------------------------------------------------------------------


def main() -> None:
    """Build the registry where it is not there, publish it, and say what that took."""
    parser = argparse.ArgumentParser(description="Build and publish a synthetic giant of a registry.")
    parser.add_argument("--out", type=Path, required=True, help="Folder of the registry and its site.")
    parser.add_argument("--versions", type=int, default=5_000)
    parser.add_argument("--domains", type=int, default=200_000)
    parser.add_argument("--holders", type=int, default=6_000)
    asked = parser.parse_args()
    os.environ.setdefault("SOURCE_DATE_EPOCH", "1769860800")
    home = Home(asked.out / "registry-home")
    if not home.exists:
        began = perf_counter(), process_time()
        build(home, Scale(asked.versions, asked.domains, asked.holders))
        print(f"recorded in {_since(*began)}")
    site = asked.out / "public"
    shutil.rmtree(site, ignore_errors=True)
    began = perf_counter(), process_time()
    done = publish(home, site, audience="public", exact_sizes=False)
    print(f"published in {_since(*began)}: {done.headline}")
    sizes = sorted((path.stat().st_size, str(path)) for path in site.rglob("*") if path.is_file())
    print(f"{len(sizes):,} files, {sum(size for size, _ in sizes) / 1e6:,.0f} MB, the largest:")
    for size, name in sizes[-8:]:
        print(f"  {size / 1e6:6.2f} MB  {name}")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def _since(began: float, worked: float) -> str:
    """What has passed, and how much of it this process worked: others may have kept the machine busy."""
    return f"{perf_counter() - began:.1f} s ({process_time() - worked:.1f} s of processor time)"


if __name__ == "__main__":
    main()
