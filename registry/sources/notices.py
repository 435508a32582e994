"""The texts of the license and notice files beside the data."""

from collections.abc import Iterable, Iterator

from registry.domain.dataset import NOTICES
from registry.domain.notices import MOST_BYTES, NoticeText, read_notice
from registry.sources.failures import reading
from registry.sources.files import open_raw
from registry.sources.interface import SourceFile


def notices_of(files: Iterable[SourceFile]) -> Iterator[NoticeText]:
    """The text of every license or notice file that is one, and not too long to be reproduced.

    Raises `SourceError` where a file cannot be read.
    """
    for file in files:
        if file.role in NOTICES and file.bytes <= MOST_BYTES:
            with reading(file.path), open_raw(file) as stream:
                found = read_notice(stream.read(MOST_BYTES + 1))
            if found is not None:
                yield found
