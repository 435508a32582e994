"""What the demo takes from installed packages and the standard library."""

from collections.abc import Sequence
from importlib.metadata import PathDistribution
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from registry.app.apply.run import read_declarations
from registry.app.demo.packages import PackageFile, Rights, choose, files_of, rights_of
from registry.app.demo.run import Places, write_declarations
from registry.app.demo.sources import LibraryFile, library_files
from registry.app.demo.write import MixedFile, mixed, write_parquet
from registry.domain.license import parse_license
from registry.errors import NotFoundError


def installed(
    site: Path, name: str, files: dict[str, bytes], headers: Sequence[str] = (), version: str = "1.0"
) -> PathDistribution:
    """A package as an installer leaves it: files, metadata, and the record of both."""
    info = site / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    lines = ["Metadata-Version: 2.4", f"Name: {name}", f"Version: {version}", *headers, "", "About it."]
    (info / "METADATA").write_text("\n".join(lines), encoding="utf-8")
    for path, data in files.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    (info / "RECORD").write_text("".join(f"{path},,\n" for path in files), encoding="utf-8")
    return PathDistribution(info)


def rights(site: Path, *headers: str) -> Rights:
    return rights_of(installed(site, "thing", {}, headers).metadata)


MIT_CLASSIFIER = "Classifier: License :: OSI Approved :: MIT License"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (["License-Expression: MIT AND PSF-2.0", MIT_CLASSIFIER], "MIT AND PSF-2.0"),
        ([MIT_CLASSIFIER], "MIT"),
        (
            ["License: Apache 2.0", "Classifier: License :: OSI Approved :: Apache Software License"],
            "Apache-2.0",
        ),
        (["Classifier: License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)"], "MPL-2.0"),
        (["Classifier: License :: OSI Approved :: GNU General Public License v3 (GPLv3)"], "GPL-3.0-only"),
        (["License: BSD-3-Clause", "Classifier: Topic :: Utilities"], "BSD-3-Clause"),
        (["License: BSD", "Classifier: License :: OSI Approved :: BSD License"], "NOASSERTION"),
        ([MIT_CLASSIFIER, "Classifier: License :: OSI Approved :: BSD License"], "NOASSERTION"),
    ],
)
def test_the_license_is_the_first_statement_that_names_one_for_certain(
    headers: list[str], expected: str, tmp_path: Path
) -> None:
    assert parse_license(rights(tmp_path, *headers).license).expression == expected


def test_a_license_that_is_not_understood_is_kept_as_it_was_spelled(tmp_path: Path) -> None:
    vague = rights(tmp_path, "Classifier: License :: OSI Approved :: BSD License", "License: BSD")
    assert vague.license == "BSD License"


def test_the_text_of_a_license_and_an_unknown_one_are_no_statement(tmp_path: Path) -> None:
    text = rights(tmp_path / "a", "License: Copyright (c) 2001 Somebody", "        All rights reserved.")
    assert text.license is None
    assert rights(tmp_path / "b", "License: UNKNOWN", "Author: UNKNOWN").license is None
    assert rights(tmp_path / "c", f"License: {'MIT ' * 100}").license is None


@pytest.mark.parametrize(
    ("headers", "author"),
    [
        (["Author: Jun Mori", "Author-email: Ann Lee <ann@example.org>"], "Jun Mori"),
        (["Author-email: Ann Lee <ann@example.org>, Bo <bo@example.org>"], "Ann Lee, Bo"),
        (['Author-email: "Lee, Ann" <ann@example.org>'], "Lee, Ann"),
        (["Author-email: ann@example.org", "Maintainer: The Team"], "The Team"),
        (["Author: ann@example.org", "Maintainer-email: Bo <bo@example.org>"], "Bo"),
        (["Author: Ann Lee <ann@example.org>"], "Ann Lee"),
        (["Author-email: ann@example.org"], None),
        (["Author: UNKNOWN"], None),
        ([], None),
    ],
)
def test_an_author_is_a_name_and_never_an_address(
    headers: list[str], author: str | None, tmp_path: Path
) -> None:
    assert rights(tmp_path, *headers).author == author


@pytest.mark.parametrize(
    ("headers", "page"),
    [
        (["Project-URL: Source Code, https://code.example.org/x", "Home-page: https://example.org"],
         "https://example.org"),
        (["Home-page: https://example.org", "Project-URL: Homepage, https://x.example.org"],
         "https://x.example.org"),
        (["Project-URL: Changes, https://example.org/c", "Project-URL: source_code, https://example.org/s"],
         "https://example.org/s"),
        (["Home-page: ftp://example.org"], None),
        (["Home-page: https://ann@example.org"], None),
        (["Home-page: UNKNOWN"], None),
    ],
)  # fmt: skip
def test_the_home_page_is_a_web_address(headers: list[str], page: str | None, tmp_path: Path) -> None:
    assert rights(tmp_path, *headers).home_page == page


