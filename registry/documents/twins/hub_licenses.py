"""The licenses that a card of the Hugging Face Hub names, by SPDX expression."""

from functools import cache

from registry.domain.license import NOASSERTION, license_url, parse_license

# https://huggingface.co/docs/hub/repositories-licenses, without families, `unknown` and `other`.
_IDENTIFIERS = """
apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc0-1.0
cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0
cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0
cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1
eupl-1.2 agpl-3.0 gpl-2.0 gpl-3.0 lgpl-2.1 lgpl-3.0 isc lppl-1.3c ms-pl mpl-2.0 odc-by odbl openrail++
osl-3.0 postgresql ofl-1.1 ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license llama2 llama3 llama3.1
llama3.2 llama3.3 gemma
"""


@cache
def _by_expression() -> dict[str, str]:
    """The first identifier of each expression, as the reader of cards understands them."""
    found: dict[str, str] = {}
    for identifier in _IDENTIFIERS.split():
        found.setdefault(parse_license(identifier).expression, identifier)
    found.pop(NOASSERTION, None)
    return found


def hub_license(expression: str, spelled: str | None) -> dict[str, str]:
    """The keys of a card that say a license, as the hub lists it, else by name and address; none unstated."""
    known = _by_expression().get(expression)
    if known is not None:
        return {"license": known}
    name = spelled if expression == NOASSERTION else expression
    if not name:
        return {}
    address = license_url(expression)
    return {"license": "other", "license_name": name, **({"license_link": address} if address else {})}
