"""One exception tree: each error says what happened, to which thing, and what to do."""


class RegistryError(Exception):
    """Something could not be done (exit code 3)."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(RegistryError):
    """The command was called in a way that cannot work (exit code 2)."""


class NotFoundError(RegistryError):
    """A named thing is not in the registry."""


class RefusedError(RegistryError):
    """The registry's own rules forbid it."""


class SourceError(RegistryError):
    """A source cannot be read as what it says it is.

    `file` is the file's display path, `row` the 1-based row or line where reading stopped, where known.
    """

    def __init__(
        self, message: str, *, file: str | None = None, row: int | None = None, hint: str | None = None
    ) -> None:
        place = "" if file is None else f"{file}: " if row is None else f"{file}, row {row}: "
        super().__init__(f"{place}{message}", hint=hint)
        self.file = file
        self.row = row


class MissingSourceError(SourceError):
    """A source is not where it was said to be."""


class StoreError(RegistryError):
    """The registry's own files or database are not as they were written."""


class MissingExtraError(RegistryError):
    """An optional dependency is not installed."""

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the optional dependency '{extra}'",
            hint=f"pip install 'training-data-registry[{extra}]'",
        )
