"""Which colours the program is drawn in, by day and by night, each by the name of its role.

Grey ink everywhere, one accent for what can be pressed or is selected; every other hue belongs to
a status or to a verdict. Widgets ask `of(self.palette())`, delegates `of(option.palette)`, so a
part of the window with a dark palette is drawn dark. No other file holds a colour.
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from models.frozen import frozen
from models.reservations import Status

if TYPE_CHECKING:
    from models.checkin import Kind

ARRIVED = "ARRIVED"
"""Not a status but a fact, shown like one wherever it is true."""


class Theme(enum.StrEnum):
    """What a person can choose; SYSTEM follows the desktop, also while running."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@frozen
class Family:
    """One kin of statuses: its mark on plain ground, and its chip's text and ground."""

    mark: QColor
    text: QColor
    ground: QColor


@frozen
class VerdictColours:
    """The body of a verdict, its stub, and what is written on both."""

    ground: QColor
    stub: QColor
    text: QColor


@frozen
class Colours:
    """One theme: a colour for every role."""

    dark: bool
    canvas: QColor
    surface: QColor
    sunken: QColor
    hover: QColor
    line: QColor
    border: QColor
    ink: QColor
    ink2: QColor
    ink3: QColor
    accent: QColor
    on_accent: QColor
    accent_text: QColor
    accent_soft: QColor
    rail: QColor
    rail_text: QColor
    rail_on: QColor
    rail_ink: QColor
    rail_edge: QColor
    badge: QColor
    on_badge: QColor
    scrim: QColor
    notch: QColor
    stripe: QColor
    on_stripe: QColor
    on_picture: QColor
    picture_shade: QColor
    picture_pill: QColor
    families: dict[str, Family]
    verdicts: dict[str, VerdictColours]


FAMILY_OF: dict[str, str] = {
    Status.AWAITING_PAYMENT: "wait",
    Status.PENDING: "wait",
    Status.UNCONFIRMED: "act",
    Status.CANCEL_REQUESTED: "stop",
    Status.CONFIRMED: "good",
    ARRIVED: "good",
    Status.REDEEMED: "done",
    Status.NO_SHOW: "stop",
    Status.CANCELLED: "gone",
    Status.EXPIRED: "gone",
}

GROUND_OF: dict[str, str] = {
    kind: ground
    for ground, kinds in {
        "go": "ADMIT PARTLY_IN CHECK",
        "ask": "COLLECT",
        "later": "NOT_CONFIRMED OTHER_DAY TOO_EARLY TOO_LATE ELSEWHERE",
        "again": "USED NO_USES_LEFT",
        "no": "CANCELLED OUT_OF_DATE REPLACED FORGED",
        "unclear": "UNKNOWN UNREADABLE",
    }.items()
    for kind in kinds.split()
}
"""By the words of `Kind`: the rules of the gate are loaded when somebody checks in, not before the window."""


def _families(**marks: tuple[str, str, str]) -> dict[str, Family]:
    return {name: Family(*map(QColor, three)) for name, three in marks.items()}


def _verdicts(**grounds: tuple[str, str, str]) -> dict[str, VerdictColours]:
    return {name: VerdictColours(*map(QColor, three)) for name, three in grounds.items()}


# fmt: off
LIGHT = Colours(
    dark=False,
    canvas=QColor("#F3F4F6"), surface=QColor("#FFFFFF"), sunken=QColor("#E8EAEE"), hover=QColor("#EEF1F5"),
    line=QColor("#DBDEE4"), border=QColor("#868E9B"),
    ink=QColor("#14181F"), ink2=QColor("#434B58"), ink3=QColor("#5D6573"),
    accent=QColor("#2350C9"), on_accent=QColor("#FFFFFF"),
    accent_text=QColor("#1D44B0"), accent_soft=QColor("#E5ECFC"),
    rail=QColor("#171C26"), rail_text=QColor("#AEB6C4"), rail_on=QColor("#2C3444"), rail_ink=QColor("#FFFFFF"),
    rail_edge=QColor("#8FAAFF"), badge=QColor("#F0A030"), on_badge=QColor("#1A1400"),
    scrim=QColor(10, 13, 17, 120), notch=QColor("#0A0D11"), stripe=QColor("#FFC233"), on_stripe=QColor("#1A1400"),
    on_picture=QColor("#FFFFFF"), picture_shade=QColor(10, 13, 17, 120), picture_pill=QColor(10, 13, 17, 205),
    families=_families(
        wait=("#7A55D6", "#5430A6", "#ECE5FB"), act=("#C86E00", "#834600", "#FFEBC9"),
        stop=("#BD2036", "#97192A", "#FBE1E4"), good=("#087B6A", "#075C51", "#D6F0EA"),
        done=("#44546B", "#2B384B", "#DFE4EC"), gone=("#7C8593", "#5D6573", "#ECEEF1"),
    ),
    verdicts=_verdicts(
        go=("#006B60", "#00574E", "#FFFFFF"), ask=("#FFC233", "#F0AE10", "#1A1400"),
        later=("#2A374E", "#1F2A3E", "#FFFFFF"), again=("#5B33B5", "#4A2899", "#FFFFFF"),
        no=("#980F23", "#7D0A1A", "#FFFFFF"), unclear=("#E6E9EE", "#D5D9E0", "#14181F"),
    ),
)

