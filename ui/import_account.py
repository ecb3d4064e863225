"""The account of one file: what was or would be taken, changed, left as it is, and refused row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QMargins, QModelIndex, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from models.channels import KNOWN
from models.frozen import frozen
from models.reservations import Status
from ui import actions, theme
from ui.import_files import ImportFile, Stage, field_word, reason_words, saved_words, source_words
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.text import RIGHT, paint_text
from ui.widgets.button import APART, Button
from ui.widgets.card import Card
from ui.widgets.filter_button import FilterButton
from ui.widgets.flow import Flow
from ui.widgets.label import Label
from ui.widgets.list_table import ListTable
from ui.widgets.notice import Notice
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.widgets.stat_strip import Stat, StatStrip
from ui.wording.channels import channel_name
from ui.wording.numbers import number_words

if TYPE_CHECKING:
    from controllers.imports import Account

translate = QCoreApplication.translate

COLUMNS = (
    Column("row", QT_TRANSLATE_NOOP("columns", "Row"), 76, right=True, inset=12),
    Column("reference", QT_TRANSLATE_NOOP("columns", "Reference"), 200, inset=12),
    Column("what", QT_TRANSLATE_NOOP("columns", "What"), 130),
    Column("words", QT_TRANSLATE_NOOP("columns", "Why"), stretch=True),
)


@frozen
class Line:
    """One row of the file that is worth a word."""

    at: int
    row: int | None
    reference: str
    what: str
    family: str
    words: str


class AccountCard(Card):
    """`take_wanted`, `leave_wanted`, and `source_chosen` with the key of a channel ('' recognises it)."""

    take_wanted = Signal()
    leave_wanted = Signal()
    source_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._file: ImportFile | None = None
        self.strip = StatStrip(self.tr("Account"))
        self.notice = Notice("stop", "")
        self.hint = Label("", 13, 400, "ink2", wrap=True)
        self._model = RowModel(COLUMNS, lambda line: line.at, _say)
        self.lines = ListTable(self._model, _Lines(), name="", row_height=34)
        self._model.setParent(self.lines)
        self.source = FilterButton("", "")
        self.leave = Button("", key=actions.cap("leave-file"))
        self.take = Button("", "primary", icon="import", key=actions.cap("take-file"))
        self._build()
        self.source.chosen.connect(lambda key: self.source_chosen.emit(str(key)))
        self.source.cleared.connect(lambda: self.source_chosen.emit(""))
        self.leave.clicked.connect(self.leave_wanted)
        self.take.clicked.connect(self.take_wanted)
        self.retranslate()

    def show_file(self, file: ImportFile | None) -> None:
        """Show what is known of a file."""
        self._file = file
        self.setVisible(file is not None)
        if file is None:
            return
        self.set_heading(file.path.name, _standing(file))
        account = file.account if file.no is None else None
        self.strip.setVisible(account is not None)
        self._model.show_rows(_lines(account) if account else ())
        if not self.lines.hasFocus():
            self.lines.setCurrentIndex(QModelIndex())  # one cursor on screen, where the keyboard is
        self.lines.setVisible(account is not None and self._model.rowCount() > 0)
        if account is not None:
            self.strip.show_stats(*_stats(account, taken=file.stage is Stage.TAKEN))
        self._show_hint(file)
        self._show_buttons(file)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.lines.setAccessibleName(self.tr("Rows that changed or were refused"))
        self.leave.set_text(actions.text("leave-file"))
        choices: list[tuple[str, object]] = [(self.tr("Recognise it"), "")]
        named = sorted((channel_name(key), key) for key in KNOWN)
        self.source.set_choices(choices + [(name, key) for name, key in named])
        self.show_file(self._file)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _build(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(16, 14, 16, 12)
        top.setSpacing(12)
        for widget in (self.notice, self.strip, self.hint):
            top.addWidget(widget)
        self.add(top)
        self.add(self.lines, 1)
        self.add_stretch()
        edges, end = QMargins(13, 4, 13, 12), (self.leave, self.take)
        self.add(Flow(self.source, end=end, margins=edges, spacing=APART, below=2, middle=True))

    def _show_hint(self, file: ImportFile) -> None:
        """What to know beside the numbers; a refusal of the whole file stands above everything."""
        self.notice.setVisible(file.no is not None)
        if file.no is not None:
            self.notice.refuse(file.no)
        words = ""
        account = file.account
        if file.stage is Stage.TRYING:
            words = self.tr("The file is read on trial; nothing is kept yet.")
        elif file.saved is not None:
            words = saved_words(file.saved) + "."
        elif file.holds_products and file.no is None:
            words = self.tr(
                "A products file of ours. What it names is added or brought up to date; orders that wait for "
                "these products find their departures."
            )
        elif account is not None and file.no is None and not self._model.rowCount():
            words = self.tr("No row was refused, and nothing known is told differently.")
        self.hint.setText(words)
        self.hint.setVisible(bool(words))

    def _show_buttons(self, file: ImportFile) -> None:
        chosen = channel_name(file.channel) if file.channel else self.tr("recognised")
        self.source.show_value(chosen, on=bool(file.channel), name=self.tr("Source"))
        self.source.setVisible(not file.holds_products and file.stage is not Stage.TAKEN)
        self.source.setEnabled(not file.busy)
        count = file.account.taken + len(file.account.changed) if file.account else 0
        words = (
            self.tr("Take {count}").format(count=number_words(count)) if count else actions.text("take-file")
        )
        if file.stage is Stage.TAKEN:
            words = self.tr("Taken")
        self.take.set_text(words)
        reason = _why_not(file)
        if reason:
            self.take.forbid(reason)
        else:
            self.take.allow()
        self.leave.setEnabled(not file.busy)


class _Lines(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        line: Line = row
        if key == "row":
            number = "" if line.row is None else number_words(line.row)
            paint_text(painter, rect, number, colours.ink2, 13, 500, RIGHT)
        elif key == "reference":
            paint_text(painter, rect, line.reference, colours.ink, 13, 500)
        elif key == "what":
            paint_text(painter, rect, line.what, colours.families[line.family].text, 13, 600)
        else:
            paint_text(painter, rect, line.words, colours.ink2)


def _standing(file: ImportFile) -> str:
    words = {
        Stage.TRYING: translate("imports", "reading on trial"),
        Stage.TRIED: translate("imports", "on trial, nothing is kept yet"),
        Stage.TAKING: translate("imports", "taking"),
        Stage.TAKEN: translate("imports", "taken"),
    }[file.stage]
    if file.no is not None:
        words = translate("imports", "refused, nothing was kept")
    elif file.holds_products and file.stage is Stage.TRIED:
        words = translate("imports", "not taken yet")
    return ", ".join(part for part in (source_words(file), words) if part)


def _why_not(file: ImportFile) -> str:
    """Why the button cannot be pressed; '' where it can."""
    if file.can_be_taken:
        return ""
    if file.busy:
        return translate("imports", "The file is being read")
    if file.stage is Stage.TAKEN:
        return translate("imports", "It was taken already")
    if file.no is not None:
        return translate("imports", "The file was refused")
    return translate("imports", "There is nothing new in it")


def _stats(account: Account, *, taken: bool) -> tuple[Stat, ...]:
    waits = sum(one.waits for one in account.changed)
    changed = translate("imports", "told differently than before")
    if waits:
        changed = translate("imports", "{count} wait for a decision").format(count=waits)
    return (
        Stat(
            Status.CONFIRMED,
            translate("imports", "Taken") if taken else translate("imports", "To take"),
            number_words(account.taken),
            translate("imports", "new orders"),
            quiet=not account.taken,
        ),
        Stat(
            "edit",
            translate("imports", "Changed"),
            number_words(len(account.changed)),
            changed,
            "act" if waits else "",
            quiet=not account.changed,
        ),
        Stat(
            "copy",
            translate("imports", "Unchanged"),
            number_words(account.unchanged),
            translate("imports", "known already"),
            quiet=not account.unchanged,
        ),
        Stat(
            Status.CANCEL_REQUESTED,
            translate("imports", "Refused"),
            number_words(len(account.refused)),
            translate("imports", "the reason stands below")
            if account.refused
            else translate("imports", "every row was read"),
            "stop" if account.refused else "",
            quiet=not account.refused,
        ),
    )


def _lines(account: Account) -> tuple[Line, ...]:
    """What was refused first, then what is told differently."""
    refused = [
        (one.row, one.reference, translate("imports", "refused"), "stop", reason_words(one))
        for one in account.refused
    ]
    changed = [
        (
            None,
            one.reference,
            translate("imports", "to decide") if one.waits else translate("imports", "changed"),
            "act" if one.waits else "done",
            ", ".join(field_word(field) for field in one.fields),
        )
        for one in account.changed
    ]
    return tuple(Line(at, *told) for at, told in enumerate([*refused, *changed]))


def _say(line: Line, key: str) -> str:
    return {
        "row": "" if line.row is None else str(line.row),
        "reference": line.reference,
        "what": line.what,
        "words": line.words,
    }[key]
