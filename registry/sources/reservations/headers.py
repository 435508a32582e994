"""HTTP header fields of an answer, as `curl --head` saves them: TDMRep, AIPREF and Content Signals."""

import re
from dataclasses import replace

from registry.domain.reservation import ANYONE, EVERYWHERE, Protocol, Says, Signal
from registry.sources.reservations.aipref import content_signal, preference
from registry.sources.reservations.tdmrep import POLICY, RESERVATION, reserved

_FIELD = re.compile(r"([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*?)[ \t]*")
_LICENSE = re.compile(r"<([^>]*)>[^,]*;\s*rel=\"?license\"?", re.IGNORECASE)


def header_signals(data: bytes, place: str, path: str = EVERYWHERE) -> tuple[Signal, ...]:
    """What the fields say; of one that stands more than once the values are joined (RFC 9110, 5.3)."""
    fields: dict[str, str] = {}
    for line in data.decode("latin-1").splitlines():
        if found := _FIELD.fullmatch(line):
            name = found[1].lower()
            fields[name] = f"{fields[name]}, {found[2]}" if name in fields else found[2]
    signals = []
    if RESERVATION in fields:
        signals.append(reserved(fields[RESERVATION], fields.get(POLICY), place, path))
    if "content-usage" in fields:
        signals.append(preference(fields["content-usage"], place, ANYONE, path))
    if "content-signal" in fields:
        signals.append(content_signal(fields["content-signal"], place, ANYONE))
    if license_ := _LICENSE.search(fields.get("link", "")):
        signals.append(Signal(Protocol.RSL, place, Says.UNSET, policy=license_[1]))
    is_whole = path == EVERYWHERE
    return tuple(replace(signal, path=path, is_whole=is_whole) for signal in signals)
