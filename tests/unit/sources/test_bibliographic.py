"""Credits in the metadata beside a book: every person in every role, whatever the version of the format."""

from io import BytesIO

import pytest

from registry.domain.agent import ContributorType
from registry.domain.relators import contributor_type
from registry.errors import SourceError
from registry.sources.bibliographic import contributors_in

EPUB_3 = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:creator id="a">Ada  Author</dc:creator>
<meta property="role" refines="#a" scheme="marc:relators">aut</meta>
<meta property="file-as" refines="#a">Author, Ada</meta>
<dc:contributor id="t">Tom Translator</dc:contributor>
<meta property="role" refines="#t">trl</meta><meta property="role" refines="#t">ill</meta>
<dc:contributor>Kim &lt;kim@corp.example&gt;</dc:contributor>
<dc:publisher id="p">A &amp; B</dc:publisher>
<dc:title>None of these</dc:title>
</metadata></package>"""
EPUB_2 = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:creator opf:role="edt">Eva Editor</dc:creator><dc:creator>Nobody Said</dc:creator>
</metadata></package>"""
GITENBERG = """
creator:
  author: {agent_name: "Austen, Jane", url: "http://www.gutenberg.org/2009/agents/68"}
contributor:
  editors: [{agent_name: Eva Editor}, Tom]
covers: [{attribution: Tim}]
"""


def _read(text: str, path: str = "content.opf") -> list[tuple[str, str, str]]:
    return [(one.name, one.role, one.place) for one in contributors_in(BytesIO(text.encode()), path)]


def test_every_role_of_an_epub_3_package_is_read() -> None:
    assert _read(EPUB_3) == [
        ("Ada Author", "aut", "content.opf: dc:creator"),
        ("Tom Translator", "trl", "content.opf: dc:contributor"),
        ("Tom Translator", "ill", "content.opf: dc:contributor"),
        ("Kim", "ctb", "content.opf: dc:contributor"),
        ("A & B", "pbl", "content.opf: dc:publisher"),
    ]


def test_roles_of_an_epub_2_package_are_attributes() -> None:
    assert [(name, role) for name, role, _ in _read(EPUB_2)] == [
        ("Eva Editor", "edt"),
        ("Nobody Said", "cre"),
    ]


def test_gitenberg_names_relators_in_words() -> None:
    assert _read(GITENBERG, "metadata.yaml") == [
        ("Austen, Jane", "aut", "metadata.yaml: creator.author"),
        ("Eva Editor", "edt", "metadata.yaml: contributor.editors"),
        ("Tom", "edt", "metadata.yaml: contributor.editors"),
    ]


@pytest.mark.parametrize(
    "text", ["- a list", "creator: Jane", "creator: {author: 7}", "{", "creator: {author: [[]]}"]
)
def test_other_yaml_credits_nobody(text: str) -> None:
    assert _read(text, "metadata.yaml") == []


def test_a_package_that_is_no_xml_or_declares_entities_is_refused() -> None:
    with pytest.raises(SourceError, match=r"content\.opf.*well-formed"):
        _read("<package>")
    with pytest.raises(SourceError, match="DOCTYPE"):
        _read('<!DOCTYPE package [<!ENTITY a "aa">]><package>&a;</package>')


@pytest.mark.parametrize(
    ("code", "type_"),
    [
        ("aut", ContributorType.CREATOR),
        ("trl", ContributorType.TRANSLATOR),
        ("edt", ContributorType.EDITOR),
        ("cph", ContributorType.RIGHTS_HOLDER),
        ("ann", ContributorType.ANNOTATOR),
        ("rps", ContributorType.HOSTING_INSTITUTION),
        ("hst", ContributorType.OTHER),  # leads a broadcast
        ("prd", ContributorType.OTHER),  # works on a stage
        ("trc", ContributorType.OTHER),
        ("xyz", ContributorType.OTHER),
    ],
)
def test_a_relator_has_the_nearest_type(code: str, type_: ContributorType) -> None:
    assert contributor_type(code) is type_
