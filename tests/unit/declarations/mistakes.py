"""Mistakes in a declaration file: text, line, path, words of the message, words of the remedy."""

# ruff: noqa: E501


def dataset(lines: str) -> str:
    """A file with one dataset; the given lines begin in line 4."""
    return "datasets:\n  - name: a\n    source: x\n" + "".join(f"    {line}\n" for line in lines.split("\n"))


def model(lines: str) -> str:
    """A file with one model; the given lines begin in line 3."""
    return "models:\n  - name: m\n" + "".join(f"    {line}\n" for line in lines.split("\n"))


def part(component: str) -> str:
    """A file with one component in line 4."""
    return model(f"training:\n  - {{stage: pretraining, mixture: [{component}]}}")


D, M = "datasets[0]", "models[0]"
PART = f"{M}.training[0].mixture[0]"
VALUES = [
    # keys
    ("datasts: []\n", 1, "datasts", "not a known key", "did you mean `datasets`?"),
    ("foo: 1\n", 1, "foo", "not a known key", "agents, provider, datasets, models"),
    (dataset("licence: MIT"), 4, f"{D}.licence", "not a known key", "did you mean `license`?"),
    (dataset("derived-from: b"), 4, f"{D}.derived-from", "not a known key", "`derived_from`"),
    (dataset("Title: b"), 4, f"{D}.Title", "not a known key", "`title`"),
    (dataset("personal_information: {answer: no, explanation: invented, or of history}"), 4,
     f'{D}.personal_information["or of history"]', "not a known key", "explanation"),
    (dataset("fields:\n  licence: l"), 5, f"{D}.fields.licence", "not a known key", "`license`"),
    (dataset("collected: {begin: 2021}"), 4, f"{D}.collected.begin", "not a known key", "from, until"),
    (dataset("crawl:\n  crawlers:\n    - name: c\n      behavior: {}"), 7,
     f"{D}.crawl.crawlers[0].behavior", "not a known key", "`behaviour`"),
    (dataset('"a b": 1'), 4, f'{D}["a b"]', "not a known key", "known here: name, version"),
    (dataset("publisher: {nam: x}"), 4, f"{D}.publisher.nam", "not a known key", "did you mean `name`?"),
    (dataset("publisher: {type: person}"), 4, f"{D}.publisher.name", "is missing", "add `name:`"),
    (part("{dataset: a, epoch: 3}"), 4, f"{PART}.epoch", "not a known key", "`epochs`"),
    ("datasets:\n  - source: x\n", 2, f"{D}.name", "is missing", "add `name:`"),
    ("datasets:\n  - name:\n    source: x\n", 2, f"{D}.name", "is missing", "add `name:`"),
    ("agents: [{name: x}]\n", 1, "agents[0].id", "is missing", "add `id:`"),
    ("provider: {}\n", 1, "provider.agent", "is missing", "add `agent:`"),
    (model("training: [{}]"), 3, f"{M}.training[0].stage", "is missing", "add `stage:`"),
    (part("{epochs: 1}"), 4, f"{PART}.dataset", "is missing", "add `dataset:`"),
    # choices
    (dataset("origin: crawl"), 4, f"{D}.origin", "'crawl' is not one of", "did you mean `crawled`?"),
    (dataset("visibility: secret"), 4, f"{D}.visibility", "'secret'", "public, described or private"),
    (dataset("visibility: Public"), 4, f"{D}.visibility", "'Public'", "did you mean `public`?"),
    (dataset("fingerprints: none"), 4, f"{D}.fingerprints", "'none'", "full, sketch or counts"),
    (dataset("split_text: word"), 4, f"{D}.split_text", "'word'", "document, paragraph or line"),
    (dataset("state: deleted"), 4, f"{D}.state", "'deleted'", "choose withdrawn"),
    ("agents: [{id: a, type: company}]\n", 1, "agents[0].type", "'company'", "person, organization"),
    ("agents: [{id: a, shown_as: nick}]\n", 1, "agents[0].shown_as", "'nick'", "name, handle or withheld"),
    (dataset("personal_information: maybe"), 4, f"{D}.personal_information", "'maybe'", "yes, no or unknown"),
    (dataset("personal_information: {answer: y}"), 4, f"{D}.personal_information.answer", "'y'", "yes, no"),
    (dataset("aggregate_consumer_information: maybe"), 4, f"{D}.aggregate_consumer_information", "'maybe'", "yes, no"),
    (dataset("acquired: {bought: yes}"), 4, f"{D}.acquired.bought", "not a known key", "purchased"),
    (dataset("intellectual_property: {patent: 1}"), 4, f"{D}.intellectual_property.patent", "'1'", "yes, no"),
    # texts, numbers, dates
    ("datasets:\n  - {name: a b, source: x}\n", 2, f"{D}.name", "'a b' cannot be a name", "letters, digits"),
    ("datasets:\n  - {name: ../a, source: x}\n", 2, f"{D}.name", "cannot be a name", "no '..'"),
    (dataset("version: v 1"), 4, f"{D}.version", "cannot be a version label", "2024-05-01"),
    (dataset("url: example.org"), 4, f"{D}.url", "'example.org' is not a web address", "https://"),
    (dataset('url: "javascript:alert(1)"'), 4, f"{D}.url", "not a web address", "https://"),
    (dataset('title: "  "'), 4, f"{D}.title", "is empty", "leave the key out"),
    (dataset("title: [a, b]"), 4, f"{D}.title", "is a list where a text is wanted", "write one text"),
    (dataset("title: {a: b}"), 4, f"{D}.title", "is a mapping where a text is wanted", "write one text"),
    (dataset("content_types: [a, {b: c}]"), 4, f"{D}.content_types[1]", "is a mapping", "write one text"),
    (dataset("content_types:\n  - a\n  -"), 6, f"{D}.content_types[1]", "has nothing", "remove the dash"),
    (dataset("language: 12"), 4, f"{D}.language", "'12' is not a language", "BCP 47"),
    (dataset("publisher: [x]"), 4, f"{D}.publisher", "is a list where a mapping", "key: value"),
    (dataset("collected: 2021"), 4, f"{D}.collected", "'2021' where a mapping", "key: value"),
    (dataset("collected: {from: 2021-13}"), 4, f"{D}.collected.from", "'2021-13' is not a date", "YYYY-MM"),
    (dataset("collected: {from: 2021-02-30}"), 4, f"{D}.collected.from", "not a date", "YYYY-MM-DD"),
    (dataset("collected: {from: ongoing}"), 4, f"{D}.collected.from", "not a date", "YYYY-MM"),
    (dataset("collected: {from: 0000}"), 4, f"{D}.collected.from", "not a date", "YYYY-MM"),
    ("datasets: {name: a}\n", 1, "datasets", "is a mapping where a list is wanted", "a dash"),
    ("datasets: a\n", 1, "datasets", "is 'a' where a list is wanted", "a dash"),
    ("datasets:\n  - a\n", 2, D, "is 'a' where a mapping of keys", "key: value"),
    ("datasets:\n  -\n", 2, D, "has nothing where a mapping", "remove the dash"),
    ("provider: acme\n", 1, "provider", "is 'acme' where a mapping", "key: value"),
    ("provider:\n  agent: a\n  rights_contact: {email: me}\n", 3, "provider.rights_contact.email",
     "'me' is not an e-mail address", "name@example.org"),
    ("provider:\n  agent: a\n  rights_contact: {url: me}\n", 3, "provider.rights_contact.url",
     "not a web address", "https://"),
    ("provider:\n  agent: a\n  rights_contact: {answer_within_days: -1}\n", 3,
     "provider.rights_contact.answer_within_days", "'-1' is not a whole number", "digits alone"),
    ("datasets:\n  - name: a\n    measured: {words: 1e9}\n", 3, f"{D}.measured.words", "'1e9'", "digits"),
    ("datasets:\n  - name: a\n    measured: {words: 1.000.000}\n", 3, f"{D}.measured.words", "whole", "digits"),
    ("datasets:\n  - name: a\n    measured: {hours: ten}\n", 3, f"{D}.measured.hours", "'ten'", "1.3"),
    (model("placed_on_eu_market: 2026"), 3, f"{M}.placed_on_eu_market", "'2026' is not a date", "not applicable"),
    (model("placed_on_eu_market: 2026-02-30"), 3, f"{M}.placed_on_eu_market", "not a date", "YYYY-MM-DD"),
    (model("tokenizer: {tokens_per_word: 0}"), 3, f"{M}.tokenizer.tokens_per_word", "above zero", "1.3"),
    (model("training:\n  - {stage: p, compute_flop: lots}"), 4, f"{M}.training[0].compute_flop", "'lots'", "3.2e22"),
    (part("{dataset: a, epochs: 0}"), 4, f"{PART}.epochs", "'0' is not a number of epochs", "above zero"),
    (part("{dataset: a, epochs: twice}"), 4, f"{PART}.epochs", "'twice'", "for example 3"),
    (part('{dataset: "a:3"}'), 4, f"{PART}.dataset", "neither NAME nor NAME@VERSION", "`epochs: 3`"),
    (part('{dataset: "https://x.example"}'), 4, f"{PART}.dataset", "neither NAME", "epochs"),
    (part("a"), 4, PART, "is 'a' where a mapping", "key: value"),
    # selections
    (part("{dataset: a, selection: half}"), 4, f"{PART}.selection", "is 'half' where", "key: value"),
    (part("{dataset: a, selection: {share: 1.5}}"), 4, f"{PART}.selection.share", "'1.5' is not a share", "at most 1"),
    (part("{dataset: a, selection: {share: 30%}}"), 4, f"{PART}.selection.share", "not a share", "0.25"),
    (part("{dataset: a, selection: {where: {b: []}}}"), 4, f"{PART}.selection.where.b", "no value", "FIELD"),
    (part("{dataset: a, selection: {where: {b: }}}"), 4, f"{PART}.selection.where.b", "no value", "FIELD"),
    (part("{dataset: a, selection: {where: {b: [x, ~]}}}"), 4, f"{PART}.selection.where.b", "no value", "FIELD"),
    (part('{dataset: a, selection: {where: {a.b: ""}}}'), 4, f'{PART}.selection.where["a.b"]', "no value", "F"),
    (part("{dataset: a, selection: {where: {b: {c: d}}}}"), 4, f"{PART}.selection.where.b", "neither", "FIELD"),
    (part("{dataset: a, selection: {where: b}}"), 4, f"{PART}.selection.where", "is 'b' where", "key: value"),
]  # fmt: skip
RELATIONS = [
    (part("{dataset: a, selection: {share: 1/2, split: b}}"), 4, f"{PART}.selection", "2 ways", "keep one"),
    (part("{dataset: a, selection: {share: 1/2, words: 3}}"), 4, f"{PART}.selection", "share, words", "keep one"),
    (part("{dataset: a, selection: {where: {}}}"), 4, f"{PART}.selection.where", "names no field", "FIELD"),
    (dataset("source: y"), 4, f"{D}.source", "given twice, first in line 3", "keep one"),
    ("agents:\n  - id: a\n  - id: a\n", 3, "agents[1].id", "a is declared twice, first in line 2", "another id"),
    ("datasets:\n  - {name: a, source: x}\n  - {name: a, source: x}\n", 3, "datasets[1]",
     "a is declared twice, first in line 2", "another version"),
    ("datasets:\n  - {name: a, version: 1, source: x}\n  - {name: a, version: '1', source: x}\n", 3,
     "datasets[1]", "a@1 is declared twice", "another version"),
    ("models:\n  - {name: a, version: 1}\n  - {name: a, version: 1}\n", 3, "models[1]", "a@1 is declared", "one"),
    ("datasets:\n  - name: a\n", 2, D, "neither `source` nor `measured`", "source: null"),
    ("datasets:\n  - name: a\n    source: null\n", 3, f"{D}.source", "neither `source` nor", "measured"),
    ("datasets:\n  - name: a\n    source: []\n", 3, f"{D}.source", "neither `source` nor", "measured"),
    (dataset("measured: {words: 3}"), 4, f"{D}.measured", "stands beside `source`", "source: null"),
    ("datasets:\n  - name: a\n    measured: {modality: audio, evidence: x}\n", 3, f"{D}.measured",
     "states no size", "records, words"),
    (dataset("collected: {from: 2022-05, until: 2021}"), 4, f"{D}.collected.until", "before the beginning", "two dates"),
    (dataset("crawl: {from: 2022-05, until: 2022-04-30}"), 4, f"{D}.crawl.until", "before the beginning", "two"),
    (dataset("rights_holders: [{agent: b, share: 0.6}, {agent: c, share: 1/2}]"), 4, f"{D}.rights_holders",
     "add up to 11/10", "1/2"),
    (dataset("agreed_splits: {shares: {author: 1/2, publisher: 1/3}}"), 4, f"{D}.agreed_splits.shares", "add up to 5/6", "publisher: 1/2"),
    (dataset("agreed_splits: {shares: {author: 2}}"), 4, f"{D}.agreed_splits.shares.author", "'2' is not", "1/4"),
    (dataset("agreed_splits: {authority: a contract}"), 4, f"{D}.agreed_splits.shares", "is missing", "add `shares:`"),
    (dataset("rights_holders: [{agent: b}, {agent: c}]"), 4, f"{D}.rights_holders", "add up to 2", "1/2"),
    (dataset("rights_holders:\n  - {agent: b, share: 0.1}\n  - {agent: b, share: 0.1}"), 6,
     f"{D}.rights_holders[1]", "b stands here twice, first in line 5", "whole share"),
    (dataset("rights_holders: [{agent: b}, {agent: c, where: {k: [y, x]}}, {agent: d, where: {k: [x, y]}}]"), 4,
     f"{D}.rights_holders", "the shares where k is x or y add up to 2", "1/2"),
    (dataset("rights_holders: [{agent: b, where: {}}]"), 4, f"{D}.rights_holders[0].where", "names no field", "VALUE"),
    (dataset("rights_holders: [{agent: b, share: 2}]"), 4, f"{D}.rights_holders[0].share", "'2' is not", "0.25"),
    (dataset("derived_from: a"), 4, f"{D}.derived_from", "a would be made from itself", "earlier version"),
    (dataset("derived_from: [b c]"), 4, f"{D}.derived_from[0]", "'b c' is neither NAME", "web address"),
    (dataset("generated_by: [GPT 4]"), 4, f"{D}.generated_by[0]", "'GPT 4' is neither", "web address"),
    (dataset("derived_from: x/disclosure.json@@"), 4, f"{D}.derived_from", "neither NAME", "web address"),
    (dataset("derived_from: ftp://a.example"), 4, f"{D}.derived_from", "not a web address", "https://"),
    (model("base_models: [my model]"), 3, f"{M}.base_models[0]", "neither NAME", "disclosure.json"),
    (model("base_models: m"), 3, f"{M}.base_models", "m would be made from itself", "earlier version"),
    (dataset("withdrawn: [licence]"), 4, f"{D}.withdrawn[0]", "'licence' is no fact", "`license`"),
    (dataset("withdrawn: source"), 4, f"{D}.withdrawn", "'source' is no fact", "name one of"),
    (dataset("license: MIT\nwithdrawn: [license]"), 5, f"{D}.withdrawn[0]", "which the entry states", "remove"),
    ("provider: {agent: a, withdrawn: [agent]}\n", 1, "provider.withdrawn[0]", "'agent' is no fact", "name one"),
    (model("withdrawn: [training]"), 3, f"{M}.withdrawn[0]", "'training' is no fact", "name one of"),
    (model("training:\n  - {stage: p}\n  - {stage: p}"), 5, f"{M}.training[1]",
     "another run p, first in line 4", "`name`"),
    (model("training:\n  - {stage: p, name: n}\n  - {stage: q, name: n}"), 5, f"{M}.training[1]", "run n", "`name`"),
    (part("{dataset: a}, {dataset: a, epochs: 2}"), 4, f"{M}.training[0].mixture[1]", "a is in this mixture", "once"),
]  # fmt: skip

