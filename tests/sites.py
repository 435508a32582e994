"""Builders of registries: the models of some facts, and every dataset version that they were trained on."""

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256

from registry.app.approval import freeze
from registry.documents.edition import REGISTRY, Edition, Kept
from registry.documents.overlaps import Compared, Found
from registry.documents.projection import Audience
from registry.documents.site.publication import dated_site
from registry.documents.site.registered import Held, Registered
from registry.documents.site.site import Site, build_site
from registry.domain.facts import ModelFacts, VersionFacts
from registry.fingerprint.overlap import Overlap
from registry.render.folder import Content
from registry.render.site import render_site


def sharing(
    a: VersionFacts, b: VersionFacts, common: int = 50, *, of: tuple[int, int] = (100, 200), scale: int = 1
) -> Found:
    """Two versions that share `common` hashes of those that each has."""
    return Found(a.id, b.id, Overlap(scale, *of, common))


def compared(*versions: VersionFacts, pairs: tuple[Found, ...] = ()) -> Compared:
    """Versions that were compared, and the pairs of them that share anything."""
    return Compared(frozenset(one.id for one in versions), pairs)


def registered(
    *models: ModelFacts, unused: tuple[VersionFacts, ...] = (), found: Compared | None = None
) -> Registered:
    """What queries would return: the models and their datasets with holders, and some that nothing used."""
    held: dict[str, Held] = {}
    for model in models:
        for part in model.components:
            held.setdefault(part.version.id, Held(part.version, part.holdings))
    return Registered(models, (*held.values(), *map(Held, unused)), found or Compared())


def site_of(
    *models: ModelFacts,
    audience: Audience = Audience.PUBLIC,
    unused: tuple[VersionFacts, ...] = (),
    found: Compared | None = None,
    detected: bool = False,
) -> Site:
    """The site of some models."""
    return build_site(registered(*models, unused=unused, found=found), audience, detected_overlaps=detected)


def approved(known: Registered, by: str = "Ada Approver", at: str = "2026-06-01T08:00:00Z") -> Registered:
    """The same after its public site was approved: what says something new has one edition more."""
    editions = dict(known.editions)
    for one in freeze(dated(known), by, at):
        key = (one.subject.kind, one.subject.model_version_id or "")
        digest = sha256(one.snapshot).hexdigest()
        kept = Kept(Edition(one.number, by, at, digest, one.stated_at), one.content_digest, one.snapshot)
        editions[key] = (kept, *editions.get(key, ()))
    return replace(known, editions=editions)


def dated(known: Registered, audience: Audience = Audience.PUBLIC) -> Site:
    """The site of a registry, with the history of everything in it."""
    return dated_site(build_site(known, audience), known.editions.get((REGISTRY, ""), ()))


def files_of(*models: ModelFacts, audience: Audience = Audience.PUBLIC) -> dict[str, bytes]:
    """The files of that site."""
    return whole(render_site(site_of(*models, audience=audience)))


def whole(files: Iterable[tuple[str, Content]]) -> dict[str, bytes]:
    """Files as they come, each as a whole."""
    return {name: content if isinstance(content, bytes) else b"".join(content) for name, content in files}
