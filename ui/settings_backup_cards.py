"""The cards of the backups' page: the copies, the daily plan, the passphrase and the rehearsal of a restore."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from models.refusals import CannotDo
from ui import fonts
from ui.backup_words import copy_words, lies_where, trial_words
from ui.details_rows import clear
from ui.settings_theirs import Theirs
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.chip import Shape
from ui.widgets.field import Field
from ui.widgets.label import Hairline, Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow

if TYPE_CHECKING:
    from controllers.backup import BackupPage
    from models.recovery import Copied, Plan, Trial

ChooseFolder = Callable[[QWidget, str, Callable[[str], None]], None]


def choose_folder(parent: QWidget, title: str, chosen: Callable[[str], None]) -> None:
    """Ask which folder, without a loop of its own."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(chosen)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


class BackupCard(Card):
    """A card of this page: it speaks anew in another language, and says no in a place of its own."""

    def __init__(self) -> None:
        super().__init__(padding=20)
        self.notice = Notice("stop", "")
        self.notice.hide()

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        raise NotImplementedError

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def refuse(self, no: CannotDo) -> None:
        """What was in the way."""
        self.notice.refuse(no)


class CopiesCard(BackupCard):
    """One button, and what became of the last copies."""

    def __init__(self) -> None:
        super().__init__()
        self._page: BackupPage | None = None
        self._busy = False
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.now = Button("", "primary", icon="save")
        self._rows = QVBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self._about, 1)
        head.addLayout(button_row(self.now))
        self.add(head)
        self.add(self.notice)
        self.add(self._rows)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(self.tr("Backups"), self.tr("of the whole database, locked with your passphrase"))
        self._say()

    def show_copies(self, page: BackupPage) -> None:
        """What was made last."""
        self._page = page
        if page.has_passphrase:
            self.now.allow()
        else:
            self.now.forbid(self.tr("Set the passphrase first, below."))
        self._say()

    def set_busy(self, busy: bool) -> None:
        """While a copy is made, nobody begins another."""
        self._busy = busy
        if busy:
            self.notice.hide()
        self.now.setEnabled(not busy)
        self._say()

    def _say(self) -> None:
        self.now.set_text(self.tr("Copying…") if self._busy else self.tr("Back up now"))
        clear(self._rows)
        if self._page is None:
            return
        words = self.tr("They go to {folder}. Keep some of them in another house.")
        if not self._page.has_passphrase:
            words = self.tr("Set the passphrase first, below. Then copies go to {folder}.")
        self._about.setText(words.format(folder=self._page.folder))
        for copy in self._page.copies:
            self._rows.addWidget(Hairline())
            self._rows.addWidget(CopyLine(copy, self._page.zone))


class CopyLine(QWidget):
    """What became of one copy: a shape, what was done, and the file or what was in the way."""

    def __init__(self, copy: Copied, zone: str) -> None:
        super().__init__()
        words, more = copy_words(copy, zone)
        good = not copy.problem
        shape = Shape("CONFIRMED" if good else "CANCEL_REQUESTED", 15, "good" if good else "stop")
        said, row = QVBoxLayout(), QHBoxLayout(self)
        said.setSpacing(2)
        said.addWidget(Label(words, 13, 600, wrap=True))
        said.addWidget(Label(more, 12, 400, "ink2", wrap=True))
        row.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        row.setSpacing(fonts.px(10))
        row.addWidget(shape)
        row.addLayout(said, 1)
        self.setAccessibleName(f"{words}. {more}")


