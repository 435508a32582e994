"""What sites say about training: each protocol by its specification, malformed signals told."""

import json
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.reservation import Protocol, Says, Signal
from registry.errors import SourceError
from registry.sources.reservations.aipref import content_signal, preference
from registry.sources.reservations.read import READERS, Fetched, form_of, signals_in
from registry.sources.reservations.robots import MOST_BYTES, matches, parse_robots
from registry.sources.reservations.structured import MalformedError, Token, dictionary


def read(text: str, form: str, path: str = "/", agents: tuple[str, ...] = ()) -> dict[str, Signal]:
    """What a file says, by agent and protocol."""
    found = signals_in(Fetched("file", text.encode(), path, agents), form)
    return {f"{one.agent} {one.protocol.value} {one.path}": one for one in found}


class TestRobots:
    """RFC 9309."""

    def test_each_crawler_that_has_a_group_is_listed_and_everyone_else_once(self) -> None:
        found = read("User-agent: GPTBot\nDisallow: /\n\nUser-agent: *\nAllow: /\n", "robots")
        assert {key: one.says for key, one in found.items()} == {
            "* robots /": Says.ALLOW,
            "GPTBot robots /": Says.DISALLOW,
        }

    def test_the_crawlers_that_count_can_be_named(self) -> None:
        text = "User-agent: mybot\nDisallow: /\nUser-agent: GPTBot\nAllow: /\n"
        found = read(text, "robots", agents=("MyBot", "OtherBot"))
        assert found["MyBot robots /"].says is Says.DISALLOW
        assert found["OtherBot robots /"].says is Says.ALLOW
        assert len(found) == 2

    @pytest.mark.parametrize(
        ("rules", "path", "allowed"),
        [
            ("Allow: /p\nDisallow: /", "/page", True),  # RFC 9309, 5.2: the longest match
            ("Allow: /folder\nDisallow: /folder", "/folder/page", True),
            ("Allow: /page\nDisallow: /*.htm", "/page.htm", False),
            ("Disallow: /*.gif$", "/a.gif", False),
            ("Disallow: /*.gif$", "/a.gif?x", True),
            ("Disallow: /path/file-with-a-%2A.html", "/path/file-with-a-*.html", True),
            ("Disallow: /a%3cd.html", "/a<d.html", False),
            ("Disallow:", "/anything", True),
            ("", "/anything", True),
        ],
    )
    def test_the_longest_match_decides(self, rules: str, path: str, allowed: bool) -> None:
        robots = parse_robots(f"User-agent: *\n{rules}\n".encode())
        assert robots.group("any").allows(path) is allowed

    def test_groups_of_one_crawler_are_one_and_a_line_between_agents_does_not_part_them(self) -> None:
        first = b"User-agent: a\nSitemap: https://x.example/s\nUser-agent: b\nDisallow: /x\n"
        robots = parse_robots(first + b"\nuser-agent: A\nDisallow: /y")
        assert [rule.path for rule in robots.group("a").rules] == ["/x", "/y"]
        assert [rule.path for rule in robots.group("B").rules] == ["/x"]

    def test_all_barred_but_some_is_not_the_whole(self) -> None:
        (found,) = read("User-agent: *\nDisallow: /\nAllow: /press/", "robots").values()
        assert (found.says, found.is_whole, found.path) == (Says.DISALLOW, False, "all but /press/")

    @pytest.mark.parametrize(
        ("rules", "says", "is_whole", "path"),
        [
            ("Disallow: /\nAllow: /", Says.ALLOW, True, "/"),
            ("Allow: /\nDisallow: /", Says.ALLOW, True, "/"),
            ("Disallow: /\nAllow: /*", Says.ALLOW, True, "/"),
            ("Disallow: /*\nAllow: /", Says.DISALLOW, True, "/"),
            ("Disallow: /\nAllow: /$", Says.DISALLOW, False, "all but /$"),
            ("Disallow: /*$\nAllow: /robots.txt", Says.DISALLOW, False, "all but /robots.txt"),
            ("Disallow: /$", Says.DISALLOW, False, "/$"),
            ("Disallow: /a\nAllow: /%61", Says.ALLOW, True, "/"),
            ("Disallow: /a\nDisallow: /b\nAllow: /a", Says.DISALLOW, False, "/b"),
            ("Disallow: /a\nAllow: /", Says.DISALLOW, False, "/a"),
        ],
    )
    def test_of_equal_rules_the_least_restrictive_holds(
        self, rules: str, says: Says, is_whole: bool, path: str
    ) -> None:
        """RFC 9309, 2.2.2: the match of most octets; of an equivalent pair, the allow rule."""
        (found,) = read(f"User-agent: *\n{rules}\n", "robots").values()
        assert (found.says, found.is_whole, found.path) == (says, is_whole, path)

    def test_an_empty_file_bars_nothing_and_a_web_page_is_malformed(self) -> None:
        assert [one.says for one in read("", "robots").values()] == [Says.ALLOW]
        (found,) = read("<!doctype html><title>Not found</title>", "robots").values()
        assert found.says is Says.UNSET
        assert found.malformed == "no line of it is one of robots.txt"

    def test_what_stands_after_500_kib_is_not_read(self) -> None:
        text = b"User-agent: *\nAllow: /\n" + b"#" * MOST_BYTES + b"\nDisallow: /\n"
        assert parse_robots(text).group("x").allows("/")

    def test_usage_rules_signals_and_licenses_are_read_too(self) -> None:
        text = (
            "License: https://x.example/license.xml\nUser-agent: *\nAllow: /\n"
            "Content-Usage: / train-ai=n\nContent-Usage: /ok/\ttrain-ai=y\n"
            "Content-Signal: search=yes, ai-train=no\n"
        )
        found = read(text, "robots")
        assert (found["* aipref /"].says, found["* aipref /"].is_whole) == (Says.DISALLOW, False)
        assert found["* aipref /ok/"].says is Says.ALLOW
        assert found["* content-signals /"].says is Says.DISALLOW
        assert found["* rsl /"].policy == "https://x.example/license.xml"

    @given(st.text(alphabet="ab/%$*"), st.text(alphabet="ab/%"))
    def test_a_path_matches_itself_and_every_pattern_that_it_begins_with(self, path: str, more: str) -> None:
        """RFC 9309, 2.2.2: rules match from the start of the path."""
        plain = "/" + path.replace("$", "").replace("*", "").replace("%", "")
        assert matches(plain, plain + more.replace("%", ""))

    @given(st.binary(max_size=400))
    def test_any_bytes_are_read(self, data: bytes) -> None:
        assert signals_in(Fetched("robots.txt", data))


