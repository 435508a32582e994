"""`registry schema`."""

from typing import Any

import click

from registry.cli.output import print_json

NAMES = ("registry", "disclosure", "attribution", "allocation")
HELP = """Print the JSON Schema (2020-12) of a file.

\b
registry      registry.yaml, the default
disclosure    disclosure.json
attribution   attribution.json
allocation    allocation.json

With the first, an editor completes and explains the keys of registry.yaml and marks mistakes: every editor
that has yaml-language-server (VS Code with the YAML extension, Neovim, Emacs, Helix). Write the schema

\b
  registry schema > registry.schema.json

and name it in the first line of registry.yaml:

\b
  # yaml-language-server: $schema=registry.schema.json
"""


@click.command(help=HELP)
@click.argument("name", type=click.Choice(NAMES), default="registry")
def schema(name: str) -> None:
    """Print a JSON Schema."""
    print_json(_schema(name))


def _schema(name: str) -> dict[str, Any]:
    from registry.documents.schema import attribution_schema, disclosure_schema

    if name == "registry":
        from registry.declarations.json_schema import registry_schema

        return registry_schema()
    if name == "allocation":
        from registry.documents.allocation.schema import allocation_schema

        return allocation_schema()
    return disclosure_schema() if name == "disclosure" else attribution_schema()
