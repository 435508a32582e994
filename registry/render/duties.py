"""The first screen of an attribution manifest: what is attributed, what is inherited, which duties follow."""

from dataclasses import dataclass

from registry.documents.figures import counted, exact, exactly, percent, share_of
from registry.documents.manifest import LicenseDuties, Manifest
from registry.documents.names import WITHHELD_AGENT
from registry.documents.partition import UNIDENTIFIED
from registry.documents.subject import listed

_MOST_NAMED = 4
_MEANING = {
    "attribution": "those who made it are named",
    "notice": "the license text, its address or NOTICE files travel along",
    "share alike": "what is made from it stands under the same license",
    "state changes": "changes are marked",
    "non commercial": "no commercial use",
    "no derivatives": "nothing made from it is passed on",
    "use restrictions": "some purposes are forbidden",
    "network copyleft": "users over a network get the source",
    "disclose source": "the source is passed on too",
}


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty of the first screen: what is asked for, of which words, by which licenses.

    meaning: the duty in other words; licenses: those of the most words, and how many `more`
    said: "asked for", "contested", or "not known" (then `duty` says what is not)
    """

    duty: str
    meaning: str
    said: str
    words: int
    share: str
    inherited_words: int
    licenses: tuple[str, ...]
    more: int


def said(manifest: Manifest) -> str:
    """How many holders, how many words are attributed, how many not, and what is inherited."""
    uncounted = len(manifest.own.without_words)
    more = f"The words of {counted(uncounted, 'dataset')} are not known." if uncounted else ""
    return " ".join(filter(None, (_attributed(manifest), more, inherited_said(manifest))))


def _attributed(manifest: Manifest) -> str:
    words, named = manifest.words, manifest.own.named_words
    if not words:
        return "No words of own training are counted."
    of_all = f"Of {exactly(words, 'word')} of own training"
    whose = f"attributed to {exactly(len(manifest.named), 'named rights holder')}"
    if named == words:
        return f"{of_all}, all are {whose}."
    start = f"{of_all}, {exact(named)} {_are(named)} {whose}" if named else f"{of_all}, none is attributed"
    hidden, nobody = manifest.words_of(WITHHELD_AGENT), manifest.words_of(UNIDENTIFIED)
    reasons = [
        f"of {exact(count)} {why}"
        for count, why in (
            (hidden, "the names of the holders are withheld"),
            (nobody, "nobody has named the holders"),
        )
        if count
    ]
    return f"{start}; {listed(reasons)}."


def _are(number: int) -> str:
    return "is" if number < 2 else "are"  # none is, one is


def inherited_said(manifest: Manifest) -> str:
    """What is known of base models, in a sentence."""
    name = f"{manifest.model.name} {manifest.model.label}"
    if not manifest.base_is_stated:
        return f"Whether {name} was made from another model is not stated."
    if not manifest.inherited:
        return f"{name} was made from no other model."
    unknown = manifest.inherited_unknown
    bases = counted(len(manifest.inherited), "base model")
    if not unknown:
        return f"What it inherits from {bases} is listed apart."
    brought = "it" if len(manifest.inherited) == 1 else f"{exact(unknown)} of them"
    return f"It inherits from {bases}; whose works {brought} brought along is not known in full."


def duties_said(manifest: Manifest) -> str:
    """What follows from shipping the model, in a heading."""
    asked = [line.duty for line in duty_lines(manifest) if line.said == "asked for"]
    if not asked:
        return "No license is known to ask for anything"
    return f"Shipping this model asks for {listed(asked, most=len(asked))}"


def duty_lines(manifest: Manifest) -> tuple[DutyLine, ...]:
    """What is asked for, then what is contested, the most words first; then what may be asked for."""
    found = [
        _duty(manifest, name, said, [one for one in manifest.licenses if name in one.answered(answer)])
        for answer, said in (("yes", "asked for"), ("contested", "contested"))
        for name in _names(manifest.licenses, answer)
    ]
    ordered = sorted(found, key=lambda line: (line.said, -line.words, -line.inherited_words, line.duty))
    unknown = [one for one in manifest.licenses if one.is_unknown]
    last = [_duty(manifest, "what the license asks for", "not known", unknown)] if unknown else []
    return (*ordered, *last)


def _names(licenses: tuple[LicenseDuties, ...], answer: str) -> list[str]:
    return list(dict.fromkeys(name for one in licenses for name in one.answered(answer)))


def _duty(manifest: Manifest, name: str, said: str, licenses: list[LicenseDuties]) -> DutyLine:
    words = sum(one.words for one in licenses)
    return DutyLine(
        duty=name,
        meaning=_MEANING.get(name, ""),
        said=said,
        words=words,
        share=percent(share_of(words, manifest.words)),
        inherited_words=sum(one.inherited_words for one in licenses),
        licenses=tuple(one.license for one in licenses[:_MOST_NAMED]),
        more=len(licenses[_MOST_NAMED:]),
    )