WARNED = [
    ("agents: [{id: a, contact: call us}]\n", 1, "agents[0].contact", "neither a web address nor an e-mail"),
    (dataset("license: CC BY-SA"), 4, f"{D}.license", "NOASSERTION"),
    (dataset("license: my own terms"), 4, f"{D}.license", "NOASSERTION"),
    ("agents: [{id: acme}]\nprovider: {agent: acmee}\n", 2, "provider.agent", "did you mean 'acme'?"),
    ("agents: [{id: acme}]\n" + dataset("rights_holders: [{agent: acne}]"), 5,
     f"{D}.rights_holders[0].agent", "did you mean 'acme'?"),
    ("agents: [{id: acme}]\n" + dataset("agreed_splits: {shares: {author: 1/2, acne: 1/2}}"), 5,
     f"{D}.agreed_splits.shares.acne", "did you mean 'acme'?"),
    ("agents: [{id: acme, name: ACME AI}]\n" + model("provider: Acme AI"), 4, f"{M}.provider", "'acme'?"),
    ("agents: [{id: acme}]\n" + model("provider: ACME"), 4, f"{M}.provider", "a plain name"),
]  # fmt: skip

WELL_SAID = [
    "agents: [{id: a, contact: data@a.example}, {id: b, contact: 'https://b.example/x'}]",
    "agents: [{id: acme}]\nprovider: {agent: zenith}",
    dataset("license: MIT"),
    dataset("license: unknown"),
    dataset("rights_holders: [{agent: b, where: {k: 1}}, {agent: b, domain: b.example}, {agent: b}]"),
    dataset("license: LicenseRef-ours"),
    "agents: [{id: acme}]\n" + model("provider: Somebody else"),
    dataset("collected: {from: 2021-05, until: 2021}"),
    dataset("collected: {from: 2021-05, until: ongoing}"),
    "datasets: [{name: a, state: withdrawn}]",
    "datasets: [{name: a, source: x}, {name: a, version: 1, source: x}]",
    model(
        "training:\n  - {stage: p}\n  - {stage: p, name: second}\n  - {stage: q, name: r, state: withdrawn}"
    ),
    part("{dataset: a, selection: {share: 1/3, tokens: 10, evidence: counted}}, {dataset: b}"),
    "agents:\nprovider: ~\ndatasets: null\nmodels: []",
    "{}",
]  # fmt: skip
