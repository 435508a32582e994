"""Every page type with facts of several kinds; a new page type is one more writer."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from registry.documents.allocation.as_json import as_json as allocation_json
from registry.documents.allocation.as_json import payee_json
from registry.documents.allocation.basis import Texts, basis_of
from registry.documents.allocation.compare import compared as compared_rules
from registry.documents.allocation.rules import RULES, Terms
from registry.documents.allocation.statement import Asked, Pool, build_statement
from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.documents.projection import Audience, project
from registry.domain.dataset import FileRole, FingerprintMode, Origin
from registry.domain.facts import BaseModelFacts, ModelFacts, ProviderFacts
from registry.domain.money import currency
from registry.domain.stated import ProviderAnswers, RightsContact
from registry.render.allocation import render_allocation, render_payee
from registry.render.attribution import render_attribution
from registry.render.folder import write_folder
from registry.render.forms import render_forms
from registry.render.site import render_site
from tests.facts import (
    STATED_AT,
    agent,
    component,
    guarded,
    holding,
    model,
    nothing_known,
    several_origins,
    version,
)
from tests.sites import approved, compared, dated, registered, sharing, site_of

Writer = Callable[[Path], None]
LONG = "a_name_of_three_hundred_bytes_without_a_space_in_it_" * 6
MANY_LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "nl", "pt", "sv", "fi", "cs", "el", "hu", "ja", "zh")
HOSTILE = (
    "<script>document.title='run'</script>",
    '" onmouseover="alert(1)" x="',
    "javascript:alert(1)",
    "</style><script>alert(1)</script>",
    "abc\u202egnp.exe\u2066x",
    "--><svg onload=alert(1)>",
    LONG,
    "字" * 100,
)


def hostile() -> ModelFacts:
    """Names that try to be markup, to hide their direction, or to burst the page."""
    components = [
        component(
            version(
                f"set-{place}",
                title=name,
                url=name,
                publisher=name,
                license=f"LicenseRef-{'x' * 200}",
                languages={name: (10, 1_000, 9)},
                files=((name, FileRole.NOTICE),),
            ),
            holding((10, 1_000, 9), agent(name), basis="presumed-author"),
            stage=name,
        )
        for place, name in enumerate(HOSTILE)
    ]
    crawl = version("crawl", origin=Origin.CRAWLED, domains=dict.fromkeys(HOSTILE, (1, 100, 600)))
    bases = tuple(BaseModelFacts(None, name) for name in HOSTILE[:3])
    return model(*components, component(crawl), provider=LONG, name=LONG, url=HOSTILE[2], base_models=bases)


def plenty() -> ModelFacts:
    """Every origin, many languages and licenses, billions of words, a contact that answers."""
    licenses = ("MIT", "CC-BY-4.0", "CC-BY-NC-SA-4.0", "Apache-2.0", "GPL-3.0-only", "CC0-1.0", "ODC-By-1.0")
    size = (1_234_567, 1_234_567_890, 7_000_000_000)
    part = (10_000, 80_000_000, 450_000_000)
    components = [
        component(
            version(
                f"corpus-of-{origin.value}",
                origin=origin,
                size=size,
                license=licenses[place % len(licenses)],
                languages=dict.fromkeys(MANY_LANGUAGES, part),
                title=f"The great corpus of {origin.value} works",
                url="https://data.example/a/rather/long/path/to/the/corpus/of/works?version=2026-01",
            ),
            *(holding(part, agent(f"Person {number}")) for number in range(12)),
        )
        for place, origin in enumerate((Origin.PUBLIC, Origin.CRAWLED, Origin.SYNTHETIC, Origin.OTHER))
    ]
    contact = RightsContact("https://acme.example/rights", None, "We look it up and answer.", 30)
    provider = ProviderFacts("ACME AI", answers=ProviderAnswers(rights_contact=contact))
    return replace(model(*components, name="plenty"), provider_facts=provider)


def documents(make: Callable[[], ModelFacts], out: Path, audience: Audience = Audience.PUBLIC) -> None:
    """Both documents of a model."""
    facts = make()
    write_folder(render_forms(build_disclosure(facts, audience=audience)), out / "disclosure")
    write_folder(render_attribution(build_attribution(facts, audience=audience)), out / "attribution")


def published(out: Path) -> None:
    """A site of several models that was approved twice, and says something new since."""
    facts = plenty()
    grown = [replace(facts, components=facts.components[:count]) for count in (2, 3, 4)]
    twice = approved(replace(registered(grown[1]), editions=approved(registered(grown[0])).editions))
    models = (grown[2], replace(hostile(), name="hostile"), several_origins(), guarded())
    draft = replace(registered(*models), editions=twice.editions)
    write_folder(render_site(dated(draft)), out / "site")


def overlaps(count: int, out: Path, audience: Audience = Audience.PUBLIC) -> None:
    """Versions that share content, some with hostile names, and one without a sketch."""
    versions = [
        version(f"corpus-of-{'exercises-' * (number % 4)}s", label=str(number)) for number in range(count)
    ]
    strange = [
        version(name.replace("\u202e", "").replace("\u2066", "")[:80], derived_from=(versions[0].reference,))
        for name in HOSTILE
    ]
    counts = replace(version("only-counts"), fingerprint_mode=FingerprintMode.COUNTS)
    pairs = [
        sharing(a, b, 1 + 997 * (place + other) % 4_000, of=(4_000, 9_000), scale=10**other)
        for place, a in enumerate(versions)
        for other, b in enumerate((*versions[place + 1 : place + 3], strange[place % len(strange)]))
    ]
    listed = (*versions, *strange, counts)
    found = compared(*versions, *strange, pairs=tuple(pairs))
    write_folder(render_site(site_of(unused=listed, found=found, audience=audience)), out / "site")


def allocation(make: Callable[[], ModelFacts], out: Path) -> None:
    """An allocation under every rule, and the statements of its first payees alone."""
    shown = project(make(), Audience.AUDITOR)
    basis = basis_of(shown, inherited=True)
    basis = replace(basis, texts=Texts(without=dict.fromkeys(basis.versions, "no fingerprints are kept")))
    pool = Pool(currency("EUR"), 100_000_000, (("platform=15%", 15_000_000),), minimum=1_000)
    made = build_statement(
        shown,
        basis,
        pool,
        RULES["words"],
        Terms(),
        stated_at=STATED_AT,
        manifest="0" * 64,
        asked=Asked("2026-01/2026-12", command="registry allocate " + "m" * 120),
    )
    made = replace(made, compared=compared_rules(basis, pool.net, Terms()))
    said = allocation_json(made)
    files = render_allocation(made, said)
    for line in made.lines[:3]:
        files |= render_payee(made, line, payee_json(made, said, line))
    write_folder(files, out / "allocation")


WRITERS: dict[str, Writer] = {
    "several origins": partial(documents, several_origins),
    "guarded": partial(documents, guarded),
    "guarded, for auditors": partial(documents, guarded, audience=Audience.AUDITOR),
    "nothing known": partial(documents, nothing_known),
    "nothing recorded": partial(documents, partial(model, name="empty")),
    "plenty": partial(documents, plenty),
    "hostile": partial(documents, hostile),
    "allocation": partial(allocation, several_origins),
    "allocation, hostile": partial(allocation, hostile),
    "published": published,
    "overlaps": partial(overlaps, 4),
    "overlaps of many": partial(overlaps, 48, audience=Audience.AUDITOR),
}
