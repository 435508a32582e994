"""Options that several commands have."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def out_option() -> Decorator:
    """`--out`: the folder that a command writes."""
    kind = click.Path(file_okay=False, path_type=Path)
    told = "Folder to write. One written before is brought up to date; files of others stay as they are."
    return click.option("--out", type=kind, required=True, help=told)


def small_provider_option() -> Decorator:
    """`--sme`: the provider is a small or medium-sized enterprise."""
    told = (
        "The provider is a small or medium-sized enterprise, which may list fewer domain names: 5 % or 1,000 "
        "of each modality. The same as `small_or_medium_enterprise: yes` in registry.yaml."
    )
    return click.option("--sme", "small_provider", is_flag=True, help=told)


def file_option() -> Decorator:
    """`--out`: the file that a command writes."""
    kind = click.Path(dir_okay=False, path_type=Path)
    return click.option(
        "--out", type=kind, required=True, help="File to write; one that is there is replaced."
    )


def form_option(*forms: str) -> Decorator:
    """`--as`: the format of an export."""
    kind = click.Choice(forms)
    return click.option("--as", "form", type=kind, required=True, help="Format to write.")


def audience_option() -> Decorator:
    """`--audience`: for whom a document is."""
    kind = click.Choice(["public", "auditor"])
    told = "Who will read it. An auditor sees what is withheld from the public; the pages say so."
    return click.option("--audience", type=kind, default="public", show_default=True, help=told)
