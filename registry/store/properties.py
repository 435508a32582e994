"""The properties whose statements hold more than a text, by the kind of their value."""

from typing import Any

from registry.domain.stated import (
    Acquisition,
    AggregateConsumerInformation,
    AgreedSplits,
    Answer,
    Conclusion,
    Crawl,
    DeclaredSize,
    Engagement,
    IntellectualProperty,
    Links,
    Period,
    PersonalInformation,
    Reservations,
    RightsContact,
    UserData,
)

Kinds = dict[str, Any]

DESCRIPTION: Kinds = {
    "summary": str,
    "content_types": tuple[str, ...],
    "characteristics": tuple[str, ...],
    "collected": Period,
    "published": str,
    "purpose": str,
    "processing": tuple[str, ...],
    "personal_information": PersonalInformation,
    "generated_by": tuple[str, ...],
    "crawl": Crawl,
    "user_data": UserData,
    "measured": DeclaredSize,
    "labels": tuple[str, ...],
    "processing_purpose": str,
    "intellectual_property": IntellectualProperty,
    "acquired": Acquisition,
    "aggregate_consumer_information": AggregateConsumerInformation,
    "engagements": tuple[Engagement, ...],
    "agreed_splits": AgreedSplits,
    "copyright": tuple[str, ...],
    "notice": str,
    "links": Links,
}
REVIEW = Conclusion
ANSWERS: Kinds = {
    "authorised_representative": str,
    "small_or_medium_enterprise": Answer,
    "code_of_practice_signatory": Answer,
    "copyright_policy": str,
    "reservations": Reservations,
    "illegal_content_measures": str,
    "rights_contact": RightsContact,
    "published_at": str,
    "updates_announced_at": str,
    "other_information": str,
    "labour": tuple[Engagement, ...],
}