DARK = Colours(
    dark=True,
    canvas=QColor("#0F1217"), surface=QColor("#181C23"), sunken=QColor("#0A0D11"), hover=QColor("#20252E"),
    line=QColor("#2B313B"), border=QColor("#707A8A"),
    ink=QColor("#EEF1F5"), ink2=QColor("#BAC1CC"), ink3=QColor("#949DAB"),
    accent=QColor("#86A3FF"), on_accent=QColor("#0A1130"),
    accent_text=QColor("#A9BEFF"), accent_soft=QColor("#202B4D"),
    rail=QColor("#0A0D11"), rail_text=QColor("#98A1B0"), rail_on=QColor("#222936"), rail_ink=QColor("#FFFFFF"),
    rail_edge=QColor("#8FAAFF"), badge=QColor("#F0A030"), on_badge=QColor("#1A1400"),
    scrim=QColor(0, 0, 0, 150), notch=QColor("#0A0D11"), stripe=QColor("#FFC233"), on_stripe=QColor("#1A1400"),
    on_picture=QColor("#FFFFFF"), picture_shade=QColor(10, 13, 17, 120), picture_pill=QColor(10, 13, 17, 205),
    families=_families(
        wait=("#A68BF5", "#C7B4FF", "#2B2247"), act=("#F0A030", "#FFC56E", "#3B2A0E"),
        stop=("#F0606F", "#FF9EA8", "#42191F"), good=("#43CDB5", "#6CDAC6", "#0E332D"),
        done=("#8496B8", "#C6CFDC", "#2B3442"), gone=("#6D7787", "#949DAB", "#22272F"),
    ),
    verdicts=_verdicts(
        go=("#00645A", "#005048", "#F2FBF9"), ask=("#D99C0B", "#C08703", "#140F00"),
        later=("#1A2333", "#131A27", "#EAF0FA"), again=("#43258A", "#351C70", "#F4EFFF"),
        no=("#6E0A1A", "#570612", "#FFF0F1"), unclear=("#B9BFC9", "#A8AFBA", "#0F1217"),
    ),
)
# fmt: on


def of(palette: QPalette) -> Colours:
    """The colours that belong to this palette: light or dark, told by its window ground."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def now() -> Colours:
    """The colours of the whole program at this moment."""
    return of(QApplication.palette())


def status_colours(status: str, colours: Colours | None = None) -> Family:
    """Mark, chip text and chip ground of a status (or of ARRIVED)."""
    return (colours or now()).families[FAMILY_OF[status]]


def verdict_colours(kind: Kind, colours: Colours | None = None) -> VerdictColours:
    """Body, stub and text of a verdict."""
    return (colours or now()).verdicts[GROUND_OF[kind]]


def pressed(colour: QColor, colours: Colours) -> QColor:
    """How a filled thing looks while the button is down: ten per cent towards the ink."""
    return colour.lighter(112) if colours.dark else colour.darker(111)


def palette(theme: Theme) -> QPalette:
    """The QPalette of a theme; SYSTEM asks the desktop."""
    c = DARK if _resolved(theme) is Theme.DARK else LIGHT
    role = QPalette.ColorRole
    made = QPalette()
    for which, colour in (
        (role.Window, c.canvas), (role.WindowText, c.ink), (role.Base, c.surface), (role.AlternateBase, c.hover),
        (role.Text, c.ink), (role.PlaceholderText, c.ink3), (role.Button, c.surface), (role.ButtonText, c.ink),
        (role.BrightText, c.on_accent), (role.Light, c.surface), (role.Midlight, c.sunken), (role.Mid, c.line),
        (role.Dark, c.border), (role.Shadow, c.notch), (role.Highlight, c.accent), (role.Accent, c.accent),
        (role.HighlightedText, c.on_accent), (role.Link, c.accent_text), (role.LinkVisited, c.accent_text),
        (role.ToolTipBase, c.ink), (role.ToolTipText, c.surface),
    ):  # fmt: skip
        made.setColor(which, colour)
    for which in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, which, c.ink3)
    return made


def apply(app: QApplication, theme: Theme) -> None:
    """Draw the whole program in a theme, now and until the next call; may be called at any time."""
    _follower(app).choose(theme)


def _resolved(theme: Theme) -> Theme:
    if theme is not Theme.SYSTEM:
        return theme
    hints = QApplication.styleHints()
    return Theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Theme.LIGHT


_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


class _Follower(QObject):
    """Remembers the choice and repaints when the desktop changes its mind."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("theme-follower")
        self._app = app
        self._theme = Theme.SYSTEM
        app.setStyle("Fusion")
        app.styleHints().colorSchemeChanged.connect(self._repaint)

    def choose(self, theme: Theme) -> None:
        self._theme = theme
        # Tells the desktop too, so that the title bar agrees with what is below it.
        self._app.styleHints().setColorScheme(_SCHEMES[theme])
        self._repaint()

    def _repaint(self) -> None:
        self._app.setPalette(palette(self._theme))


def _follower(app: QApplication) -> _Follower:
    found = app.findChild(_Follower, "theme-follower")
    return found if isinstance(found, _Follower) else _Follower(app)
