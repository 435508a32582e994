"""Gaps grouped by who can close them."""

from registry.documents.fields import Gap
from registry.render.open_points import by_closer


def test_gaps_stand_under_who_can_close_them() -> None:
    found = by_closer(
        [
            Gap("1", "One", "Nobody is left to ask."),
            Gap("2", "Two", "The provider, in registry.yaml: `provider.contact`."),
            Gap("3", "Three", "Whoever adds the datasets: `--url`."),
            Gap("4", "Four", "The provider, in registry.yaml: `base_models`."),
        ]
    )
    assert [(one.who, [gap.closed_by for gap in one.gaps]) for one in found] == [
        ("The provider, in registry.yaml", ["`provider.contact`.", "`base_models`."]),
        ("Whoever adds the datasets", ["`--url`."]),
        ("Others", ["Nobody is left to ask."]),
    ]


def test_what_the_same_words_close_is_one() -> None:
    (closer,) = by_closer([Gap("1", "One", "The provider: `a`."), Gap("2", "Two", "The provider: `a`.")])
    assert [gap.title for gap in closer.gaps] == ["One; Two"]


def test_a_key_with_a_colon_names_nobody() -> None:
    (closer,) = by_closer([Gap("1", "One", "`shown_as: name` of these agents.")])
    assert closer.who == "Others"
