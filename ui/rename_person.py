"""Asks for another name for somebody who works here, and says what it means for them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from models.meanwhile import subjects
from models.refusals import CannotDo
from ui.settings_theirs import THEIRS
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled


class RenameDialog(Dialog):
    """`name` is what was typed; it stays open until it is kept or left."""

    def __init__(self, staff_id: int, name: str, host: QWidget) -> None:
        super().__init__(" ", host, width=460, stays=True)
        self.about = subjects("staff", staff_id)
        self.seen = {"name": name}
        title = self.tr("What is {name} called from now on?").format(name=name)
        self._title.setText(title)
        self.setAccessibleName(title)
        self._field = Field(name=self.tr("Name"), icon="person")
        self._field.set_text(name)
        means = self.tr(
            "They sign in with the new name. Password and PIN stay, and so does everything they have done."
        )
        self.add(Labelled(self.tr("Name"), self._field))
        self.add(Label(means, 12, 400, "ink2", wrap=True), line=False)
        self.add_button(self.tr("Not now"), key="Esc")
        self.add_button(self.tr("Rename"), "primary", key="Enter")

    @property
    def name(self) -> str:
        """The name they shall have."""
        return self._field.text()

    def refuse(self, no: CannotDo) -> None:
        """What others kept meanwhile is told now: a second press knows of it."""
        if no.code == THEIRS:
            self.seen = dict(no.facts["now"])  # type: ignore[call-overload]
        super().refuse(no)

    def ask(self) -> None:
        """Open it, ready to type."""
        self.open(self._field)
        self._field.select_all()
