"""What people state, as JSON: one shape in every machine-readable document; null is not stated."""

from registry.documents.twin import Json
from registry.domain.facts import BaseModelFacts, MediaPart, RunFacts, SelectionFacts
from registry.domain.stated import (
    Acquisition,
    AgreedSplits,
    Crawl,
    Crawler,
    DeclaredSize,
    Description,
    Engagement,
    ExplainedAnswer,
    IntellectualProperty,
    Period,
    ProviderAnswers,
    Reservations,
    RightsContact,
    UserData,
)


def description_json(said: Description) -> Json:
    """What is stated of a dataset version in words; lists are empty where nobody has said.

    `agreed_splits` stands only where there are some and the audience may see them: never in public.
    """
    return {
        "summary": said.summary,
        "content_types": list(said.content_types),
        "characteristics": list(said.characteristics),
        "collected": _period(said.collected),
        "published": said.published,
        "purpose": said.purpose,
        "processing": list(said.processing),
        "personal_information": said.personal_information and _explained(said.personal_information),
        "generated_by": None if said.generated_by is None else list(said.generated_by),
        "crawl": said.crawl and _crawl(said.crawl),
        "user_data": said.user_data and _user_data(said.user_data),
        "declared_size": said.measured and _declared_size(said.measured),
        "labels": None if said.labels is None else list(said.labels),
        "processing_purpose": said.processing_purpose,
        "intellectual_property": said.intellectual_property and _property(said.intellectual_property),
        "acquired": said.acquired and _acquired(said.acquired),
        "aggregate_consumer_information": said.aggregate_consumer_information
        and _explained(said.aggregate_consumer_information),
        "engagements": engagements_json(said.engagements),
        "copyright": list(said.copyright),
        "notice": said.notice,
        "links": said.links and flat(said.links),
    } | ({"agreed_splits": _agreed(said.agreed_splits)} if said.agreed_splits else {})


def engagements_json(found: tuple[Engagement, ...] | None) -> list[Json] | None:
    """People who were engaged; null: nobody has said, an empty list: nobody was."""
    return None if found is None else list(map(_engagement, found))


def _engagement(one: Engagement) -> Json:
    return {
        "task": one.task,
        "vendor": one.vendor,
        "countries": list(one.countries),
        "people": one.people,
        "hours": one.hours,
        "pay": one.pay and flat(one.pay),
        "protections": None if one.protections is None else list(one.protections),
        "contract": one.contract,
        "period": _period(one.period),
    }


def _agreed(found: AgreedSplits) -> Json:
    return {"shares": dict(found.shares), "authority": found.authority, "evidence": found.evidence}


def flat(one: object) -> Json:
    """The fields of a dataclass that holds no other: `asdict` copies each value in depth."""
    return {name: getattr(one, name) for name in getattr(one, "__dataclass_fields__", ())}


def media_json(part: MediaPart) -> Json:
    """How much of a version is of a modality other than text; without milliseconds, not known."""
    return flat(part) | {"modality": part.modality.value, "rates": list(part.rates)}


def selection_json(selection: SelectionFacts) -> Json:
    """What part of a version was used, and how its size is known."""
    return {
        "kind": selection.kind.value,
        "text": selection.text,
        "label": selection.label,
        "basis": selection.basis.value,
        "tokens": selection.tokens,
        "evidence": selection.evidence,
    }


def run_json(run: RunFacts) -> Json:
    """A training run."""
    return {
        "run": run.run,
        "stage": run.stage,
        "name": run.name,
        "started": run.started,
        "compute_flop": run.compute_flop,
    }


def base_model_json(base: BaseModelFacts) -> Json:
    """A base model with those it was made from; `digest` is the SHA-256 of the disclosure that was read."""
    own = base.model
    disclosed = base.disclosure
    return {
        "model": base.reference or (disclosed.reference if disclosed else None),
        "url": base.url or (own.url if own else None) or (disclosed.url if disclosed else None),
        "provider": own.provider if own else disclosed.provider if disclosed else None,
        "headline": disclosed.headline if disclosed else None,
        "digest": disclosed.sha256 if disclosed else None,
        "records": own.records if own else disclosed.records if disclosed else None,
        "words": own.words if own else disclosed.words if disclosed else None,
        "base_models": [base_model_json(deeper) for deeper in own.base_models] if own else [],
    }


def answers_json(answers: ProviderAnswers) -> Json:
    """What a provider answers where no computation can."""
    return {
        "authorised_representative": answers.authorised_representative,
        "small_or_medium_enterprise": answers.small_or_medium_enterprise,
        "code_of_practice_signatory": answers.code_of_practice_signatory,
        "copyright_policy": answers.copyright_policy,
        "reservations": answers.reservations and _reservations(answers.reservations),
        "illegal_content_measures": answers.illegal_content_measures,
        "rights_contact": answers.rights_contact and _rights_contact(answers.rights_contact),
        "published_at": answers.published_at,
        "updates_announced_at": answers.updates_announced_at,
        "other_information": answers.other_information,
        "labour": engagements_json(answers.labour),
    }


def _period(period: Period) -> Json:
    return {"from": period.begin, "until": period.end}


def _explained(found: ExplainedAnswer) -> Json:
    return {"answer": found.answer.value, "explanation": found.explanation}


def _property(found: IntellectualProperty) -> Json:
    answers = {"copyright": found.copyright, "trademark": found.trademark, "patent": found.patent}
    return {key: answer and answer.value for key, answer in answers.items()} | {
        "explanation": found.explanation
    }


def _acquired(found: Acquisition) -> Json:
    return {
        "purchased": found.purchased and found.purchased.value,
        "licensed": found.licensed and found.licensed.value,
    }


def _crawl(crawl: Crawl) -> Json:
    return {
        "crawlers": [_crawler(crawler) for crawler in crawl.crawlers],
        **_period(crawl.period),
        "site_types": list(crawl.site_types),
        "geography": crawl.geography,
    }


def _crawler(crawler: Crawler) -> Json:
    seen = crawler.behaviour
    behaviour = {
        "captchas": seen.captchas,
        "passwords": seen.passwords,
        "paywalls": seen.paywalls,
        "robots_txt": seen.robots_txt,
        "other": seen.other,
    }
    return {"name": crawler.name, "purpose": crawler.purpose, "behaviour": behaviour}


def _user_data(found: UserData) -> Json:
    return {
        "interactions": found.interactions and found.interactions.value,
        "other_services": found.other_services and found.other_services.value,
        "services": list(found.services),
    }


def _declared_size(found: DeclaredSize) -> Json:
    return {
        "modality": found.modality.value,
        "records": found.records,
        "words": found.words,
        "tokens": found.tokens,
        "bytes": found.bytes,
        "images": found.images,
        "hours": found.hours,
        "evidence": found.evidence,
    }


def _reservations(found: Reservations) -> Json:
    return {
        "before_collection": found.before_collection,
        "during_collection": found.during_collection,
        "protocols": list(found.protocols),
        "kept_up_to_date": found.kept_up_to_date,
    }


def _rights_contact(found: RightsContact) -> Json:
    return {
        "url": found.url,
        "email": found.email,
        "what_happens": found.what_happens,
        "answer_within_days": found.answer_within_days,
    }
