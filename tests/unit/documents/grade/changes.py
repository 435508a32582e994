"""One change each to the model of which everything is stated, and every metric that it turns."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from registry.documents.edition import History
from registry.domain.dataset import FieldRole, SelectionKind
from registry.domain.facts import (
    BaseModelFacts,
    ComponentFacts,
    FieldFacts,
    LicenseFacts,
    SelectionFacts,
    Size,
)
from registry.domain.stated import (
    Answer,
    Crawler,
    DeclaredSize,
    Modality,
    Period,
    PersonalInformation,
    RightsContact,
    UserData,
)
from tests.facts import all_answers, disclosed_elsewhere
from tests.unit.documents.grade.cases import (
    HISTORY,
    Change,
    also,
    answering,
    behaving,
    crawled,
    crawler,
    dataset,
    edition,
    modelled,
    providing,
    said,
    said_of_all,
    selected,
    without,
)

_RESERVATIONS = all_answers().answers.reservations
assert _RESERVATIONS is not None
_NO_LICENSE = LicenseFacts(None, None, None)
_FIRST = HISTORY.editions[1]
_YEARS = Period("2023", "2024")
_PRAISE = "a carefully curated selection of various pages"


def of_parts(change: Callable[[ComponentFacts], ComponentFacts]) -> Change:
    """Every part of the mixture is changed so."""
    return lambda facts: replace(facts, components=tuple(map(change, facts.components)))


def _without_languages(part: ComponentFacts) -> ComponentFacts:
    return replace(part, version=replace(part.version, languages=()))


def _without_size(part: ComponentFacts) -> ComponentFacts:
    """Nothing but its modality is known of the one that is neither text nor sound."""
    if part.version.name != "sensors":
        return part
    described = replace(part.version.description, measured=DeclaredSize(Modality.OTHER))
    return replace(part, records=0, version=replace(part.version, size=Size(0, 0, 0), description=described))


def _whole(part: ComponentFacts) -> ComponentFacts:
    size = part.version.size
    return replace(part, records=size.records, words=size.words, selection=SelectionFacts())


def _of_bytes(part: ComponentFacts) -> ComponentFacts:
    fields = (FieldFacts("page", FieldRole.CONTENT, ("binary",), 9),) if part.version.is_measured else ()
    return replace(part, version=replace(part.version, fields=fields))


def _crawl_in_part(part: ComponentFacts) -> ComponentFacts:
    return replace(part, records=100, words=6_000) if part.version.name == "acme-crawl" else part


CHANGES: Mapping[str, Change] = {
    # 1.1
    "nobody is named": modelled(provider=None, provider_facts=None),
    "no identifier of the provider": providing(identifiers=()),
    "no contact": also(providing(contact=None), answering(rights_contact=None)),
    "general contacts": also(
        providing(contact="info@acme.example"),
        answering(rights_contact=RightsContact("https://acme.example/contact")),
    ),
    "no contact for rights": answering(rights_contact=None),
    "representative unknown": answering(authorised_representative=None),
    "representative not needed": answering(authorised_representative="not applicable"),
    "representative by name alone": answering(authorised_representative="Rep Ltd"),
    "representative at a postal address": answering(authorised_representative="Rep Ltd, 1 Quay, Dublin"),
    "representative at a general address": answering(authorised_representative="Rep Ltd, https://rep.example"),
    # 1.2
    "a family of models": modelled(name="complete-family"),
    "the latest version": modelled(label="latest"),
    "no documentation": modelled(url=None),
    "base models unknown": modelled(base_models=()),
    "no base model": modelled(base_models=(), no_base_model=True),
    "base model read from its registry": modelled(
        base_models=(BaseModelFacts(None, None, disclosure=disclosed_elsewhere()),)
    ),
    "base model without address": modelled(
        base_models=(BaseModelFacts(None, None, disclosure=replace(disclosed_elsewhere(), url=None)),)
    ),
    "market unknown": modelled(placed_on_eu_market=None),
    "not on the market": modelled(placed_on_eu_market="not applicable"),
    # 1.3
    "no tokenizer": modelled(tokenizer=None),
    "nothing on learning": modelled(continues_to_learn=None),
    "no content types": said_of_all(content_types=(), summary=None),
    "content types of one missing": said("notes", content_types=()),
    "content types with a purpose": said("exercises", content_types=("exercises to improve reasoning",)),
    "no characteristics": said_of_all(characteristics=()),
    "characteristics of each kind": said_of_all(characteristics=("Region: Graz", "Demography: pupils")),
    "characteristics that praise": said("exercises", characteristics=("pupils, teachers etc.",)),
    "a year as the end": said("exercises", collected=Period("2023-01", "2024")),
    "no dates": also(said_of_all(collected=Period()), crawled(period=Period())),
    "languages unknown": of_parts(_without_languages),
    "no rate of sound": said("radio-hours", processing=("cut",)),
    "no sound": without("radio-hours"),
    "no other modality": without("sensors"),
    "other modality without size": of_parts(_without_size),
    # 2.1
    "large dataset without address": dataset("exercises", url=None),
    "large dataset at main": dataset("exercises", label="main"),
    "part of a dataset not explained": selected("exercises", SelectionFacts()),
    "part of a dataset praised": selected(
        "exercises", SelectionFacts(SelectionKind.SHARE, "30 % of the records", "the highest-quality ones")
    ),
    "a dataset with a title that praises": dataset("exercises", title="State-of-the-Art Exercises"),
    "whole datasets": of_parts(_whole),
    "small dataset without license": dataset("notes", license=_NO_LICENSE),
    "small dataset without dates": said("notes", collected=Period()),
    "small dataset without languages": dataset("notes", languages=()),
    "small dataset praised": said("notes", content_types=("high-quality notes",)),
    "modality of a small dataset unknown": dataset("notes", size=Size(5, 0, 0)),
    "an origin unknown": dataset("notes", origin=None),
    # 2.2
    "known dataset at latest": dataset("agency-pictures", label="latest"),
    "known dataset without address": dataset("agency-pictures", url=None),
    "known dataset praised": said("agency-pictures", content_types=("state-of-the-art captions",)),
    "unknown dataset without period and license": also(
        said("intermediary-7", collected=Period()), dataset("intermediary-7", license=_NO_LICENSE)
    ),
    "unknown dataset praised": said("intermediary-7", content_types=("world-class texts",)),
    "unknown dataset not described": said("intermediary-7", content_types=(), summary=None),
    "unknown dataset without languages": dataset("intermediary-7", languages=()),
    # 2.3
    "no crawler": crawled(crawlers=()),
    "a crawler without a name of its own": crawler(name="our crawler"),
    "a crawler whose name may be one": crawler(name="Acme Reader"),
    "a crawler with a sentence for a name": crawler(name="word " * 13),
    "a crawler by various names": crawler(name="various names"),
    "one crawler without purpose": crawled(crawlers=(Crawler("Bot/1", "finds pages"), Crawler("Bot/2"))),
    "purposes that praise": crawler(purpose=_PRAISE),
    "nothing on captchas": behaving(captchas=None),
    "nothing on passwords": behaving(passwords=None),
    "nothing on paywalls": behaving(paywalls=None),
    "nothing on robots.txt": behaving(robots_txt=None),
    "nothing on other protocols": behaving(other=None),
    "behaviour that hedges": behaving(other="may include TDMRep"),
    "nothing while collecting": answering(reservations=replace(_RESERVATIONS, during_collection=None)),
    "years of crawling": also(crawled(period=_YEARS), said("acme-crawl", collected=_YEARS)),
    "no end of crawling": also(
        crawled(period=Period("2023-02")), said("acme-crawl", collected=Period("2023-02"))
    ),
    "no geography": crawled(geography=None),
    "no kinds of sites": crawled(site_types=()),
    "crawl praised": crawled(site_types=("best-in-class sites",)),
    "crawl without characteristics": said("acme-crawl", characteristics=()),
    "crawl without content types": said("acme-crawl", content_types=()),
    "crawl without languages": dataset("acme-crawl", languages=()),
    "no domains": dataset("acme-crawl", domains=()),
    "no addresses of works": dataset("acme-crawl", url=None),
    # 2.4 to 2.6
    "services unknown": said("tutor-logs", user_data=UserData(Answer.YES, Answer.YES)),
    "any service": said("tutor-logs", user_data=UserData(Answer.YES, Answer.YES, ("our services",))),
    "interactions unknown": said("tutor-logs", user_data=UserData(None, None, ("Forum 10",))),
    "generators unknown": said("made-sums", generated_by=None),
    "generator without version": said(
        "made-sums", generated_by=("Elder https://elder.example", "Sums 7, trained on sums")
    ),
    "generators of this registry": said("made-sums", generated_by=("teacher@2", "Sums 7, trained on sums")),
    "generator of unknown training": said("made-sums", generated_by=("teacher@2", "a grammar of sums")),
    "generator without address": also(
        modelled(models_here=()), said("made-sums", generated_by=("complete@2.0", "Sums 7, trained on sums")),
        modelled(url=None),
    ),
    "generator praised": said("made-sums", generated_by=("teacher@2", "Sums 7, trained on various texts")),
    "other sources not described": also(
        said("sensors", content_types=(), summary=None, processing=()),
        said("radio-hours", content_types=(), summary=None, processing=()),
    ),
    "other sources hedged": said("sensors", summary="Readings of thermometers and so on"),
    # in all sections
    "content types in sentences": said_of_all(content_types=("word " * 13,)),
    "remarks in sentences": said_of_all(
        personal_information=PersonalInformation(Answer.YES, "word " * 13)
    ),
    "remarks that hedge": said_of_all(
        personal_information=PersonalInformation(Answer.YES, "roughly a tenth")
    ),
    "services in sentences": said("tutor-logs", user_data=UserData(Answer.YES, Answer.YES, ("word " * 13,))),
    "various services": said("tutor-logs", user_data=UserData(Answer.YES, Answer.YES, ("various forums",))),
    "generators in sentences": said("made-sums", generated_by=("teacher@2", "trained " * 13)),
    "fields of bytes": of_parts(_of_bytes),
    "a part of the crawl": of_parts(_crawl_in_part),
    # 3
    "signatory unknown": answering(code_of_practice_signatory=None),
    "reservations unknown": answering(reservations=None),
    "nothing on opt-outs": answering(reservations=_RESERVATIONS),
    "reservations not kept current": answering(reservations=replace(_RESERVATIONS, kept_up_to_date=None)),
    "reservations by protocol alone": answering(
        reservations=replace(_RESERVATIONS, before_collection="TDMRep is read.", during_collection="So too.")
    ),
    "reservations that hedge": answering(
        reservations=replace(_RESERVATIONS, during_collection="robots.txt might be read.")
    ),
    "no copyright policy": answering(copyright_policy=None),
    "a copyright policy that praises": answering(
        copyright_policy="An industry-leading policy of eight words and more, https://acme.example/copyright"
    ),
    "a link to the copyright policy": answering(copyright_policy="https://acme.example/copyright"),
    "nothing on illegal content": answering(illegal_content_measures=None),
    "measures to improve the model": answering(illegal_content_measures="Ranked to improve the model."),
    "nothing more": also(
        answering(other_information=None, updates_announced_at=None), said_of_all(processing=()),
        modelled(runs=()),
    ),
    "no place for announcements": answering(updates_announced_at=None),
    "only crawled data": without(
        "exercises", "riddles", "notes", "contract-texts", "agency-pictures", "intermediary-7", "tutor-logs",
        "made-sums", "radio-hours", "sensors",
    ),
}  # fmt: skip

HISTORIES: Mapping[str, History] = {
    "never published": History(),
    "changed since": replace(HISTORY, is_current=False),
    "first edition": replace(HISTORY, editions=HISTORY.editions[1:]),
    "no address of the site": replace(HISTORY, address=None),
    "two editions of one number": replace(
        HISTORY, editions=(edition(1, "2026-05-02"), edition(1, "2026-02-20"))
    ),
    "a number left out": replace(HISTORY, editions=(edition(3, "2026-05-02"), edition(1, "2026-02-20"))),
    "published after the model": replace(HISTORY, editions=(edition(1, "2026-04-01"),)),
    "older than six months": replace(HISTORY, editions=(edition(1, "2025-12-01"),)),
}
