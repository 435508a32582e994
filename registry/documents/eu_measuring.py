"""Field 1.3.g of the EU template: how sizes, languages, domain names and tokens are known."""

import re

from registry.documents.composition import Use
from registry.documents.eu_template import CLOSERS, computed, not_applicable
from registry.documents.fields import Field
from registry.documents.figures import fraction_text
from registry.documents.projection import shown_as
from registry.documents.sizes import holds, is_declared
from registry.documents.subject import DECLARED, Subject, listed
from registry.domain.facts import MediaPart
from registry.domain.stated import Modality, Tokenizer

_RATES = (
    (Modality.AUDIO, "Sampling rates of the audio", "Hz"),
    (Modality.VIDEO, "Frame rates of the video", "per second"),
)
_RATE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:k?Hz|fps|frames (?:per|a) second)\b")


def measuring_field(subject: Subject) -> Field:
    """1.3.g: how sizes, languages, domains and tokens are known."""
    if not subject.uses:
        return not_applicable("1.3.g", "No dataset is recorded.")
    tokenizer = subject.model.tokenizer
    sizes = (
        _counting(subject),
        _media(subject),
        _declared_sizes(subject),
        _in_proportion(subject),
        _media_in_proportion(subject),
    )
    still_open = None if tokenizer and tokenizer.name else CLOSERS["1.3.g"]
    text = " ".join(filter(None, (*sizes, _sampling(subject), _tools(subject), _tokens(tokenizer))))
    return computed("1.3.g", text, "From the records of measurement.", still_open=still_open)


def _counting(subject: Subject) -> str:
    measured = [use for use in subject.uses if use.version.is_measured]
    if not measured:
        return ""
    recipes = sorted({use.version.recipe for use in measured if use.version.recipe})
    counting = f"by the counting rules of recipe {listed(recipes)}" if recipes else "by the registry"
    return (
        f"Records, words and UTF-8 bytes of the content fields were counted in the data itself, {counting}: "
        "a word is a run of letters or digits; in scripts without spaces it is one character. Bytes are "
        "uncompressed. Whatever the number of epochs, what was used counts: "
        f"{subject.counted_once(subject.uses)}."
    )


def _media(subject: Subject) -> str:
    """How images, audio and video were counted, and at which sampling rates they are."""
    parts = [part for use in subject.uses for part in use.version.media]
    if not parts:
        return ""
    counting = "Images, audio and video were told apart by the beginning of each file and counted one by one."
    lengths = " Hours are the lengths that the containers give." if any(part.hours for part in parts) else ""
    rates = [
        f" {what}: {', '.join(found)} {unit}."
        for modality, what, unit in _RATES
        if (found := _rates(parts, modality))
    ]
    return counting + lengths + "".join(rates)


def _rates(parts: list[MediaPart], modality: Modality) -> list[str]:
    found = {rate for part in parts if part.modality is modality for rate in part.rates}
    return sorted(found, key=float)


def _in_proportion(subject: Subject) -> str:
    """What of a part is known only of the whole."""
    parts = [shown_as(use.version) for use in subject.uses if use.is_scaled and _is_mixed(use)]
    if not parts:
        return ""
    was = "a part was used: its" if len(parts) == 1 else "parts were used: their"
    return (
        f"Of {listed(parts)} {was} licenses, languages and domain names are taken in proportion to the whole "
        "dataset; which of them a part holds was not counted."
    )


def _media_in_proportion(subject: Subject) -> str:
    """Of which parts only the records were counted, not the media in them."""
    parts = [shown_as(use.version) for use in subject.uses if use.version.media and not use.is_whole]
    if not parts:
        return ""
    return f"Of parts of {listed(parts)}, images, audio and video are taken in proportion to the records."


def _is_mixed(use: Use) -> bool:
    """Whether licenses, languages or domain names differ within a version."""
    version = use.version
    return max(len(version.licenses), len(version.languages), len(version.domains)) > 1


def _declared_sizes(subject: Subject) -> str:
    """Which sizes nobody here has counted."""
    whole = [shown_as(use.version) for use in subject.uses if not use.version.is_measured]
    parts = [
        shown_as(use.version)
        for use in subject.uses
        if use.version.is_measured and any(map(is_declared, use.components))
    ]
    said = [f"The sizes of {listed(whole)} are {DECLARED}."] if whole else []
    said += [f"Of {listed(parts)} the size of a part that was used is {DECLARED}."] if parts else []
    return " ".join(said)


def _sampling(subject: Subject) -> str:
    """The sampling and frame rates of audio and video, as far as they are stated."""
    found = [
        f"{shown_as(use.version)}: {listed(rates)}"
        for use in subject.uses
        if any(holds(use, modality) for modality in (Modality.AUDIO, Modality.VIDEO))
        and (rates := _declared_rates(use.version.description.processing))
    ]
    return f"Sampling or frame rates as declared: {'; '.join(found)}." if found else ""


def _declared_rates(processing: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys(rate for text in processing for rate in _RATE.findall(text)))


def _tools(subject: Subject) -> str:
    named = (tool for use in subject.uses for tool in (use.version.measured_with or "").split(", "))
    tools = tuple(dict.fromkeys(filter(None, named)))
    if not tools:
        return ""
    has_lengths = any(part.lasts for use in subject.uses for part in use.version.media)
    read = ", domain names derived and lengths read" if has_lengths else " and domain names derived"
    return f"Languages detected{read} with: {', '.join(tools)}."


def _tokens(tokenizer: Tokenizer | None) -> str:
    if tokenizer is None or tokenizer == Tokenizer():
        return "Tokens were not counted: no tokenizer is stated."
    name = f"Tokenizer: {tokenizer.name}." if tokenizer.name else ""
    if tokenizer.tokens_per_word is None:
        return f"{name} Its tokens per word are not stated.".strip()
    factor = f"Declared tokens per word: {fraction_text(tokenizer.tokens_per_word)}."
    return f"{name} {factor}".strip()
