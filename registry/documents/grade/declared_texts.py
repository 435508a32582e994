"""Every text in words that people state of a provider and of the datasets of a model, with its key."""

from collections.abc import Iterator

from registry.documents.composition import Use
from registry.documents.eu_model import answers_of
from registry.domain.facts import ModelFacts
from registry.domain.stated import Crawler, Description, ProviderAnswers, Reservations, RightsContact

Texts = Iterator[tuple[str, str]]


def declared_texts(model: ModelFacts, uses: tuple[Use, ...]) -> Texts:
    """The key as `ENTRY.key`, and the text; as far as the audience may see it."""
    yield from _stated("provider", _provider(answers_of(model)))
    for use in uses:
        yield from _stated(f"datasets.{use.version.name}", _dataset(use.version.description))


def _stated(entry: str, texts: Iterator[tuple[str, str | None]]) -> Texts:
    for key, text in texts:
        if text:
            yield f"{entry}.{key}", text


def _provider(answers: ProviderAnswers) -> Iterator[tuple[str, str | None]]:
    reservations = answers.reservations or Reservations()
    yield "reservations.before_collection", reservations.before_collection
    yield "reservations.during_collection", reservations.during_collection
    yield "reservations.kept_up_to_date", reservations.kept_up_to_date
    yield "copyright_policy", answers.copyright_policy
    yield "illegal_content_measures", answers.illegal_content_measures
    yield "rights_contact.what_happens", (answers.rights_contact or RightsContact()).what_happens
    yield "other_information", answers.other_information


def _dataset(said: Description) -> Iterator[tuple[str, str | None]]:
    yield "summary", said.summary
    yield "purpose", said.purpose
    for key in ("content_types", "characteristics", "processing"):
        for text in getattr(said, key):
            yield key, text
    if said.personal_information:
        yield "personal_information", said.personal_information.explanation
    if said.crawl:
        yield "crawl.geography", said.crawl.geography
        for kind in said.crawl.site_types:
            yield "crawl.site_types", kind
        for crawler in said.crawl.crawlers:
            yield from _crawler(crawler)
    for service in said.user_data.services if said.user_data else ():
        yield "user_data.services", service


def _crawler(crawler: Crawler) -> Iterator[tuple[str, str | None]]:
    yield "crawl.crawlers.purpose", crawler.purpose
    for key in ("captchas", "passwords", "paywalls", "robots_txt", "other"):
        yield f"crawl.crawlers.behaviour.{key}", getattr(crawler.behaviour, key)
