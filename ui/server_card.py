"""What a card of the settings says of a mail server, one that letters leave by or one that mails are fetched from.

What is typed is kept by its button, never over what others kept unseen, and tried as it is typed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from controllers.background import Lane
from models.mail_server import Tls
from models.refusals import CannotDo
from ui import fonts
from ui.question import Question
from ui.root_certificate import RootCertificate
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow


class ServerCard(Card):
    """Subclasses make their own widgets after `__init__`, then `begin`; they say what is asked, shown and told.

    `texts` are the lines that are a part of the settings as they stand there, `ports` the usual one of each seal.
    """

    texts: tuple[str, ...] = ()
    seals: tuple[Tls, ...] = ()
    ports: Mapping[Tls, int] = {}

    def __init__(self, kept: Kept, *more: str, nothing: Any, icon: str) -> None:
        super().__init__(padding=20)
        self._at, self._kept_settings = kept.at, kept
        self._found: Any = None
        self._seen = nothing  # what whoever types here knows of
        self._version = 0
        self._look = Question(kept.at.background, self)
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._try = Question(kept.at.background, self, lane=Lane.NETWORK)
        self._about = Label("", 13, 400, "ink2", wrap=True)
        self.fields = {name: Field() for name in (*self.texts, "port", "password", *more)}
        self._lines = {name: Labelled("", field) for name, field in self.fields.items()}
        self.seal = Segmented("", "", "", name="")
        self._seal_row = SettingRow(self.seal)
        self.root = RootCertificate()
        self.standing, self.notice, self.theirs = Notice("good", ""), Notice("stop", ""), Theirs()
        self.tried = Notice("good", "")
        self.try_button, self.keep_button = Button("", icon=icon), Button("", "primary")
        self.fields["password"].set_secret(True)
        self.fields["port"].set_numbers()
        self._lines["port"].setFixedWidth(fonts.px(110))

    def begin(self) -> None:
        """Everything is made: put it in its place, and look what is kept."""
        self.build()
        for widget in (self.standing, self.notice, self.theirs, self.tried):
            widget.hide()
        self._connect()
        self.retranslate()
        self._ask()

    # what a server of its own says

    def build(self) -> None:
        """Puts the widgets in their order."""
        raise NotImplementedError

    def asks(self) -> tuple[Callable[..., Any], Callable[..., Any], Callable[..., Any]]:
        """What reads the page, keeps it, and tries it."""
        raise NotImplementedError

    def typed(self) -> Any:
        """The settings as they stand in the lines."""
        raise NotImplementedError

    def kept_in(self, found: Any) -> Any:
        """The settings of a page that was read."""
        raise NotImplementedError

    def put(self, settings: Any) -> None:
        """Settings into the lines; a subclass adds its own."""
        for name in self.texts:
            self.fields[name].set_text(getattr(settings, name))
        self.seal.choose(self.seals.index(settings.tls))
        self.fields["port"].set_text(str(settings.port))  # another seal has put its usual one
        self.root.set_file(settings.root_name)

    def how_it_stands(self, found: Any) -> tuple[str, str, str]:
        """A family, one sentence and what is behind it."""
        raise NotImplementedError

    def kept_words(self, found: Any) -> str:
        """What is said when it was kept."""
        raise NotImplementedError

    def said(self, name: str, now: object) -> tuple[str, object]:
        """What one thing is called here, and in which words it stands with whoever kept it meanwhile."""
        widgets: dict[str, QWidget] = {**self.fields, "tls": self.seal}
        return widgets[name].accessibleName() if name in widgets else name, now

    def being_tried(self) -> tuple[str, tuple[Any, ...]]:
        """The words while it is tried, and what the trial needs beside the settings."""
        raise NotImplementedError

    # words

    def say_lines(self, words: Mapping[str, str], examples: Mapping[str, str]) -> None:
        """The names of the lines, and what might stand in them."""
        for name, label in self._lines.items():
            label.set_text(words[name])
            self.fields[name].setAccessibleName(words[name])
        for name, example in examples.items():
            self.fields[name].set_placeholder(example)

    def retranslate(self) -> None:
        """Say everything in the language of the screen; a subclass begins with its own."""
        sealed = self.tr("How the line is sealed")
        names = {Tls.FROM_THE_START: "TLS", Tls.STARTTLS: "STARTTLS", Tls.NONE: self.tr("Not at all")}
        self.seal.set_name(sealed)
        self.seal.set_words(*(names[one] for one in self.seals))
        self._seal_row.say(sealed, self.tr("The server proves who it is by its certificate."))
        self.keep_button.set_text(self.tr("Keep it"))
        self.root.retranslate()
        self._say_standing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def seal_word(self, now: object) -> str:
        """'TLS', as the seal stands on its button."""
        names = {Tls.STARTTLS: "STARTTLS", Tls.FROM_THE_START: "TLS"}
        return names.get(Tls(str(now)), self.tr("Not at all"))

    def switch_word(self, now: object) -> str:
        """'On' or 'Off'."""
        return self.tr("On") if now else self.tr("Off")

    # what is kept

    def _ask(self) -> None:
        self._look.ask(partial(self.asks()[0], self._at.desk))

    def _show(self, found: Any) -> None:
        """What is kept; as soon as somebody types here, theirs stays until it is kept or given up."""
        if self._found is None or self.typed() == self._seen:
            self._version, self._seen = found.version, self.kept_in(found)
            self.put(self._seen)
        self._found = found
        kept = self.tr("kept; type to change it") if found.has_password else ""
        self.fields["password"].set_placeholder(kept)
        self._say_standing()

    def typed_lines(self) -> dict[str, Any]:
        """As it stands in the lines; a port that is no number is told as 0."""
        told: dict[str, Any] = {name: self.fields[name].text().strip() for name in self.texts}
        port = self.fields["port"].text().strip()
        file = self.root.file
        told["port"] = int(port) if port.isascii() and port.isdigit() and len(port) < 7 else 0
        told["root"] = self._seen.root if file == self._seen.root_name else ""
        return {**told, "root_name": file, "tls": self.seals[self.seal.at]}

    @property
    def _as_typed(self) -> tuple[Any, str | None, str]:
        """The settings, a new password, and a root certificate that was chosen here and not read yet."""
        chosen = self.root.file if self.root.file != self._seen.root_name else ""
        return self.typed(), self.fields["password"].text() or None, chosen

    def _keep(self) -> None:
        if self._found is not None and not self._change.is_open:
            self._change.ask(partial(self.asks()[1], self._at.desk, *self._as_typed, self._version))

    def _was_kept(self, found: Any) -> None:
        for widget in (self.notice, self.theirs):
            widget.hide()
        self.fields["password"].set_text("")
        self._found = None
        self._show(found)
        self._at.deeds.tell(self.kept_words(found))

    def _refuse(self, of: Question, no: CannotDo) -> None:
        if not self.theirs.refuse(no, self._words):
            self.notice.refuse(no, of)
            return
        self.notice.hide()
        now = type(self._seen).read(no.facts["now"])  # the settings as they are kept
        self._version = int(str(no.facts["version"]))
        self._seen = replace(self._seen, root=now.root, root_name=now.root_name)

    def _words(self, name: str, now: object) -> str:
        if name in ("root", "root_name"):
            return self.tr("its root certificate is another")
        field, said = self.said(name, now)
        return self.tr("{field} is “{now}” now").format(field=field, now=said)

    def _take_theirs(self) -> None:
        self._found = None
        self._ask()

    # trying it

    def _try_it(self) -> None:
        if self._found is None or self._try.is_open:
            return
        words, told = self.being_tried()
        self.tried.set_family("wait")
        self.tried.say(words)
        self.tried.show()
        self._try.ask(partial(self.asks()[2], self._at.desk, *self._as_typed, *told))

    def _say_standing(self) -> None:
        """Whether it works now, in one sentence."""
        if self._found is None:
            self.standing.hide()
            return
        family, head, text = self.how_it_stands(self._found)
        self.standing.set_family(family)
        self.standing.say(head, text)
        self.standing.show()

    # building

    def _suggest_port(self, at: int) -> None:
        """The usual port of another seal, where the usual one of a seal stood."""
        if self.fields["port"].text() in {str(port) for port in self.ports.values()} | {""}:
            self.fields["port"].set_text(str(self.ports[self.seals[at]]))

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._look.answered.connect(lambda _found: self.notice.settle(self._look))
        self._change.answered.connect(self._was_kept)
        self._try.failed.connect(self.tried.hide)
        for question in (self._look, self._change):
            question.refused.connect(partial(self._refuse, question))
        for name in (*self.texts, "port", "password"):
            self.fields[name].entered.connect(self._keep)
        self.seal.chosen.connect(self._suggest_port)
        self.keep_button.clicked.connect(self._keep)
        self.try_button.clicked.connect(self._try_it)
        self.theirs.taken.connect(self._take_theirs)
        self._kept_settings.told.connect(lambda _settings: self._ask())

    def side_by_side(self, *names: str, also: Sequence[QWidget] = ()) -> None:
        """Lines beside each other."""
        row = QHBoxLayout()
        row.setSpacing(fonts.px(12))
        for widget in (*(self._lines[name] for name in names), *also):
            row.addWidget(widget, 0 if widget.maximumWidth() < 200 else 1, Qt.AlignmentFlag.AlignTop)
        self.add(row)
