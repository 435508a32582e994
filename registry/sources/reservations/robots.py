"""robots.txt: the Robots Exclusion Protocol (RFC 9309), and the lines that others have added to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from urllib.parse import unquote_to_bytes

from registry.domain.reservation import ANYONE, EVERYWHERE, Protocol, Says, Signal
from registry.sources.reservations.aipref import content_signal, preference

MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: what a parser has to read at least
PLACE = "robots.txt"
_LIST = "github.com/ai-robots-txt/ai.robots.txt"
_META = "developers.facebook.com/docs/sharing/webmasters/web-crawlers"
# Product tokens of crawlers that collect for training, or that control such use (Applebot-Extended,
# Google-Extended), with who runs them and where to look it up. What they are for is as the list says, read in
# a copy of 2026; of the operators' own pages only that of Amazon was read. Crawlers that fetch for a user or
# a search index alone are none (ChatGPT-User, Claude-User, PerplexityBot).
TRAINING_CRAWLERS = {
    "AI2Bot": "Ai2: allenai.org/crawler",
    "Ai2Bot-Dolma": "Ai2: allenai.org/crawler",
    "Amazonbot": "Amazon: developer.amazon.com/amazonbot",
    "anthropic-ai": f"Anthropic, which no longer names it: {_LIST}",
    "Applebot-Extended": "Apple: support.apple.com/119829",
    "Bytespider": f"ByteDance, which documents none: {_LIST}",
    "CCBot": "Common Crawl, whose data models are trained on: commoncrawl.org/ccbot",
    "ClaudeBot": "Anthropic: support.anthropic.com/en/articles/8896518",
    "cohere-training-data-crawler": f"Cohere: {_LIST}",
    "Cotoyogi": f"ROIS: {_LIST}",
    "DeepSeekBot": f"DeepSeek: {_LIST}",
    "Diffbot": f"Diffbot, which sells structured data: {_LIST}",
    "FacebookBot": f"Meta, for speech recognition: {_LIST}",
    "Google-Extended": "Google: developers.google.com/search/docs/crawling-indexing/google-common-crawlers",
    "GPTBot": "OpenAI: platform.openai.com/docs/bots",
    "ICC-Crawler": f"NICT: {_LIST}",
    "meta-externalagent": f"Meta: {_META}",
    "omgili": f"Webz.io, which sells data: {_LIST}",
    "PanguBot": f"Huawei: {_LIST}",
    "SBIntuitionsBot": "SB Intuitions: sbintuitions.co.jp/en/bot",
    "TikTokSpider": f"ByteDance: {_LIST}",
    "Timpibot": f"Timpi: {_LIST}",
    "Webzio-Extended": f"Webz.io, which sells data: {_LIST}",
}
_OF_GROUPS = {"allow", "disallow", "content-usage", "content-signal"}
_KEYS = _OF_GROUPS | {"user-agent", "license", "sitemap", "crawl-delay", "host"}
_TOKEN = re.compile(r"[A-Za-z_-]+[A-Za-z0-9_-]*")
_LINE = re.compile(r"[ \t]*([A-Za-z-]+)[ \t]*:[ \t]*([^#]*)")
_EVERYWHERE = re.compile(r"\**/?\**|\**/?\*+\$")
_RESERVED = frozenset(b"/?#[]@!$&'()*+,;=:%")
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Rule:
    """A path, as it stands, and whether it may be crawled."""

    path: str
    allows: bool


@dataclass(slots=True)
class Group:
    """What is said to some crawlers: rules on crawling; paths with preferences; content signals."""

    rules: list[Rule] = field(default_factory=list)
    usages: list[tuple[str, str]] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)

    def allows(self, path: str) -> bool:
        """Whether a path may be crawled: the longest match decides, of equal ones allow (2.2.2)."""
        matching = [rule for rule in self.rules if rule.path and matches(rule.path, path)]
        return not matching or max(matching, key=lambda rule: (len(octets(rule.path)), rule.allows)).allows

    def take(self, other: "Group") -> None:
        """Groups of one crawler are one (2.2.1)."""
        self.rules += other.rules
        self.usages += other.usages
        self.signals += other.signals


@dataclass(slots=True)
class Robots:
    """A robots.txt: groups by crawler in lower case, licenses it points to, how many lines are its own."""

    groups: dict[str, Group] = field(default_factory=dict)
    licenses: list[str] = field(default_factory=list)
    understood: int = 0

    def group(self, agent: str) -> Group:
        """What is said to a crawler: its own group, else that for everyone, else nothing."""
        return self.groups.get(agent.lower()) or self.groups.get(ANYONE) or Group()


def robots_signals(data: bytes, agents: Sequence[str] = ()) -> tuple[Signal, ...]:
    """What a robots.txt says to the crawlers that count; those of `TRAINING_CRAWLERS` where none is named.

    A crawler without a group of its own follows the group for everyone, and is not listed apart.
    """
    found = parse_robots(data)
    if data.strip() and not found.understood:
        reason = "no line of it is one of robots.txt"
        return (Signal(Protocol.ROBOTS, PLACE, Says.UNSET, malformed=reason),)
    named = [agent for agent in TRAINING_CRAWLERS if agent.lower() in found.groups]
    signals = [one for agent in agents or (ANYONE, *named) for one in said_to(agent, found, PLACE)]
    signals += [Signal(Protocol.RSL, PLACE, Says.UNSET, policy=address) for address in found.licenses]
    return tuple(dict.fromkeys(signals))


def parse_robots(data: bytes) -> Robots:
    """The groups of a robots.txt (2.2); what stands after `MOST_BYTES` is not read."""
    found, agents, started = Robots(), list[str](), False
    for key, value in _lines(data):
        found.understood += 1
        if key == "user-agent":
            agents = [] if started else agents
            started = False
            token = value if value == ANYONE else (_TOKEN.match(value) or [""])[0]
            agents += [token.lower()] if token else []
            for agent in agents:
                found.groups.setdefault(agent, Group())
        elif key in _OF_GROUPS:
            started = True
            for agent in agents:
                found.groups[agent].take(_read(key, value))
        elif key == "license" and value:
            found.licenses.append(value)
    return found


def said_to(agent: str, robots: Robots, place: str, protocol: Protocol = Protocol.ROBOTS) -> Iterator[Signal]:
    """What is said to a crawler: on crawling, which stands for use where nothing else does, and on use."""
    group = robots.group(agent)
    yield _crawling(agent, group, place, protocol)
    only = len({text for _, text in group.usages}) == 1
    for path, text in group.usages:
        said = preference(text, place, agent, path)
        yield said if only and _is_everywhere(path) else replace(said, is_whole=False)
    yield from (content_signal(text, place, agent) for text in group.signals)


def _crawling(agent: str, group: Group, place: str, protocol: Protocol) -> Signal:
    """All may be crawled, nothing may, or some: then the paths that may not, or what is left."""
    let = [rule.path for rule in group.rules if rule.path and rule.allows]
    disallowed = (rule.path for rule in group.rules if rule.path and not rule.allows)
    barred = [path for path in disallowed if not any(_outdoes(other, path) for other in let)]
    if not barred:
        return Signal(protocol, place, Says.ALLOW, agent)
    if not any(map(_is_everywhere, barred)):
        return Signal(protocol, place, Says.DISALLOW, agent, _listed(barred), is_whole=False)
    open_still = [path for path in let if not _is_everywhere(path)]
    if open_still:
        path = f"all but {_listed(open_still)}"
        return Signal(protocol, place, Says.DISALLOW, agent, path, is_whole=False)
    return Signal(protocol, place, Says.DISALLOW, agent)


def matches(pattern: str, path: str) -> bool:
    """Whether a path falls under a pattern: octets from the start, `*` for any, a final `$` for the end."""
    return _compiled(pattern).match(octets(path)) is not None


def octets(path: str) -> bytes:
    """A path as it is compared: percent-encoded octets decoded, but for reserved ones (2.2.2)."""
    parts = re.split(r"(%[0-9A-Fa-f]{2})", path)
    return b"".join(part.upper().encode() if _is_reserved(part) else unquote_to_bytes(part) for part in parts)


@cache
def _compiled(pattern: str) -> re.Pattern[bytes]:
    ends = pattern.endswith("$")
    parts = map(re.escape, octets(pattern[:-1] if ends else pattern).split(b"*"))
    return re.compile(b".*?".join(parts) + (rb"\Z" if ends else b""), re.DOTALL)


def _is_reserved(part: str) -> bool:
    return len(part) == 3 and part[0] == "%" and int(part[1:], 16) in _RESERVED


def _is_everywhere(path: str) -> bool:
    return _EVERYWHERE.fullmatch(path) is not None


def _outdoes(allow: str, disallow: str) -> bool:
    """Whether an allow rule leaves a disallow rule without effect: as long at least, and of all its paths."""
    mine, other = octets(allow), octets(disallow)
    return mine == other or (_is_everywhere(allow) and len(mine) >= len(other))


def _listed(paths: Sequence[str]) -> str:
    more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
    return " ".join(paths[:_SHOWN]) + more


def _lines(data: bytes) -> Iterator[tuple[str, str]]:
    """The lines that are of robots.txt: key in lower case, and value."""
    text = data[:MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff")
    for line in re.split(r"\r\n|\r|\n", text):
        found = _LINE.match(line)
        if found and (key := found[1].lower()) in _KEYS:
            yield key, found[2].strip(" \t")


def _read(key: str, value: str) -> Group:
    if key == "content-usage":
        given = value if value.startswith("/") else f"{EVERYWHERE} {value}"
        path, *text = re.split(r"[ \t]+", given, maxsplit=1)
        return Group(usages=[(path, "".join(text))])
    if key == "content-signal":
        return Group(signals=[value])
    return Group([Rule(value, key == "allow")])
