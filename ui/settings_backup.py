"""The settings' page of copies of the data: made now or every day, locked, and tried whether they come back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from controllers.background import Lane
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.settings_backup_cards import ChooseFolder, CopiesCard, PlanCard, SecretCard, TrialCard, choose_folder
from ui.settings_kept import Kept
from ui.widgets.scrolled import bring_into_sight

if TYPE_CHECKING:
    from controllers.backup import BackupPage
    from models.recovery import Trial


class BackupsPage(QWidget):
    """Copies, the plan, the passphrase and the rehearsal, a card each."""

    def __init__(
        self, kept: Kept, parent: QWidget | None = None, *, choose: ChooseFolder = choose_folder
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        background = kept.at.background
        self._look = Question(background, self)
        self._change = Question(background, self, lane=Lane.DESK)
        self._copy = Question(background, self, lane=Lane.NETWORK)
        self._is_tried = self._keeps_secret = False
        self._try = Question(background, self, lane=Lane.NETWORK)
        self.copies, self.plan, self.secret = CopiesCard(), PlanCard(choose), SecretCard()
        self.trial = TrialCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(fonts.px(12))
        for card in (self.copies, self.plan, self.secret, self.trial):
            column.addWidget(card)
        column.addStretch(1)
        self._connect()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._look.refused.connect(self.copies.refuse)
        self._change.answered.connect(self._was_kept)
        self._change.refused.connect(self._refuse_change)
        self._copy.answered.connect(self._was_copied)
        self._copy.refused.connect(self._refuse_copy)
        self._try.answered.connect(self._was_tried)
        self._try.refused.connect(self.trial.refuse)
        self._copy.failed.connect(partial(self.copies.set_busy, False))
        self._try.failed.connect(partial(self.trial.set_busy, False))
        self._kept.told.connect(lambda _settings: self._ask())
        self.copies.now.clicked.connect(self._back_up)
        self.plan.keep.clicked.connect(self._keep_plan)
        self.plan.theirs.taken.connect(self._take_theirs)
        self.secret.keep.clicked.connect(self._keep_secret)
        self.secret.again.entered.connect(self._keep_secret)
        self.trial.start.clicked.connect(self._rehearse)

    def _ask(self) -> None:
        self._look.ask(partial(asking.backups, self._kept.at.desk))

    def _show(self, page: BackupPage) -> None:
        self.copies.show_copies(page)
        self.plan.show_plan(page)
        self.secret.show_secret(page)
        self.trial.show_trial(page.trial, page.zone)
        if self._is_tried:
            self._is_tried = False
            bring_into_sight(self.trial)

    def _back_up(self) -> None:
        if not self._copy.is_open:
            self.copies.set_busy(True)
            self._copy.ask(partial(asking.back_up, self._kept.at.desk))

    def _was_copied(self, page: BackupPage) -> None:
        self.copies.set_busy(False)
        self._show(page)

    def _refuse_copy(self, no: CannotDo) -> None:
        self.copies.set_busy(False)
        self.copies.refuse(no)
        self._ask()

    def _keep_plan(self) -> None:
        if not self._change.is_open:
            self._keeps_secret = False
            self._change.ask(
                partial(asking.plan_backups, self._kept.at.desk, **self.plan.typed(), seen=self.plan.seen)
            )

    def _take_theirs(self) -> None:
        self.plan.forget_typed()
        self._ask()

    def _keep_secret(self) -> None:
        if not self._change.is_open:
            self._keeps_secret = True
            typed = (self.secret.first.text(), self.secret.again.text())
            self._change.ask(partial(asking.keep_passphrase, self._kept.at.desk, *typed))

    def _was_kept(self, page: BackupPage) -> None:
        for card in (self.copies, self.plan, self.secret):
            card.notice.hide()
        if self._keeps_secret:
            self.secret.forget_typed()
        else:
            self.plan.forget_typed()
        self._show(page)

    def _refuse_change(self, no: CannotDo) -> None:
        (self.secret if no.code.startswith("passphrase") else self.plan).refuse(no)

    def _rehearse(self) -> None:
        if not self._try.is_open:
            self.trial.set_busy(True)
            self._try.ask(partial(asking.rehearse_restore, self._kept.at.desk))

    def _was_tried(self, _trial: Trial) -> None:
        self.trial.set_busy(False)
        self._is_tried = True
        self._ask()
