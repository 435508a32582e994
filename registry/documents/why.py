"""Why a figure is what it is: how it was computed, from what, and SQL that finds it again in the views.

The SQL reads the public views alone, so that it runs on the `public.db` of a published site as well as with
`registry query`. It stands only where the views hold all that the figure is made of: not where licenses,
languages or domains of a selected part were counted apart or taken in proportion.
"""

from dataclasses import dataclass, replace
from typing import Any

from registry.documents.composition import Use
from registry.documents.described import is_described
from registry.documents.fields import Field, Section, Status
from registry.documents.figures import counted, exact
from registry.documents.projection import shown_as
from registry.documents.sizes import modalities_of
from registry.documents.subject import Subject
from registry.documents.withheld import is_withheld, stands_for
from registry.domain.dataset import Origin
from registry.domain.facts import ModelFacts
from registry.domain.stated import Modality

FIGURES = ("totals", "origins", "licenses", "languages")
_MOST_NAMED = 6
_ORIGINS = {
    "2.1": Origin.PUBLIC,
    "2.2.1": Origin.LICENSED,
    "2.2.2": Origin.THIRD_PARTY,
    "2.3": Origin.CRAWLED,
    "2.4": Origin.USER,
    "2.5": Origin.SYNTHETIC,
    "2.6": Origin.OTHER,
}
_ONCE = "Each dataset version counts once, however many runs used it."


@dataclass(frozen=True, slots=True)
class Why:
    """How a figure was computed, from what, and SQL that finds it again, where there is any."""

    method: str
    inputs: str
    query: str | None = None


GAPS = Why(
    "Fields of the form whose answer is neither computed, nor declared, nor certain not to apply.",
    "`fields` of disclosure.json with the status `gap`.",
)


def explained(form: tuple[Section, ...], subject: Subject) -> tuple[Section, ...]:
    """The form with the inputs of every computed field, and the SQL of those that the views hold."""
    return tuple(
        replace(section, fields=tuple(_explained(field, subject) for field in section.fields))
        for section in form
    )


def _explained(field: Field, subject: Subject) -> Field:
    if field.status is not Status.COMPUTED:
        return field
    return replace(field, inputs=_inputs(field.id, subject), query=_query(field.id, subject))


def figures(subject: Subject) -> dict[str, Why]:
    """The figures of the first screen and of the charts, by the key of the JSON that holds them."""
    inputs = _named(subject.uses)
    used, parts = _used(subject.model), _views_hold(subject.uses)
    return {
        "totals": Why(
            f"Records and words as counted in the data, or as declared where the mixture says so. {_ONCE}",
            inputs,
            f"{used}\nSELECT SUM(records) AS records, SUM(words) AS words FROM used",
        ),
        "origins": Why(
            f"Words by the origin recorded for each dataset version. {_ONCE}",
            inputs,
            f"{used}\nSELECT origin, SUM(records) AS records, SUM(words) AS words FROM used GROUP BY origin",
        ),
        "licenses": Why(
            "Words by license: of each record where records carry one, else of the version, as concluded, "
            f"else as declared. {_ONCE}",
            inputs,
            _by("public_version_license", "expression", used) if parts else None,
        ),
        "languages": Why(
            f"Words by language, as the records, the publisher or a sample say it. {_ONCE}",
            inputs,
            _by("public_version_language", "language", used) if parts else None,
        ),
    }


# --- inputs ----------------------------------------------------------------------------------------------


def _inputs(identifier: str, subject: Subject) -> str:
    if identifier == "1.2.b":
        return f"The base models stated of {subject.model.reference} and of each of them."
    origin = _origin(identifier)
    if origin is None:
        return _named(subject.uses)
    return _named(subject.of(origin))


def _origin(identifier: str) -> Origin | None:
    found = [
        origin for key, origin in _ORIGINS.items() if identifier == key or identifier.startswith(f"{key}.")
    ]
    return found[0] if found else None


