"""Agents from the command line: spellings are one, what was merged can be parted, nothing is lost."""

import json
from pathlib import Path

import pytest

from tests.command import Command

ROWS = (
    ("one two three", "Jane Doe"),
    ("four five", "jane  doe"),
    ("six", "JANE DOE"),
    ("seven eight nine ten", "J. Doe"),
    ("eleven", "Ada"),
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Command:
    folder = tmp_path_factory.mktemp("built")
    command = Command(folder / "home")
    lines = (json.dumps({"text": text, "author": author}) for text, author in ROWS)
    (folder / "posts.jsonl").write_text("\n".join(lines))
    fields = ("--text-field", "text", "--creator-field", "author")
    command(
        "ingest", folder / "posts.jsonl", "--name", "posts", "--license", "CC-BY-4.0", *fields,
        "--language", "en",
    )  # fmt: skip
    command("train", "bard", "--dataset", "posts:2", "--stage", "pretraining")
    return command


@pytest.fixture
def registry(built: Command, tmp_path: Path) -> Command:
    return built.copied(tmp_path)


def test_spellings_are_one_agent_and_are_kept(registry: Command) -> None:
    (page,) = registry("agent", "show", "jane doe", "--format", "json").json
    assert (page["name"], page["records"], page["words"]) == ("JANE DOE", 3, 6)
    assert [(one["name"], one["evidence"], one["asserted_by"]) for one in page["merged"]] == [
        ("Jane Doe", "spelling", "registry"),
        ("jane  doe", "spelling", "registry"),
    ]
    assert page["models"] == ["bard@1"]
    assert [(part["dataset"], part["holds_words"]) for part in page["datasets"]] == [("posts", "6")]


def test_a_merge_adds_up_and_can_be_undone(registry: Command, tmp_path: Path) -> None:
    before = _holders(registry, tmp_path / "before")
    registry("agent", "merge", "J. Doe", "Jane Doe", "--because", "same profile page", "--by", "Kim")
    (page,) = registry("agent", "show", "J. Doe", "--format", "json").json
    assert (page["name"], page["words"]) == ("JANE DOE", 10)
    assert ("J. Doe", "same profile page", "Kim") in {
        (one["name"], one["because"], one["asserted_by"]) for one in page["merged"]
    }
    merged = _holders(registry, tmp_path / "merged")
    assert merged == {"Ada": 2, "JANE DOE": 20}
    assert before == {"Ada": 2, "J. Doe": 8, "JANE DOE": 12}
    registry("agent", "split", "Jane Doe", "J. Doe")
    assert _holders(registry, tmp_path / "after") == before


def test_the_same_merge_again_changes_nothing(registry: Command) -> None:
    arguments = ("agent", "merge", "J. Doe", "Jane Doe", "--because", "same profile page")
    assert "is now" in registry(*arguments).stderr
    (page,) = registry("agent", "show", "Jane Doe", "--format", "json").json
    merged_id = next(one["id"] for one in page["merged"] if one["name"] == "J. Doe")
    again = registry("agent", "merge", merged_id, page["id"], "--because", "same profile page")
    assert "was already" in again.stderr


def test_a_spelling_that_was_parted_stays_parted(registry: Command, tmp_path: Path) -> None:
    registry("agent", "split", "Jane Doe", "jane  doe")
    pages = registry("agent", "show", "jane doe", "--format", "json").json
    assert sorted((page["name"], page["words"]) for page in pages) == [("JANE DOE", 4), ("jane  doe", 2)]
    (tmp_path / "posts.jsonl").write_text(json.dumps({"text": "one", "author": "jane  doe"}))
    registry(
        "ingest", tmp_path / "posts.jsonl", "--name", "posts", "--creator-field", "author",
        "--text-field", "text", "--language", "en",
    )  # fmt: skip
    listed = registry("agent", "list", "--format", "json").json
    assert {agent["name"]: agent["words"] for agent in listed}["jane  doe"] == 3


def test_who_contributed_in_two_ways_is_counted_once(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    rows = (
        {"text": "one two three", "by": "Ann", "rater": ["Ann", "Bob"]},
        {"text": "four five", "by": "Cem", "rater": ["Ann"]},
    )
    (tmp_path / "posts.jsonl").write_text("\n".join(map(json.dumps, rows)))
    (tmp_path / "registry.yaml").write_text(
        "datasets: [{name: posts, source: posts.jsonl, origin: public, license: CC0-1.0, language: en, "
        "fields: {text: text, creator: by, annotator: rater}}]"
    )
    registry("apply", tmp_path / "registry.yaml")
    listed = registry("agent", "list", "--format", "json").json
    sizes = {agent["name"]: (agent["versions"], agent["records"], agent["words"]) for agent in listed}
    assert sizes == {"Ann": (1, 2, 5), "Bob": (1, 1, 3), "Cem": (1, 1, 2)}
    registry("agent", "merge", "Bob", "Cem", "--because", "a test")
    (page,) = registry("agent", "show", "Bob", "--format", "json").json
    assert (page["versions"], page["records"], page["words"]) == (1, 1, 3)


def test_a_split_undoes_a_merge_and_no_more(registry: Command, tmp_path: Path) -> None:
    """Spellings that the registry merged stay one, from whichever side the merge is undone."""
    before = _holders(registry, tmp_path / "before")
    for asked in (("Jane Doe",), ("Ada",), ("Ada", "Jane Doe"), ("Ada", "jane doe")):
        registry("agent", "merge", "Jane Doe", "Ada", "--because", "same profile page")
        assert _holders(registry, tmp_path / "merged") == {"Ada": 14, "J. Doe": 8}
        told = registry("agent", "split", *asked).stderr
        assert told.count("is no longer 'Ada'") == told.count("is no longer") == 1
        assert _holders(registry, tmp_path / "after") == before
    registry("agent", "merge", "Ada", "Jane Doe", "--because", "same profile page")
    registry("agent", "split", "Jane Doe")
    assert _holders(registry, tmp_path / "after") == before


def test_a_split_of_the_middle_keeps_what_was_merged_into_it(registry: Command, tmp_path: Path) -> None:
    registry("agent", "merge", "J. Doe", "Jane Doe", "--because", "same profile page")
    registry("agent", "merge", "Jane Doe", "Ada", "--because", "a pen name")
    registry("agent", "split", "Jane Doe")
    assert _holders(registry, tmp_path / "after") == {"Ada": 2, "JANE DOE": 20}


def test_one_spelling_is_parted_by_its_own_name_or_identifier(registry: Command, tmp_path: Path) -> None:
    told = registry("agent", "split", "Jane Doe", code=3)
    assert "name the spelling that is somebody else: 'Jane Doe', 'jane  doe'" in told.stderr
    assert "was not merged with" in registry("agent", "split", "Jane Doe", "jAnE DOE", code=3).stderr
    registry("agent", "merge", "Jane Doe", "Ada", "--because", "same profile page")
    (page,) = registry("agent", "show", "Ada", "--format", "json").json
    spelling = next(one["id"] for one in page["merged"] if one["name"] == "jane  doe")
    registry("agent", "split", spelling)
    assert _holders(registry, tmp_path / "by-id") == {"Ada": 10, "J. Doe": 8, "jane doe": 4}
    registry("agent", "split", "Ada")
    registry("agent", "split", page["merged"][0]["id"], "Jane Doe")
    shown = registry("agent", "list", "--format", "json").json
    assert {one["name"] for one in shown} == {"Ada", "J. Doe", "JANE DOE", "Jane Doe", "jane  doe"}


def test_circles_and_unknown_names_are_refused(registry: Command) -> None:
    registry("agent", "merge", "J. Doe", "Ada", "--because", "a test")
    (ada,) = registry("agent", "show", "Ada", "--format", "json").json
    told = registry("agent", "merge", ada["id"], ada["merged"][0]["id"], "--because", "a test", code=3)
    assert "is merged into 'Ada' already" in told.stderr
    told = registry("agent", "merge", "Ada", "Jan Doe", "--because", "a test", code=3)
    assert "did you mean" in told.stderr
    told = registry("agent", "split", "Ada", "Jane Doe", code=3)
    assert "merged into it: 'J. Doe'" in told.stderr
    registry("agent", "merge", "Ada", "Jane Doe", "--because", " ", code=2)


def test_a_name_of_two_agents_is_refused_with_their_identifiers(registry: Command, tmp_path: Path) -> None:
    registry(
        "ingest", tmp_path / "posts.jsonl", "--name", "copy", "--creator-field", "author",
        "--text-field", "text", "--language", "en",
    )  # fmt: skip
    told = registry("agent", "merge", "Ada", "J. Doe", "--because", "a test", code=2)
    assert "names 2 agents" in told.stderr
    assert "(in posts)" in told.stderr


def test_the_list_can_be_cut_and_searched(registry: Command) -> None:
    listed = registry("agent", "list", "--limit", "1", "--format", "json")
    assert [agent["name"] for agent in listed.json] == ["JANE DOE"]
    assert "1 of 3 agents" in listed.stderr
    (found,) = registry("agent", "list", "--match", "j. d", "--format", "json").json
    assert found["name"] == "J. Doe"


def _holders(registry: Command, out: Path) -> dict[str, int]:
    """The weighted words of each holder in the manifest."""
    registry("attribute", "bard", "--out", out)
    document = json.loads((out / "attribution.json").read_text())
    assert document["totals"]["words"] == 11
    return {holder["holder"]: int(holder["weighted_words"]) for holder in document["holders"]}


DECLARED = """
agents:
  - id: ada
    type: person
    name: Ada L.
    orcid: 0000-0002-1825-0097
    email: secret@corp.example
    note: prefers letters to secret-note-9
    shown_as: name
"""


def test_who_has_one_identifier_is_one_agent(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    for name, author in (("a", "https://orcid.org/0000-0002-1825-0097"), ("b", "orcid:0000000218250097")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"text": f"{name} two", "by": author}))
        registry(
            "ingest", tmp_path / f"{name}.jsonl", "--name", name, "--creator-field", "by",
            "--text-field", "text", "--language", "en", "--license", "CC0-1.0",
        )  # fmt: skip
    (tmp_path / "registry.yaml").write_text(DECLARED)
    registry("apply", tmp_path / "registry.yaml")
    (page,) = registry("agent", "show", "Ada L.", "--format", "json").json
    assert (page["versions"], page["words"]) == (2, 4)
    assert {one["evidence"] for one in page["merged"]} == {"identifier"}
    registry("agent", "split", "Ada L.")
    registry("apply", tmp_path / "registry.yaml")
    assert registry("agent", "show", "ada", "--format", "json").json[0]["words"] == 0


def test_e_mail_addresses_notes_and_reasons_never_leave(tmp_path: Path, registry: Command) -> None:
    (tmp_path / "registry.yaml").write_text(DECLARED)
    registry("apply", tmp_path / "registry.yaml")
    registry("agent", "merge", "Ada", "Ada L.", "--because", "told by secret-note-9", "--by", "secret-by")
    registry("publish", "--out", tmp_path / "site")
    registry("attribute", "bard", "--out", tmp_path / "manifest")
    files = [path for folder in ("site", "manifest") for path in (tmp_path / folder).rglob("*")]
    written = b"".join(path.read_bytes() for path in files if path.is_file())
    assert b"Ada L." in written
    for private in (b"secret@corp", b"secret-note-9", b"secret-by"):
        assert private not in written


def test_a_wrong_digit_is_refused_where_it_stands(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    (tmp_path / "registry.yaml").write_text(DECLARED.replace("0097", "0098"))
    told = registry("apply", tmp_path / "registry.yaml", code=3)
    assert "is not an ORCID iD" in told.stderr + told.stdout
    assert "end in 7, not 8" in told.stderr + told.stdout


def test_contributors_are_stated_beside_what_the_records_say(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    book = tmp_path / "book"
    book.mkdir()
    (book / "chapter-1.txt").write_text("It is a truth.")
    (book / "content.opf").write_text(
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:creator id="a">Jane Austen</dc:creator><meta property="role" refines="#a">aut</meta>'
        "</metadata></package>"
    )
    (tmp_path / "registry.yaml").write_text(
        "agents: [{id: labels, type: organization, name: Label House}, {id: ann, name: Ann Onymous}]\n"
        "datasets:\n  - name: book\n    source: book\n    origin: public\n    license: CC0-1.0\n"
        "    language: en\n"
        "    contributors:\n      - {agent: labels, type: DataCurator, records: 1}\n"
        "      - {agent: ann, type: Annotator}\n"
    )
    registry("apply", tmp_path / "registry.yaml")
    stated = registry("dataset", "show", "book", "--format", "json").json["stated_contributors"]
    assert [(one["name"], one["type"], one["marc_relator"], one["records"]) for one in stated] == [
        ("Ann Onymous", "Annotator", None, None),
        ("Jane Austen", "Creator", "aut", None),
        ("Label House", "DataCurator", None, 1),
    ]
    rows = registry("query", "SELECT * FROM public_contribution", "--format", "json").json
    assert {(row["contributor"], row["contributor_type"], row["records"]) for row in rows} == {
        ("Jane Austen", "Creator", None),
        ("Label House", "DataCurator", 1),
        ("withheld (fewer than 10)", "Annotator", None),
    }
    registry("publish", "--out", tmp_path / "site")
    page = next((tmp_path / "site").rglob("book*/**/index.html")).read_text()
    assert "Jane Austen" in page
    assert "Ann Onymous" not in page
    again = registry("apply", tmp_path / "registry.yaml", "--dry-run", "--format", "json").json
    assert again["change"] == []
    file = tmp_path / "registry.yaml"
    file.write_text(file.read_text().replace("      - {agent: ann, type: Annotator}\n", ""))
    registry("apply", file)
    stated = registry("dataset", "show", "book", "--format", "json").json["stated_contributors"]
    assert [one["name"] for one in stated] == ["Jane Austen", "Label House"]


def _opf(folder: Path, creator: str) -> None:
    """A book with its metadata beside it, as publishers of e-books have it."""
    folder.mkdir()
    (folder / "chapter-1.txt").write_text(f"It is a truth that {folder.name} tells.")
    (folder / "content.opf").write_text(
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:creator>{creator}</dc:creator></metadata></package>"
    )


def test_whom_a_publisher_named_stays_named_when_merged_and_parted(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    for name, creator in (("se", "Jane Austen"), ("gb", "Austen, Jane")):
        _opf(tmp_path / name, creator)
        registry("ingest", tmp_path / name, "--name", name, "--license", "CC0-1.0", "--language", "en")
    query = ("query", "SELECT dataset, contributor FROM public_contribution ORDER BY dataset")
    before = registry(*query, "--format", "json").json
    assert [row["contributor"] for row in before] == ["Austen, Jane", "Jane Austen"]
    registry("agent", "merge", "Austen, Jane", "Jane Austen", "--because", "the same books")
    merged = registry(*query, "--format", "json").json
    assert [row["contributor"] for row in merged] == ["Jane Austen", "Jane Austen"]
    registry("agent", "split", "Jane Austen")
    assert registry(*query, "--format", "json").json == before


def test_a_merge_publishes_no_name_of_a_private_dataset(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    for name, author in (("open", "Alan Turing"), ("vault", "SECRETAUTH 0")):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"text": f"{name} two three", "by": author}))
    entry = "source: {0}.jsonl, origin: public, license: CC-BY-4.0, language: en, visibility: {1}"
    (tmp_path / "registry.yaml").write_text(
        "datasets:\n"
        + "".join(
            f"  - {{name: {name}, {entry.format(name, visibility)}, fields: {{text: text, creator: by}}}}\n"
            for name, visibility in (("open", "public"), ("vault", "private"))
        )
    )
    registry("apply", tmp_path / "registry.yaml")
    registry("train", "bard", "--dataset", "open", "--dataset", "vault", "--stage", "pretraining")
    registry("agent", "merge", "Alan Turing", "SECRETAUTH 0", "--because", "a pen name")
    written = _written(registry, tmp_path / "merged")
    assert b"SECRETAUTH" not in written
    assert b"Alan Turing" in (tmp_path / "merged/manifest/attribution.json").read_bytes()
    assert b"Alan Turing" in (tmp_path / "merged/manifest/credits.csv").read_bytes()
    found = registry("search", "Alan Turing", "--public", "--format", "json").json
    assert [hit["found"] for hit in found] == ["Alan Turing"]
    assert "SECRETAUTH" not in registry("search", "SECRETAUTH 0", "--public").stdout
    views = registry("query", "SELECT * FROM public_contribution", "--format", "json")
    assert [row["contributor"] for row in views.json] == ["Alan Turing"]
    (tmp_path / "registry.yaml").write_text(
        (tmp_path / "registry.yaml").read_text().replace("visibility: private", "visibility: public")
    )
    registry("apply", tmp_path / "registry.yaml")
    assert b"SECRETAUTH 0" in _written(registry, tmp_path / "open")


def _written(registry: Command, out: Path) -> bytes:
    """All that is published of the model and the registry."""
    registry("publish", "--out", out / "site")
    registry("attribute", "bard", "--out", out / "manifest")
    registry("disclose", "bard", "--out", out / "disclosure")
    return b"".join(path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file())
