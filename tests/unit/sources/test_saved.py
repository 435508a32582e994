import json
from pathlib import Path

import pytest

from registry.errors import SourceError
from registry.sources.interface import ReadOptions
from registry.sources.open import open_source
from tests.builders import save_to_disk, write_arrow_stream

RECORDS = [{"a": str(i)} for i in range(5)]


def texts(folder: Path, options: ReadOptions | None = None) -> list[str]:
    found = []
    for batch in open_source([str(folder)], options or ReadOptions()).batches():
        leaves = batch.leaves()
        found += [leaves.text(i) for i in range(len(leaves.path))]
    return found


def test_the_shards_that_the_state_lists_are_the_records(tmp_path: Path) -> None:
    folder = save_to_disk(tmp_path / "saved", RECORDS, shards=3)
    write_arrow_stream(folder / "cache-1.arrow", [{"a": "no record"}])
    source = open_source([str(folder)], ReadOptions())
    assert texts(folder) == list("01234")
    assert "not read, no part of the saved dataset: cache-1.arrow" in source.warnings


def test_the_splits_of_a_saved_dictionary_are_its_folders(tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    save_to_disk(folder / "train", RECORDS)
    save_to_disk(folder / "test", RECORDS[:1])
    (folder / "dataset_dict.json").write_text(json.dumps({"splits": ["train", "test"]}))
    assert len(texts(folder)) == 6
    assert texts(folder, ReadOptions(split="test")) == ["0"]
    with pytest.raises(SourceError) as error:
        texts(folder, ReadOptions(split="dev"))
    assert error.value.hint == "it has: test, train"


def test_a_listed_shard_that_is_gone_is_an_error(tmp_path: Path) -> None:
    folder = save_to_disk(tmp_path / "saved", RECORDS, shards=2)
    (folder / "data-00001-of-00002.arrow").unlink()
    with pytest.raises(SourceError, match="lists a file that is not there: data-00001"):
        texts(folder)


@pytest.mark.parametrize("state", ["{", "[]", "{}", '{"_data_files": [1]}'])
def test_a_state_that_is_none_is_an_error(tmp_path: Path, state: str) -> None:
    folder = save_to_disk(tmp_path / "saved", RECORDS)
    (folder / "state.json").write_text(state)
    with pytest.raises(SourceError, match=r"state\.json: is not the state"):
        texts(folder)


def test_an_index_over_the_rows_is_refused(tmp_path: Path) -> None:
    folder = save_to_disk(tmp_path / "saved", RECORDS)
    state = json.loads((folder / "state.json").read_text())
    (folder / "state.json").write_text(json.dumps(state | {"_indices_data_files": [{"filename": "i.arrow"}]}))
    with pytest.raises(SourceError, match="with an index over its rows"):
        texts(folder)


def test_a_folder_saved_by_the_library_itself_is_read(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.disable_progress_bars()
    rows = datasets.Dataset.from_list(RECORDS).select([3, 1])
    datasets.DatasetDict({"train": rows}).save_to_disk(tmp_path / "saved")
    assert texts(tmp_path / "saved") == ["3", "1"]
    assert texts(tmp_path / "saved", ReadOptions(split="train")) == ["3", "1"]
