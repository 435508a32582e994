"""Where the pages of a site stand, and how they point at each other: relative, so that `file://` works."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256

from registry.documents.summary_address import slug

INDEX = "index.html"


@dataclass(frozen=True, slots=True)
class Places:
    """The folders of the pages by the id of their dataset or model version; what has no page is not here."""

    datasets: Mapping[str, str]
    models: Mapping[str, str]


def folders(kind: str, versions: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """The folder of each version, given as (id, name, label): `datasets/gsm8k/1`.

    A slash in a name becomes `~`, which no name holds. Names that differ in capitals alone get a mark of
    their own each, as some file systems take them for one.
    """
    found = tuple(versions)
    names = _slugs({name for _, name, _ in found})
    labels: dict[str, set[str]] = {}
    for _, name, label in found:
        labels.setdefault(name, set()).add(label)
    tails = {name: _slugs(own) for name, own in labels.items()}
    return {key: f"{kind}/{names[name]}/{tails[name][label]}" for key, name, label in found}


def link(page: str, target: str) -> str:
    """The address of the folder `target` as it stands in a page of the folder `page`; "" is the root."""
    return posixpath.join(posixpath.relpath(target or ".", page or "."), INDEX)


def address(base: str | None, folder: str) -> str | None:
    """The web address of a folder of a site that is served at `base`, with a slash at its end."""
    return f"{base.rstrip('/')}/{folder}/" if base else None


def _slugs(names: Iterable[str]) -> dict[str, str]:
    slugs = {name: slug(name) for name in names}
    alike = Counter(slug.casefold() for slug in slugs.values())
    return {
        name: slug if alike[slug.casefold()] == 1 else f"{slug}~{sha256(name.encode()).hexdigest()[:8]}"
        for name, slug in slugs.items()
    }
