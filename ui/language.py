"""In which language the program speaks: its words, Qt's own words, its numbers and dates, its letters.

A change while running sends LanguageChange to every widget; windows then say their texts again.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from ui import fonts

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "translations"
_OURS, _QTS = "counterfoil", "qtbase"


def apply(app: QApplication, language: str = "", scale: float | None = None) -> None:
    """Speak this language ('en', 'ko', 'zh-TW'); the desktop's where none is given, English where it has none."""
    locale = QLocale(language.replace("-", "_")) if language else QLocale.system()
    if locale.language() == QLocale.Language.C:
        locale = QLocale(QLocale.Language.English)
    QLocale.setDefault(locale)
    for old in app.findChildren(QTranslator):
        app.removeTranslator(old)
        old.deleteLater()
    for name, folder in (
        (_QTS, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (_OURS, str(FOLDER)),
    ):
        translator = QTranslator(app)
        if translator.load(locale, name, "_", folder):
            app.installTranslator(translator)
    fonts.apply(app, locale.name().replace("_", "-"), scale)


def spoken() -> str:
    """The language of the screen, as 'ko' or 'zh-TW'."""
    return QLocale().name().replace("_", "-")
