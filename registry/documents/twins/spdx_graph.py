"""The elements of an SPDX 3.0.1 document: each with an identifier of its own, and what they share."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from registry.documents.twins.shared import SOFTWARE, Json, is_expression, present, uuid_of
from registry.domain.agent import AgentKind
from registry.domain.license import NONE, license_title, license_url

NO_ASSERTION = "NoAssertionElement"
_NO_LICENSE_ASSERTION = "expandedlicensing_NoAssertionLicense"
_NO_LICENSE = "expandedlicensing_NoneLicense"
_CREATION = "_:creation"
_REFERENCE = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
_AGENTS = {
    AgentKind.PERSON.value: "Person",
    AgentKind.ORGANIZATION.value: "Organization",
    AgentKind.SOFTWARE.value: "SoftwareAgent",
}


@dataclass(slots=True)
class Graph:
    """The elements of one document, in the order in which they were added, each once.

    scope: what sets the identifiers of this document apart; moment: when something was last stated
    """

    scope: tuple[str, ...]
    moment: str
    elements: dict[str, Json] = field(default_factory=dict)

    def add(self, kind: str, key: Iterable[str], **properties: object) -> str:
        """Add an element of a class; the identifier of one that is there already is returned."""
        identifier = f"urn:uuid:{uuid_of('spdx', *self.scope, kind, *key)}"
        if identifier not in self.elements:
            head = {"type": kind, "spdxId": identifier, "creationInfo": _CREATION}
            self.elements[identifier] = head | present(**properties)
        return identifier

    def agent(self, name: str, kind: str, *, address: str | None = None) -> str:
        """Somebody by name."""
        found = _AGENTS.get(kind, "Agent")
        page = {"type": "ExternalRef", "externalRefType": "altWebPage", "locator": [address]}
        return self.add(found, (name,), name=name, externalRef=[page] if address else None)

    def nobody(self) -> str:
        """Who it was, nobody has stated: an agent has to be there."""
        return self.add(
            "Agent", ("",), name="NOASSERTION", comment="It is not stated who this is; no assertion is made."
        )

    def relate(self, source: str, kind: str, targets: list[str], comment: str | None = None) -> None:
        """Relate an element to others."""
        key = (source, kind, *targets)
        self.add("Relationship", key, **{"from": source}, relationshipType=kind, to=targets, comment=comment)

    def license(self, of: str, kind: str, expression: str | None, spelled: str | None = None) -> None:
        """Say under which license something is declared or concluded to be: each exactly once."""
        comment = f"Spelled: {spelled}" if spelled and spelled != expression else None
        self.relate(of, kind, [self._license(expression)], comment)

    def _license(self, expression: str | None) -> str:
        if expression == NONE:
            return _NO_LICENSE
        if expression is None or not is_expression(expression):
            return _NO_LICENSE_ASSERTION
        own = sorted(set(_REFERENCE.findall(expression)))
        return self.add(
            "simplelicensing_LicenseExpression",
            (expression,),
            simplelicensing_licenseExpression=expression,
            simplelicensing_customIdToUri=[
                {"type": "DictionaryEntry", "key": name, "value": self._text(name)} for name in own
            ],
        )

    def _text(self, reference: str) -> str:
        """Terms that SPDX does not list; their text is not held here, and the element says where it is."""
        title, address = license_title(reference), license_url(reference)
        where = f"It is at {address}" if address else "Where it is, nobody has stated"
        text = f"{title}. The text of these terms is not held in the registry. {where}."
        kind = "simplelicensing_SimpleLicensingText"
        return self.add(kind, (reference,), name=reference, simplelicensing_licenseText=text)

    def document(self, name: str, root: str, profiles: list[str], software: str | None, comment: str) -> Json:
        """The whole as JSON-LD."""
        writer = self.add(
            "SoftwareAgent", (SOFTWARE,), name=SOFTWARE if software is None else f"{SOFTWARE} {software}"
        )
        members = list(self.elements)
        self.add(
            "SpdxDocument",
            ("document",),
            name=name,
            comment=comment,
            profileConformance=profiles,
            rootElement=[root],
            element=members,
        )
        creation = {
            "type": "CreationInfo",
            "@id": _CREATION,
            "created": self.moment,
            "createdBy": [writer],
            "specVersion": "3.0.1",
        }
        return {
            "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
            "@graph": [creation, *self.elements.values()],
        }
