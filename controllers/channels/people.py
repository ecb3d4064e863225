"""Reads names, phones, e-mails and languages as they come, and leaves out people who are none.

"Passenger Two" holds a place, it is not a guest. "() rica example" has an empty title. A relay
address of a channel is a way to write to the guest and is kept.
"""

from __future__ import annotations

import re
from functools import lru_cache

from controllers.channels.text import fold, line, nothing

_PLACEHOLDER = re.compile(
    r"(passenger|travell?er|participant|guest|adult|child|여행자|승객|참가자|성인|아동)s?\s*#?"
    r"(\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|twenty)",
    re.I,
)
_EMPTY_TITLE = re.compile(r"^\(\s*\)\s*")
_PHONE = re.compile(r"\+?\(?\d[\d\s().\-]{3,}\d")
_EMAIL = re.compile(r"[^\s@<>,;:()\"'\[\]]{1,64}@[^\s@<>,;:()\"'\[\]]{1,190}\.[^\W\d_]{2,24}")

_LANGUAGES = {
    "en": "english en eng 영어 英語 英语 英文 englisch inglés anglais",
    "ko": "korean ko kor 한국어 한국말 韓国語 韓語 韩语 韓文 koreanisch",
    "ja": "japanese ja jpn 일본어 日本語 日語 日语 日文 japanisch",
    "de": "german de deutsch 독일어 ドイツ語 德語 德语 德文",
    "fr": "french fr français francais französisch 프랑스어 フランス語 法語 法语 法文",
    "es": "spanish es español espanol spanisch 스페인어 スペイン語 西班牙語 西班牙语",
    "it": "italian it italiano italienisch 이탈리아어 イタリア語 義大利語",
    "pt": "portuguese pt português portugues portugiesisch 포르투갈어 ポルトガル語 葡萄牙語",
    "ru": "russian ru русский russisch 러시아어 ロシア語 俄語",
    "nl": "dutch nl nederlands niederländisch 네덜란드어",
    "th": "thai th ไทย 태국어 タイ語 泰語 泰文",
    "vi": "vietnamese vi tiếng\u00a0việt 베트남어 ベトナム語 越南語",
    "id": "indonesian id bahasa 인도네시아어 印尼語",
    "ms": "malay ms 말레이어",
    "sv": "swedish sv svenska",
    "pl": "polish pl polski",
    "tr": "turkish tr türkçe",
    "ar": "arabic ar العربية",
    "zh-TW": "zh-tw zh-hk zh-hant 繁體中文 繁体中文 正體中文 cantonese 번체 廣東話",
    "zh-CN": "zh-cn zh-sg zh-hans 简体中文 簡體中文 간체 普通话 國語",
    "zh": "chinese zh mandarin 중국어 中文 中国語 華語 chinesisch",
}
_SPOKEN = {fold(word): code for code, words in _LANGUAGES.items() for word in words.split(" ")}


def person(text: str) -> str:
    """A name to call somebody by, '' for a placeholder."""
    name = _EMPTY_TITLE.sub("", line(text))
    absent = nothing(name) and name.casefold() != "na"  # there are people called Na
    return "" if absent or _PLACEHOLDER.fullmatch(name) else name


def turned(text: str) -> str:
    """The name of "Park, Yuna" turned into "Yuna Park", for sources that always write the surname first."""
    last, comma, first = person(text).partition(",")
    return f"{first.strip()} {last.strip()}".strip() if comma else last


def companions(names: list[str], lead: str) -> tuple[str, ...]:
    """The others of the party: without the lead, placeholders and blanks."""
    others = dict.fromkeys(name for name in map(person, names) if name)
    others.pop(lead, None)
    return tuple(others)[:100]


def phone_of(text: str) -> str:
    """The number in a phone cell: "(Alternate Phone)IN+91 9000000000 Send …" is "+91 9000000000"."""
    found = [number.strip(" .-") for number in _PHONE.findall(line(text))]
    best = next((number for number in found if number.startswith("+")), found[0] if found else "")
    return best[:40] if sum(map(str.isdigit, best)) >= 5 else ""


def email_of(text: str) -> str:
    """The first e-mail address in a text, relay addresses included."""
    if "@" not in text:
        return ""
    found = _EMAIL.search(line(text, 2000))
    return found.group() if found else ""


@lru_cache(maxsize=1024)
def language_of(text: str) -> str:
    """en, ko, ja, zh-TW … for "English - Guide", "German", "en-au"; '' where none is known."""
    folded = fold(text)[:100]
    if not folded:
        return ""
    if "traditional" in folded or "hant" in folded:
        return "zh-TW"
    if "simplified" in folded or "hans" in folded:
        return "zh-CN"
    words = [folded, *re.split(r"\s*[-–/(,:;)|]\s*|\s+", folded)]
    return next((_SPOKEN[word] for word in words if word in _SPOKEN), "")
