"""The files somebody wants to import, what is known of each, and the list that shows them."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from models.frozen import frozen
from models.refusals import CannotDo
from models.refusals.sentences import SENTENCES
from models.reservations import Status
from ui import fonts, theme
from ui.marking import QT_TRANSLATE_NOOP
from ui.paint.cells import paint_two_lines
from ui.widgets.board import Board
from ui.widgets.chip import paint_shape
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.row_model import Column, RowModel
from ui.wording.channels import channel_name
from ui.wording.numbers import number_words
from ui.wording.refusals import refusal

if TYPE_CHECKING:
    from controllers.imports import Account, Refused
    from controllers.products import Saved

translate = QCoreApplication.translate

COLUMNS = (
    Column("shape", QT_TRANSLATE_NOOP("columns", "Kind"), 44, inset=12),
    Column("words", QT_TRANSLATE_NOOP("columns", "File"), stretch=True),
)


class Stage(Enum):
    """How far a file is: read on trial first, then really taken."""

    TRYING = auto()
    TRIED = auto()
    TAKING = auto()
    TAKEN = auto()


@frozen
class ImportFile:
    """One file. `channel` is the source a person named; '' lets it be recognised."""

    id: int
    path: Path
    channel: str = ""
    stage: Stage = Stage.TRYING
    account: Account | None = None
    saved: Saved | None = None
    no: CannotDo | None = None

    @property
    def holds_products(self) -> bool:
        """Whether it is a products file of ours, which is taken without a trial."""
        return self.path.suffix.lower() == ".toml"

    @property
    def busy(self) -> bool:
        """Whether it is being worked on."""
        return self.stage in (Stage.TRYING, Stage.TAKING)

    @property
    def can_be_taken(self) -> bool:
        """Whether pressing the button would do anything."""
        if self.no is not None or self.stage is not Stage.TRIED:
            return False
        account = self.account
        return self.holds_products or (account is not None and bool(account.taken or account.changed))


class Files(Board):
    """The list of files; the cursor is the file whose account is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.model_ = RowModel(COLUMNS, lambda file: file.id, lambda file, _key: file_words(file))
        super().__init__(self.model_, _Rows(), name="", row_height=52, click_opens=False, parent=parent)
        self.model_.setParent(self)


class _Rows(RowDelegate):
    def paint_cell(self, painter: QPainter, rect: QRectF, row: Any, key: str, colours: theme.Colours) -> None:
        file: ImportFile = row
        if key == "shape":
            side = fonts.px(18)
            shape, family = file_shape(file)
            place = QRectF(rect.x(), rect.center().y() - side / 2, side, side)
            paint_shape(painter, place, shape, family, colours)
        else:
            paint_two_lines(painter, rect, file.path.name, stage_words(file), colours)


def file_shape(file: ImportFile) -> tuple[str, str]:
    """How a file stands, as a shape and its family."""
    if file.no is not None:
        return Status.CANCEL_REQUESTED, "stop"
    if file.stage is Stage.TAKEN:
        return Status.CONFIRMED, "good"
    return "file", ""


def source_words(file: ImportFile) -> str:
    """'KKday', 'Products', or nothing while it is not known."""
    if file.holds_products:
        return translate("imports", "Products")
    key = file.account.channel if file.account else file.channel
    return channel_name(key) if key else ""


def stage_words(file: ImportFile) -> str:
    """What became of the file, or would, in one line."""
    if file.no is not None:
        return refusal(file.no)
    if file.stage is Stage.TRYING:
        return translate("imports", "reading on trial…")
    if file.stage is Stage.TAKING:
        return translate("imports", "taking…")
    if file.saved is not None:
        return saved_words(file.saved)
    if file.account is None:
        return translate("imports", "products, ready to be taken")
    words = (
        translate("imports", "{source}: {taken} taken, {changed} changed, {refused} refused")
        if file.stage is Stage.TAKEN
        else translate("imports", "{source}: {taken} new, {changed} changed, {refused} refused")
    )
    return words.format(
        source=source_words(file),
        taken=number_words(file.account.taken),
        changed=number_words(len(file.account.changed)),
        refused=number_words(len(file.account.refused)),
    )


def file_words(file: ImportFile) -> str:
    """The same for a screen reader."""
    return f"{file.path.name}, {stage_words(file)}"


def saved_words(saved: Saved) -> str:
    """What a products file did."""
    words = translate(
        "imports", "{added} products added, {updated} updated, {matched} orders found their departure"
    )
    return words.format(added=len(saved.added), updated=len(saved.updated), matched=saved.matched)


def field_word(field: str) -> str:
    """The name of a field that a newer file tells differently."""
    return {
        "products": translate("fields", "product"),
        "options": translate("fields", "option"),
        "departs_on": translate("fields", "departure date"),
        "starts": translate("fields", "departure time"),
        "departs_at": translate("fields", "departure"),
        "open_dated": translate("fields", "open date"),
        "lines": translate("fields", "travelers by kind"),
        "party": translate("fields", "number of travelers"),
        "amount": translate("fields", "amount"),
        "balance": translate("fields", "balance"),
        "paid": translate("fields", "paid"),
        "payment_word": translate("fields", "payment"),
        "collector": translate("fields", "who takes the money"),
        "status": translate("fields", "status"),
        "status_word": translate("fields", "the channel's status"),
        "lead": translate("fields", "traveler"),
        "companions": translate("fields", "companions"),
        "email": translate("fields", "e-mail"),
        "phone": translate("fields", "phone"),
        "language": translate("fields", "language"),
        "country": translate("fields", "country"),
        "request": translate("fields", "request"),
        "pickup": translate("fields", "pick-up"),
        "codes": translate("fields", "the channel's codes"),
        "ordered_at": translate("fields", "order date"),
        "expires_at": translate("fields", "held until"),
    }.get(field, field.replace("_", " "))


def reason_words(row: Refused) -> str:
    """Why a row was refused, in the language of the screen where it needs no facts."""
    plain = SENTENCES.get(row.code, "")
    if not plain or "{" in plain:
        return row.reason
    return QCoreApplication.translate("refusals", plain)