def test_records_are_the_python_sources_of_a_package_that_are_text(tmp_path: Path) -> None:
    package = installed(
        tmp_path,
        "thing",
        {
            "thing/b.py": b"b = 1\n",
            "thing/a.pyi": "a: str  # \u00e9t\u00e9\n".encode(),
            "thing/blank.py": b" \n",
            "thing/gone.py": b"gone = 1\n",
            "thing/latin.py": b"# \xe9\n",
            "thing/data.json": b"{}",
            "../bin/run.py": b"run = 1\n",
        },
        [MIT_CLASSIFIER, "Author: Jun Mori", "Home-page: https://example.org"],
    )
    (tmp_path / "thing" / "gone.py").unlink()
    records = list(files_of(choose([package]).packages))
    assert [record.path for record in records] == ["thing/a.pyi", "thing/b.py"]
    text = "a: str  # \u00e9t\u00e9\n"
    stated = ("MIT License", "Jun Mori", "https://example.org")
    assert records[0] == PackageFile("thing/a.pyi", "thing", "1.0", text, *stated)


def test_packages_are_taken_whole_and_the_largest_are_left_out_by_name(tmp_path: Path) -> None:
    sizes = {"Zeta": 10, "alpha": 60, "mid": 90, "training_data_registry": 1, "empty": 0}
    found = [
        installed(tmp_path, name, {f"{name}/m.py": b"#" * size} if size else {})
        for name, size in sizes.items()
    ]
    chosen = choose(found, limit=100)
    assert [package.name for package in chosen.packages] == ["alpha", "Zeta"]
    assert chosen.left_out == ("mid",)


def test_of_a_package_found_twice_the_first_counts(tmp_path: Path) -> None:
    first = installed(tmp_path / "first", "a.thing", {"thing.py": b"x"}, version="2.0")
    second = installed(tmp_path / "second", "A_Thing", {"thing.py": b"x"}, version="1.0")
    assert [package.version for package in choose([first, second]).packages] == ["2.0"]


def test_the_library_comes_without_tests_and_installed_packages(tmp_path: Path) -> None:
    for path in ("b.py", "a/__init__.py", "a/c.py", "test/t.py", "a/tests/t.py", "site-packages/x.py",
                 "_sysconfigdata_x.py", "config-3/y.py"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("x = 1\n")
    assert [(file.path, file.module) for file in library_files(tmp_path)] == [
        ("a/__init__.py", "a"),
        ("a/c.py", "a.c"),
        ("b.py", "b"),
    ]


def test_a_library_without_sources_is_an_error_that_says_where(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="no sources of the standard library in"):
        list(library_files(tmp_path))


def test_the_same_records_give_the_same_file_which_is_not_touched_again(tmp_path: Path) -> None:
    library = [LibraryFile(f"{number}.py", f"{number}", f"x = {number}\n") for number in range(2_500)]
    file = tmp_path / "stdlib.parquet"
    assert write_parquet(iter(library), LibraryFile, file) == 2_500
    first = file.stat()
    assert write_parquet(iter(library), LibraryFile, file) == 2_500
    assert (file.stat().st_ino, file.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert pq.read_table(file).to_pylist()[2_499] == {
        "path": "2499.py",
        "module": "2499",
        "text": "x = 2499\n",
    }
    assert write_parquet(library[:5], LibraryFile, file) == 5
    assert [path.name for path in tmp_path.iterdir()] == ["stdlib.parquet"]


def test_nothing_half_written_stays_where_the_records_fail(tmp_path: Path) -> None:
    def broken() -> Sequence[LibraryFile]:
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        write_parquet((broken() for _ in range(1)), LibraryFile, tmp_path / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_mix_takes_every_tenth_file_of_both_with_its_rights() -> None:
    library = [LibraryFile(f"{number:02}.py", "m", "x") for number in range(11)]
    packages = [PackageFile("p.py", "p", "1", "y", "MIT", None, None)]
    assert list(mixed(library, packages)) == [
        MixedFile(f"stdlib/{path}", "x", "PSF-2.0", "Python Software Foundation",
                  "https://docs.python.org/3/library/")
        for path in ("00.py", "10.py")
    ] + [MixedFile("packages/p.py", "y", "MIT", None, None)]  # fmt: skip


def test_the_declaration_file_is_valid_and_what_was_changed_in_it_stays(tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert write_declarations(places)
    text = places.declarations.read_text(encoding="utf-8")
    assert "$" not in text
    loaded = read_declarations(places.declarations)
    assert not loaded.warnings
    declared = loaded.declarations
    assert [dataset.name for dataset in declared.datasets] == ["stdlib", "packages", "mix"]
    assert [model.name for model in declared.models] == ["snakelet", "snakelet-chat"]
    places.declarations.write_text("agents: []\n", encoding="utf-8")
    assert not write_declarations(places)
    assert places.declarations.read_text(encoding="utf-8") == "agents: []\n"
