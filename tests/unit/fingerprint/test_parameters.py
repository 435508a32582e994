"""The recipe travels with every result and keeps different ones apart."""

from dataclasses import replace

import pytest

from registry.errors import RefusedError
from registry.fingerprint.parameters import RECIPE, RecipeMismatchError, require_compatible, threshold
from registry.fingerprint.tables import kernel_tables


def test_equal_recipes_compare() -> None:
    require_compatible(RECIPE, replace(RECIPE))


def test_different_recipes_refuse_to_compare_and_both_are_named() -> None:
    other = replace(RECIPE, name="2", window=64)
    with pytest.raises(RecipeMismatchError) as caught:
        require_compatible(RECIPE, other)
    assert str(RECIPE) in caught.value.message
    assert str(other) in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize("name", sorted(RECIPE.as_dict()))
def test_every_parameter_changes_the_digest(name: str) -> None:
    value = RECIPE.as_dict()[name]
    changed = replace(RECIPE, **{name: value + 1 if isinstance(value, int) else value + "x"})  # type: ignore[arg-type]
    assert changed.digest() != RECIPE.digest()


@pytest.mark.parametrize(
    "change", [{"window": 64}, {"shingle": 4}, {"permutations": 100}, {"unicode": "16.0.0"}]
)
def test_a_recipe_of_another_version_is_refused(change: dict[str, str | int]) -> None:
    with pytest.raises(RefusedError):
        kernel_tables(replace(RECIPE, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("scale", [1, 2, 3, 10, 1000, 2**32, 10**15])
def test_a_sketch_keeps_what_is_below_its_share_of_the_hashes(scale: int) -> None:
    """All that are below 2^64 / scale, in exact arithmetic."""
    greatest = threshold(scale)
    assert greatest * scale < 2**64 <= (greatest + 1) * scale


def test_a_scale_below_one_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        threshold(0)
