"""Builders of registries: the models of some facts, and every dataset version that they were trained on."""

from registry.documents.projection import Audience
from registry.documents.site.registered import Held, Registered
from registry.documents.site.site import Site, build_site
from registry.domain.facts import ModelFacts, VersionFacts
from registry.render.site import render_site


def registered(*models: ModelFacts, unused: tuple[VersionFacts, ...] = ()) -> Registered:
    """What queries would return: the models and their datasets with holders, and some that nothing used."""
    held: dict[str, Held] = {}
    for model in models:
        for part in model.components:
            held.setdefault(part.version.id, Held(part.version, part.holdings))
    return Registered(models, (*held.values(), *map(Held, unused)))


def site_of(
    *models: ModelFacts, audience: Audience = Audience.PUBLIC, unused: tuple[VersionFacts, ...] = ()
) -> Site:
    """The site of some models."""
    return build_site(registered(*models, unused=unused), audience)


def files_of(*models: ModelFacts, audience: Audience = Audience.PUBLIC) -> dict[str, bytes]:
    """The files of that site."""
    return render_site(site_of(*models, audience=audience))