class PlanCard(BackupCard):
    """When a copy is made by itself, where it goes and how long it is kept."""

    def __init__(self, choose: ChooseFolder) -> None:
        super().__init__()
        self._choose = choose
        self.seen: Plan | None = None  # what whoever types here knows of
        self.theirs = Theirs()
        self.daily = Segmented("", "", name="")
        self._row = SettingRow(self.daily)
        self.at, self.days, self.folder = Field(), Field(), Field()
        self._lines = [Labelled("", field) for field in (self.at, self.days, self.folder)]
        self.browse, self.keep = Button("", icon="folder"), Button("")
        self._build()
        self.retranslate()
        self.browse.clicked.connect(
            lambda: self._choose(self, self.tr("Folder for backups"), self.folder.set_text)
        )
        for field in (self.at, self.days, self.folder):
            field.entered.connect(self.keep.click)

    def retranslate(self) -> None:
        self.set_heading(self.tr("Every day"))
        self.daily.set_words(self.tr("By itself"), self.tr("By hand only"))
        self.daily.set_name(self.tr("The daily copy"))
        self._row.say(
            self.tr("The daily copy"),
            self.tr(
                "Whichever counter is open first after that time makes it, once for all counters. One that was "
                "closed makes it when it opens."
            ),
        )
        words = (
            self.tr("Time of day"),
            self.tr("Keep for days"),
            self.tr("Folder, empty for one beside the data"),
        )
        for line, name in zip(self._lines, words, strict=True):
            line.set_text(name)
        self.browse.set_text(self.tr("Choose…"))
        self.keep.set_text(self.tr("Keep it"))

    def show_plan(self, page: BackupPage) -> None:
        """What is kept; a line in which somebody has typed meanwhile stays as it is."""
        seen, now = self.seen, page.plan
        known = seen or now
        if seen is None or (self.daily.at == 0) in (seen.daily, now.daily):
            self.daily.choose(0 if now.daily else 1)
            known = replace(known, daily=now.daily)
        for field, name in ((self.at, "at"), (self.days, "keep_days"), (self.folder, "folder")):
            told = getattr(now, name)
            if seen is None or field.text() in (str(getattr(seen, name)), str(told)):
                field.set_text(str(told))
                known = replace(known, **{name: told})
        self.seen = known

    def forget_typed(self) -> None:
        """What was typed is kept now, or given up."""
        self.seen = None
        self.theirs.hide()

    def refuse(self, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            super().refuse(no)
        elif self.seen is not None:
            self.seen = replace(self.seen, **no.facts["now"])  # type: ignore[arg-type]  # theirs is in sight now

    def _words(self, name: str, now: object) -> str:
        if name == "daily":
            return self.tr("it is made by itself now") if now else self.tr("it is made by hand only now")
        field = {"at": self.at, "keep_days": self.days, "folder": self.folder}[name]
        return self.tr("{field} is “{now}” now").format(field=field.accessibleName(), now=now)

    def typed(self) -> dict[str, Any]:
        """The plan as it stands in the lines."""
        told: dict[str, Any] = {
            "at": self.at.text(),
            "keep_days": self.days.text(),
            "folder": self.folder.text(),
        }
        return {"daily": self.daily.at == 0, **told}

    def _build(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        self._lines[0].setFixedWidth(fonts.px(110))
        self._lines[1].setFixedWidth(fonts.px(130))
        line.addWidget(self._lines[0])
        line.addWidget(self._lines[1])
        line.addWidget(self._lines[2], 1)
        line.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        self.add(self._row)
        self.add(line)
        self.add(self.notice)
        self.add(self.theirs)


class SecretCard(BackupCard):
    """The passphrase without which nobody opens a copy."""

    def __init__(self) -> None:
        super().__init__()
        self._page: BackupPage | None = None
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.first, self.again, self.keep = Field(), Field(), Button("", icon="lock")
        self._lines = [Labelled("", field) for field in (self.first, self.again)]
        line = QHBoxLayout()
        line.setSpacing(fonts.px(8))
        for field, labelled in zip((self.first, self.again), self._lines, strict=True):
            field.set_secret(True)
            line.addWidget(labelled, 1)
        line.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignBottom)
        self.first.entered.connect(self.again.setFocus)
        self.add(self._about)
        self.add(line)
        self.add(self.notice)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(self.tr("Passphrase"))
        self._lines[0].set_text(self.tr("Passphrase of the backups"))
        self._lines[1].set_text(self.tr("The same again"))
        self.keep.set_text(self.tr("Keep it here"))
        self._say()

    def show_secret(self, page: BackupPage) -> None:
        """Whether there is one, and where it lies; it is never shown. What is being typed stays."""
        self._page = page
        self._say()

    def forget_typed(self) -> None:
        """What was typed is kept now."""
        for field in (self.first, self.again):
            field.set_text("")

    def _say(self) -> None:
        page = self._page
        words = self.tr(
            "Without it nobody opens a backup, not even we. Write it down and keep it in another house."
        )
        if page is None:
            self._about.setText(words)
            return
        state = (
            self.tr("This computer knows it.")
            if page.has_passphrase
            else self.tr("This computer has none yet.")
        )
        self._about.setText(
            f"{state} {lies_where(page.where) if page.has_passphrase else ''} {words}".replace("  ", " ")
        )


class TrialCard(BackupCard):
    """One button that proves that the newest copy opens, migrates and holds together."""

    def __init__(self) -> None:
        super().__init__()
        self._trial: tuple[Trial, str] | None = None
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.start = Button("", icon="refresh")
        self.result = Notice("good", "")
        self._bad = Notice("stop", "")
        head = QHBoxLayout()
        head.addWidget(self._about, 1)
        head.addLayout(button_row(self.start))
        self.add(head)
        for notice in (self.notice, self.result, self._bad):
            self.add(notice)
            notice.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self.set_heading(self.tr("Restore rehearsal"))
        self._about.setText(
            self.tr(
                "Opens the newest copy beside the data, brings it up to date and checks it. Your data stay as they are."
            )
        )
        self.set_busy(False)
        self._say()

    def set_busy(self, busy: bool) -> None:
        """While it is tried, nobody begins again."""
        if busy:
            self.notice.hide()
        self.start.setEnabled(not busy)
        self.start.set_text(self.tr("Trying…") if busy else self.tr("Rehearse a restore"))

    def refuse(self, no: CannotDo) -> None:
        self.set_busy(False)
        super().refuse(no)

    def show_trial(self, trial: Trial | None, zone: str) -> None:
        """What came of the last one."""
        self._trial = (trial, zone) if trial is not None else None
        self._say()

    def _say(self) -> None:
        self.result.hide()
        self._bad.hide()
        if self._trial is not None:
            trial, zone = self._trial
            notice = self._bad if trial.problem else self.result
            notice.say(*trial_words(trial, zone))
            notice.show()
