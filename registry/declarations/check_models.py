"""How the values of the models of a file fit together."""

from collections.abc import Iterator, Mapping, Sequence

from registry.declarations.findings import Finding, Place
from registry.declarations.lineage import Versions, circles, shown_version, version_of
from registry.declarations.rules import KnownAgents, repeated, withdrawn
from registry.declarations.schema import Model

_WAYS = ("share", "where", "ids_file", "split")
_COUNTS = ("records", "words")


def check_models(
    models: Sequence[Place], datasets: Versions, agents: KnownAgents, line_of: Mapping[str, int]
) -> Iterator[Finding]:
    """Find versions that are declared twice, circles of base models, and what is wrong inside each entry."""
    named = ((shown_version(version), entry) for entry in models if (version := version_of(entry)))
    remedy = "give it another version, or make it one entry"
    yield from repeated(named, line_of, "{} is declared twice", remedy)
    yield from circles(Versions(models), "base_models")
    for entry in models:
        yield from withdrawn(entry, Model)
        yield from agents.doubt(entry["provider"], "As it stands, it is taken as a plain name.")
        yield from _benchmarks(entry["benchmarks"], datasets, line_of)
        yield from _runs(list(entry["training"].each()), datasets, line_of)


def _benchmarks(stated: Place, datasets: Versions, line_of: Mapping[str, int]) -> Iterator[Finding]:
    named = [
        ((shown_version(datasets.named(name)), one["metric"].text), one)
        for one in stated.each()
        if (name := one["dataset"].text)
    ]
    remedy = "name it once for each metric"
    found = ((name if metric is None else f"{name} ({metric})", one) for (name, metric), one in named)
    yield from repeated(found, line_of, "{} stands here twice", remedy)


def _runs(runs: Sequence[Place], datasets: Versions, line_of: Mapping[str, int]) -> Iterator[Finding]:
    named = [(name, run) for run in runs if (name := run["name"].text or run["stage"].text)]
    remedy = "give each run of a stage a `name` of its own"
    yield from repeated(named, line_of, "there is another run {}", remedy)
    for run in runs:
        parts = list(run["mixture"].each())
        used = [
            (shown_version(datasets.named(name)), part) for part in parts if (name := part["dataset"].text)
        ]
        remedy = "name it once; for parts with epochs of their own make two runs"
        yield from repeated(used, line_of, "{} is in this mixture twice", remedy)
        for part in parts:
            yield from _selection(part["selection"])


def _selection(stated: Place) -> Iterator[Finding]:
    ways = [way for way in _WAYS if stated[way].is_stated]
    ways += [" and ".join(counts)] if (counts := [key for key in _COUNTS if stated[key].is_stated]) else []
    if len(ways) > 1:
        message = f"says in {len(ways)} ways what was used: {', '.join(ways)}"
        yield Finding(stated.path, message, "keep one; tokens and evidence may stand beside it")
    if stated["where"].value == {}:
        yield Finding(stated["where"].path, "names no field", "write where: {FIELD: VALUE}")
