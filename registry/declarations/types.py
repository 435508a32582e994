"""The kinds of values in registry.yaml: what is read of the text that was written, and its JSON Schema.

Every scalar arrives as text. An editor sees numbers and booleans in the same places, which is why the schemas
allow both: `version: 1` and `version: "1"`.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, GetJsonSchemaHandler, PlainSerializer, WithJsonSchema
from pydantic_core import CoreSchema, PydanticCustomError

from registry.declarations.problems import shown
from registry.domain.agent import clean_text
from registry.domain.agent_identifiers import check_identifier
from registry.domain.identifiers import check_label, check_name, check_url, parse_epochs, parse_reference
from registry.domain.languages import language_tag
from registry.domain.links import template_problem
from registry.domain.stated import NONE_STATED, NOT_APPLICABLE, Answer
from registry.errors import UsageError

STATED = "stated"  # the type of the errors that carry a message and a remedy of ours

Json = dict[str, Any]

_SCALAR = ["string", "number", "boolean"]
_DAY = r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?"
_DECIMAL = r"[0-9]+(\.[0-9]+)?"
_FLOP = r"[0-9]+(\.[0-9]+)?([eE][+]?[0-9]+)?"
_NAME = r"[A-Za-z0-9][A-Za-z0-9._/-]*"
_LABEL = r"[A-Za-z0-9][A-Za-z0-9._+-]*"
EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s.]+(\.[^@\s.]+)+")
_WRITE = "write a text, or leave the key out where nothing is known"


def wrong(message: str, remedy: str | None) -> PydanticCustomError:
    """The error of a check of ours."""
    return PydanticCustomError(STATED, "{message}", {"message": message, "remedy": remedy})


def of_text(check: Callable[[str], object]) -> BeforeValidator:
    """A validator that reads text without blanks around it; what is no text is left to the type."""

    def run(value: object) -> object:
        if not isinstance(value, str):
            return value
        text = value.strip()
        if not text:
            raise wrong("is empty", _WRITE)
        try:
            return check(text)
        except UsageError as error:
            raise wrong(error.message, error.hint) from error

    return BeforeValidator(run)


def matching(pattern: str, what: str, remedy: str) -> Callable[[str], str]:
    """A check that a text is of a form; `what` it would be is said where it is not."""
    form = re.compile(pattern, re.ASCII)

    def check(text: str) -> str:
        if not form.fullmatch(text):
            raise wrong(f"{shown(text)} is not {what}", remedy)
        return text

    return check


def schema(*types: str, **limits: Any) -> WithJsonSchema:
    """A JSON Schema of scalars; a limit holds for the types that it is about."""
    kinds = list(types) or _SCALAR
    return WithJsonSchema({"type": kinds if len(kinds) > 1 else kinds[0]} | limits)


def one_or_more(item: Json) -> WithJsonSchema:
    """The JSON Schema of one thing or a list of them."""
    return WithJsonSchema({"anyOf": [item, {"type": "array", "items": item}]})


@dataclass(frozen=True, slots=True, eq=False)
class Besides:
    """Another form that is accepted for a type, for its JSON Schema."""

    form: Json

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Json:
        """Either form."""
        return {"anyOf": [self.form, handler(core)]}


# --- checks ---


def _url(text: str) -> str:
    try:
        return check_url(text)
    except UsageError as error:
        raise wrong(f"{shown(text)} is not a web address", error.hint) from error


def _template(text: str) -> str:
    if problem := template_problem(text):
        remedy = "as https://site.example/q/{id}; {creator} stands for who made the record"
        raise wrong(f"{shown(text)} is no template of an address: {problem}", remedy)
    return text


def _identifier(scheme: str) -> Callable[[str], str]:
    return lambda text: check_identifier(scheme, text)


def _language(text: str) -> str:
    if (found := language_tag(text)) is None:
        raise wrong(f"{shown(text)} is not a language", "use a tag of BCP 47: en, de, pt-BR, zh-Hant")
    return found


def _month(text: str) -> str:
    if not re.fullmatch(_DAY, text, re.ASCII) or not _is_day(text):
        raise wrong(f"{shown(text)} is not a date", "write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10] if len(text) == 4 else f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _month_or_ongoing(text: str) -> str:
    return text if text == "ongoing" else _month(text)


def _market(text: str) -> object:
    if text == NOT_APPLICABLE:
        return text
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII) or not _is_day(text):
        raise wrong(f"{shown(text)} is not a date", "write YYYY-MM-DD, or: not applicable")
    return date.fromisoformat(text)


def _whole_day(text: str) -> str:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII) or not _is_day(text):
        raise wrong(f"{shown(text)} is not a day", "write YYYY-MM-DD")
    return text


def _count(text: str) -> object:
    if not re.fullmatch("[0-9]{1,18}", text, re.ASCII):
        raise wrong(f"{shown(text)} is not a whole number", "write digits alone, for example 1200000")
    return int(text)


def _epochs(text: str) -> Fraction:
    try:
        return parse_epochs(text)
    except UsageError as error:
        raise wrong(f"{shown(text)} is not a number of epochs", error.hint) from error


def _share(text: str) -> Fraction:
    try:
        share = parse_epochs(text)
    except UsageError:
        share = Fraction(0)
    if not 0 < share <= 1:
        raise wrong(f"{shown(text)} is not a share", "give a number above 0 and at most 1: 0.25 or 1/4")
    return share


def _answer(text: str) -> Answer:
    said = {"true": Answer.YES, "false": Answer.NO}.get(text.lower())
    if said is None and text.lower() not in set(Answer):
        raise wrong(f"{shown(text)} is not an answer here", "choose yes, no or unknown")
    return said or Answer(text.lower())


def _currency(text: str) -> str:
    """Alphabetic codes of ISO 4217 are three letters; which of them are in use changes too often."""
    if not re.fullmatch("[A-Za-z]{3}", text, re.ASCII):
        raise wrong(f"{shown(text)} is not a currency", "write its code of ISO 4217: EUR, USD, KES")
    return text.upper()


def _country(text: str) -> str:
    if not re.fullmatch("[A-Za-z]{2}", text, re.ASCII):
        raise wrong(f"{shown(text)} is not a country", "write its code of ISO 3166-1: KE, IN, US")
    return text.upper()


def _reference(text: str) -> str:
    try:
        return str(parse_reference(text))
    except UsageError as error:
        remedy = "epochs have a key of their own: `epochs: 3`" if ":" in text else error.hint
        raise wrong(f"{shown(text)} is neither NAME nor NAME@VERSION", remedy) from error


def _origin(text: str) -> str:
    return _work(text, "name a dataset or model (NAME or NAME@VERSION), or write out its web address")


def _base(text: str) -> str:
    if text.endswith(".json") and "://" not in text:
        return text
    remedy = "name a model (NAME or NAME@VERSION), its web address, or the path of its disclosure.json"
    return _work(text, remedy)


def _work(text: str, remedy: str) -> str:
    if "://" in text:
        return _url(text)
    try:
        return str(parse_reference(text))
    except UsageError as error:
        raise wrong(f"{shown(text)} is neither NAME[@VERSION] nor a web address", remedy) from error


def _as_list(value: object) -> object:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else [value]


def _none_as_empty(value: object) -> object:
    return [] if value in (NONE_STATED, [NONE_STATED]) else _as_list(value)


def _values(value: object) -> object:
    values = value if isinstance(value, list) else [value]
    if not values or any(one is None or one == "" for one in values):
        raise wrong("has no value to look for", "write FIELD: VALUE, or FIELD: [VALUE, VALUE]")
    if not all(isinstance(one, str) for one in values):
        raise wrong("is neither a text nor a list of texts", "write FIELD: VALUE, or FIELD: [VALUE, VALUE]")
    return value


# --- types ---

_TEXT: Json = {"type": _SCALAR, "pattern": r"\S"}
_EITHER_CASE = "|".join("".join(f"[{c}{c.upper()}]" for c in word) for word in ("true", "false", *Answer))
_SPELLED: Json = {"type": "string", "pattern": rf"^\s*({_EITHER_CASE})\s*$"}
ANSWERS: Json = {"anyOf": [{"enum": [answer.value for answer in Answer]}, {"type": "boolean"}, _SPELLED]}
_VALUE: Json = {"type": _SCALAR, "minLength": 1}

Text = Annotated[str, of_text(clean_text), WithJsonSchema(_TEXT)]
Name = Annotated[str, of_text(check_name), schema(pattern=f"^\\s*{_NAME}\\s*$")]
Party = Annotated[str, of_text(check_name)]
Label = Annotated[str, of_text(check_label), schema(pattern=f"^\\s*{_LABEL}\\s*$")]
Reference = Annotated[str, of_text(_reference), schema(pattern=f"^\\s*{_NAME}(@{_LABEL})?\\s*$")]
Url = Annotated[
    str, of_text(_url), schema("string", pattern=r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/]+(/\S*)?\s*$")
]
Template = Annotated[
    str, of_text(_template), schema("string", pattern=r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/]+/\S*[{]\S*$")
]
Email = Annotated[
    str,
    of_text(matching(EMAIL.pattern, "an e-mail address", "write it as name@example.org")),
    schema("string", pattern=r"^\s*[^@\s]+@[^@\s]+\s*$"),
]
Orcid = Annotated[str, of_text(_identifier("orcid")), WithJsonSchema(_TEXT)]
Ror = Annotated[str, of_text(_identifier("ror")), WithJsonSchema(_TEXT)]
Isni = Annotated[str, of_text(_identifier("isni")), WithJsonSchema(_TEXT)]
Ipi = Annotated[str, of_text(_identifier("ipi")), WithJsonSchema(_TEXT)]
Wikidata = Annotated[str, of_text(_identifier("wikidata")), WithJsonSchema(_TEXT)]
Language = Annotated[str, of_text(_language), schema("string", pattern="^[^0-9]")]
Texts = Annotated[list[Text], BeforeValidator(_as_list), one_or_more(_TEXT)]
NoneOrOrigins = Annotated[
    list[Annotated[str, of_text(_origin)]], BeforeValidator(_none_as_empty), one_or_more(_TEXT)
]
NoneOrBases = Annotated[
    list[Annotated[str, of_text(_base)]], BeforeValidator(_none_as_empty), one_or_more(_TEXT)
]
NoneOrTexts = Annotated[list[Text], BeforeValidator(_none_as_empty), one_or_more(_TEXT)]
YesNo = Annotated[Answer, of_text(_answer), WithJsonSchema(ANSWERS)]
Month = Annotated[str, of_text(_month), schema("string", "integer", pattern=f"^\\s*{_DAY}\\s*$")]
Day = Annotated[str, of_text(_whole_day), schema("string", pattern=r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\s*$")]
MonthOrOngoing = Annotated[
    str, of_text(_month_or_ongoing), schema("string", "integer", pattern=f"^\\s*(ongoing|{_DAY})\\s*$")
]
MarketDate = Annotated[
    date | Literal["not applicable"],
    of_text(_market),
    schema("string", pattern=r"^\s*(not applicable|[0-9]{4}-[0-9]{2}-[0-9]{2})\s*$"),
]
Epochs = Annotated[
    Fraction,
    of_text(_epochs),
    PlainSerializer(str),
    schema("number", "string", exclusiveMinimum=0, pattern=r"^\s*[0-9]+(\.[0-9]+|/[0-9]+)?\s*$"),
]
Share = Annotated[
    Fraction,
    of_text(_share),
    PlainSerializer(str),
    schema("number", "string", exclusiveMinimum=0, maximum=1, pattern=r"^\s*[0-9]+(\.[0-9]+|/[0-9]+)?\s*$"),
]
Count = Annotated[
    int, of_text(_count), schema("integer", "string", minimum=0, pattern=r"^\s*[0-9]{1,18}\s*$")
]
Decimal = Annotated[
    str,
    of_text(matching(_DECIMAL, "a number", "write digits, with a point for decimals: 1.3")),
    schema("number", "string", minimum=0, pattern=f"^\\s*{_DECIMAL}\\s*$"),
]
Factor = Annotated[
    str,
    of_text(
        matching(rf"(?!0+(\.0+)?$){_DECIMAL}", "a number above zero", "write how many there are, such as 1.3")
    ),
    schema("number", "string", exclusiveMinimum=0, pattern=f"^\\s*{_DECIMAL}\\s*$"),
]
Flop = Annotated[
    str,
    of_text(matching(_FLOP, "a number of operations", "write it as 3.2e22")),
    schema("number", "string", minimum=0, pattern=f"^\\s*{_FLOP}\\s*$"),
]
Currency = Annotated[
    str,
    of_text(_currency),
    schema("string", pattern=r"^\s*[A-Za-z]{3}\s*$"),
]
Countries = Annotated[
    list[Annotated[str, of_text(_country)]],
    BeforeValidator(_as_list),
    one_or_more({"type": ["string", "boolean"], "pattern": r"^\s*[A-Za-z]{2}\s*$"}),
]
Values = Annotated[
    str | list[str],
    BeforeValidator(_values),
    WithJsonSchema({"anyOf": [_VALUE, {"type": "array", "items": _VALUE, "minItems": 1}]}),
]
