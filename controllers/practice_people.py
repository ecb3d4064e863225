"""Invents travelers for practice: names in five scripts, put together by chance. Nobody here exists."""

from __future__ import annotations

import random
from collections.abc import Callable

_GIVEN = (
    "Mira Jonas Ana Olle Priya Arun Yuna Hana Kenji Wei Lin Tomas Eva Noor Ida Leo Nina Omar Rosa Bao "
    "Ines Marek Chloé Søren Zoë Björn Łucja Mateo Amira Pavel"
).split()
_FAMILY_START = "Bel Cor Dan Fer Gal Hol Jas Kor Lam Mor Nor Ost Pel Ran Sol Tor Ulm Var Wen Zan".split()
_FAMILY_END = "berg dal feld gard holm ini kova lund mann nes otto rup sen stad tani vic well wood".split()

_KOREAN_FAMILY = "김 Kim 이 Lee 박 Park 최 Choi 정 Jung 강 Kang 조 Cho 윤 Yoon 장 Jang 임 Lim 한 Han 오 Oh"
_KOREAN_SYLLABLES = (
    "민 min 서 seo 지 ji 하 ha 수 su 예 ye 준 jun 현 hyeon 우 woo 진 jin 영 young 아 a 은 eun 보 bo 람 ram 솔 sol "
    "다 da 온 on 나 na 리 ri 유 yu 호 ho 시 si 연 yeon"
)
_CHINESE_FAMILY = "林 陳 王 張 李 黃 吳 劉 蔡 楊 許 鄭 謝 郭 洪 曾".split()
_CHINESE_GIVEN = "明 華 美 玲 志 偉 雅 婷 怡 君 家 豪 淑 芬 建 宏 小 文 心 宇 安 晴 子 軒".split()
_JAPANESE_FAMILY = "佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 松本 井上 木村".split()
_JAPANESE_GIVEN = "花子 太郎 桜 健 美咲 翔 陽菜 蓮 結衣 大輝 さくら ひなた ゆい りん ハルカ ケンジ".split()


def invent(chance: random.Random, language: str) -> str:
    """A name as a traveler of this language writes it; some Koreans write theirs in Latin letters."""
    return _IN.get(language, _latin)(chance)


def _latin(chance: random.Random) -> str:
    return f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY_START)}{chance.choice(_FAMILY_END)}"


def _korean(chance: random.Random) -> str:
    family, first, second = chance.choice(_KOREAN_NAMES), chance.choice(_SYLLABLES), chance.choice(_SYLLABLES)
    if chance.random() < 0.3:
        return f"{family[1]} {first[1].title()}{second[1]}"
    return family[0] + first[0] + second[0]


def _chinese(chance: random.Random) -> str:
    given = "".join(chance.choices(_CHINESE_GIVEN, k=chance.choice((1, 2, 2, 2))))
    return chance.choice(_CHINESE_FAMILY) + given


def _japanese(chance: random.Random) -> str:
    return f"{chance.choice(_JAPANESE_FAMILY)} {chance.choice(_JAPANESE_GIVEN)}"


def _pairs(words: str) -> list[tuple[str, str]]:
    """Every syllable beside its Latin spelling."""
    told = words.split()
    return list(zip(told[::2], told[1::2], strict=True))


_KOREAN_NAMES, _SYLLABLES = _pairs(_KOREAN_FAMILY), _pairs(_KOREAN_SYLLABLES)
_IN: dict[str, Callable[[random.Random], str]] = {"ko": _korean, "zh-TW": _chinese, "ja": _japanese}
