"""The Hugging Face layout of a folder or repository: configurations, splits and their files.

The only module that imports `datasets`, and only when called: it takes two seconds.
"""

import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from registry.errors import SourceError
from registry.sources.failures import reading

_HINTS = re.compile(r"(^|[-._ 0-9/])(train|training|test|testing|valid|validation|val|dev|eval)", re.I)


@dataclass(frozen=True, slots=True)
class Layout:
    """configs: for each configuration its splits, each with absolute paths or URLs of its files.

    `named` is False where neither card nor file names speak of splits: all files are `train` then.
    """

    configs: Mapping[str, Mapping[str, frozenset[str]]]
    default: str | None = None
    named: bool = True

    def choose(self, config: str | None, split: str | None, *, where: str) -> Mapping[str, frozenset[str]]:
        """The chosen splits of the chosen configuration. Raises `SourceError` listing those there are."""
        name = config or self.default or (next(iter(self.configs)) if len(self.configs) == 1 else None)
        if name is None:
            raise SourceError(
                f"has several configurations: {_listed(self.configs)}",
                file=where,
                hint="choose one with --config",
            )
        if name not in self.configs:
            raise SourceError(
                f"has no configuration {name!r}", file=where, hint=f"it has: {_listed(self.configs)}"
            )
        splits = self.configs[name]
        if split is None:
            return splits
        if split not in splits:
            raise SourceError(f"has no split {split!r}", file=where, hint=f"it has: {_listed(splits)}")
        return {split: splits[split]}

    def split_of(self) -> dict[str, str]:
        """The split of every file that is in one and the same in all configurations that hold it."""
        if not self.named:
            return {}
        found: dict[str, set[str]] = {}
        for splits in self.configs.values():
            for split, files in splits.items():
                for file in files:
                    found.setdefault(file, set()).add(split)
        return {file: next(iter(splits)) for file, splits in found.items() if len(splits) == 1}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))


def looks_split(paths: Iterable[str]) -> bool:
    """Whether some path names a split, so that the layout is worth asking for."""
    return any(_HINTS.search(path) for path in paths)


def layout(base: str, card: Mapping[str, Any], *, where: str) -> Layout:
    """The layout of `base` (absolute folder or `hf://` URL) by its card's front matter, else by file names.

    Files are found, not opened. Raises `SourceError` where the card's `configs` cannot be followed.
    """
    _quiet()
    from datasets.data_files import DEFAULT_PATTERNS_ALL, EmptyDatasetError, get_data_patterns
    from datasets.utils.metadata import MetadataConfigs

    with reading(where):
        try:
            if not (declared := _declared(card, MetadataConfigs)):
                patterns = get_data_patterns(base)
                named = patterns != DEFAULT_PATTERNS_ALL
                return Layout({"default": _resolved(patterns, base)}, named=named)
            configs = {}
            for name, parameters in declared.items():
                folder = f"{base}/{parameters['data_dir']}" if parameters.get("data_dir") else base
                configs[name] = _resolved(parameters.get("data_files") or get_data_patterns(folder), folder)
            return Layout(configs, declared.get_default_config_name())
        except EmptyDatasetError:
            return Layout({"default": {}})
        except (ValueError, KeyError, TypeError, FileNotFoundError) as error:
            raise SourceError(
                f"has a card whose `configs` cannot be followed: {str(error).strip().splitlines()[0]}",
                file=where,
                hint="correct the front matter of README.md, or name the files themselves",
            ) from error


def _resolved(patterns: Any, folder: str) -> dict[str, frozenset[str]]:
    from datasets.data_files import DataFilesPatternsDict, sanitize_patterns

    found = DataFilesPatternsDict.from_patterns(sanitize_patterns(patterns)).resolve(folder)
    return {str(split): frozenset(map(str, files)) for split, files in found.items()}


def _declared(card: Mapping[str, Any], configs: Any) -> Any:
    """`MetadataConfigs` of the front matter, without `features`, which are not forced on files."""
    entries = card.get("configs") or []
    if not (isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)):
        raise ValueError("`configs` is no list of mappings")
    plain = [{key: value for key, value in entry.items() if key != "features"} for entry in entries]
    return configs.from_dataset_card_data({"configs": plain})


def _quiet() -> None:
    """No progress bars and log lines of `datasets`: what is wrong is raised, and said by us."""
    import datasets

    datasets.logging.set_verbosity(logging.CRITICAL)
    datasets.disable_progress_bars()