class TestStructuredFields:
    """RFC 9651, section 4.2.2."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("train-ai=n", {"train-ai": Token("n")}),
            ("train-ai=y, search=n", {"train-ai": Token("y"), "search": Token("n")}),
            ("train-ai=y, train-ai", {"train-ai": None}),
            ('search=n, search="n"', {"search": None}),
            ("train-ai;allow=n, train-ai=y", {"train-ai": Token("y")}),
            ('a=(1 2.5 tok);q=?1, b=:aGk=:, c=@1659578233, d=%"f%c3%bc"', dict.fromkeys("abcd")),
            ("", {}),
        ],
    )
    def test_members(self, text: str, expected: dict[str, Token | None]) -> None:
        assert dictionary(text) == expected

    @pytest.mark.parametrize("text", ["Train-AI=n", "train-ai=n,", "a=n b=y", "a=", "a=(1", "a=(1,2)", "=n"])
    def test_one_mistake_spoils_the_whole(self, text: str) -> None:
        with pytest.raises(MalformedError):
            dictionary(text)

    @given(st.text(alphabet=string.printable))
    def test_every_text_is_a_dictionary_or_malformed(self, text: str) -> None:
        try:
            dictionary(text)
        except MalformedError:
            return

    @given(st.dictionaries(st.from_regex(r"[a-z][a-z0-9_.*-]{0,8}", fullmatch=True), st.sampled_from("yn")))
    def test_what_is_written_is_read(self, said: dict[str, str]) -> None:
        text = ", ".join(f"{key}={value}" for key, value in said.items())
        assert dictionary(text) == {key: Token(value) for key, value in said.items()}


@pytest.mark.parametrize(
    ("text", "says", "is_malformed"),
    [
        ("train-ai=n", Says.DISALLOW, False),
        ("train-ai=y", Says.ALLOW, False),
        ("search=n", Says.UNSET, False),
        ("train-ai=?0", Says.UNSET, False),  # a value that is no token is unknown, not an error
        ("train-ai=no!,", Says.UNSET, True),
    ],
)
def test_a_preference(text: str, says: Says, is_malformed: bool) -> None:
    found = preference(text, "header", "*")
    assert (found.says, found.malformed is not None) == (says, is_malformed)


def test_a_content_signal_left_out_says_nothing_and_one_misspelt_is_malformed() -> None:
    assert content_signal("search=yes", "robots.txt", "*").says is Says.UNSET
    assert content_signal("AI-Train = No", "robots.txt", "*").says is Says.DISALLOW
    assert content_signal("ai-train=maybe", "robots.txt", "*").malformed


class TestTdmrep:
    """The TDM Reservation Protocol."""

    def rules(self, *rules: object) -> list[Signal]:
        return list(signals_in(Fetched("tdmrep.json", json.dumps(rules).encode())))

    def test_the_first_match_decides(self) -> None:
        found = self.rules(
            {"location": "/blog/*", "tdm-reservation": 0},
            {"location": "/", "tdm-reservation": 1, "tdm-policy": "https://x.example/p.json"},
            {"location": "/never/looked/at", "tdm-reservation": 0},
        )
        assert [(one.path, one.says, one.is_whole) for one in found] == [
            ("/blog/*", Says.ALLOW, False),
            ("/", Says.DISALLOW, False),
        ]
        assert found[1].policy == "https://x.example/p.json"

    def test_one_rule_for_all_is_of_the_whole(self) -> None:
        (found,) = self.rules({"location": "/", "tdm-reservation": 1})
        assert (found.says, found.is_whole) == (Says.DISALLOW, True)

    @pytest.mark.parametrize("value", [2, "yes", None, True, [1], -1, 1.0])
    def test_a_bad_value_is_unset(self, value: object) -> None:
        (found,) = self.rules({"location": "/", "tdm-reservation": value})
        assert found.says is Says.UNSET
        assert found.malformed

    @pytest.mark.parametrize(
        "text", ["{", '{"location": "/", "tdm-reservation": 1}', '[{"location": 1}]', "[3]"]
    )
    def test_what_is_no_array_of_rules_is_malformed(self, text: str) -> None:
        (found,) = signals_in(Fetched("tdmrep.json", text.encode()))
        assert (found.says, bool(found.malformed)) == (Says.UNSET, True)

    def test_headers_and_pages(self) -> None:
        headers = b"HTTP/2 200\r\nTDM-Reservation: 1\r\ntdm-policy: https://x.example/p\r\n"
        found = signals_in(Fetched("answer", headers + b"Content-Usage: train-ai=n\r\n", "/a"))
        assert [(one.protocol, one.says, one.path, one.is_whole) for one in found] == [
            (Protocol.TDMREP, Says.DISALLOW, "/a", False),
            (Protocol.AIPREF, Says.DISALLOW, "/a", False),
        ]
        page = '<!doctype html><META NAME="tdm-reservation" content="0"><meta name=tdm-policy content=x>'
        (said,) = signals_in(Fetched("page.html", page.encode()))
        assert (said.says, said.policy) == (Says.ALLOW, "x")
        assert signals_in(Fetched("page.html", b"<p>tdm-reservation</p>")) == ()


def rsl(*licenses: str, url: str = "/", server: str = "") -> Signal:
    content = f'<content url="{url}" {server}>{"".join(licenses)}</content>'
    text = f'<rsl xmlns="https://rslstandard.org/rsl">{content}</rsl>'
    (found,) = signals_in(Fetched("license.xml", text.encode()))
    return found


class TestRsl:
    """RSL 1.0."""

    @pytest.mark.parametrize(
        ("inside", "says"),
        [
            ('<prohibits type="usage">ai-train search</prohibits>', Says.DISALLOW),
            ('<prohibits type="usage">ai-all</prohibits>', Says.DISALLOW),
            ('<prohibits type="usage">ai-input</prohibits>', Says.ALLOW),
            ('<permits type="usage">search</permits>', Says.DISALLOW),
            ('<permits type="usage">all</permits>', Says.ALLOW),
            ('<permits type="usage">ai-train</permits><payment type="subscription"/>', Says.DISALLOW),
            ('<permits type="usage">ai-train</permits><payment type="attribution"/>', Says.ALLOW),
            ('<permits type="usage">ai-train</permits><payment/>', Says.ALLOW),  # as if it was not there
            ("<payment><amount currency='USD'>0.01</amount></payment>", Says.DISALLOW),  # a price is asked
            ("<payment type='free'><accepts>x402</accepts></payment>", Says.ALLOW),
            ('<prohibits type="geo">US</prohibits>', Says.ALLOW),
        ],
    )
    def test_a_license(self, inside: str, says: Says) -> None:
        assert rsl(f"<license>{inside}</license>").says is says

    def test_a_license_server_has_to_be_asked_first(self) -> None:
        assert rsl("<license/>", server='server="https://l.example"').says is Says.DISALLOW

    def test_no_license_says_nothing_and_a_part_is_not_the_whole(self) -> None:
        assert rsl().says is Says.UNSET
        assert rsl("<license/>", url="https://x.example/a/*").path == "/a/*"

    @pytest.mark.parametrize(
        "text",
        [
            "<rsl/>",
            "<rsl xmlns='https://rslstandard.org/rsl'/>",
            "not xml",
            "",
            '<!DOCTYPE rsl [<!ENTITY a SYSTEM "file:///etc/passwd">]><rsl xmlns="https://rslstandard.org/rsl">&a;</rsl>',
        ],
    )
    def test_what_is_no_license_file_is_malformed(self, text: str) -> None:
        (found,) = signals_in(Fetched("license.xml", text.encode()), "rsl")
        assert (found.says, bool(found.malformed)) == (Says.UNSET, True)


def test_ai_txt_is_read_as_robots_txt_and_others_of_that_name_are_malformed() -> None:
    (found,) = signals_in(Fetched("ai.txt", b"User-Agent: *\nDisallow: /\nDisallow: *\n"))
    assert (found.protocol, found.says, found.is_whole) == (Protocol.AI_TXT, Says.DISALLOW, True)
    (found,) = signals_in(Fetched("ai.txt", b"# About\nTraining: deny\n"))
    assert found.malformed


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("robots.txt", b"", "robots"),
        ("x.example_robots.txt", b"", "robots"),
        ("saved", b"User-agent: *\n", "robots"),
        ("tdmrep.json", b"", "tdmrep"),
        ("saved", b'[{"location": "/", "tdm-reservation": 1}]', "tdmrep"),
        ("license.xml", b"", "rsl"),
        ("ai.txt", b"", "ai-txt"),
        ("saved", b"HTTP/1.1 200 OK\r\n", "headers"),
        ("index.html", b"", "html"),
    ],
)
def test_the_form_is_told_from_name_or_content(name: str, data: bytes, form: str) -> None:
    assert form_of(Fetched(name, data)) == form
    assert form in READERS


def test_a_file_of_no_known_form_is_refused() -> None:
    with pytest.raises(SourceError, match="cannot be told"):
        signals_in(Fetched("notes", b"hello"))
