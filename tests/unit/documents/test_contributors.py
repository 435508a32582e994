"""Who took part, as the public may see it: annotators never one by one, nobody lost."""

from dataclasses import replace

from registry.documents.contributors import audited_contributors, public_contributors
from registry.domain.agent import ContributorType
from registry.domain.facts import AgentFacts, ContributorFacts, VersionFacts
from tests.facts import version


def _one(name: str, type_: ContributorType, *, shown_as: str = "name") -> ContributorFacts:
    return ContributorFacts(AgentFacts(name, "person", name, "", shown_as), type_, None, "declared", 3, 30)


def _version(*stated: ContributorFacts, annotators: int = 0) -> VersionFacts:
    return replace(version("labels"), stated_contributors=stated, annotators=annotators)


def _lines(found: tuple[ContributorFacts, ...]) -> list[tuple[str, str, int | None]]:
    return [(one.agent.name, one.type.value, one.words) for one in found]


def test_those_who_may_not_be_named_are_one_line_for_each_type() -> None:
    found = public_contributors(
        _version(
            _one("Ada", ContributorType.EDITOR),
            _one("Ben", ContributorType.EDITOR, shown_as="withheld"),
            _one("Cem", ContributorType.EDITOR, shown_as="handle"),
            _one("@dia", ContributorType.SPONSOR, shown_as="handle"),
        )
    )
    assert _lines(found) == [
        ("Ada", "Editor", 30),
        ("@dia", "Sponsor", 30),
        ("withheld (2)", "Editor", None),
    ]


def test_annotators_are_never_shown_one_by_one_and_few_are_not_counted() -> None:
    few = [_one(f"person {number}", ContributorType.ANNOTATOR) for number in range(9)]
    assert _lines(public_contributors(_version(*few))) == [("withheld (fewer than 10)", "Annotator", None)]
    many = [*few, _one("one more", ContributorType.ANNOTATOR)]
    assert _lines(public_contributors(_version(*many))) == [("withheld (10)", "Annotator", None)]


def test_an_auditor_sees_everyone_without_addresses() -> None:
    found = audited_contributors(
        _version(_one("Ada <ada@corp.example>", ContributorType.ANNOTATOR, shown_as="withheld"))
    )
    assert _lines(found) == [("Ada", "Annotator", 30)]


def test_annotators_whom_records_name_are_one_line_for_every_audience() -> None:
    for shown in (public_contributors, audited_contributors):
        assert shown(_version()) == ()
        assert _lines(shown(_version(annotators=9))) == [("withheld (fewer than 10)", "Annotator", None)]
        assert _lines(shown(_version(annotators=10))) == [("withheld (10)", "Annotator", None)]
