"""MARC relator codes as DataCite contributor types: the nearest one, since the code itself is kept.

Read against the definitions of the MARC Code List for Relators (loc.gov/marc/relators) and of the DataCite
Metadata Schema 4.6, appendix 1. Like names are not like meanings: a Host (hst) leads a broadcast, a Host
institution (his) hosts an event, and Production personnel (prd) work on a stage.
"""

from registry.domain.agent import ContributorType

_TYPES = {
    ContributorType.CREATOR: "aut cre",
    ContributorType.ANNOTATOR: "ann",
    ContributorType.CONTACT_PERSON: "mdc prc",
    ContributorType.DATA_COLLECTOR: "dtc col com",
    ContributorType.DATA_CURATOR: "cur",
    ContributorType.DATA_MANAGER: "dtm",
    ContributorType.DISTRIBUTOR: "pbl dst",
    ContributorType.EDITOR: "edt edc pbd",
    ContributorType.HOSTING_INSTITUTION: "rps",
    ContributorType.PRODUCER: "bkp pro",
    ContributorType.PROJECT_LEADER: "rth pdr",
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
