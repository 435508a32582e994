"""Copyright and licensing beside the data, by REUSE: it fills what nobody has stated."""

import csv
from pathlib import Path

import pytest

from tests.command import Command

TABLE = """version = 1
[[annotations]]
path = "**.csv"
SPDX-FileCopyrightText = "2019 Survey House <survey@corp.example>"
SPDX-License-Identifier = "CC-BY-4.0"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    (folder / "LICENSES").mkdir(parents=True)
    (folder / "LICENSES" / "CC-BY-4.0.txt").write_text("The text of the license.")
    (folder / "REUSE.toml").write_text(TABLE)
    (folder / "a.csv").write_text("text\none two three\n")
    (folder / "b.csv").write_text("text\nfour five\n")
    (folder / "b.csv.license").write_text(
        "SPDX-FileCopyrightText: 2021 Jane Doe\nSPDX-License-Identifier: CC0-1.0\n"
    )
    return folder


def test_license_and_holders_of_the_files_are_recorded(project: Path, tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    registry("ingest", project, "--name", "survey", "--language", "en")
    shown = registry("dataset", "show", "survey", "--format", "json").json
    assert shown["license"]["declared"] == "CC-BY-4.0 AND CC0-1.0"
    assert shown["records"] == 2
    assert [(one["name"], one["type"], one["marc_relator"]) for one in shown["stated_contributors"]] == [
        ("Jane Doe", "RightsHolder", "cph"),
        ("Survey House", "RightsHolder", "cph"),
    ]
    roles = {file["path"]: file["role"] for file in shown["distributions"]}
    assert roles["LICENSES/CC-BY-4.0.txt"] == "license"
    assert roles["REUSE.toml"] == roles["b.csv.license"] == "metadata"
    (evidence,) = (one for one in shown["evidence"] if one["property"] == "license")
    assert (evidence["kind"], evidence["asserted_by"]) == ("reuse", "publisher")


def test_copyright_notices_are_reproduced_as_they_are_written(project: Path, tmp_path: Path) -> None:
    """CC BY 4.0, 3(a)(1)(A): "a copyright notice", if it is supplied with the material."""
    registry = Command(tmp_path / "home")
    registry("ingest", project, "--name", "survey", "--language", "en")
    registry("train", "tiny", "--dataset", "survey", "--stage", "pretraining")
    registry("attribute", "tiny", "--out", tmp_path / "out")
    text = (tmp_path / "out" / "ATTRIBUTION.txt").read_text()
    assert "2019 Survey House <survey@corp.example>\n    2021 Jane Doe\n" in text
    assert "corp.example" not in registry("dataset", "show", "survey").stdout
    news = registry("ingest", project, "--name", "survey", "--language", "en").stderr
    assert "Unchanged" in news


def test_every_record_is_of_the_license_and_holder_of_its_file(project: Path, tmp_path: Path) -> None:
    """REUSE 3.2: each file has copyright and licensing information; what it says holds of its records."""
    registry = Command(tmp_path / "home")
    registry("ingest", project, "--name", "survey", "--language", "en")
    shown = registry("dataset", "show", "survey", "--format", "json").json
    parts = {(one["license"], one["records"], one["words"]) for one in shown["licenses"]}
    assert parts == {("CC-BY-4.0", 1, 3), ("CC0-1.0", 1, 2)}
    registry("train", "tiny", "--dataset", "survey", "--stage", "pretraining")
    registry("attribute", "tiny", "--out", tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "attribution.csv").read_text().splitlines()))
    assert [(row["holder"], row["license"], row["words"], row["basis"]) for row in rows] == [
        ("Jane Doe", "CC0-1.0", "2", "stated"),
        ("Survey House", "CC-BY-4.0", "3", "stated"),
    ]


def test_a_record_that_names_its_maker_is_not_of_the_holder_of_its_file(
    project: Path, tmp_path: Path
) -> None:
    (project / "a.csv").write_text("text,by\none two three,Ann\nsix,\n")
    registry = Command(tmp_path / "home")
    registry("ingest", project, "--name", "survey", "--creator-field", "by", "--language", "en")
    registry("train", "tiny", "--dataset", "survey", "--stage", "pretraining")
    registry("attribute", "tiny", "--out", tmp_path / "out")
    rows = list(csv.DictReader((tmp_path / "out" / "attribution.csv").read_text().splitlines()))
    assert {(row["holder"], row["words"], row["basis"]) for row in rows} == {
        ("Ann", "3", "presumed-author"),
        ("Survey House", "1", "stated"),
        ("Jane Doe", "2", "stated"),
    }


def test_another_license_that_is_stated_holds_and_is_a_contradiction(project: Path, tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    told = registry("ingest", project, "--name", "survey", "--license", "MIT", "--language", "en")
    assert "license is stated as 'MIT'" in told.stderr
    assert registry("dataset", "show", "survey", "--format", "json").json["license"]["declared"] == "MIT"


def test_a_file_without_a_license_leaves_the_whole_without_one(project: Path, tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    (project / "c.txt").write_text("no header here")
    told = registry("ingest", project, "--name", "survey", "--language", "en")
    assert "no license is declared, where it is of other files" in told.stderr
    shown = registry("dataset", "show", "survey", "--format", "json").json
    assert shown["license"]["declared"] is None
    assert len(shown["stated_contributors"]) == 2


def test_a_header_in_a_text_and_dep5_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "poems"
    (folder / ".reuse").mkdir(parents=True)
    (folder / ".reuse" / "dep5").write_text("Format: 1.0\n\nFiles: b*\nCopyright: 2020 Eva\nLicense: ISC\n")
    (folder / "a.txt").write_text("SPDX-FileCopyrightText: 2022 Ada\nSPDX-License-Identifier: ISC\n\nA poem.")
    (folder / "b.txt").write_text("Another poem. Copyright is a word in it.")
    registry = Command(tmp_path / "home")
    registry("ingest", folder, "--name", "poems", "--language", "en")
    shown = registry("dataset", "show", "poems", "--format", "json").json
    assert shown["license"]["declared"] == "ISC"
    assert [one["name"] for one in shown["stated_contributors"]] == ["Ada", "Eva"]
