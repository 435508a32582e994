"""Whoever was erased is not declared again."""

from registry.app.home import Home
from registry.declarations import schema
from registry.domain.erasure import DECLARED, tombstone
from registry.errors import RefusedError


def refuse_erased(home: Home, declarations: schema.Declarations) -> None:
    """Raises `RefusedError` for a file that names someone who was erased as an agent or publisher."""
    names = _names(declarations)
    erased = {scope: home.erased(scope) for scope in {scope for *_, scope in names}}
    for path, name, scope in names:
        number = erased[scope].number(name)
        if number is not None:
            raise RefusedError(
                f"{path} names someone who was erased from this registry: {tombstone(number)}",
                hint="take the entry, or the name, out of the file",
            )


def _names(declarations: schema.Declarations) -> list[tuple[str, str, str]]:
    """Where each name stands, the name, and within what it means someone."""
    found = [(f"agents[{place}].id", agent.id, DECLARED) for place, agent in enumerate(declarations.agents)]
    found += [
        (f"agents[{place}].name", agent.name, DECLARED)
        for place, agent in enumerate(declarations.agents)
        if agent.name
    ]
    for place, dataset in enumerate(declarations.datasets):
        for number, holder in enumerate(dataset.rights_holders or ()):
            for field, said in (holder.where or {}).items():
                path = f"datasets[{place}].rights_holders[{number}].where.{field}"
                found += [
                    (path, value, dataset.name) for value in ([said] if isinstance(said, str) else said)
                ]
        publisher = dataset.publisher
        if publisher is not None:
            name = publisher if isinstance(publisher, str) else publisher.name
            found.append((f"datasets[{place}].publisher", name, ""))
    return found
