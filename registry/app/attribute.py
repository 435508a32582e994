"""Drafting the attribution manifest of a model."""

from pathlib import Path

from sqlalchemy.orm import Session

from registry import __version__
from registry.app.credits import credits_of
from registry.app.home import Home
from registry.app.written import Written
from registry.documents.attribution import build_attribution
from registry.documents.dated import dated_manifest, manifest_with_history
from registry.documents.edition import ATTRIBUTION, History
from registry.documents.figures import exactly
from registry.documents.manifest import Manifest
from registry.documents.projection import Audience
from registry.documents.subject import listed
from registry.errors import RefusedError
from registry.queries.editions import all_editions, document_address, public_references
from registry.queries.training import find_model, model_facts
from registry.render.attribution import attribution_files
from registry.render.folder import write_folder


def attribute(home: Home, model: str, out: Path, *, audience: str, strict: bool) -> Written:
    """Write the manifest's folder: HTML, JSON with its schema, CSV, and the text to ship with the weights.

    Raises `RefusedError` where `strict` and words have no known holder or license, or a license asks for
    nobody knows what; nothing is written then.
    """
    with home.read() as session:
        manifest = _drafted(session, model, Audience(audience))
    reference = manifest.model.reference
    if strict:
        _require_classified(manifest)
    with home.read() as session:
        found = credits_of(home.fingerprint_root, session, manifest)
    write_folder(attribution_files(manifest, found=found), out)
    named = len(manifest.named)
    remark = f"{exactly(named, 'holder')} {'is' if named == 1 else 'are'} named"
    if manifest.unclassified:
        remark += f"; of {manifest.words:,} words, {manifest.unclassified:,} have no known holder or license"
    return Written(reference, remark)


def _require_classified(manifest: Manifest) -> None:
    reference, hint = manifest.model.reference, "leave out --strict and open the manifest's list of gaps"
    if manifest.own.unclassified_rows:
        raise RefusedError(
            f"{manifest.unclassified:,} of {manifest.words:,} words of {reference} "
            "have no known holder or license",
            hint=f"see which: {hint}",
        )
    unknown = [one.license for one in manifest.licenses if one.is_unknown]
    if unknown:
        raise RefusedError(
            f"what is asked for is not known of {listed(unknown)}, for {reference}",
            hint=f"conclude a license whose duties are known (registry license conclude), or {hint}",
        )


def _drafted(session: Session, model: str, audience: Audience) -> Manifest:
    """The manifest as its audience may see it; the facts it was made from are not kept beside it."""
    facts = model_facts(session, find_model(session, model), with_holdings=True, with_bases=True)
    kept = all_editions(session, facts.id).get((ATTRIBUTION, facts.id), ())
    place = document_address(session, facts, ATTRIBUTION)
    draft = build_attribution(facts, audience=audience, software=__version__)
    if audience is not Audience.PUBLIC or not kept:
        return manifest_with_history(draft, History(address=place))
    return dated_manifest(draft, kept, place, public_references(session))
