"""Exporting a dataset or model version in a format of the field."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy.orm import Session

from registry import __version__
from registry.app.home import Home
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience, project_holdings
from registry.documents.site.registered import Held, project_all
from registry.domain.dataset import Visibility
from registry.domain.facts import ComponentFacts
from registry.errors import RefusedError
from registry.queries.catalogue import find_version, version_facts
from registry.queries.holdings import holdings_of
from registry.queries.site import around
from registry.queries.training import find_model, model_facts
from registry.render.twins import dataset_twin, model_twin


@dataclass(frozen=True, slots=True)
class Exported:
    """What was exported: the version, and how many bytes were written."""

    subject: str
    bytes: int


def export_dataset(home: Home, reference: str, out: Path, *, form: str, audience: str) -> Exported:
    """Write a dataset version as `croissant` or `card`, the same bytes as on the site.

    Raises `RefusedError` where the audience may not see the version by its name, or `out` is a folder.
    """
    reader = Audience(audience)
    with home.read() as session:
        key = find_version(session, reference)
        version = version_facts(session, key)
        _require_public(version.reference, version.visibility, reader)
        component = _shown(session, Held(version, holdings_of(session, key)), reader)
    return _write(version.reference, dataset_twin(form, component, __version__, reader), out)


def export_model(home: Home, reference: str, out: Path, *, form: str, audience: str) -> Exported:
    """Write a model version as `cyclonedx`, `spdx` or `card`, the same bytes as on the site.

    Raises `RefusedError` where the audience may not see the model by its name, or `out` is a folder.
    """
    reader = Audience(audience)
    with home.read() as session:
        key = find_model(session, reference)
        model = model_facts(session, key, with_holdings=True, with_bases=True)
    _require_public(model.reference, model.visibility, reader)
    disclosure = build_disclosure(model, audience=reader, software=__version__)
    return _write(model.reference, model_twin(form, disclosure), out)


def _require_public(reference: str, visibility: Visibility, audience: Audience) -> None:
    if audience is Audience.PUBLIC and visibility is not Visibility.PUBLIC:
        raise RefusedError(
            f"{reference} is {visibility.value}: a file for everyone would name it",
            hint="export it with --audience auditor for those who may see it, "
            "or state `visibility: public` in registry.yaml",
        )


def _shown(session: Session, held: Held, audience: Audience) -> ComponentFacts:
    """The version and its holders as the audience may see them, with no name of what is not public."""
    others, models = around(session, held.version)
    projected = project_all((held, *map(Held, others)), models, audience)
    shown = next(part for part in projected.components if part.version.id == held.version.id)
    return replace(shown, holdings=project_holdings(held.component, audience))


def _write(subject: str, content: bytes, out: Path) -> Exported:
    """Write one file, whole or not at all."""
    if out.is_dir():
        raise RefusedError(f"'{out}' is a folder, not a file", hint="name the file with --out FILE")
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        fresh.write_bytes(content)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)
    return Exported(subject, len(content))
