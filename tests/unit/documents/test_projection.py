"""What the public may not see is not in any public file; nothing of it is lost to the totals."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from registry.documents.attribution import build_attribution
from registry.documents.disclosure import build_disclosure
from registry.documents.names import WITHHELD_LICENSE
from registry.documents.projection import Audience, project
from registry.domain.dataset import FileRole, Origin, Visibility
from registry.domain.facts import ModelFacts
from registry.render.attribution import render_attribution
from registry.render.forms import render_forms
from tests.facts import agent, component, guarded, holding, model, several_origins, version

SECRETS = (
    "secret-news",
    "Secret News",
    "secret-broker",
    "Secret-News-Contract",
    "vault",
    "Secret Source",
    "Shy Person",
    "/home/someone",
)


def everything(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> str:
    files = render_forms(build_disclosure(facts, audience=audience, exact_sizes=True))
    more = render_attribution(build_attribution(facts, audience=audience))
    return "\n".join(content.decode() for content in (*files.values(), *more.values()))


@pytest.mark.parametrize("secret", SECRETS)
def test_no_public_file_names_what_is_described_private_or_withheld(secret: str) -> None:
    assert secret.lower() not in everything(guarded()).lower()


def test_no_public_file_holds_the_digest_or_identifier_of_a_version_that_is_not_public() -> None:
    """Definitions: unsalted hashes of text are text for anyone with a dictionary."""
    public = everything(guarded())
    for component_ in guarded().components:
        if component_.version.visibility is not Visibility.PUBLIC:
            found = component_.version
            assert found.content_digest not in public
            assert found.fingerprint_id not in public
            assert found.id not in public


def test_the_auditor_sees_every_name() -> None:
    audited = everything(guarded(), Audience.AUDITOR)
    assert all(
        secret in audited for secret in ("secret-news-archive", "vault-a", "Secret Source", "Shy Person")
    )
    assert "for auditors" in audited.lower()


def test_described_versions_are_numbered_within_their_origin_the_largest_first() -> None:
    names = [found.version.name for found in project(guarded(), Audience.PUBLIC).components]
    assert names == [
        "letters",
        "licensed dataset 1",
        "third-party dataset 2",
        "third-party dataset 1",
        "withheld (2)",
    ]


def test_a_described_version_keeps_origin_sizes_license_and_languages() -> None:
    facts = model(
        component(
            version("x", origin=Origin.LICENSED, license="CC-BY-4.0", languages={"de": (10, 1_000, 6_000)})
        )
    )
    shown = project(facts, Audience.PUBLIC).components[0].version
    original = facts.components[0].version
    assert (shown.origin, shown.size, shown.characters) == (
        original.origin,
        original.size,
        original.characters,
    )
    assert shown.license.stated == "CC-BY-4.0"
    assert shown.languages == original.languages
    assert shown.reference == "licensed dataset 1@"


def test_a_license_of_someones_own_is_withheld_with_the_name() -> None:
    shown = project(guarded(), Audience.PUBLIC).components[1].version
    assert shown.license.stated == WITHHELD_LICENSE


def test_private_versions_are_one_line_for_each_stage_and_number_of_epochs() -> None:
    private = [version(f"p{n}", visibility=Visibility.PRIVATE) for n in range(4)]
    facts = model(
        component(private[0]),
        component(private[1]),
        component(private[2], epochs=Fraction(1, 2)),
        component(private[3], stage="fine-tuning", run=2),
    )
    lines = [(found.stage, found.version.name) for found in project(facts, Audience.PUBLIC).components]
    assert lines == [
        ("pretraining", "withheld (1)"),
        ("pretraining", "withheld (2)"),
        ("fine-tuning", "withheld (1)"),
    ]


def test_private_versions_used_alike_are_one_line_for_each_of_their_runs() -> None:
    private = [version(f"p{n}", visibility=Visibility.PRIVATE) for n in range(3)]
    again = [component(one, epochs=2, stage="fine-tuning", run=2) for one in private[:2]]
    shown = project(model(*map(component, private), *again), Audience.PUBLIC)
    assert [(found.stage, found.version.name, found.words) for found in shown.components] == [
        ("pretraining", "withheld (1)", 1_000),
        ("pretraining", "withheld (2)", 2_000),
        ("fine-tuning", "withheld (2)", 2_000),
    ]
    assert shown.words == 3_000


def test_withheld_holders_are_one_agent_with_their_number() -> None:
    shy = [agent(f"Person {n}", shown_as="withheld") for n in range(3)]
    facts = model(component(version("x"), *(holding((3, 300, 1_800), one) for one in shy)))
    holders = build_attribution(facts).holders
    assert [(holder.name, holder.records, holder.words) for holder in holders] == [
        ("withheld (3)", 9, 900),
        ("unidentified", 1, 100),
    ]


@pytest.mark.parametrize(
    ("name", "shown_as", "seen"),
    [
        ("Jane Doe", "name", "Jane Doe"),
        ("Jane Doe <jane@mail.example>", "name", "Jane Doe"),
        ("jane@mail.example", "name", "withheld (1)"),
        ("Jane Doe", "handle", "withheld (1)"),
        ("@jane", "handle", "@jane"),
        ("Jane Doe", "withheld", "withheld (1)"),
        ("unidentified", "name", '"unidentified" (a name in the data)'),
        ("Withheld (7)", "name", '"Withheld (7)" (a name in the data)'),
        ("Jane\n\nDoe", "name", "Jane Doe"),
        ("\u202eeoD enaJ\u202c", "name", "eoD enaJ"),
        ("\x1b[31mJane", "name", "[31mJane"),
    ],
)
def test_how_the_public_sees_a_name(name: str, shown_as: str, seen: str) -> None:
    facts = model(component(version("x"), holding((10, 1_000, 6_000), agent(name, shown_as=shown_as))))
    assert [holder.name for holder in build_attribution(facts).holders] == [seen]


@pytest.mark.parametrize(
    ("name", "handle", "shown_as", "seen"),
    [
        ("Jane Doe", "jd", "handle", "jd"),
        ("@jane", "jd", "handle", "jd"),
        ("Jane Doe", "jd@mail.example", "handle", "withheld (1)"),
        ("Jane Doe", "withheld", "handle", '"withheld" (a name in the data)'),
        ("Jane Doe", "jd", "name", "Jane Doe"),
        ("Jane Doe", "jd", "withheld", "withheld (1)"),
    ],
)
def test_how_the_public_sees_a_handle(name: str, handle: str, shown_as: str, seen: str) -> None:
    jane = agent(name, shown_as=shown_as, handle=handle)
    facts = model(component(version("x"), holding((10, 1_000, 6_000), jane)))
    assert [holder.name for holder in build_attribution(facts).holders] == [seen]


@pytest.mark.parametrize("audience", list(Audience))
def test_no_audience_gets_an_email_address(audience: Audience) -> None:
    mail = "jane.doe@mail.example"
    facts = model(
        component(
            version(
                "x",
                title=f"By {mail}",
                publisher=f"Jane <{mail}>",
                url=f"https://x.example/{mail}",
                source=f"/home/{mail}",
                files=((f"{mail}.txt", FileRole.NOTICE),),
                derived_from=(f"https://x.example/?by={mail}",),
                licenses={("NOASSERTION", f"ask {mail}"): (1, 10, 60)},
            ),
            holding((4, 400, 2_400), agent(mail)),
            holding((4, 400, 2_400), agent(f"Jane ({mail})")),
        ),
        url=f"https://x.example/?mail={mail}",
    )
    assert mail not in everything(facts, audience)


def test_the_auditor_tells_agents_apart_that_are_known_by_an_address_alone() -> None:
    two = (agent("a@mail.example"), agent("b@mail.example"))
    facts = model(component(version("x"), *(holding((5, 500, 3_000), one) for one in two)))
    names = {holder.name for holder in build_attribution(facts, audience=Audience.AUDITOR).holders}
    assert len(names) == 2


def test_a_public_version_does_not_tell_of_ancestors_that_are_not_public() -> None:
    letters = project(guarded(), Audience.PUBLIC).components[0].version
    assert letters.derived_from == ("withheld", "https://archive.example/letters")


def test_parties_that_are_withheld_together_keep_their_joint_share() -> None:
    two = (agent("A", shown_as="withheld"), agent("B", shown_as="withheld"), agent("C"))
    facts = model(component(version("x"), holding((10, 1_000, 6_000), *two)))
    parties = project(facts, Audience.PUBLIC).components[0].holdings[0].parties
    assert {party.agent.name: party.share for party in parties} == {
        "C": Fraction(1, 3),
        "withheld (2)": Fraction(2, 3),
    }


@pytest.mark.parametrize("case", [several_origins, guarded])
def test_totals_are_those_of_the_facts(case: Callable[[], ModelFacts]) -> None:
    facts, shown = case(), project(case(), Audience.PUBLIC)
    assert (shown.records, shown.words, shown.words_seen) == (facts.records, facts.words, facts.words_seen)
