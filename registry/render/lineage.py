"""What a model was made from and led to, and its training runs, as tables."""

from registry.documents.fields import Cell, Column, Kind, Table
from registry.documents.figures import counted
from registry.documents.inherited import Known
from registry.documents.names import WITHHELD_AGENT
from registry.documents.site.model import Base, ModelPage
from registry.documents.site.places import link
from registry.documents.subject import listed
from registry.domain.facts import ModelFacts

_KNOWN = {
    Known.REGISTRY: "in this registry",
    Known.DISCLOSURE: "from the disclosure of another registry",
    Known.ADDRESS: "not known: an address only",
    Known.WITHHELD: WITHHELD_AGENT,
}


def lineage_said(page: ModelPage) -> str:
    """What it was made from, in a heading."""
    if page.bases:
        return f"Made from {made_from(page.model)}"
    return (
        "Made from no other model" if page.manifest.no_base_model else "What it was made from is not stated"
    )


def made_from(model: ModelFacts) -> str:
    """The models it was made from directly, in a sentence."""
    return listed([base.shown for base in model.base_models])


def bases(page: ModelPage) -> Table:
    """All models above it."""
    columns = (
        Column("model", "Base model"),
        Column("chain", "How it came in"),
        Column("provider", "Provider"),
        Column("known", "Its training data are known"),
        Column("words", "Words", Kind.COUNT),
        Column("url", "Address", Kind.LINK),
        Column("sha256", "SHA-256 of its disclosure"),
    )
    rows = tuple(_base(base) for base in page.bases)
    hrefs = tuple(link(page.folder, base.folder) if base.folder else None for base in page.bases)
    many = counted(len(page.bases), "model")
    summary = (
        f"{many} above it, the nearest first; what they were trained on is not in the sums of this page."
    )
    return Table(summary, columns, rows, hrefs)


def _base(base: Base) -> tuple[Cell, ...]:
    found = base.found
    digest = base.sha256 or "–"
    chain = "; ".join(found.chains)
    return (found.model, chain, found.provider, _KNOWN[found.known], found.words, found.url, digest)


def derived(page: ModelPage) -> Table:
    """Models here that were made from it."""
    columns = (
        Column("model", "Model"),
        Column("provider", "Provider"),
        Column("words", "Words of its own training", Kind.COUNT),
    )
    rows = tuple((model.reference, model.provider, model.words) for model, _ in page.derived)
    hrefs = tuple(link(page.folder, folder) for _, folder in page.derived)
    return Table(f"{counted(len(page.derived), 'model')} made from this one.", columns, rows, hrefs)


def generators(page: ModelPage) -> Table:
    """Models that generated training data."""
    columns = (
        Column("model", "Model"),
        Column("datasets", "Datasets it generated"),
        Column("words", "Words", Kind.COUNT),
    )
    rows = tuple((found.name, listed(list(found.datasets)), found.words) for found in page.generators)
    hrefs = tuple(link(page.folder, found.folder) if found.folder else None for found in page.generators)
    return Table("Models that generated training data.", columns, rows, hrefs)


def runs(model: ModelFacts) -> Table:
    """The training runs."""
    columns = (
        Column("run", "Run"),
        Column("stage", "Stage"),
        Column("started", "Started"),
        Column("compute", "Compute, FLOP"),
        Column("datasets", "Datasets", Kind.COUNT),
        Column("words", "Words seen", Kind.COUNT),
    )
    rows = []
    for run in model.runs:
        parts = [part for part in model.components if part.run == run.run]
        seen = round(sum(part.words_seen for part in parts))
        name = f"{run.run}: {run.name}" if run.name else str(run.run)
        datasets = len({part.version.id for part in parts})
        rows.append((name, run.stage, run.started, run.compute_flop, datasets, seen))
    return Table("Words seen are words times epochs.", columns, tuple(rows))


def runs_said(model: ModelFacts) -> str:
    """The training runs with their stages, in a heading."""
    if not model.runs:
        return "No training run is recorded"
    stages = listed(list(dict.fromkeys(run.stage for run in model.runs)))
    return f"{counted(len(model.runs), 'training run')}: {stages}"
