"""ai.txt of Spawning: robots.txt by its form, on training by its meaning."""

from registry.domain.reservation import ANYONE, Protocol, Says, Signal
from registry.sources.reservations.robots import parse_robots, said_to

PLACE = "ai.txt"


def ai_txt_signals(data: bytes) -> tuple[Signal, ...]:
    """What an ai.txt says to everyone; files of other kinds that have this name too are malformed here."""
    found = parse_robots(data)
    if ANYONE not in found.groups:
        reason = "it says nothing to everyone (User-Agent: *)"
        return (Signal(Protocol.AI_TXT, PLACE, Says.UNSET, malformed=reason),)
    return tuple(said_to(ANYONE, found, PLACE, Protocol.AI_TXT))
