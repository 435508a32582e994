"""Which encoding an HTML document is in."""

import codecs
import re

from registry.errors import SourceError

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_PRESCAN_BYTES = 1024
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_DECLARED = re.compile(
    rb"""<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)|<meta\s[^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""",
    re.IGNORECASE,
)
# The labels of the Encoding Standard (4.2) that Python does not know, or that mean more than they say.
_ALIASES = {
    "dos-874": "cp874",
    "iso-8859-8-e": "iso8859-8",
    "iso-8859-8-i": "iso8859-8",
    "windows-31j": "cp932",
    "windows-874": "cp874",
    "windows-949": "cp949",
}
_MEANT = {
    "ascii": "cp1252",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "shift_jis": "cp932",
    "tis-620": "cp874",
    "utf-16": "utf-8",  # an ASCII declaration could be read, so it is not UTF-16
    "utf-16-be": "utf-8",
    "utf-16-le": "utf-8",
}
_KNOWN = frozenset(
    "big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949"  # noqa: SIM905
    " euc_jp gb18030 iso2022_jp iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16 iso8859-2 iso8859-3"
    " iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 koi8-r koi8-u mac-cyrillic mac-roman utf-8".split()
)


def decode_html(data: bytes, *, file: str) -> str:
    """An HTML document as text: by its byte order mark, else by what it declares, else as UTF-8.

    The Encoding Standard's labels with the strictness of a registry: bytes that do not fit raise
    `SourceError` with file and line instead of becoming replacement characters.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding, file)
    return _decode(data, declared_encoding(data, file=file), file)


def declared_encoding(data: bytes, *, file: str) -> str:
    """The Python codec that a document without byte order mark names in its first 1,024 bytes, or UTF-8."""
    declared = _DECLARED.search(_COMMENT.sub(b"", data[:_PRESCAN_BYTES]))
    if declared is None:
        return "utf-8"
    label = (declared[1] or declared[2]).decode("ascii", "replace").strip()
    codec = _codec(label)
    if codec not in _KNOWN:
        raise SourceError(
            f"its declared encoding '{label}' is not known",
            file=file,
            hint="convert the file to UTF-8 and change its meta charset",
        )
    return codec


def _codec(label: str) -> str:
    """The Python codec a label stands for, "" where there is none."""
    name = label.lower()
    while name.startswith("x-"):
        name = name[2:]
    try:
        codec = codecs.lookup(_ALIASES.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(codec, codec)


def _decode(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"a byte is not valid {encoding}",
            file=file,
            row=data.count(b"\n", 0, error.start) + 1,
            hint="convert the file to UTF-8, or declare its encoding in a meta charset",
        ) from error
