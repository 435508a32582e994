"""What all entries of registry.yaml share."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator


def said(description: str, default: Any = None, **more: Any) -> Any:
    """A key that may be left out, and what an editor says of it."""
    return Field(default, description=description, **more)


class Entry(BaseModel):
    """What all entries share: no key that is not known, nothing that changes, null as if absent."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _without_null(cls, stated: object) -> object:
        """A key that is not known stays, to be refused: a comma within a text makes one."""
        if not isinstance(stated, dict):
            return stated
        known = {name for key, field in cls.model_fields.items() for name in (key, field.alias)}
        return {key: value for key, value in stated.items() if value is not None or key not in known}
