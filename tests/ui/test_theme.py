"""The colours: enough contrast everywhere, in both themes, and a choice that holds while running."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.checkin import Kind
from models.reservations import Status
from tests.ui.contrast import contrast
from ui import theme
from ui.paint.status_marks import status_mark
from ui.paint.verdict_marks import verdict_mark
from ui.wording.statuses import status_word
from ui.wording.verdicts import verdict_words

THEMES = pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
STATUSES = pytest.mark.parametrize("status", [*Status, theme.ARRIVED])
KINDS = pytest.mark.parametrize("kind", list(Kind))


@THEMES
def test_text_can_be_read_on_every_ground(colours: theme.Colours) -> None:
    for ground in (colours.canvas, colours.surface, colours.sunken, colours.hover, colours.accent_soft):
        assert contrast(colours.ink, ground) >= 7
        assert contrast(colours.ink2, ground) >= 4.5
        assert contrast(colours.ink3, ground) >= 4.5
        assert contrast(colours.accent_text, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.on_accent, colours.accent.darker(118)) >= 4.5, "keycap on a filled button"
    assert contrast(colours.on_accent, theme.pressed(colours.accent, colours)) >= 4.5
    assert contrast(colours.rail_text, colours.rail) >= 4.5
    assert contrast(colours.rail_ink, colours.rail_on) >= 7
    assert contrast(colours.on_badge, colours.badge) >= 4.5


@THEMES
def test_edges_and_focus_can_be_seen(colours: theme.Colours) -> None:
    for ground in (colours.canvas, colours.surface):
        assert contrast(colours.border, ground) >= 2.95  # LOOK 2: 3.0 on canvas, rounded
        assert contrast(colours.accent, ground) >= 3
    assert contrast(colours.rail_edge, colours.rail) >= 3


@THEMES
@STATUSES
def test_status_can_be_read_and_its_mark_seen(colours: theme.Colours, status: str) -> None:
    family = theme.status_colours(status, colours)
    assert contrast(family.text, family.ground) >= 4.5
    assert contrast(family.text, colours.surface) >= 4.5
    for ground in (colours.surface, colours.accent_soft):
        assert contrast(family.mark, ground) >= 3


@THEMES
@KINDS
def test_verdict_can_be_read_from_afar(colours: theme.Colours, kind: Kind) -> None:
    verdict = theme.verdict_colours(kind, colours)
    assert contrast(verdict.text, verdict.ground) >= 6
    assert contrast(verdict.text, verdict.stub) >= 6


@STATUSES
def test_status_has_a_shape_of_its_own_and_a_word(status: str) -> None:
    assert not status_mark(status).isEmpty()
    assert status_word(status)
    others = [status_mark(other) for other in (*Status, theme.ARRIVED) if other != status]
    assert status_mark(status) not in others


@KINDS
def test_verdict_has_a_shape_of_its_own_and_a_word(kind: Kind) -> None:
    assert not verdict_mark(kind).isEmpty()
    assert verdict_words(
        kind, heads=2, party=5, amount="₩24,000", when="14:30", day="Tomorrow", place="Pier 2"
    ).word
    assert verdict_mark(kind) not in [verdict_mark(other) for other in Kind if other is not kind]


def test_only_who_may_come_in_stands_on_the_ground_of_go() -> None:
    go = {kind for kind in Kind if theme.GROUND_OF[kind] == "go"}
    assert go == {Kind.ADMIT, Kind.PARTLY_IN, Kind.CHECK}
    assert (
        verdict_mark(Kind.ADMIT, offline=True)
        == verdict_mark(Kind.CHECK, offline=True)
        != verdict_mark(Kind.ADMIT)
    )
    assert verdict_mark(Kind.USED, offline=True) == verdict_mark(Kind.USED)


def test_theme_changes_while_running(qtbot: QtBot, qapp: QApplication) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    assert theme.of(widget.palette()) is theme.LIGHT
    theme.apply(qapp, theme.Theme.DARK)
    assert theme.now() is theme.DARK
    qtbot.waitUntil(lambda: theme.of(widget.palette()) is theme.DARK)
    theme.apply(qapp, theme.Theme.LIGHT)
    qtbot.waitUntil(lambda: theme.of(widget.palette()) is theme.LIGHT)


def test_palette_roles_are_those_of_the_theme() -> None:
    made = theme.palette(theme.Theme.DARK)
    assert made.color(QPalette.ColorRole.Accent) == QColor("#86A3FF")
    assert made.color(QPalette.ColorRole.PlaceholderText) == theme.DARK.ink3
