"""TDMRep: the TDM Reservation Protocol (W3C Community Group, 2024-05-10), headers (6.1), file and HTML."""

import json
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from typing import Any

from registry.domain.reservation import EVERYWHERE, Protocol, Says, Signal

PLACE = "tdmrep.json"
RESERVATION, POLICY = "tdm-reservation", "tdm-policy"
_VALUES = {"0": Says.ALLOW, "1": Says.DISALLOW}
_ALL = {"/", "/*", "*"}


def tdmrep_signals(data: bytes) -> tuple[Signal, ...]:
    """What `/.well-known/tdmrep.json` says: the first rule that matches a path decides (section 6.2)."""
    try:
        rules: Any = json.loads(data)
    except ValueError as error:
        return (_malformed(f"it is not JSON: {error}"),)
    if not isinstance(rules, list):
        return (_malformed("it is no array of rules"),)
    signals = tuple(_rule(rule) for rule in rules)
    return tuple(_in_effect(signals)) or (Signal(Protocol.TDMREP, PLACE, Says.UNSET),)


def _in_effect(signals: Sequence[Signal]) -> Iterator[Signal]:
    """The rules up to the first for the whole site; this is of the whole where those before say the same."""
    before: list[Signal] = []
    for signal in signals:
        if signal.malformed or signal.path not in _ALL:
            before.append(signal)
            continue
        same = all(one.malformed or one.says is signal.says for one in before)
        yield from (one for one in before if one.malformed or not same)
        yield Signal(signal.protocol, signal.place, signal.says, is_whole=same, policy=signal.policy)
        return
    yield from before


def _rule(rule: Any) -> Signal:
    if not isinstance(rule, dict) or not isinstance(rule.get("location"), str):
        return _malformed("a rule has no location")
    if not rule["location"]:
        return _malformed("a location is empty")
    policy = rule.get(POLICY)
    return reserved(
        rule.get(RESERVATION), policy if isinstance(policy, str) else None, PLACE, rule["location"]
    )


def reserved(value: Any, policy: str | None, place: str, path: str = EVERYWHERE) -> Signal:
    """What a value of `tdm-reservation` says; any but 0 and 1 is an error, and unset (section 5.1)."""
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    says = _VALUES.get(text, Says.UNSET)
    wrong = says is Says.UNSET
    reason = f"{RESERVATION} is {json.dumps(value)[:40]}, neither 0 nor 1" if wrong else None
    is_whole = path in _ALL
    where = EVERYWHERE if is_whole else path
    return Signal(
        Protocol.TDMREP, place, says, path=where, is_whole=is_whole, malformed=reason, policy=policy
    )


def _malformed(reason: str) -> Signal:
    return Signal(Protocol.TDMREP, PLACE, Says.UNSET, malformed=reason)


def html_signals(data: bytes, place: str, path: str = EVERYWHERE) -> tuple[Signal, ...]:
    """What the `meta` elements of a page say (section 6.3)."""
    found = _Meta()
    found.feed(data.decode("utf-8", "replace"))
    if RESERVATION not in found.said:
        return ()
    return (reserved(found.said[RESERVATION], found.said.get(POLICY), place, path),)


class _Meta(HTMLParser):
    """The first `meta` element of each name that TDMRep knows."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what a `meta` element says."""
        given = dict(attrs)
        name = (given.get("name") or "").strip().lower()
        if tag == "meta" and name in {RESERVATION, POLICY}:
            self.said.setdefault(name, given.get("content") or "")
