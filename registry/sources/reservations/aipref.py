"""AIPREF: preferences in `Content-Usage` (draft-ietf-aipref-attach and draft-ietf-aipref-vocab).

Read in the editors' copies (ietf-wg-aipref/drafts at 0952a44 and 008bd89), which know `train-ai`, `ai-use`
and `search`. Labels of older drafts (`all`, `bots`, `train-genai`) are ignored, as vocabulary 6.4 asks of
unknown ones.

Also Cloudflare's Content Signals, which say the same in words of their own.
"""

from registry.domain.reservation import EVERYWHERE, Protocol, Says, Signal
from registry.sources.reservations.structured import MalformedError, Token, dictionary

TRAINING = "train-ai"
_SIGNAL = "ai-train"
_PREFERENCES = {Token("y"): Says.ALLOW, Token("n"): Says.DISALLOW}
_SIGNALS = {"yes": Says.ALLOW, "no": Says.DISALLOW}


def preference(text: str, place: str, agent: str, path: str = EVERYWHERE) -> Signal:
    """What a statement of preference says of training (vocabulary, sections 5 and 6.5).

    A value other than the tokens `y` and `n` is unknown and no error; a text that is no dictionary is
    malformed.
    """
    try:
        value = dictionary(text).get(TRAINING)
    except MalformedError as error:
        reason = f"'{_short(text)}' is no dictionary of RFC 9651: {error}"
        return Signal(Protocol.AIPREF, place, Says.UNSET, agent, path, malformed=reason)
    says = _PREFERENCES.get(value, Says.UNSET) if value else Says.UNSET
    return Signal(Protocol.AIPREF, place, says, agent, path)


def content_signal(text: str, place: str, agent: str) -> Signal:
    """What `Content-Signal: search=yes, ai-train=no` says of training; a signal left out says nothing."""
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    said = {name.strip().lower(): value.strip().lower() for name, _, value in pairs}
    value = said.get(_SIGNAL)
    wrong = value is not None and value not in _SIGNALS
    reason = f"{_SIGNAL} is '{_short(value or '')}', neither yes nor no" if wrong else None
    says = _SIGNALS.get(value or "", Says.UNSET)
    return Signal(Protocol.CONTENT_SIGNALS, place, says, agent, malformed=reason)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}..."
