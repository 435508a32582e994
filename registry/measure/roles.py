"""Which path of the data plays which part."""

from registry.domain.dataset import FieldMapping, FieldRole
from registry.errors import UsageError
from registry.fingerprint.leaves import ABOVE, escape


class Roles:
    """Answers for every path of the data, and remembers which named fields were met.

    implied: what the format itself says of its fields; it yields to `mapping`, and need not be met
    explode: where the records were nested; fields may be named from the record or from the file's top, and
             the fields of the objects around a record are content only where they are named
    """

    def __init__(
        self, mapping: FieldMapping, implied: FieldMapping | None = None, explode: str | None = None
    ) -> None:
        self._mapping = mapping
        self._inside = f"{_plain(explode)}." if explode else None
        named = mapping.by_role()
        self._required = {*mapping.text, *(name for names in named.values() for name in names)}
        self._named = [
            (role, rank, name)
            for role, names in (implied or FieldMapping()).by_role().items()
            for rank, name in enumerate(named[role] or names)
        ]
        self._known: dict[str, tuple[FieldRole, int]] = {}
        self._met: set[str] = set()

    def of(self, path: str) -> tuple[FieldRole, int]:
        """The part a path plays, and its rank among the alternatives for that part: the least counts first.

        Alternatives come as they are named; a record's own field before one of the objects around it.
        """
        if path not in self._known:
            self._known[path] = self._find(path)
        return self._known[path]

    def is_content(self, path: str) -> bool:
        """Whether the strings at this path are content."""
        if self._mapping.text:
            return any(self._matches(name, path) for name in self._mapping.text)
        return self.of(path)[0] in {FieldRole.CONTENT, FieldRole.TITLE}  # a model reads titles too

    @property
    def chooses_content(self) -> bool:
        """Whether it is said which fields are content."""
        return bool(self._mapping.text)

    def require_all_met(self) -> None:
        """Refuse a mapping that names fields which the data does not have."""
        if missing := sorted(self._required - self._met):
            have = ", ".join(sorted(self._known)[:20]) or "none at all"
            raise UsageError(
                f"no field named {', '.join(repr(name) for name in missing)} in the data",
                hint=f"the fields with a value are: {have}",
            )

    def _find(self, path: str) -> tuple[FieldRole, int]:
        content = [name for name in self._mapping.text if self._matches(name, path)]
        for role, rank, name in self._named:
            if self._matches(name, path):
                return role, 2 * rank + path.startswith(ABOVE)
        is_content = content or not (self._mapping.text or path.startswith(ABOVE))
        return (FieldRole.CONTENT if is_content else FieldRole.OTHER), 0

    def _matches(self, name: str, path: str) -> bool:
        named = _plain(name)
        if self._inside and not path.startswith(ABOVE):
            named = named.removeprefix(self._inside)
        below = path.removeprefix(ABOVE)
        found = path in {name, escape(name)} or below == escape(name) or _plain(below) == named
        if found:
            self._met.add(name)
        return found


def _plain(path: str) -> str:
    return path.replace("[]", "")
