"""A verbatim run is found in a longer record, with certainty, from 36 words on."""

from benchmarks.accuracy.winnowing import ONE, TWO, found


def test_a_run_of_36_words_shares_a_kept_shingle_always() -> None:
    runs = found(36)
    assert (ONE, runs.trials, runs.one) == (36, 10_000, 10_000)


def test_a_run_of_68_words_shares_two() -> None:
    runs = found(68)
    assert (TWO, runs.trials, runs.two) == (68, 10_000, 10_000)


def test_the_bound_is_sharp() -> None:
    """Shorter runs are not always found: otherwise these trials could not have failed."""
    assert found(ONE - 1).one < 10_000
    assert found(TWO - 8).two < 10_000
