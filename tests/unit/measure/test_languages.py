"""Language shares from a sample."""

from hypothesis import given
from hypothesis import strategies as st

from registry.measure.languages import scale
from registry.measure.tally import Sums

SIZES = st.builds(Sums, st.integers(1, 500), st.integers(1, 9_999), st.integers(1, 99_999))


@given(st.dictionaries(st.sampled_from(["en", "de", "hi", "und"]), SIZES), SIZES, st.data())
def test_the_scaled_sample_adds_up_to_the_whole(
    sample: dict[str, Sums], total: Sums, data: st.DataObject
) -> None:
    wordless = data.draw(st.integers(0, total.records))
    scaled = scale(sample, total, wordless).values()
    assert sum(part.records for part in scaled) == total.records
    assert sum(part.words for part in scaled) == total.words
    assert sum(part.bytes for part in scaled) == total.bytes
