"""MARC relator codes as DataCite contributor types: the nearest one, since the code itself is kept."""

from registry.domain.agent import ContributorType

_TYPES = {
    ContributorType.CREATOR: "aut cre",
    ContributorType.ANNOTATOR: "ann",
    ContributorType.CONTACT_PERSON: "mdc",
    ContributorType.DATA_COLLECTOR: "dtc col com",
    ContributorType.DATA_MANAGER: "dtm",
    ContributorType.DISTRIBUTOR: "pbl dst",
    ContributorType.EDITOR: "edt edc pbd",
    ContributorType.HOSTING_INSTITUTION: "rps hst",
    ContributorType.PRODUCER: "bkp pro prd",
    ContributorType.PROJECT_LEADER: "rth",
    ContributorType.PROJECT_MEMBER: "rtm",
    ContributorType.RESEARCHER: "res",
    ContributorType.RIGHTS_HOLDER: "cph",
    ContributorType.SPONSOR: "spn fnd pat",
    ContributorType.SUPERVISOR: "ths dgs",
    ContributorType.TRANSLATOR: "trl",
}
_BY_CODE = {code: type_ for type_, codes in _TYPES.items() for code in codes.split()}


def contributor_type(code: str) -> ContributorType:
    """The DataCite type of a relator (loc.gov/marc/relators); `Other` where none comes near: ill, trc."""
    return _BY_CODE.get(code, ContributorType.OTHER)
