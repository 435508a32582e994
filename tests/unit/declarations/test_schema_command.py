import json

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from registry.cli.schema import schema


@pytest.mark.parametrize(
    ("arguments", "identifier"),
    [
        ([], "urn:training-data-registry:registry:1"),
        (["registry"], "urn:training-data-registry:registry:1"),
        (["disclosure"], "disclosure"),
        (["attribution"], "attribution"),
    ],
)
def test_it_prints_one_json_schema(arguments: list[str], identifier: str) -> None:
    printed = CliRunner().invoke(schema, arguments)
    assert printed.exit_code == 0
    document = json.loads(printed.stdout)
    Draft202012Validator.check_schema(document)
    assert identifier in document["$id"]


def test_help_says_how_an_editor_uses_it() -> None:
    printed = CliRunner().invoke(schema, ["--help"])
    assert "# yaml-language-server: $schema=registry.schema.json" in printed.stdout
    assert "registry schema > registry.schema.json" in printed.stdout


def test_an_unknown_name_is_wrong_usage_with_the_choices() -> None:
    printed = CliRunner().invoke(schema, ["regestry"])
    assert printed.exit_code == 2
    assert "'registry', 'disclosure', 'attribution'" in printed.output
