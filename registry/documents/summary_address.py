"""The web address of the summary of a model of this registry, as it is published beside the others."""


def slug(name: str) -> str:
    """A name as a folder: a slash becomes `~`, which no name holds."""
    return name.replace("/", "~")


def summary_address(published_at: str | None, reference: str) -> str | None:
    """Of `name@label`; None where it is not stated where the site stands."""
    name, _, label = reference.partition("@")
    if published_at is None or not label:
        return None
    return f"{published_at.rstrip('/')}/models/{slug(name)}/{slug(label)}/disclosure/"
