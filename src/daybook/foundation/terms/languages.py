"""The languages that people in prisons speak, by their ISO 639 codes, with names to translate."""

from django.utils.translation import gettext_lazy as _

NAMES: dict[str, object] = {
    "af": _("Afrikaans"), "am": _("Amharic"), "ar": _("Arabic"), "az": _("Azerbaijani"),
    "be": _("Belarusian"), "bg": _("Bulgarian"), "bn": _("Bengali"), "bs": _("Bosnian"),
    "ca": _("Catalan"), "ckb": _("Sorani Kurdish"), "cs": _("Czech"), "cy": _("Welsh"),
    "da": _("Danish"), "de": _("German"), "el": _("Greek"), "en": _("English"),
    "es": _("Spanish"), "et": _("Estonian"), "eu": _("Basque"), "fa": _("Persian"),
    "ff": _("Fula"), "fi": _("Finnish"), "fr": _("French"), "ga": _("Irish"),
    "gl": _("Galician"), "gu": _("Gujarati"), "ha": _("Hausa"), "he": _("Hebrew"),
    "hi": _("Hindi"), "hr": _("Croatian"), "hu": _("Hungarian"), "hy": _("Armenian"),
    "id": _("Indonesian"), "ig": _("Igbo"), "is": _("Icelandic"), "it": _("Italian"),
    "ja": _("Japanese"), "ka": _("Georgian"), "kab": _("Kabyle"), "kk": _("Kazakh"),
    "ko": _("Korean"), "kri": _("Krio"), "ku": _("Kurdish"), "ky": _("Kyrgyz"),
    "lb": _("Luxembourgish"), "ln": _("Lingala"), "lt": _("Lithuanian"), "lv": _("Latvian"),
    "mk": _("Macedonian"), "mn": _("Mongolian"), "ms": _("Malay"), "mt": _("Maltese"),
    "nb": _("Norwegian"), "ne": _("Nepali"), "nl": _("Dutch"), "nn": _("Norwegian Nynorsk"),
    "no": _("Norwegian"), "om": _("Oromo"), "pa": _("Punjabi"), "pl": _("Polish"),
    "prs": _("Dari"), "ps": _("Pashto"), "pt": _("Portuguese"), "rif": _("Tarifit"),
    "rn": _("Kirundi"), "ro": _("Romanian"), "rom": _("Romani"), "ru": _("Russian"),
    "rw": _("Kinyarwanda"), "shi": _("Tashelhit"), "si": _("Sinhala"), "sk": _("Slovak"),
    "sl": _("Slovenian"), "sn": _("Shona"), "so": _("Somali"), "sq": _("Albanian"),
    "sr": _("Serbian"), "sv": _("Swedish"), "sw": _("Swahili"), "ta": _("Tamil"),
    "te": _("Telugu"), "tg": _("Tajik"), "th": _("Thai"), "ti": _("Tigrinya"),
    "tl": _("Tagalog"), "tr": _("Turkish"), "tw": _("Twi"), "uk": _("Ukrainian"),
    "ur": _("Urdu"), "uz": _("Uzbek"), "vi": _("Vietnamese"), "wo": _("Wolof"),
    "yi": _("Yiddish"), "yo": _("Yoruba"), "zh": _("Chinese"), "zu": _("Zulu"),
}  # fmt: skip


def language_name(code: str) -> str:
    """The name of a language, or its code where Daybook has no name for it."""
    return str(NAMES.get(code) or NAMES.get(code.partition("-")[0], code))
