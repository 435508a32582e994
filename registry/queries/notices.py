"""The notices of dataset versions: the files beside their data, and what is stated."""

from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy.orm import Session

from registry.domain.dataset import NOTICES
from registry.domain.facts import DistributionFacts, NoticeFacts, VersionFacts
from registry.domain.notices import COPYRIGHT, NOTICE, NoticeText, stated_notice
from registry.store.notices import every_text, notice_texts


def notices_of(session: Session, version: VersionFacts) -> tuple[NoticeFacts, ...]:
    """The license and notice files with their texts, as far as these are kept; then the stated ones."""
    digests = [file.sha256 for file in _files(version)]
    return tuple(_notices(version, notice_texts(session, digests) if digests else {}))


def every_notice(session: Session, versions: Iterable[VersionFacts]) -> dict[str, tuple[NoticeFacts, ...]]:
    """The same of many versions, by identifier; the texts are read by one statement."""
    texts = every_text(session)
    return {version.id: tuple(_notices(version, texts)) for version in versions}


def _files(version: VersionFacts) -> list[DistributionFacts]:
    return [file for file in version.distributions if file.role in NOTICES]


def _notices(version: VersionFacts, texts: Mapping[str, NoticeText]) -> Iterator[NoticeFacts]:
    for file in _files(version):
        kept = texts.get(file.sha256)
        yield NoticeFacts(file.path, file.sha256, *((kept.text, kept.encoding) if kept else (None, None)))
    said = version.description
    for name, literal in ((COPYRIGHT, "\n".join(said.copyright)), (NOTICE, said.notice)):
        if literal:
            stated = stated_notice(literal)
            yield NoticeFacts(name, stated.sha256, stated.text, stated.encoding)
