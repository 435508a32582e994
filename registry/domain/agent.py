"""Agents: their kinds and roles, their names as keys, and what of a text may be stored and shown."""

import re
import unicodedata
from collections.abc import Iterator
from enum import StrEnum


class AgentKind(StrEnum):
    """What an agent is; `software` is a model or program that generated or labelled data."""

    PERSON = "person"
    ORGANIZATION = "organization"
    SOFTWARE = "software"
    UNKNOWN = "unknown"


class ContributorType(StrEnum):
    """DataCite 4.6 appendix 1, contributorType; plus Creator (DataCite property 2) and MARC relator `ann`."""

    CREATOR = "Creator"
    ANNOTATOR = "Annotator"
    CONTACT_PERSON = "ContactPerson"
    DATA_COLLECTOR = "DataCollector"
    DATA_CURATOR = "DataCurator"
    DATA_MANAGER = "DataManager"
    DISTRIBUTOR = "Distributor"
    EDITOR = "Editor"
    HOSTING_INSTITUTION = "HostingInstitution"
    PRODUCER = "Producer"
    PROJECT_LEADER = "ProjectLeader"
    PROJECT_MANAGER = "ProjectManager"
    PROJECT_MEMBER = "ProjectMember"
    REGISTRATION_AGENCY = "RegistrationAgency"
    REGISTRATION_AUTHORITY = "RegistrationAuthority"
    RELATED_PERSON = "RelatedPerson"
    RESEARCHER = "Researcher"
    RESEARCH_GROUP = "ResearchGroup"
    RIGHTS_HOLDER = "RightsHolder"
    SPONSOR = "Sponsor"
    SUPERVISOR = "Supervisor"
    TRANSLATOR = "Translator"
    WORK_PACKAGE_LEADER = "WorkPackageLeader"
    OTHER = "Other"


# Unicode Default_Ignorable_Code_Point that are not of category Cf: fillers, joiners, variation selectors.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
_HIDDEN = {"Cc", "Cf", "Cs"}
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# C0 and C1 controls but tab and newline; embeddings, overrides and isolates of UAX 9 (bidirectional text).
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_NOT_TEXT = re.compile("[\ud800-\udfff\ufffe\uffff]")


def normalise_name(name: str) -> str:
    """Return the key of a name: NFKC, case folded, without invisible characters, single blanks.

    Equal keys mean equal up to case, spacing and Unicode form, not the same agent.
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.lower().split())
    folded = _fold_name(name)
    while (again := _fold_name(folded)) != folded:  # case folding may undo the normal form (Unicode D146)
        folded = again
    return folded


_PLACEHOLDERS = frozenset(
    {"-", "--", "?", ".", "n/a", "na", "nan", "nil", "none", "null"}
    | {"anon", "anonymous", "undefined", "unknown", "unnamed"}
    | {"admin", "author", "deleted", "guest", "removed", "user"}
)


def is_placeholder(name: str) -> bool:
    """Whether a name looks like what programs write for nobody: NULL, n/a, [deleted], Anonymous."""
    return normalise_name(name).strip("[](){}<>") in _PLACEHOLDERS


def clean_text(value: str) -> str:
    """Return what both databases can hold and a page can show: one rule for SQLite, PostgreSQL and HTML.

    Line ends become newlines; other controls and bidirectional overrides go; lone surrogates and
    noncharacters become U+FFFD.
    """
    return _NOT_TEXT.sub("\ufffd", _CONTROLS.sub("", _LINE_ENDS.sub("\n", value)))


def _fold_name(name: str) -> str:
    visible = _INVISIBLE.sub("", name)
    if not visible.isprintable():  # what is printable has no character of these categories
        visible = "".join(
            character
            if character.isspace()
            else ""
            if unicodedata.category(character) in _HIDDEN
            else character
            for character in visible
        )
    return " ".join(unicodedata.normalize("NFKC", visible).casefold().split())


WITHHELD = "[e-mail withheld]"

# RFC 5321 section 4.5.3.1 bounds the parts (local 64, label 63), which keeps the search linear. A top-level
# label starts with a letter (RFC 3696 section 2): `gsm8k@1.0` is a dataset. `%40` is `@` in a URL, whose own
# separators (/ ? & = #) end a local part here.
_AT = re.compile("@|\uff20|\ufe6b|%40")
_LOCAL_BACKWARDS = re.compile(r"\"[^\"\r\n]{1,64}\"|[\w.!$%'*+^`{|}~-]{1,64}")
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}[.\u3002\uff0e]){{1,8}}(?=[^\W\d_]){_LABEL}")
_BRACKETS = {"<": ">", "(": ")", "[": "]"}


def without_email(text: str) -> str:
    """Return the text without e-mail addresses: "Jane <a@b.org>" is "Jane", a bare one becomes `WITHHELD`.

    In time linear in its length for each round that finds some.
    """
    shorter = _withhold(text)
    while shorter != text:  # what stood on both sides of an address may now form another
        text, shorter = shorter, _withhold(shorter)
    return text


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every address, in order; they may overlap."""
    for at in _AT.finditer(text):
        local = _LOCAL_BACKWARDS.match(text[max(0, at.start() - 66) : at.start()][::-1])
        domain = _DOMAIN.match(text, at.end())
        if local and domain:
            yield at.start() - local.end(), domain.end()


def _withhold(text: str) -> str:
    kept: list[str] = []
    position = 0
    for start, end in _addresses(text):
        if start < position:
            position = max(position, end)
            continue
        closing = _BRACKETS.get(text[start - 1 : start])
        dropped = closing is not None and start > position and text[end : end + 1] == closing
        kept += [text[position : start - 1].rstrip()] if dropped else [text[position:start], WITHHELD]
        position = end + 1 if dropped else end
    return "".join(kept) + text[position:]
