"""The sections of the settings, in the order of their tabs: a word each, and how its page is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from models.frozen import frozen
from models.rights import Right
from ui.marking import QT_TRANSLATE_NOOP
from ui.settings_backup import BackupsPage
from ui.settings_camera import CameraPage
from ui.settings_counter import CounterPage
from ui.settings_database import DatabasePage
from ui.settings_guest import GuestPage
from ui.settings_letters import LettersPage
from ui.settings_mail import MailPage
from ui.settings_money import MoneyPage
from ui.settings_notices import NoticesPage
from ui.settings_operator import OperatorPage
from ui.settings_printers import PrintersPage
from ui.settings_privacy import PrivacyPage
from ui.settings_reasons import ReasonsPage
from ui.settings_rehearsal import RehearsalPage
from ui.settings_scanner import ScannerPage
from ui.settings_sounds import SoundsPage
from ui.settings_staff import StaffPage
from ui.settings_voucher import VoucherPage

if TYPE_CHECKING:
    from ui.settings_kept import Kept

SHARED = frozenset(
    ("staff", "notices", "money", "operator", "mail", "vouchers", "letters", "reasons", "privacy", "backup")
)
"""What is set up once, for every counter."""


@frozen
class Section:
    """One tab: `word` opens it (`opened(section="counter")`), `name` stands on it, `needs` who is offered it."""

    word: str
    name: str
    build: Callable[[Kept], QWidget]
    needs: Right = Right.COUNTER

    @property
    def shared(self) -> bool:
        """Whether it is set up for every counter at once."""
        return self.word in SHARED

    @property
    def title(self) -> str:
        """The name in the language of the screen."""
        return QCoreApplication.translate("settings", self.name)


SECTIONS = (
    Section("counter", QT_TRANSLATE_NOOP("settings", "Counter"), CounterPage),
    Section("staff", QT_TRANSLATE_NOOP("settings", "Staff"), StaffPage, Right.OWN),
    Section("notices", QT_TRANSLATE_NOOP("settings", "Notices"), NoticesPage, Right.OWN),
    Section("camera", QT_TRANSLATE_NOOP("settings", "Camera"), CameraPage),
    Section("guests", QT_TRANSLATE_NOOP("settings", "Second screen"), GuestPage),
    Section("sounds", QT_TRANSLATE_NOOP("settings", "Sounds"), SoundsPage),
    Section("money", QT_TRANSLATE_NOOP("settings", "Money"), MoneyPage),
    Section("operator", QT_TRANSLATE_NOOP("settings", "Operator"), OperatorPage),
    Section("mail", QT_TRANSLATE_NOOP("settings", "Mail"), MailPage, Right.ROUTES),
    Section("scanner", QT_TRANSLATE_NOOP("settings", "Scanner"), ScannerPage),
    Section("vouchers", QT_TRANSLATE_NOOP("settings", "Vouchers"), VoucherPage),
    Section("letters", QT_TRANSLATE_NOOP("settings", "Letters"), LettersPage, Right.ROUTES),
    Section("reasons", QT_TRANSLATE_NOOP("settings", "Reasons"), ReasonsPage, Right.ROUTES),
    Section("printers", QT_TRANSLATE_NOOP("settings", "Printers"), PrintersPage),
    Section("privacy", QT_TRANSLATE_NOOP("settings", "Privacy"), PrivacyPage),
    Section("rehearsal", QT_TRANSLATE_NOOP("settings", "Rehearsal"), RehearsalPage),
    Section("database", QT_TRANSLATE_NOOP("settings", "Database"), DatabasePage),
    Section("backup", QT_TRANSLATE_NOOP("settings", "Backup"), BackupsPage),
)
