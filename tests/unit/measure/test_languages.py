"""Language shares from a sample."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from registry.domain.facts import Size
from registry.measure.detector import classify
from registry.measure.languages import scale

SIZES = st.builds(Size, st.integers(1, 500), st.integers(1, 9_999), st.integers(1, 99_999))


@given(st.dictionaries(st.sampled_from(["en", "de", "hi", "und"]), SIZES), SIZES, st.data())
def test_the_scaled_sample_adds_up_to_the_whole(
    sample: dict[str, Size], total: Size, data: st.DataObject
) -> None:
    wordless = data.draw(st.integers(0, total.records))
    scaled = scale(sample, total, wordless).values()
    assert sum(part.records for part in scaled) == total.records
    assert sum(part.words for part in scaled) == total.words
    assert sum(part.bytes for part in scaled) == total.bytes


TEXTS = st.sampled_from([
    "The quick brown fox jumps over the lazy dog, and nobody is surprised.",
    "Der schnelle braune Fuchs springt über den faulen Hund, wie jeden Morgen.",
    "Съешь же ещё этих мягких французских булок, да выпей чаю.",
    "色は匂へど散りぬるを我が世誰ぞ常ならむ",
    "LOREM IPSUM DOLOR SIT AMET", "", "x = [i for i in range(10)]", "\N{COMBINING ACUTE ACCENT}a\0",
])  # fmt: skip


@cache
def theirs() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@settings(deadline=None)
@given(st.lists(TEXTS | st.text(max_size=40)).map(" ".join))
def test_the_compiled_detector_answers_as_py3langid_does(text: str) -> None:
    assert classify(text) == theirs().classify(text)
