"""The card of one way of notices: where it is reached, its secret, and for KakaoTalk the message as it was approved."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.notice_routes import BLANKS, KINDS, Kakao, Link, Template, difference
from models.refusals import CannotDo
from ui import asking, fonts
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.text_area import TextArea
from ui.wording.notices import carrier_word, difference_words, words_of

if TYPE_CHECKING:
    from controllers.carriers.keeping import KeptCarrier
    from models.notice_routes import Settings

_TOLD = ("server", "key", "sender", "phone", "template")
_BUTTON = ("name", "mobile", "pc")


class RouteCard(Card):
    """One way. The secret is written and never shown; `kept` comes when it was kept."""

    kept = Signal()

    def __init__(self, at: Kept, name: str) -> None:
        super().__init__(padding=20)
        self._at, self.word = at, name
        self._settings: Settings = KINDS[name]()  # what whoever types here knows of
        self._version = 0
        self._told: KeptCarrier | None = None
        background = at.at.background
        self._look = Question(background, self)
        self._change = Question(background, self, lane=Lane.DESK)
        self._fetch = Question(background, self, lane=Lane.NETWORK)
        self.fields = {one: Field() for one in _TOLD if hasattr(self._settings, one)}
        self.secret = Field()
        self.secret.set_secret(True)
        self._lines = {
            one: Labelled("", field) for one, field in (*self.fields.items(), ("secret", self.secret))
        }
        self.is_on = Segmented("", "", name="")
        self._on = SettingRow(self.is_on)
        self.text = TextArea(rows=5)
        self.button = {one: Field() for one in _BUTTON}
        self._more = {one: Labelled("", field) for one, field in (("text", self.text), *self.button.items())}
        self._about, self.open_button = Label("", 13, 400, "ink2", wrap=True), Button("", icon="plus")
        self.standing = Notice("wait", "")
        self.notice, self.theirs = Notice("stop", ""), Theirs()
        self.keep_button, self.fetch_button = Button(""), Button("", icon="refresh")
        self._fetches = False
        self._build()
        self._connect()
        self.retranslate()
        self._ask()

    @property
    def is_kakao(self) -> bool:
        """Whether its messages must be as they were approved."""
        return isinstance(self._settings, Kakao)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        is_new = self._told is None or not self._told.version
        self.set_heading(carrier_word(self.word), self.tr("not set up yet") if is_new else "")
        words = {
            "server": self.tr("Server"),
            "key": self.tr("API key") if self.word == "solapi" else self.tr("App key"),
            "sender": self.tr("Channel (pfId)") if self.word == "solapi" else self.tr("Sender key"),
            "phone": self.tr("Registered number"),
            "template": self.tr("Template"),
            "secret": self._secret_word(),
            "text": self.tr("Message, as it was approved"),
            "name": self.tr("Button: its word"),
            "mobile": self.tr("Button: page on a telephone"),
            "pc": self.tr("Button: page on a computer"),
        }
        for name, line in {**self._lines, **self._more}.items():
            line.set_text(words[name])
        self._on.say(self.tr("This way"), self.tr("While it is off, nothing is promised by it."))
        self.is_on.set_words(self.tr("Off"), self.tr("On"))
        self.is_on.set_name(self.tr("This way"))
        self._about.setText(self._what_it_is())
        self.open_button.set_text(self.tr("Set it up"))
        self.keep_button.set_text(self.tr("Keep it"))
        self.fetch_button.set_text(self.tr("Read what was approved"))
        self._say_standing()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _secret_word(self) -> str:
        return {
            "solapi": self.tr("API secret"),
            "nhn": self.tr("Secret key"),
            "webhook": self.tr("The channel's secret address"),
            "ntfy": self.tr("Token, where topics are protected"),
        }[self.word]

    def _what_it_is(self) -> str:
        if self.is_kakao:
            blanks = " ".join(f"#{{{one}}}" for one in BLANKS)
            words = self.tr(
                "A message leaves only where it is as it was approved, letter for letter, its button included. "
                "Blanks that may stand in it: {blanks}"
            )
            return words.format(blanks=blanks)
        if self.word == "webhook":
            return self.tr(
                "Everybody in the channel reads it, once, however many of your people listen there."
            )
        return self.tr("Whoever knows a topic's name hears it: choose one that nobody guesses.")

    def _ask(self) -> None:
        self._look.ask(partial(asking.notice_route, self._at.at.desk, self.word))

    def _show(self, found: tuple[KeptCarrier, Settings]) -> None:
        """What is kept; as soon as somebody types here, theirs stays until it is kept or given up."""
        told, settings = found
        if self._told is None or self._typed() == self._settings:
            self._know(found)
            self._put(settings)
        self._told = told
        if told.version:
            self._open()
        self.secret.set_placeholder(self.tr("one is kept") if told.has_secret else self.tr("none yet"))
        self.retranslate()

    def _know(self, found: tuple[KeptCarrier, Settings]) -> None:
        """Whoever types here has seen this."""
        told, self._settings = found
        self._version = told.version

    def _put(self, settings: Settings) -> None:
        for name, field in self.fields.items():
            field.set_text(getattr(settings, name))
        self.is_on.choose(int(settings.is_on))
        if isinstance(settings, Kakao):
            self.text.set_text(settings.ours.text)
            button = settings.ours.buttons[0] if settings.ours.buttons else Link("", "")
            for name, field in self.button.items():
                field.set_text(getattr(button, name))

    def _typed(self) -> Settings:
        told: dict[str, Any] = {name: field.text().strip() for name, field in self.fields.items()}
        typed: Settings = replace(self._settings, is_on=bool(self.is_on.at), **told)
        if isinstance(typed, Kakao):
            one = Link(*(self.button[name].text().strip() for name in _BUTTON))
            others = typed.ours.buttons[1:]
            buttons = ((one,) if one.name or one.mobile else ()) + others
            typed = replace(typed, ours=Template(self.text.text(), buttons))
        return typed

    def _keep(self) -> None:
        if self._told is None or self._change.is_open:
            return
        secret = self.secret.text().strip() or None
        typed = self._typed()
        self._change.ask(
            partial(asking.keep_notice_route, self._at.at.desk, self.word, typed, self._version, secret)
        )

    def _was_kept(self, found: tuple[KeptCarrier, Settings]) -> None:
        self.secret.set_text("")
        self.theirs.hide()
        self._told = None
        self._show(found)
        self.kept.emit()
        if self._fetches:
            self._fetches = False
            self._fetch_now()

    def _fetch_it(self) -> None:
        """What is typed is kept first, so that it is asked after, and not lost."""
        if self._fetch.is_open or self._change.is_open or self._told is None:
            return
        if self.secret.text().strip() or self._typed() != self._settings:
            self._fetches = True
            self._keep()
        else:
            self._fetch_now()

    def _was_fetched(self, found: tuple[KeptCarrier, Settings]) -> None:
        """What somebody has typed while the provider was asked stays."""
        untouched = self._typed() == self._settings
        self._know(found)
        if untouched:
            self._put(self._settings)
        self._show(found)
        self.kept.emit()

    def _fetch_now(self) -> None:
        self._fetch.ask(partial(asking.fetch_approved, self._at.at.desk, self.word))

    def _settle(self, of: Question, _told: object) -> None:
        self.notice.settle(of)

    def _refuse(self, of: Question, no: CannotDo) -> None:
        self._fetches = False
        if no.code in ("route-refused", "route-unclear"):
            no = CannotDo(no.code, words=words_of(str(no.facts["words"])))
        if self.theirs.refuse(no, self._words):
            self.notice.hide()
            self._version = int(str(no.facts["version"]))  # a second press knows of it
        else:
            self.notice.refuse(no, of)

    def _words(self, name: str, now: object) -> str:
        """What somebody else has made of one thing."""
        if name == "ours":
            return self.tr("the message is another now")
        if name == "approved":
            return self.tr("what was approved is another now")
        if name == "is_on":
            return self.tr("this way is on now") if now else self.tr("this way is off now")
        return self.tr("{field} is “{now}” now").format(field=self.fields[name].accessibleName(), now=now)

    def _take_theirs(self) -> None:
        self._told = None
        self._ask()

    def _say_standing(self) -> None:
        """How it stands: what is in the way, and whether the message is as it was approved."""
        said = ""
        if self._told is not None and self._told.trouble:
            said = self.tr("It cannot be gone at present: {why}").format(why=words_of(self._told.trouble))
        elif isinstance(self._settings, Kakao) and self._told is not None and self._told.version:
            settings = self._settings
            differs = difference(settings.ours, settings.approved)
            if not settings.approved.text:
                said = self.tr("What was approved is not read yet. Nothing leaves before.")
            elif differs:
                said = self.tr("The message is not as it was approved, so nothing leaves: {where}").format(
                    where=difference_words(differs)
                )
        self.standing.say(said)
        self.standing.setVisible(bool(said))

    def _connect(self) -> None:
        self._look.answered.connect(self._show)
        self._change.answered.connect(self._was_kept)
        self._fetch.answered.connect(self._was_fetched)
        self.theirs.taken.connect(self._take_theirs)
        for question in (self._look, self._change, self._fetch):
            question.refused.connect(partial(self._refuse, question))
            question.answered.connect(partial(self._settle, question))
        self.keep_button.clicked.connect(self._keep)
        self.open_button.clicked.connect(self._set_up)
        self.fetch_button.clicked.connect(self._fetch_it)
        for field in (*self.fields.values(), self.secret, *self.button.values()):
            field.entered.connect(self._keep)
        self._at.told.connect(lambda _settings: self._ask())

    def _build(self) -> None:
        """A KakaoTalk way has much to say; it is opened by whoever wants it, unless it is set up."""
        self.add(self._about)
        self.add(button_row(self.open_button, None))
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._on)
        lines = list(self._lines.values())
        for start in range(0, len(lines), 2):
            pair = lines[start : start + 2]
            column.addLayout(_beside(*pair, gap=len(pair) == 1 and len(lines) > 1))
        if self.is_kakao:
            column.addWidget(self._more["text"])
            column.addLayout(_beside(*(self._more[name] for name in _BUTTON)))
        for widget in (self.standing, self.notice, self.theirs):
            column.addWidget(widget)
            widget.hide()
        buttons = (self.fetch_button,) if self.is_kakao else ()
        column.addLayout(button_row(None, *buttons, self.keep_button))
        self.add(self._inside)
        self._open(not self.is_kakao)

    def _open(self, opened: bool = True) -> None:
        self._inside.setVisible(opened)
        self.open_button.setVisible(not opened)

    def _set_up(self) -> None:
        self._open()
        next(iter(self.fields.values())).setFocus()


def _beside(*lines: QWidget, gap: bool = False) -> QHBoxLayout:
    """Fields beside each other, each as wide as the next."""
    row = QHBoxLayout()
    row.setSpacing(fonts.px(12))
    for line in lines:
        row.addWidget(line, 1)
    if gap:
        row.addStretch(1)
    return row
