"""English names of languages, and the official languages of the European Union."""

UNDETERMINED = "und"
NO_LANGUAGE = "zxx"  # no linguistic content, such as numbers

# Regulation No 1 of 1958, article 1, as amended in 2013.
_OFFICIAL = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
OFFICIAL = frozenset(_OFFICIAL.split())

# ISO 639, by the shortest code: those detected by py3langid and those common in published datasets.
_NAMES = """
ab Abkhazian|ace Acehnese|af Afrikaans|ak Akan|am Amharic|an Aragonese|ar Arabic|ary Moroccan Arabic
arz Egyptian Arabic|as Assamese|ast Asturian|av Avaric|ay Aymara|az Azerbaijani|ba Bashkir|bar Bavarian
bcl Central Bikol|be Belarusian|bg Bulgarian|bho Bhojpuri|bm Bambara|bn Bengali|bo Tibetan|br Breton
bs Bosnian|ca Catalan|ce Chechen|ceb Cebuano|ckb Central Kurdish|co Corsican|cr Cree|crh Crimean Tatar
cs Czech|cu Church Slavic|cv Chuvash|cy Welsh|da Danish|de German|dv Divehi|dz Dzongkha|ee Ewe|el Greek
en English|eo Esperanto|es Spanish|et Estonian|eu Basque|ext Extremaduran|fa Persian|ff Fulah|fi Finnish
fil Filipino|fj Fijian|fo Faroese|fr French|fur Friulian|fuv Nigerian Fulfulde|fy Western Frisian|ga Irish
gcf Guadeloupean Creole French|gcr Guianese Creole French|gd Scottish Gaelic|gl Galician|gn Guarani
gom Goan Konkani|grc Ancient Greek|gsw Swiss German|gu Gujarati|gug Paraguayan Guarani|guw Gun|gv Manx
ha Hausa|haw Hawaiian|hbo Ancient Hebrew|he Hebrew|hi Hindi|hr Croatian|hsb Upper Sorbian|ht Haitian Creole
hu Hungarian|hy Armenian|ia Interlingua|id Indonesian|ig Igbo|ilo Iloko|io Ido|is Icelandic|it Italian
iu Inuktitut|ja Japanese|jv Javanese|ka Georgian|kab Kabyle|kg Kongo|ki Kikuyu|kik Kikuyu|kk Kazakh
kl Kalaallisut|km Khmer|kn Kannada|ko Korean|ks Kashmiri|ku Kurdish|kv Komi|kw Cornish|ky Kyrgyz|la Latin
lb Luxembourgish|lg Ganda|li Limburgish|lij Ligurian|lmo Lombard|ln Lingala|lo Lao|lt Lithuanian|ltg Latgalian
lv Latvian|mai Maithili|mg Malagasy|mi Maori|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay
mt Maltese|my Burmese|nap Neapolitan|nb Norwegian Bokmål|nd North Ndebele|nds Low German|ne Nepali|nl Dutch
nn Norwegian Nynorsk|no Norwegian|nr South Ndebele|nso Northern Sotho|nv Navajo|ny Chichewa|oc Occitan
om Oromo|or Odia|os Ossetian|pa Punjabi|pcm Nigerian Pidgin|pl Polish|pms Piedmontese|pnb Western Punjabi
ps Pashto|pt Portuguese|qu Quechua|rm Romansh|rn Rundi|ro Romanian|ru Russian|rw Kinyarwanda|sa Sanskrit
sc Sardinian|scn Sicilian|sco Scots|sd Sindhi|sdh Southern Kurdish|se Northern Sami|sg Sango|sh Serbo-Croatian
si Sinhala|sk Slovak|sl Slovenian|sm Samoan|sn Shona|so Somali|sq Albanian|sr Serbian|ss Swati
st Southern Sotho|su Sundanese|sv Swedish|sw Swahili|szl Silesian|ta Tamil|te Telugu|tg Tajik|th Thai
ti Tigrinya|tk Turkmen|tl Tagalog|tn Tswana|to Tongan|tr Turkish|ts Tsonga|tt Tatar|tw Twi|ty Tahitian
tyv Tuvinian|ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|uzs Southern Uzbek|ve Venda|vec Venetian|vi Vietnamese
vo Volapük|wa Walloon|war Waray|wo Wolof|wuu Wu Chinese|xh Xhosa|yi Yiddish|yo Yoruba|yue Cantonese|za Zhuang
zh Chinese|zu Zulu|und undetermined|zxx no linguistic content|mul several languages
"""
_NAME_OF = dict(entry.split(" ", 1) for entry in _NAMES.replace("\n", "|").split("|") if entry)

# ISO 639-3 (and 639-2/B) codes of languages that have a shorter one; BCP 47 asks for the shorter.
_CODES = """
ara:ar bul:bg ces:cs cze:cs dan:da deu:de ger:de ell:el gre:el eng:en spa:es est:et fin:fi fra:fr
fre:fr gle:ga hrv:hr hun:hu ita:it lit:lt lav:lv mlt:mt nld:nl dut:nl pol:pl por:pt ron:ro rum:ro
slk:sk slo:sk slv:sl swe:sv cmn:zh zho:zh chi:zh jpn:ja kor:ko rus:ru ukr:uk tur:tr hin:hi ben:bn
fas:fa per:fa heb:he ind:id nor:no nob:nb nno:nn swa:sw tam:ta tel:te tha:th urd:ur vie:vi cat:ca
eus:eu baq:eu glg:gl isl:is ice:is cym:cy wel:cy lat:la afr:af
"""
_SHORTER = dict(pair.split(":") for pair in _CODES.split())


_CODE_OF = {name.lower(): code for code, name in _NAME_OF.items()}


def language_tag(text: str) -> str | None:
    """A BCP 47 tag in its usual spelling (`pt-BR`), also of an English name; None where it is neither."""
    named = _CODE_OF.get(text.strip().lower())
    if named is not None:
        return named
    first, *rest = text.strip().replace("_", "-").split("-")
    known = first.isascii() and first.isalpha() and 2 <= len(first) <= 3
    if not known or not all(part.isascii() and part.isalnum() and len(part) <= 8 for part in rest):
        return None
    parts = [part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest]
    return "-".join([primary(first), *parts])


def primary(tag: str) -> str:
    """The language of a BCP 47 tag, as the shortest ISO 639 code: `pt` of `pt-BR`, `de` of `deu`."""
    code = tag.partition("-")[0].lower()
    return _SHORTER.get(code, code)


def language_name(tag: str) -> str:
    """The English name of a tag's language, with what the tag says beyond it: "Portuguese (BR)"."""
    code, _, rest = tag.partition("-")
    name = _NAME_OF.get(primary(code), f"language with the code {code}")
    return f"{name} ({rest})" if rest else name


def is_official(tag: str) -> bool:
    """Whether the language is one of the 24 official languages of the European Union."""
    return primary(tag) in OFFICIAL
