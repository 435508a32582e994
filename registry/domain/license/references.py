"""Terms that the SPDX list does not hold: our `LicenseRef-` identifiers, their names and addresses."""

import re
from dataclasses import dataclass
from functools import cache

# SPDX 3 annex B: idstring = 1*(ALPHA / DIGIT / "-" / "."), compared without regard to case.
_REFERENCE = re.compile(r"LicenseRef-([A-Za-z0-9.-]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Name and address of unlisted terms, and the other spellings they are known by."""

    id: str
    name: str
    url: str | None
    spellings: tuple[str, ...] = ()


# For compounds: SPDX has no operand for a part that nobody has stated a license of.
UNSTATED_PART = "LicenseRef-Unstated"
_SCANCODE = "LicenseRef-scancode-"
_META = "https://www.llama.com/"
REFERENCES = (
    Reference("LicenseRef-OpenRAIL", "OpenRAIL license family", "https://www.licenses.ai/", ("openrail",)),
    Reference(
        "LicenseRef-BigScience-OpenRAIL-M",
        "BigScience OpenRAIL-M",
        "https://bigscience.huggingface.co/blog/bigscience-openrail-m",
        ("bigscience-openrail-m", f"{_SCANCODE}bigscience-open-rail-m"),
    ),
    Reference(
        "LicenseRef-CreativeML-OpenRAIL-M",
        "CreativeML OpenRAIL-M",
        "https://huggingface.co/spaces/CompVis/stable-diffusion-license",
        ("creativeml-openrail-m",),
    ),
    Reference(
        "LicenseRef-CreativeML-OpenRAIL-PlusPlus-M",
        "CreativeML Open RAIL++-M",
        "https://huggingface.co/stabilityai/stable-diffusion-2/blob/main/LICENSE-MODEL",
        ("openrail++", "open rail++-m", "creativeml open rail++-m"),
    ),
    Reference(
        "LicenseRef-BigScience-BLOOM-RAIL-1.0",
        "BigScience BLOOM RAIL 1.0",
        "https://huggingface.co/spaces/bigscience/license",
        ("bigscience-bloom-rail-1.0", "bigscience rail 1.0", f"{_SCANCODE}bigscience-rail-1.0"),
    ),
    Reference(
        "LicenseRef-BigCode-OpenRAIL-M-1.0",
        "BigCode OpenRAIL-M v1",
        "https://huggingface.co/spaces/bigcode/bigcode-model-license-agreement",
        (
            "bigcode-openrail-m",
            "bigcode open rail m",
            "bigcode open rail m 1",
            f"{_SCANCODE}bigcode-open-rail-m-v1",
        ),
    ),
    Reference(
        "LicenseRef-Llama-2",
        "Llama 2 Community License Agreement",
        "https://ai.meta.com/llama/license/",
        ("llama2", "llama 2", "llama 2 community", f"{_SCANCODE}llama-2-license-2023"),
    ),
    *(
        Reference(
            f"LicenseRef-Llama-{version}",
            f"{'Meta ' if version == '3' else ''}Llama {version} Community License Agreement",
            f"{_META}{'llama' + version.replace('.', '_')}/license/",
            (
                f"llama{version}",
                f"llama {version}",
                f"llama {version} community",
                f"meta llama {version} community",
                f"meta llama{version} community",
                *((f"{_SCANCODE}llama-{version}-{of_scancode}",) if of_scancode else ()),
            ),
        )
        for version, of_scancode in (
            ("3", ""),
            ("3.1", "license-2024"),
            ("3.2", "license-2024"),
            ("3.3", "license-2024"),
            ("4", "cla-2025"),  # its llama-4-license-2025 is the acceptable use policy alone
        )
    ),
    Reference(
        "LicenseRef-Gemma",
        "Gemma Terms of Use",
        "https://ai.google.dev/gemma/terms",
        ("gemma", f"{_SCANCODE}gemma-tou-2024-04-01", f"{_SCANCODE}gemma-tou-2025-03-24"),
    ),
    Reference(
        "LicenseRef-DeepFloyd-IF",
        "DeepFloyd IF Research License Agreement",
        "https://huggingface.co/DeepFloyd/IF-I-XL-v1.0/blob/main/LICENSE",
        ("deepfloyd-if-license",),
    ),
    Reference(
        "LicenseRef-FAIR-Noncommercial-Research",
        "FAIR Noncommercial Research License",
        "https://huggingface.co/facebook/fair-noncommercial-research-license",
        ("fair-noncommercial-research-license",),
    ),
    Reference(
        "LicenseRef-Grok-2-Community",
        "Grok 2 Community License Agreement",
        "https://huggingface.co/xai-org/grok-2/blob/main/LICENSE",
        ("grok2-community",),
    ),
    Reference(UNSTATED_PART, "A part whose license nobody has stated", None),
    Reference("LicenseRef-H-Research", "H Research License", None, ("h-research",)),
    Reference("LicenseRef-Intel-Research", "Intel Research Use License Agreement", None, ("intel-research",)),
    Reference(
        "LicenseRef-Apple-ASCL", "Apple Sample Code License", None, ("apple-ascl", "apple sample code")
    ),
    Reference(
        "LicenseRef-Apple-AMLR",
        "Apple Machine Learning Research Model License Agreement",
        None,
        ("apple-amlr", "apple model license for research"),
    ),
    Reference(
        "LicenseRef-AI2-ImpACT-LR",
        "AI2 ImpACT License, Low Risk Artifacts",
        "https://allenai.org/licenses/impact-lr",
        ("ai2 impact license - low risk", "ai2 impact low risk artifacts"),
    ),
    Reference(
        "LicenseRef-LMSYS-Chat-1M",
        "LMSYS-Chat-1M Dataset License Agreement",
        "https://huggingface.co/datasets/lmsys/lmsys-chat-1m",
        ("lmsys-chat-1m dataset license", "lmsys chat 1m dataset agreement"),
    ),
    Reference(
        "LicenseRef-Skywork-Community",
        "Skywork Community License",
        "https://github.com/SkyworkAI/Skywork",
        ("skywork community license",),
    ),
    Reference(
        "LicenseRef-OpenAI-Terms",
        "OpenAI Terms of Use (text generated by a model under them)",
        "https://openai.com/policies/terms-of-use/",
        (
            "openai",
            "openai terms of use",
            "openai tos",
            f"{_SCANCODE}openai-tou-20230314",
            f"{_SCANCODE}openai-tou-20241211",
        ),
    ),
    Reference(
        "LicenseRef-Anthropic-Terms",
        "Anthropic terms of service (text generated by a model under them)",
        "https://www.anthropic.com/legal/commercial-terms",
        ("anthropic", "anthropic terms of service"),
    ),
    Reference(
        "LicenseRef-Model-Output-Terms",
        "Text generated by a model under its provider's terms of use",
        None,
        ("generated by a model under terms of use", "model output terms"),
    ),
    Reference(
        "LicenseRef-Microsoft-Research-Data",
        "Microsoft Research Data License Agreement",
        "https://msropendata-web-api.azurewebsites.net/licenses/2f933be3-284d-500b-7ea3-2aa2fd0f1bb2/view",
        ("microsoft research data license agreement", "microsoft data licensing agreement"),
    ),
    Reference(
        "LicenseRef-Google-Cloud-Translation-Terms",
        "Google Cloud terms of service (text translated by its Translation API)",
        "https://cloud.google.com/translate",
        ("google cloud translation api",),
    ),
    Reference(
        "LicenseRef-OANC",
        "Terms of the Open American National Corpus",
        "https://anc.org/data/oanc/",
        ("oanc", "open american national corpus"),
    ),
    # A statement that no copyright subsists. Not CC0: that is its holder's waiver, with a fallback license.
    Reference(
        "LicenseRef-PublicDomain",
        "Public domain (as stated, without a legal instrument)",
        None,
        (
            "public domain",
            "publicdomain",
            "in the public domain",
            f"{_SCANCODE}public-domain",
            "LicenseRef-Fedora-Public-Domain",
        ),
    ),
)


@cache
def _by_id() -> dict[str, Reference]:
    return {reference.id.lower(): reference for reference in REFERENCES}


@cache
def _other_ids() -> dict[str, str]:
    return {
        spelling.lower(): reference.id
        for reference in REFERENCES
        for spelling in reference.spellings
        if spelling.startswith("LicenseRef-")
    }


def canonical_reference(text: str) -> str | None:
    """Return a `LicenseRef-` identifier: ours where it is in the table, else as its author wrote it."""
    match = _REFERENCE.fullmatch(text)
    if match is None:
        return None
    known = _by_id().get(text.lower())
    return known.id if known else _other_ids().get(text.lower(), f"LicenseRef-{match[1]}")


def reference(identifier: str) -> Reference | None:
    """Return the table's entry of an identifier."""
    return _by_id().get(identifier.lower())
