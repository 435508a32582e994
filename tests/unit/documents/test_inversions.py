"""Licenses along the lineage: inversions with their paths, and what cannot be kept at once."""

from registry.documents.conflicts import Conflict, ConflictKind, conflicts_json
from registry.documents.inversions import lineage_conflicts
from registry.domain.lineage import Link, LinkKind, by_child
from registry.domain.terms import Terms, own_terms

DATE = "2026-03-09T10:20:30Z"


def declared(*pairs: str) -> list[Link]:
    return [Link(*_ends(pair), LinkKind.DECLARED, "registry.yaml", "provider", DATE) for pair in pairs]


def detected(*pairs: str) -> list[Link]:
    return [Link(*_ends(pair), LinkKind.DETECTED, "60.0% of the shingles", "registry") for pair in pairs]


def _ends(pair: str) -> tuple[str, str]:
    child, _, parent = pair.partition(">")
    return child, parent


def found(
    licenses: dict[str, str | Terms], links: list[Link], overlaps: list[Link] | None = None
) -> list[Conflict]:
    terms = {name: own_terms(one) if isinstance(one, str) else one for name, one in licenses.items()}
    return list(lineage_conflicts(terms, by_child(links), by_child(overlaps or [])))


def kinds(conflicts: list[Conflict]) -> list[tuple[str, str]]:
    return [(one.kind.value, " ".join(each.reference for each in one.versions)) for one in conflicts]


def test_a_license_that_grants_more_is_told_with_its_path_and_the_evidence_of_each_step() -> None:
    [one] = found(
        {"c@1": "CC-BY-4.0", "b@1": "NOASSERTION", "a@1": "CC-BY-NC-4.0"}, declared("c@1>b@1", "b@1>a@1")
    )
    assert one.kind is ConflictKind.INVERSION
    assert one.lacks == ("non_commercial",)
    assert [link.parent for link in one.path] == ["b@1", "a@1"]
    assert one.evidence == (
        "a@1 (CC-BY-NC-4.0) allows no commercial use; c@1 (CC-BY-4.0) does not carry that on",
        "c@1 was made from b@1: stated by the provider on 2026-03-09, in registry.yaml",
        "b@1 was made from a@1: stated by the provider on 2026-03-09, in registry.yaml",
    )


def test_what_is_not_stated_or_grants_less_is_no_conflict() -> None:
    licenses: dict[str, str | Terms] = {"c@1": "CC-BY-NC-4.0", "b@1": "NOASSERTION", "a@1": "MIT"}
    assert found(licenses, declared("c@1>b@1", "b@1>a@1", "a@1>https://elsewhere.example/x")) == []


def test_no_license_at_all_is_less_than_any() -> None:
    [one] = found({"b@1": "MIT", "a@1": "NONE"}, declared("b@1>a@1"))
    assert one.lacks == ("no license",)


def test_a_path_with_a_detected_step_is_possible_only() -> None:
    licenses: dict[str, str | Terms] = {"c@1": "MIT", "b@1": "MIT", "a@1": "CC-BY-NC-4.0"}
    conflicts = found(licenses, declared("c@1>b@1"), detected("b@1>a@1", "a@1>b@1"))
    assert kinds(conflicts) == [("possible-inversion", "c@1 a@1")]  # b and a are a conflict by content
    assert conflicts[0].evidence[-1] == "b@1 shares content with a@1: 60.0% of the shingles"


def test_a_declared_path_is_not_told_again_as_possible() -> None:
    licenses: dict[str, str | Terms] = {"c@1": "MIT", "b@1": "MIT", "a@1": "CC-BY-NC-4.0"}
    conflicts = found(licenses, declared("c@1>b@1", "c@1>a@1"), detected("b@1>a@1"))
    assert kinds(conflicts) == [("inversion", "c@1 a@1")]


def test_in_a_cycle_each_is_told_of_the_others() -> None:
    licenses: dict[str, str | Terms] = {"a@1": "MIT", "b@1": "CC-BY-NC-4.0"}
    assert kinds(found(licenses, declared("a@1>b@1", "b@1>a@1"))) == [("inversion", "a@1 b@1")]


def test_ancestors_that_no_adaptation_can_keep() -> None:
    conflicts = found(
        {"c@1": "NOASSERTION", "b@1": "CC-BY-SA-4.0", "a@1": "CC-BY-NC-SA-4.0"},
        declared("c@1>b@1", "c@1>a@1"),
    )
    assert kinds(conflicts) == [("incompatible", "c@1 a@1 b@1")]
    assert conflicts[0].licenses == ("CC-BY-NC-SA-4.0", "CC-BY-SA-4.0")
    assert "side by side, each part may keep its own license" in conflicts[0].evidence[0]


def test_records_that_no_adaptation_can_keep_are_told_once_where_they_are() -> None:
    of_records = own_terms("NOASSERTION", ["CC-BY-SA-4.0", "CC-BY-NC-4.0", "NOASSERTION"])
    conflicts = found({"b@1": "NOASSERTION", "a@1": of_records}, declared("b@1>a@1"))
    assert kinds(conflicts) == [("incompatible", "a@1")]


def test_what_may_not_be_adapted_is_for_a_person_to_judge() -> None:
    conflicts = found({"b@1": "CC-BY-ND-4.0", "a@1": "CC-BY-ND-4.0"}, declared("b@1>a@1"))
    assert kinds(conflicts) == [("incompatible", "b@1 a@1")]
    assert "for a person to say" in conflicts[0].evidence[0]


def test_the_document_counts_kinds_and_says_what_overlap_does_not_show() -> None:
    conflicts = found({"b@1": "MIT", "a@1": "CC-BY-NC-4.0"}, declared("b@1>a@1"))
    document = conflicts_json(conflicts, [])
    assert document["counts"] == {"inversion": 1}
    assert document["conflicts"][0]["path"][0]["made_from"] == "a@1"
    assert document["lineage"]["dangling"] == {"count": 0, "examples": []}
    assert document["caveat"].endswith(
        "Overlap shows that content is shared, not who copied whom nor without permission."
    )
    assert "does not lift it" in document["caveat"]
