"""What is pressed among a reservation's money: its receipt, and what was given back."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from models.refunds import RefundRow, Step
from ui import asking
from ui.at_desk import AtDesk
from ui.details_money import MoneyPart
from ui.question import Question
from ui.refund_deeds import RefundDeeds
from ui.voucher import show_receipt
from ui.wording.orders import local
from ui.wording.refusals import refusal


class MoneyDeeds(QObject):
    """Hears a money panel, reads the refund that is meant as it stands now, and marks it."""

    def __init__(self, at: AtDesk, money: MoneyPart, parent: QObject) -> None:
        super().__init__(parent)
        self._at, self._money = at, money
        self._step = Step.DONE
        self._marks = RefundDeeds(at, self)
        self._look = Question(at.background, self)
        self._look.answered.connect(self._do)
        self._look.refused.connect(lambda no: at.deeds.tell(refusal(no)))
        money.receipt_wanted.connect(partial(show_receipt, at))
        money.refund_wanted.connect(self._ask)

    def _ask(self, step: Step, refund_id: int) -> None:
        self._step = step
        self._look.ask(partial(asking.refund, self._at.desk, refund_id))

    def _do(self, row: RefundRow) -> None:
        self._marks.do(self._step, row, local(self._at.now(), self._money.office_zone).date())
