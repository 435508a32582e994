"""What sites said, recorded from files, and what was taken against it."""

import json
from pathlib import Path

import pytest

from tests.command import Command

DAY = ("--observed", "2025-03-01")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A dataset of three domains, ten records each, collected from January to June 2025."""
    folder = tmp_path_factory.mktemp("built")
    hosts = ("example.org", "blog.other.net", "third.com")
    with (folder / "posts.jsonl").open("w") as file:
        for number in range(30):
            row = {"text": f"post {number} of some words", "url": f"https://{hosts[number % 3]}/{number}"}
            file.write(json.dumps(row) + "\n")
    (folder / "registry.yaml").write_text(
        "datasets:\n  - {name: posts, version: '1', source: posts.jsonl, origin: crawled, language: en,\n"
        "     fields: {text: text, url: url}, collected: {from: 2025-01, until: 2025-06}}\n"
    )
    registry = Command(folder / "home")
    registry("apply", folder / "registry.yaml")
    return registry


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def fetched(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def check(registry: Command, code: int) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = registry(
        "reservation", "check", "posts", "--format", "json", code=code
    ).json
    return found


def test_what_was_taken_against_a_reservation_is_found(registry: Command, tmp_path: Path) -> None:
    file = fetched(tmp_path, "robots.txt", "User-agent: GPTBot\nDisallow: /\n")
    assert check(registry, 0)["not_looked_at"] == [{"dataset": "posts@1", "domains": 3}]
    added = registry("reservation", "add", file, "--domain", "www.example.org", *DAY, "--format", "json").json
    assert [(one["agent"], one["says"], one["news"]) for one in added] == [
        ("*", "allow", "yes"),
        ("GPTBot", "disallow", "yes"),
    ]
    found = check(registry, 1)
    assert found["findings"] == [
        {
            "dataset": "posts@1",
            "domain": "example.org",
            "standing": "in force",
            "scope": "whole",
            "protocols": "robots",
            "observed": "2025-03-01",
            "records": 10,
            "words": 50,
        }
    ]
    assert found["not_looked_at"] == [{"dataset": "posts@1", "domains": 2}]
    assert "in force" in registry("reservation", "check", code=1).stdout
    assert (
        "posts@1,example.org,in force" in registry("reservation", "check", "--format", "csv", code=1).stdout
    )


def test_later_and_in_part_are_listed_apart_and_are_no_findings(registry: Command, tmp_path: Path) -> None:
    rule = '[{"location": "/", "tdm-reservation": 1}]'
    fetched(tmp_path, "sites/blog.other.net/.well-known/tdmrep.json", rule)
    registry("reservation", "add", tmp_path / "sites", *DAY)
    later = (
        "--observed",
        "2025-09-01",
        "--protocol",
        "letter",
        "--says",
        "disallow",
        "--evidence",
        "file 17",
    )
    registry("reservation", "add", "--domain", "third.com", *later)
    found = check(registry, 0)
    assert [(one["domain"], one["standing"], one["scope"]) for one in found["not_decided"]] == [
        ("other.net", "in force", "part"),
        ("third.com", "observed later", "whole"),
    ]


def test_the_same_file_again_is_no_news_and_another_of_that_day_takes_its_place(
    registry: Command, tmp_path: Path
) -> None:
    add = ("reservation", "add", tmp_path / "robots.txt", "--domain", "example.org", *DAY, "--format", "json")
    fetched(tmp_path, "robots.txt", "User-agent: *\nDisallow: /\n")
    registry(*add)
    assert {one["news"] for one in registry(*add).json} == {"no"}
    fetched(tmp_path, "robots.txt", "User-agent: *\nAllow: /\n")
    registry(*add)
    listed = registry("reservation", "list", "--domain", "example.org", "--format", "json").json
    assert [one["says"] for one in listed] == ["allow"]


def test_a_crawler_that_is_named_alone_counts(registry: Command, tmp_path: Path) -> None:
    file = fetched(tmp_path, "robots.txt", "User-agent: GPTBot\nDisallow: /\n")
    registry("reservation", "add", file, "--domain", "example.org", *DAY, "--agent", "OurBot")
    assert check(registry, 0)["findings"] == []


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "http://EXAMPLE.org:8080/",
        "example.org:8080",
        "Example.org.",
        " www.example.org",
    ],
)
def test_an_address_is_taken_for_its_host(registry: Command, tmp_path: Path, address: str) -> None:
    file = fetched(tmp_path, "robots.txt", "User-agent: *\nDisallow: /\n")
    registry("reservation", "add", file, "--domain", address, *DAY)
    (listed,) = registry("reservation", "list", "--format", "json").json
    host = "www.example.org" if "www" in address else "example.org"
    assert (listed["domain"], listed["host"], listed["scope"]) == ("example.org", host, "whole")
    assert len(check(registry, 1)["findings"]) == 1


def test_a_folder_of_a_host_is_read_as_its_name_is_meant(registry: Command, tmp_path: Path) -> None:
    fetched(tmp_path, "sites/Example.ORG./robots.txt", "User-agent: *\nDisallow: /\n")
    registry("reservation", "add", tmp_path / "sites", *DAY)
    assert [one["domain"] for one in check(registry, 1)["findings"]] == ["example.org"]


def test_the_public_sees_the_dates_that_a_check_goes_by(registry: Command, tmp_path: Path) -> None:
    stated = (tmp_path / "registry.yaml").read_text()
    crawled = stated.replace("2025-06}", "2025-06}, crawl: {crawlers: [{name: Bot}], until: 2025-04-30}")
    (tmp_path / "registry.yaml").write_text(crawled)
    registry("apply", tmp_path / "registry.yaml")
    file = fetched(tmp_path, "robots.txt", "User-agent: *\nDisallow: /\n")
    registry("reservation", "add", file, "--domain", "example.org", "--observed", "2025-05-01")
    assert check(registry, 0)["not_decided"][0]["standing"] == "observed later"
    dates = "SELECT collected_from, collected_until FROM public_reservation"
    assert registry("query", dates, "--format", "json").json == [
        {"collected_from": "2025-01", "collected_until": "2025-04-30"}
    ]


LETTER = ("--protocol", "letter", "--says", "disallow", "--evidence", "file 17")


def test_an_address_with_a_path_is_of_that_part(registry: Command, tmp_path: Path) -> None:
    headers = fetched(tmp_path, "headers.txt", "HTTP/2 200\ntdm-reservation: 1\n")
    registry("reservation", "add", headers, "--domain", "https://example.org/news?page=2", *DAY)
    registry("reservation", "add", "--domain", "https://third.com/art/", *DAY, *LETTER)
    listed = registry("reservation", "list", "--format", "json").json
    assert [(one["host"], one["path"], one["scope"]) for one in listed] == [
        ("example.org", "/news?page=2", "part"),
        ("third.com", "/art/", "part"),
    ]
    found = check(registry, 0)["not_decided"]
    assert [(one["domain"], one["scope"]) for one in found] == [
        ("example.org", "part"),
        ("third.com", "part"),
    ]


def test_a_malformed_signal_is_unset_with_its_reason(registry: Command, tmp_path: Path) -> None:
    file = fetched(tmp_path, "tdmrep.json", '[{"location": "/", "tdm-reservation": "yes"}]')
    registry("reservation", "add", file, "--domain", "example.org", *DAY)
    rows = registry("query", "SELECT answer, domain FROM public_reservation", "--format", "json").json
    assert rows == [{"answer": "unset", "domain": "example.org"}]
    (listed,) = registry("reservation", "list", "--format", "json").json
    assert listed["malformed"] == 'tdm-reservation is "yes", neither 0 nor 1'


def test_a_contract_on_a_dataset_is_listed_with_it_and_not_public(registry: Command) -> None:
    contract = ("--protocol", "contract", "--says", "disallow", "--evidence", "contract 4")
    registry("reservation", "add", "--dataset", "posts", *DAY, *contract)
    (finding,) = check(registry, 1)["findings"]
    assert (finding["domain"], finding["records"]) == ("(all of it)", 30)
    assert registry("query", "SELECT * FROM public_reservation", "--format", "json").json == []


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("robots.txt", *DAY), 2, "whose file is this"),
        (("missing.txt", "--domain", "a.example", *DAY), 3, "is not there"),
        (("robots.txt", "--domain", "localhost", *DAY), 2, "no domain name"),
        (("robots.txt", "--domain", "https://co.uk/", *DAY), 2, "no domain name"),
        (("robots.txt", "--domain", "https://a.example/x", *DAY), 2, "is of all of a.example, not of /x"),
        (("robots.txt", "--domain", "a.example", "--path", "/x", *DAY), 2, "is of all of a.example"),
        (("--domain", "https://a.example/x", "--path", "/y", *LETTER, *DAY), 2, "is of /x, not of /y"),
        (("robots.txt", "--domain", "a.example", "--observed", "2999-01-01"), 2, "has not come yet"),
        (("--protocol", "letter", *DAY, "--domain", "a.example"), 2, "--says and --evidence"),
        (("--protocol", "letter", *DAY, "--says", "allow", "--evidence", "x"), 2, "about a domain"),
        (("--protocol", "robots", *DAY, "--says", "allow", "--evidence", "x"), 2, "read from a file"),
        ((".", *DAY), 3, "holds no file of a protocol"),
        (("robots.txt", "--domain", "a.example", *DAY, "--says", "disallow"), 2, "--says is of a contract"),
        (("robots.txt", "--domain", "a.example", *DAY, "--evidence", "x"), 2, "--evidence is of a contract"),
        (("robots.txt", "--domain", "a.example", *DAY, *LETTER), 2, "a letter is not read"),
        (("page.html", "--domain", "a.example", *DAY, "--agent", "OurBot"), 2, "robots.txt alone"),
        (("--domain", "a.example", *DAY, *LETTER, "--agent", "OurBot"), 2, "robots.txt alone"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    registry: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    empty = tmp_path / "empty"
    fetched(empty, "robots.txt", "")
    fetched(empty, "page.html", "<html>")
    monkeypatch.chdir(empty)
    outcome = registry("reservation", "add", *arguments, code=code)
    assert told in outcome.stderr
    assert registry("reservation", "list", "--format", "json").json == []
