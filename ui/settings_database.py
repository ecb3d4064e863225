"""The settings' page of the database: where the data are, their move to a server, and the counters that share them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking, fonts
from ui.database_words import password_words, step_words, where_words
from ui.question import Question
from ui.root_certificate import RootCertificate
from ui.settings_counters import CountersCard
from ui.settings_kept import Kept
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.scrolled import bring_into_sight

if TYPE_CHECKING:
    from controllers.relocating import Moved, Progress
    from ui.asking.database import DatabasePage as Page

EXAMPLE = "postgresql://desk@server.example/counterfoil"
LOOK_MS = 150


class DatabasePage(QWidget):
    """What is not possible here is not shown: a file moves, a server is shared."""

    def __init__(self, kept: Kept, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at = kept.at
        self._look = Question(kept.at.background, self)
        self.place_card, self.mover = PlaceCard(), MoveCard(kept)
        self.counters = CountersCard(kept)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        for card in (self.place_card, self.mover, self.counters):
            column.addWidget(card)
        column.addStretch(1)
        for card in (self.mover, self.counters):
            card.hide()
        self._look.answered.connect(self._show)
        self._look.refused.connect(self.place_card.refuse)
        self.counters.changed.connect(self._ask)
        kept.told.connect(lambda _settings: self._ask())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _ask(self) -> None:
        if not self.mover.is_over:
            self._look.ask(lambda: asking.database_page(self._at.desk, self._at.place()))

    def _show(self, page: Page) -> None:
        self.place_card.show_page(page)
        self.mover.setVisible(page.is_file and not page.is_practice)
        self.mover.allow(page.may_move)
        self.counters.setVisible(not page.is_file)
        self.counters.show_page(page)


class PlaceCard(Card):
    """Where the data are, in words."""

    def __init__(self) -> None:
        super().__init__(padding=20)
        self._page: Page | None = None
        self.where, self.password = (
            Label("", 13, 400, "ink", wrap=True),
            Label("", 13, 400, "ink2", wrap=True),
        )
        self.notice = Notice("stop", "")
        for widget in (self.where, self.password, self.notice):
            self.add(widget)
        self.notice.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Database"), self.tr("where everything is kept"))
        if self._page is not None:
            self.show_page(self._page)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def refuse(self, no: CannotDo) -> None:
        """What was in the way of looking."""
        self.notice.refuse(no)

    def show_page(self, page: Page) -> None:
        """These are the facts."""
        self._page = page
        self.notice.hide()
        self.where.setText(where_words(page))
        self.password.setText(password_words(page))
        self.password.setVisible(bool(self.password.text()))


class MoveCard(Card):
    """Address and password, a try, and the move with its progress in words. It can be stopped until it switches."""

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._at = kept.at
        self.progress: Progress | None = None
        self.is_over = False
        self._may = True
        self._try = Question(kept.at.background, self, lane=Lane.NETWORK)
        self._move = Question(kept.at.background, self, lane=Lane.DESK)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._say_step)
        self._about, self.step = Label("", 13, 400, "ink2", wrap=True), Label("", 13, 500, "ink", wrap=True)
        self.address, self.password = Field(icon="synced", height=40), Field(height=40)
        self.password.set_secret(True)
        self._lines = (Labelled("", self.address), Labelled("", self.password))
        self.root = RootCertificate()
        self.try_button, self.start = Button(""), Button("", "primary")
        self.stop_button, self.again = Button("", key="Esc"), Button("", "primary")
        self.notice, self.good = Notice("stop", ""), Notice("good", "")
        self._build()
        self._connect()
        self.retranslate()
        self._settle()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("From one counter to many"), self.tr("move to a shared server"))
        self._about.setText(
            self.tr(
                "Everything is copied to a PostgreSQL server and compared there row by row. Only then this desk "
                "switches. The file stays here, sealed. Meanwhile nothing can be written at this desk; whatever stops "
                "the move, it goes on with its file."
            )
        )
        self._lines[0].set_text(
            self.tr("Address of an empty database, for example {address}").format(address=EXAMPLE)
        )
        self._lines[1].set_text(self.tr("Password"))
        self.try_button.set_text(self.tr("Try it"))
        self.start.set_text(self.tr("Move everything there"))
        self.stop_button.set_text(self.tr("Stop the move"))
        self.again.set_text(self.tr("Start again with the server"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc stops a move; without one it is the window's, which leaves the screen."""
        if event.key() == Qt.Key.Key_Escape and self.progress is not None:
            self._stop()
        else:
            super().keyPressEvent(event)

    def allow(self, may: bool) -> None:
        """Whether whoever is signed in may move the database."""
        self._may = may
        for button in (self.start, self.try_button):
            if may:
                button.allow()
            else:
                button.forbid(self.tr("Only an owner moves the database."))

    def _begin_trying(self) -> None:
        if not self._try.is_open and self._may:
            self.notice.hide()
            self.good.hide()
            self._try.ask(partial(asking.try_server, self._at.desk, *self._told()))

    def _told(self) -> tuple[str, str, str]:
        return self.address.text().strip(), self.password.text(), self.root.file

    def _answers(self, server: str) -> None:
        self.good.say(
            self.tr("{server} answers and can take the data.").format(server=server),
            self.tr("Close the other programs on this computer that work with the file, then move."),
        )
        self.good.show()
        bring_into_sight(self.start)  # what comes next stands below what was said

    def _begin(self) -> None:
        if self._move.is_open or not self._may:
            return
        self.notice.hide()
        self.good.hide()
        progress = self.progress = asking.new_progress()
        told = self._told()
        self._move.ask(lambda: asking.move_to(self._at.desk, self._at.place(), *told, progress))
        self._timer.start()
        self._settle()

    def _stop(self) -> None:
        if self.progress is not None:
            self.progress.stop()
            self.stop_button.setEnabled(False)

    def _say_step(self) -> None:
        if self.progress is not None:
            self.step.setText(step_words(self.progress))

    def _was_moved(self, moved: Moved) -> None:
        self.is_over = True
        self._end()
        self.good.say(
            self.tr("Everything is at {where} now.").format(where=moved.where),
            self.tr(
                "{rows} rows in {tables} tables are the same on both sides, and {chains} chains of the journal are "
                "whole. The copy from before is {backup}."
            ).format(
                rows=f"{moved.rows:,}",
                tables=len(moved.tables),
                chains=moved.chains,
                backup=moved.backup.name,
            ),
        )
        self.good.show()
        self.again.setFocus()

    def _refuse(self, no: CannotDo) -> None:
        self._end()
        self._cannot(no)

    def _cannot(self, no: CannotDo) -> None:
        self.notice.refuse(no)
        bring_into_sight(self.start)

    def _end(self) -> None:
        self.progress = None
        self._timer.stop()
        self.password.set_text("")
        self._settle()

    def _start_again(self) -> None:
        self._at.place().starts_again = True
        self.window().close()

    def _settle(self) -> None:
        moves = self.progress is not None
        before: tuple[QWidget, ...] = (*self._lines, self.root, self.try_button, self.start)
        for widget in before:
            widget.setVisible(not moves and not self.is_over)
        self.step.setVisible(moves)
        self.stop_button.setVisible(moves)
        self.stop_button.setEnabled(True)
        self.again.setVisible(self.is_over)
        if moves:
            self._say_step()
            self.stop_button.setFocus()

    def _build(self) -> None:
        self.add(self._about)
        for line in (*self._lines, self.root):
            self.add(line)
        for widget in (self.step, self.notice, self.good):
            self.add(widget)
        self.notice.hide()
        self.good.hide()
        end = QHBoxLayout()
        end.setSpacing(fonts.px(8))
        end.addStretch(1)
        for button in (self.try_button, self.start, self.stop_button, self.again):
            end.addWidget(button)
        self.add(end)

    def _connect(self) -> None:
        self.address.entered.connect(self._begin_trying)
        self.password.entered.connect(self._begin_trying)
        self.try_button.clicked.connect(self._begin_trying)
        self.start.clicked.connect(self._begin)
        self.stop_button.clicked.connect(self._stop)
        self.again.clicked.connect(self._start_again)
        self._try.answered.connect(self._answers)
        self._try.refused.connect(self._cannot)
        self._move.answered.connect(self._was_moved)
        self._move.refused.connect(self._refuse)
        self._move.failed.connect(self._end)
