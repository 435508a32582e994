"""What each change turns: the outcomes of the metrics that differ from those of the complete model."""

from collections.abc import Mapping

TURNED: Mapping[str, Mapping[str, str]] = {
    "nobody is named": {
        "lost": (
            "D7 D17 F1.1.a.1 F1.1.a.2 F1.1.a.3 F1.1.a.4 F1.1.b.1 F1.1.b.2 F1.1.b.3 F1.1.b.4 "
            "F2.3.d.7 F3.1 F3.1.a.1 F3.1.a.2 F3.1.b.1 F3.1.b.2 F3.1.b.3 F3.1.b.4 F3.1.b.5 "
            "F3.1.c.1 F3.1.c.2 F3.2.a.1 F3.2.a.2 F3.2.a.3 F3.2.a.4"
        )
    },
    "no identifier of the provider": {"question": "F1.1.a.2"},
    "no contact": {"lost": "F1.1.a.3 F1.1.a.4"},
    "general contacts": {"lost": "F1.1.a.4"},
    "no contact for rights": {"question": "F1.1.a.4"},
    "representative unknown": {"lost": "F1.1.b.1 F1.1.b.2 F1.1.b.3 F1.1.b.4"},
    "representative not needed": {"not-applicable": "F1.1.b.1 F1.1.b.2 F1.1.b.3 F1.1.b.4"},
    "representative by name alone": {"lost": "F1.1.b.3"},
    "representative at a postal address": {"question": "F1.1.b.3"},
    "representative at a general address": {"lost": "F1.1.b.4"},
    "a family of models": {"lost": "F1.2.a.2"},
    "the latest version": {"lost": "F1.2.a.2"},
    "no documentation": {"lost": "F1.2.a.3 F1.2.a.4"},
    "base models unknown": {"lost": "F1.2.b.1 F1.2.b.2 F1.2.b.3 F1.2.b.4 F1.2.b.5"},
    "no base model": {"not-applicable": "F1.2.b.1 F1.2.b.2 F1.2.b.3 F1.2.b.4 F1.2.b.5"},
    "base model read from its registry": {"won": "F1.2.b.4"},
    "base model without address": {"lost": "F1.2.b.4 F1.2.b.5"},
    "market unknown": {"question": "D21", "lost": "F1.2.c.1 F1.2.c.2"},
    "not on the market": {"not-applicable": "D21 F1.2.c.1 F1.2.c.2"},
    "no tokenizer": {"lost": "F1.3.g.2"},
    "nothing on learning": {"lost": "F1.3.d.5 F1.3.d.6"},
    "no content types": {"lost": "F1.3.c.1 F1.3.c.2 F1.3.c.3 F2.1.d.4 F2.2.2.d.4 F2.3.f.5"},
    "content types of one missing": {"lost": "F1.3.c.2 F2.1.d.4"},
    "content types with a purpose": {"lost": "F1.3.c.3"},
    "no characteristics": {"lost": "F1.3.f.1 F1.3.f.2 F1.3.f.3 F1.3.f.4 F1.3.f.5 F2.3.f.3"},
    "characteristics of each kind": {"won": "F1.3.f.1 F1.3.f.2 F2.3.f.3"},
    "characteristics that praise": {"lost": "F1.3.f.5"},
    "a year as the end": {"lost": "F1.3.d.2 F1.3.d.3"},
    "no dates": {
        "lost": (
            "F1.3.d.1 F1.3.d.2 F1.3.d.3 F2.1.d.6 F2.2.2.e.1 F2.3.e.1 F2.3.e.2 F2.3.e.3 F2.3.e.4 F2.3.e.5"
        )
    },
    "languages unknown": {
        "lost": ("F1.3.e.1 F1.3.e.2 F1.3.e.3 F1.3.e.4 F1.3.e.5 F2.1.d.5 F2.2.2.d.5 F2.2.2.e.3 F2.3.f.2")
    },
    "no rate of sound": {"lost": "F1.3.g.3"},
    "no sound": {"not-applicable": "F1.3.g.3"},
    "no other modality": {"not-applicable": "F1.3.b.4 F1.3.b.5 F1.3.b.6 F1.3.b.7"},
    "other modality without size": {"lost": "F1.3.b.1 F1.3.b.5"},
    "large dataset without address": {"lost": "F2.1.c.3"},
    "large dataset at main": {"lost": "F2.1.c.5"},
    "part of a dataset not explained": {"lost": "F2.1.c.6 F2.1.c.7"},
    "part of a dataset praised": {"lost": "F2.1.c.1"},
    "a dataset with a title that praises": {},
    "whole datasets": {"not-applicable": "F2.1.c.6 F2.1.c.7"},
    "small dataset without license": {"lost": "F2.1.d.7 F2.1.e.2"},
    "small dataset without dates": {"lost": "F1.3.d.2 F2.1.d.6"},
    "small dataset without languages": {"lost": "F2.1.d.5"},
    "small dataset praised": {"lost": "F1.3.c.3 F2.1.d.2 F2.1.d.9"},
    "modality of a small dataset unknown": {"lost": "F2.1.d.3 F2.1.d.5"},
    "an origin unknown": {
        "lost": "F2.1.c.2 F2.2.2.c.2 F2.3.b.4 F2.4.c.3",
        "not-applicable": (
            "F2.1.d.1 F2.1.d.2 F2.1.d.3 F2.1.d.4 F2.1.d.5 F2.1.d.6 F2.1.d.7 F2.1.d.8 F2.1.d.9 F2.1.d.10"
        ),
    },
    "known dataset at latest": {"lost": "F2.2.2.c.3"},
    "known dataset without address": {"lost": "F2.2.2.c.4"},
    "known dataset praised": {"lost": "F1.3.c.3 F2.2.2.c.1"},
    "unknown dataset without period and license": {"lost": "F1.3.d.2 F2.2.2.d.6 F2.2.2.e.1"},
    "unknown dataset praised": {"lost": "F1.3.c.3 F2.2.2.d.2 F2.2.2.d.8"},
    "unknown dataset not described": {"lost": "F1.3.c.2 F2.2.2.d.4"},
    "unknown dataset without languages": {"lost": "F2.2.2.d.5 F2.2.2.e.3"},
    "no crawler": {
        "lost": (
            "F2.3.b.1 F2.3.b.2 F2.3.b.3 F2.3.b.4 F2.3.b.5 F2.3.c.1 F2.3.c.2 F2.3.c.3 F2.3.c.4 "
            "F2.3.c.5 F2.3.d.1 F2.3.d.2 F2.3.d.3 F2.3.d.4 F2.3.d.5 F2.3.d.6 F2.3.d.7 F2.3.d.8 "
            "F2.3.d.9 F2.3.d.10"
        )
    },
    "a crawler without a name of its own": {"lost": "F2.3.b.2"},
    "a crawler whose name may be one": {"question": "F2.3.b.2"},
    "a crawler with a sentence for a name": {"question": "F2.3.b.1 F2.3.b.2"},
    "a crawler by various names": {"lost": "F2.3.b.1 F2.3.c.4 F2.3.d.9", "question": "F2.3.b.2"},
    "one crawler without purpose": {
        "lost": (
            "F2.3.c.2 F2.3.d.1 F2.3.d.2 F2.3.d.3 F2.3.d.4 F2.3.d.5 F2.3.d.6 F2.3.d.7 F2.3.d.8 "
            "F2.3.d.9 F2.3.d.10"
        )
    },
    "purposes that praise": {"lost": "F2.3.c.4"},
    "nothing on captchas": {"lost": "F2.3.d.2"},
    "nothing on passwords": {"lost": "F2.3.d.3"},
    "nothing on paywalls": {"lost": "F2.3.d.4"},
    "nothing on robots.txt": {"lost": "F2.3.d.5"},
    "nothing on other protocols": {"lost": "F2.3.d.6"},
    "behaviour that hedges": {"lost": "F2.3.d.9"},
    "nothing while collecting": {"lost": "F2.3.d.7 F3.1.b.2"},
    "years of crawling": {"lost": "F1.3.d.2 F1.3.d.3 F2.3.e.3 F2.3.e.4"},
    "no end of crawling": {"lost": "F1.3.d.2 F2.3.e.2 F2.3.e.3"},
    "no geography": {"lost": "F2.3.f.1"},
    "no kinds of sites": {"lost": "F2.3.f.4"},
    "crawl praised": {"lost": "F2.3.f.6"},
    "crawl without characteristics": {"lost": "F2.3.f.3"},
    "crawl without content types": {"lost": "F1.3.c.2 F2.3.f.5"},
    "crawl without languages": {"lost": "F2.3.f.2"},
    "no domains": {"lost": "F2.3.h.1 F2.3.h.2 F2.3.h.3 F2.3.h.4 F2.3.i.1 F2.3.i.2"},
    "no addresses of works": {"lost": "F2.3.i.2"},
    "services unknown": {"lost": "F2.4.c.1 F2.4.c.2 F2.4.c.3 F2.4.c.4"},
    "any service": {"lost": "F2.4.c.2"},
    "interactions unknown": {"lost": "F2.4.a.1 F2.4.a.2 F2.4.b.1 F2.4.b.2"},
    "generators unknown": {
        "lost": ("F2.5.c.1 F2.5.c.2 F2.5.c.3 F2.5.c.4 F2.5.c.5 F2.5.d.1 F2.5.d.2 F2.5.d.3 F2.5.d.4 F2.5.d.5")
    },
    "generator without version": {"lost": "F2.5.c.2"},
    "generators of this registry": {"won": "F2.5.c.2"},
    "generator of unknown training": {"won": "F2.5.c.2", "lost": "F2.5.d.3"},
    "generator without address": {"lost": "F1.2.a.3 F1.2.a.4 F2.5.c.4", "won": "F2.5.c.2"},
    "generator praised": {"won": "F2.5.c.2", "lost": "F2.5.d.2"},
    "other sources not described": {"lost": "F1.3.c.2 F1.3.g.3 F2.6.b.1 F2.6.b.2 F2.6.b.3 F2.6.b.4"},
    "other sources hedged": {"lost": "F2.6.b.2"},
    "content types in sentences": {"question": "F1.3.c.3 F2.1.d.2 F2.2.2.c.1 F2.2.2.d.2"},
    "remarks in sentences": {"question": "F2.1.e.3 F2.2.2.e.4 F2.3.i.4 F2.4.e.2 F2.5.e.2 F2.6.c.2"},
    "remarks that hedge": {"lost": "F2.1.e.3 F2.2.2.e.4 F2.3.i.4 F2.4.e.2 F2.5.e.2 F2.6.c.2"},
    "services in sentences": {"question": "F2.4.c.1"},
    "various services": {"lost": "F2.4.c.1"},
    "generators in sentences": {"won": "F2.5.c.2", "question": "F2.5.d.2"},
    "fields of bytes": {
        "lost": "F1.3.b.1 F2.3.i.2",
        "question": "F2.1.b.2 F2.2.1.b.2 F2.2.2.b.2 F2.3.g.2 F2.4.d.2 F2.5.b.2",
    },
    "a part of the crawl": {"question": "F2.3.h.2"},
    "signatory unknown": {"lost": "F3.1.a.1 F3.1.a.2"},
    "reservations unknown": {"lost": "F2.3.d.7 F3.1.b.1 F3.1.b.2 F3.1.b.3 F3.1.b.4 F3.1.b.5"},
    "nothing on opt-outs": {"lost": "F3.1.b.2"},
    "reservations not kept current": {"lost": "F3.1.b.2 F3.1.b.3"},
    "reservations by protocol alone": {"lost": "F3.1.b.1 F3.1.b.2"},
    "reservations that hedge": {"lost": "F2.3.d.9 F3.1.b.2 F3.1.b.4"},
    "no copyright policy": {"lost": "F3.1.c.1 F3.1.c.2"},
    "a copyright policy that praises": {"lost": "F3.1.c.2"},
    "a link to the copyright policy": {"lost": "F3.1.c.1"},
    "nothing on illegal content": {"lost": "F3.2.a.1 F3.2.a.2 F3.2.a.3 F3.2.a.4"},
    "measures to improve the model": {"lost": "F3.2.a.4"},
    "nothing more": {"lost": "D17 F1.3.g.3 F3.3.a.1 F3.3.a.2 F3.3.a.3"},
    "no place for announcements": {"lost": "D17"},
}

TURNED_BY_EDITIONS: Mapping[str, Mapping[str, str]] = {
    "never published": {"lost": "D8 D16 D18 D21 D23", "not-applicable": "D14 D15 D19 D20 D24 D25 D26 D27"},
    "changed since": {"lost": "D8 D16 D23"},
    "first edition": {"not-applicable": "D14 D15 D19 D20 D24 D25 D26 D27"},
    "no address of the site": {"lost": "D18 D19 D24"},
    "two editions of one number": {"lost": "D25 D26"},
    "a number left out": {"lost": "D26"},
    "published after the model": {"not-applicable": "D14 D15 D19 D20 D24 D25 D26 D27", "lost": "D21"},
    "older than six months": {"not-applicable": "D14 D15 D19 D20 D24 D25 D26 D27", "lost": "D21"},
}
