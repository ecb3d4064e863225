"""Which letters the program writes with: Inter first, then the script of the language.

The order of the families matters: with a Korean family first, Chinese commas sit wrongly and some
characters take their Korean form. Digits are always tabular, so numbers stand under each other.
QFont objects are kept; making one costs more than drawing with it.
"""

from __future__ import annotations

import sys
from functools import cache, lru_cache
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "fonts"
DISPLAY_FROM = 28
"""From this size on Inter Display is used, which is drawn for large text."""

_SCRIPTS: dict[str, tuple[str, ...]] = {
    "ko": (
        "Pretendard",
        "Malgun Gothic",
        "Noto Sans CJK KR",
        "Noto Sans KR",
        "Apple SD Gothic Neo",
        "NanumGothic",
    ),
    "zh-TW": (
        "Noto Sans CJK TC",
        "Noto Sans TC",
        "Microsoft JhengHei UI",
        "Microsoft JhengHei",
        "PingFang TC",
    ),
    "zh-HK": ("Noto Sans CJK HK", "Noto Sans HK", "Noto Sans CJK TC", "Microsoft JhengHei UI", "PingFang HK"),
    "zh-CN": ("Noto Sans CJK SC", "Noto Sans SC", "Microsoft YaHei UI", "Microsoft YaHei", "PingFang SC"),
    "ja": ("Noto Sans CJK JP", "Noto Sans JP", "Yu Gothic UI", "Yu Gothic", "Hiragino Sans"),
}
_REST = ("Segoe UI", "Noto Sans", "Noto Sans Thai", "Leelawadee UI", "DejaVu Sans")
_NORMAL_POINTS = {"win32": 9.0, "darwin": 13.0}

_fonts: dict[tuple[int, int, str], QFont] = {}
_metrics: dict[tuple[int, int, str], QFontMetricsF] = {}
_widths: dict[tuple[str, int, int, str], float] = {}
_MOST_WIDTHS = 20_000
_language = "en"
_scale = 1.0


def load() -> None:
    """Bring in the families that were shipped with the program; what is not there comes from the system.

    A link points to a font the system has installed itself: reading it again would only delay the window.
    """
    if FOLDER.is_dir():
        for file in sorted(FOLDER.rglob("*")):
            if file.suffix.lower() in {".ttf", ".otf", ".ttc"} and not file.is_symlink():
                QFontDatabase.addApplicationFont(str(file))
    _installed.cache_clear()
    _forget()


def apply(app: QApplication, language: str = "", scale: float | None = None) -> None:
    """Write the whole program in this UI language, at the system's text size unless another is given."""
    global _language, _scale
    _language = language or QLocale().name().replace("_", "-")
    _scale = system_scale() if scale is None else scale
    _forget()
    app.setFont(font(13))


def font(size: int, weight: int = 400, language: str = "") -> QFont:
    """The kept font of a size (px at 100 %) and weight; `language` where a guest's differs from ours."""
    return exact(px(size), weight, language)


def metrics(size: int, weight: int = 400, language: str = "") -> QFontMetricsF:
    """How wide and high text in `font(size, weight, language)` is."""
    return exact_metrics(px(size), weight, language)


def exact(pixels: int, weight: int = 400, language: str = "") -> QFont:
    """A kept font of exactly so many pixels, for text that is fitted to its place and not to the system."""
    key = (pixels, weight, language)
    found = _fonts.get(key)
    if found is None:
        found = _fonts[key] = _make(pixels, weight, language or _language)
    return found


def exact_metrics(pixels: int, weight: int = 400, language: str = "") -> QFontMetricsF:
    """How wide and high text in `exact(pixels, weight, language)` is."""
    key = (pixels, weight, language)
    found = _metrics.get(key)
    if found is None:
        found = _metrics[key] = QFontMetricsF(exact(pixels, weight, language))
    return found


def width(text: str, size: int, weight: int = 400, language: str = "") -> float:
    """How wide `text` is, measured once: screens write the same words and numbers again and again."""
    key = (text, px(size), weight, language)
    found = _widths.get(key)
    if found is None:
        if len(_widths) >= _MOST_WIDTHS:
            _widths.clear()
        found = _widths[key] = exact_metrics(*key[1:]).horizontalAdvance(text)
    return found


@lru_cache(maxsize=1024)
def px(length: float) -> int:
    """A length of the design at the system's text size: rows and controls grow with their text."""
    return round(length * _scale)


def system_scale() -> float:
    """How much larger than usual the system writes, between 1 and 2."""
    normal = _NORMAL_POINTS.get(sys.platform)
    if normal is None or QGuiApplication.platformName() in {"offscreen", "minimal"}:
        return 1.0
    points = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF()
    return min(2.0, max(1.0, points / normal))


def families(language: str, *, display: bool = False) -> list[str]:
    """The installed families for a language, best first."""
    own = _SCRIPTS.get(_script(language), ())
    others = [family for script in _SCRIPTS.values() for family in script]
    wanted = (*(("Inter Display",) if display else ()), "Inter", "Inter Variable", *own, *others, *_REST)
    there = [family for family in dict.fromkeys(wanted) if family in _installed()]
    return there or [QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()]


def _make(pixels: int, weight: int, language: str) -> QFont:
    made = QFont()
    made.setFamilies(families(language, display=pixels >= DISPLAY_FROM))
    made.setPixelSize(max(9, pixels))
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
    return made


def _script(language: str) -> str:
    tag = language.replace("_", "-")
    main = tag.split("-")[0].lower()
    if main != "zh":
        return main
    if "TW" in tag or "Hant" in tag:
        return "zh-TW"
    return "zh-HK" if "HK" in tag or "MO" in tag else "zh-CN"


@cache
def _installed() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def _forget() -> None:
    _fonts.clear()
    _metrics.clear()
    _widths.clear()
    px.cache_clear()
