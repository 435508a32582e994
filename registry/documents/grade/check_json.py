"""A check as JSON."""

from fractions import Fraction

from registry.documents.beyond import LABOUR
from registry.documents.contamination_json import contamination_json
from registry.documents.disclosure_json import field_json
from registry.documents.grade.check import Check
from registry.documents.grade.clock import RULE
from registry.documents.grade.metric import By, Outcome
from registry.documents.grade.points import Graded, Points, letter, points
from registry.documents.grade.rubric import METRICS, SOURCE
from registry.documents.twin import Json


def check_json(check: Check) -> Json:
    """Findings, and the grade with its points and every verdict; percentages are rounded to hundredths."""
    return {
        "model": check.disclosure.model.name,
        "version": check.disclosure.model.label,
        "audience": check.disclosure.audience.value,
        "on": check.on.isoformat(),
        "rule": RULE,
        "findings": [
            {
                "severity": finding.severity.value,
                "path": finding.path,
                "message": finding.message,
                "remedy": finding.remedy,
            }
            for finding in check.findings
        ],
        "contamination": contamination_json(check.disclosure.model),
        "labour": field_json(next(one for one in check.disclosure.beyond if one.id == LABOUR)),
        "grade": {
            "rubric": SOURCE,
            "scales": {name: _points(found) for name, found in check.scales.items()},
            "sections": {name: _points(found) for name, found in check.groups.items()},
            "dimensions": {name: _points(found) for name, found in check.dimensions.items()},
            "total": _points(points(check.graded)),
            "decided": decided_json(check),
            "metrics": [_metric(one) for one in check.graded],
        },
    }


def decided_json(check: Check) -> Json:
    """How many metrics and points are decided without a person; how many of them by construction."""
    decided = [one for one in check.graded if one.outcome is not Outcome.QUESTION]
    constructed = [one for one in decided if one.metric.decider.by is By.CONSTRUCTION]
    return {
        "metrics": len(decided),
        "of_metrics": len(METRICS),
        "points": sum(one.metric.weight for one in decided),
        "of_points": sum(metric.weight for metric in METRICS),
        "by_construction": {
            "metrics": len(constructed),
            "points": sum(one.metric.weight for one in constructed),
        },
        "not_applicable": sum(one.outcome is Outcome.NOT_APPLICABLE for one in decided),
    }


def _points(found: Points) -> Json:
    return {
        "won": found.won,
        "lost": found.lost,
        "open": found.open,
        "not_applicable": found.not_applicable,
        "lowest": _percent(found.lowest),
        "highest": _percent(found.highest),
        "decided": _percent(found.decided),
        "lowest_grade": letter(found.lowest),
        "highest_grade": letter(found.highest),
    }


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share * 100), 2)


def _metric(one: Graded) -> Json:
    metric, verdict = one.metric, one.verdict
    return {
        "id": metric.id,
        "section": metric.section,
        "field": metric.field,
        "dimension": metric.dimension.value,
        "weight": metric.weight,
        "wording": metric.wording,
        "by": metric.decider.by.value,
        "verdict": verdict.outcome.value,
        "reason": verdict.reason,
        "remedy": verdict.remedy,
    }