def _named(found: tuple[Use, ...]) -> str:
    """Which dataset versions, the largest first."""
    if not found:
        return "No dataset version."
    named = [shown_as(use.version) for use in found if not is_withheld(use.version)]
    hidden = sum(stands_for(use.version) for use in found if is_withheld(use.version))
    rest = len(named) - _MOST_NAMED
    parts = named[:_MOST_NAMED] + ([f"{exact(rest)} more"] if rest > 0 else [])
    parts += [f"{exact(hidden)} withheld"] if hidden else []
    count = counted(sum(stands_for(use.version) for use in found), "dataset version")
    return f"{count}: {', '.join(parts)}; each with its digest and sizes in `datasets` of disclosure.json."


# --- queries ---------------------------------------------------------------------------------------------


def _query(identifier: str, subject: Subject) -> str | None:
    used, origin = _used(subject.model), _origin(identifier)
    if identifier in {"1.3.b", "3111.a.3"}:
        return f"{used}\nSELECT SUM(records) AS records, SUM(words) AS words FROM used"
    if identifier == "1.3.e" and _views_hold(subject.uses):
        return _by("public_version_language", "language", used)
    if origin is None or not _views_list(identifier, subject.of(origin)):
        return None
    queries = {"2.3.h": _DOMAINS, "2.1.c": _LARGE} | dict.fromkeys(_ORIGINS, _OF_ORIGIN)
    return f"{used}\n{queries[identifier].format(origin=origin.value)}" if identifier in queries else None


def _views_list(identifier: str, found: tuple[Use, ...]) -> bool:
    """Whether the views list what a field lists: the described they number otherwise than documents do."""
    if identifier == "2.1.c":
        return _are_texts(found) and not any(is_described(use.version) for use in found)
    return identifier != "2.3.h" or (_are_texts(found) and _views_hold(found))


_OF_ORIGIN = """SELECT COUNT(*) AS datasets, SUM(records) AS records, SUM(words) AS words FROM used
WHERE origin = '{origin}'"""
_LARGE = """SELECT dataset, version, words FROM used
WHERE origin = '{origin}' AND words * 100 > 3 * (SELECT SUM(words) FROM used WHERE origin = '{origin}')
ORDER BY words DESC, dataset"""
_DOMAINS = """SELECT d.domain, SUM(d.bytes) AS bytes
FROM public_version_domain d JOIN used u ON u.dataset = d.dataset AND u.version = d.version
WHERE u.origin = '{origin}'
GROUP BY d.domain ORDER BY bytes DESC, d.domain"""
_BY = """SELECT p.{column}, SUM(p.records) AS records, SUM(p.words) AS words
FROM {view} p JOIN used u ON u.dataset = p.dataset AND u.version = p.version
GROUP BY p.{column} ORDER BY words DESC, p.{column}"""
_USED = """WITH used AS (
  SELECT dataset, version, origin, MAX(records) AS records, MAX(words) AS words
  FROM public_model_dataset WHERE model = {model} AND model_version = {label}
  GROUP BY dataset, version, origin)"""


def _used(model: ModelFacts) -> str:
    """The dataset versions of a model, each once with the largest part that a run used."""
    return _USED.format(model=_text(model.name), label=_text(model.label))


def _by(view: str, column: str, used: str) -> str:
    return f"{used}\n{_BY.format(view=view, column=column)}"


def _text(value: str) -> str:
    """A text of SQL."""
    return "'" + value.replace("'", "''") + "'"


def _are_texts(found: tuple[Use, ...]) -> bool:
    """Whether words measure all of it: other modalities are ranked in units that the views do not have."""
    return all(use.words and modalities_of(use.version) == {Modality.TEXT} for use in found)


def _views_hold(found: tuple[Use, ...]) -> bool:
    """Whether the views know the licenses, languages and domains of all that was used."""
    return all(use.is_whole and not is_withheld(use.version) and use.once.part is None for use in found)


def why_json(found: Why) -> dict[str, Any]:
    """As the JSON of a document has it."""
    return {"method": found.method, "inputs": found.inputs, "query": found.query}
