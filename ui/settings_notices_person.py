"""The card of what one person is told: how to reach them, the table, the quiet hours, and a button to try each way."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from controllers.background import Lane
from models.notices import Event, Quiet, Route, clock
from models.refusals import CannotDo
from models.vouchers import LANGUAGES
from ui import asking, fonts
from ui.question import Question
from ui.settings_kept import Kept
from ui.settings_theirs import Theirs
from ui.widgets.button import Button, button_row
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.filter_button import FilterButton
from ui.widgets.label import Label, Labelled
from ui.widgets.notice import Notice
from ui.widgets.segmented import Segmented
from ui.widgets.setting_row import SettingRow
from ui.widgets.tick_grid import TickGrid
from ui.wording.notices import event_word, route_word, words_of

if TYPE_CHECKING:
    from controllers.notice_people import Heard, NoticeCard, NoticesPage
    from controllers.notice_routes import Tried

DAYS = 7
ADDRESSES = ("mail", "phone", "topic")
_OUT = tuple(route for route in Route if route is not Route.TRAY)


class PersonCard(Card):
    """One person's list; managers choose whose. `told` brings the page anew, `asks` wants it to be read."""

    told = Signal(object)
    asks = Signal()

    def __init__(self, kept: Kept) -> None:
        super().__init__(padding=20)
        self._kept = kept
        self._page: NoticesPage | None = None
        self._who = 0
        self._seen: Heard | None = None  # what whoever types here knows of
        self._adopts = False  # theirs is in sight, and is what a second press knows of
        self._change = Question(kept.at.background, self, lane=Lane.DESK)
        self._try = Question(kept.at.background, self, lane=Lane.NETWORK)
        self._tried: Route | None = None
        self.person, self.language, self.hour = (FilterButton("", "", height=34) for _ in range(3))
        self.fields = {name: Field() for name in ADDRESSES}
        self.own = Field()
        self.own.set_secret(True)
        self._lines = {name: Labelled("", field) for name, field in (*self.fields.items(), ("own", self.own))}
        self.grid = TickGrid()
        self.urgent = Segmented("", "", name="")
        self._urgent = SettingRow(self.urgent)
        self.quiet = QuietHours()
        self.try_buttons = {route: Button("", height=32) for route in _OUT}
        self.keep_button = Button("", "primary")
        self.notice, self.good, self.theirs = Notice("stop", ""), Notice("good", ""), Theirs()
        self._try_label = Label("", 12, 400, "ink2", wrap=True)
        self._build()
        self._connect()
        self.retranslate()

    def show_told(self, page: NoticesPage) -> None:
        """What is kept; what somebody has typed meanwhile stays."""
        if self._page is not None and self._page.own != page.own:
            self._who, self._seen = 0, None  # somebody else sits here now
        self._page = page
        card = self._card()
        self.person.setVisible(len(page.cards) > 1)
        if self._seen is None or self._typed(card.heard) in (self._seen, card.heard):
            self._put(card)
        elif self._adopts:
            self._seen = card.heard
        self._adopts = False
        self.retranslate()

    def refuse(self, no: CannotDo) -> None:
        """Shown beside what was asked for."""
        self.good.hide()
        if no.code in ("route-refused", "route-unclear"):
            no = CannotDo(no.code, words=words_of(str(no.facts["words"])))
        if self.theirs.refuse(no, self._words):
            self.notice.hide()
            self._adopts = True
            self.asks.emit()
        else:
            self.notice.refuse(no)

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self.set_heading(self.tr("Who is told what"))
        words = {
            "mail": self.tr("E-mail"),
            "phone": self.tr("Telephone with KakaoTalk"),
            "topic": self.tr("ntfy topic"),
            "own": self.tr("Own channel's address"),
        }
        for name, line in self._lines.items():
            line.set_text(words[name])
        self.fields["phone"].set_placeholder("+82 10 0000 0000")
        self.fields["mail"].set_placeholder("name@example.com")
        self._urgent.say(
            self.tr("In quiet hours"),
            self.tr("Urgent: cancellations, promises that run out, counters that disagree."),
        )
        self.urgent.set_words(self.tr("All wait"), self.tr("Urgent ones pass"))
        self.urgent.set_name(self.tr("In quiet hours"))
        self.quiet.retranslate()
        self._try_label.setText(
            self.tr("Try a way: a notice is sent to you at once, and what the other side says is shown.")
        )
        for route, button in self.try_buttons.items():
            button.set_text(self.tr("Try {way}").format(way=route_word(route)))
        self.keep_button.set_text(self.tr("Keep it"))
        self._say_choices()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    # --- what is shown ------------------------------------------------------------------------

    def _card(self) -> NoticeCard:
        assert self._page is not None
        return next((one for one in self._page.cards if one.staff_id == self._who), self._page.cards[0])

    def _put(self, card: NoticeCard) -> None:
        heard = self._seen = card.heard
        self._who = card.staff_id
        for name, field in self.fields.items():
            field.set_text(getattr(heard, name))
        self.own.set_text("")
        self._language, self._hour = heard.language, heard.digest_hour
        self.urgent.choose(int(heard.urgent_passes))
        self.quiet.put(heard.quiet)
        self._say_choices()
        places = {event: row for row, event in enumerate(card.events)}
        ways = {route: column for column, route in enumerate(Route)}
        self.grid.show_ticks(
            frozenset((places[event], ways[way]) for event, way in heard.tells if event in places)
        )

    _language, _hour = "", 8

    def _say_choices(self) -> None:
        names = {
            "": self.tr("English"),
            "en": self.tr("English"),
            "ko": "한국어",
            "zh-TW": "繁體中文",
            "ja": "日本語",
        }
        self.language.set_choices([(names[one], one) for one in LANGUAGES])
        self.language.show_value(names.get(self._language, self._language), name=self.tr("Language"))
        self.hour.set_choices([(f"{one:02d}:00", one) for one in range(24)])
        self.hour.show_value(f"{self._hour:02d}:00", name=self.tr("Summary at"))
        if self._page is None:
            return
        card = self._card()
        self.person.set_choices([(one.name, one.staff_id) for one in self._page.cards])
        self.person.show_value(card.name, name=self.tr("Person"))
        self.own.set_placeholder(self.tr("one is kept") if card.has_webhook else self.tr("the company's"))
        missing = self.tr("not set up")
        columns = [(route_word(one), "" if one in self._page.routes else missing) for one in Route]
        self.grid.set_words(self.tr("Told of"), [event_word(one) for one in card.events], columns)
        mine = card.staff_id == self._page.own
        for widget in (self._try_label, *self.try_buttons.values()):
            widget.setVisible(mine)

    def _typed(self, before: Heard) -> Heard:
        """What stands here; a table that is not shown whole keeps what it does not show."""
        events = self._card().events
        ticked = {(events[row], list(Route)[column]) for row, column in self.grid.on}
        return replace(
            before,
            **{name: field.text().strip() for name, field in self.fields.items()},
            language=self._language,
            quiet=self.quiet.typed(),
            urgent_passes=bool(self.urgent.at),
            digest_hour=self._hour,
            tells=frozenset(ticked),
        )

    # --- what is done -------------------------------------------------------------------------

    def _keep(self) -> None:
        if self._page is None or self._seen is None or self._change.is_open:
            return
        try:
            wanted = self._typed(self._seen)
            self.quiet.check()
        except CannotDo as no:
            self.refuse(no)
            return
        address = self.own.text().strip()
        self._change.ask(partial(_keep_both, self._kept, self._who, wanted, self._seen, address))

    def _was_kept(self, page: NoticesPage) -> None:
        self._seen = None
        for widget in (self.notice, self.theirs, self.good):
            widget.hide()
        self.told.emit(page)
        self._kept.at.deeds.tell(self.tr("Kept. It counts from now on."))

    def _take_theirs(self) -> None:
        """What was typed here is given up."""
        self._seen = None
        self.asks.emit()

    def _choose_person(self, staff_id: int) -> None:
        self._who, self._seen = staff_id, None
        for widget in (self.notice, self.theirs, self.good):
            widget.hide()
        if self._page is not None:
            self.show_told(self._page)

    def _ask_to_try(self, route: Route) -> None:
        if not self._try.is_open:
            self.notice.hide()
            self._tried = route
            self.good.say(self.tr("{way} is being tried…").format(way=route_word(route)))
            self.good.show()
            self._try.ask(partial(asking.try_route, self._kept.at.desk, route))

    def _was_tried(self, tried: Tried) -> None:
        from controllers.carriers.kakao import Fate

        way = route_word(self._tried) if self._tried else ""
        if tried.fate is Fate.DELIVERED:
            head = self.tr("{way}: it was delivered.")
        elif self._tried is Route.KAKAO:
            head = self.tr("{way}: it was accepted. Whether it arrives is not known yet.")
        else:
            head = self.tr("{way}: it was taken. Look whether it has arrived.")
        self.good.say(head.format(way=way), words_of(tried.words))
        self.good.show()

    def _words(self, name: str, now: object) -> str:
        event, _, route = name.partition(":")
        if route:
            on = self.tr("{what} by {way} is on now") if now else self.tr("{what} by {way} is off now")
            return on.format(what=event_word(Event(event)), way=route_word(Route(route)))
        if name == "quiet":
            return self.tr("the quiet hours are others now")
        line = self._lines.get(name)
        what = line._field.accessibleName() if line is not None else name.replace("_", " ")
        return self.tr("{field} is “{now}” now").format(field=what, now=now)

    # --- how it is put together ---------------------------------------------------------------

    def _connect(self) -> None:
        self._change.answered.connect(self._was_kept)
        self._change.refused.connect(self.refuse)
        self._try.answered.connect(self._was_tried)
        self._try.refused.connect(self.refuse)
        self._try.failed.connect(self.good.hide)
        self.theirs.taken.connect(self._take_theirs)
        self.keep_button.clicked.connect(self._keep)
        for field in (*self.fields.values(), self.own):
            field.entered.connect(self._keep)
        self.quiet.entered.connect(self._keep)
        self.person.chosen.connect(self._choose_person)
        self.language.chosen.connect(self._choose_language)
        self.hour.chosen.connect(self._choose_hour)
        for route, button in self.try_buttons.items():
            button.clicked.connect(partial(self._tries, route))

    def _tries(self, route: Route, _checked: bool = False) -> None:
        self._ask_to_try(route)

    def _choose_language(self, language: str) -> None:
        self._language = language
        self._say_choices()

    def _choose_hour(self, hour: int) -> None:
        self._hour = hour
        self._say_choices()

    def _build(self) -> None:
        self.add(button_row(self.person, self.language, self.hour, None))
        for pair in (("mail", "phone"), ("topic", "own")):
            row = QHBoxLayout()
            row.setSpacing(fonts.px(12))
            for name in pair:
                row.addWidget(self._lines[name], 1)
            self.add(row)
        self.add(self.grid)
        self.add(self.quiet)
        self.add(self._urgent)
        self.add(self._try_label)
        self.add(button_row(*self.try_buttons.values(), None))
        for widget in (self.good, self.notice, self.theirs):
            self.add(widget)
            widget.hide()
        end = QHBoxLayout()
        end.addStretch(1)
        end.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignRight)
        self.add(end)


class QuietHours(QWidget):
    """From and until for each day of the week; over midnight where until is earlier. Both empty: none."""

    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.starts = [Field(height=32) for _ in range(DAYS)]
        self.untils = [Field(height=32) for _ in range(DAYS)]
        self._days = [Label("", 12, 500, "ink2") for _ in range(DAYS)]
        self._sides = [Label("", 12, 400, "ink2") for _ in range(2)]
        self._head, self._about = Label("", 13, 600), Label("", 12, 400, "ink2", wrap=True)
        self.same_button = Button("", height=32)
        column, grid = QVBoxLayout(self), QGridLayout()
        column.setContentsMargins(0, fonts.px(4), 0, fonts.px(4))
        column.setSpacing(fonts.px(4))
        column.addWidget(self._head)
        column.addWidget(self._about)
        grid.setSpacing(fonts.px(6))
        for at in range(DAYS):
            grid.addWidget(self._days[at], 0, at + 1)
            for row, field in ((1, self.starts[at]), (2, self.untils[at])):
                field.setMinimumWidth(fonts.px(64))
                grid.addWidget(field, row, at + 1)
                field.entered.connect(self.entered)
            self.setTabOrder(self.starts[at], self.untils[at])
        for row, label in enumerate(self._sides, 1):
            grid.addWidget(label, row, 0)
        column.addLayout(grid)
        column.addLayout(button_row(self.same_button, None))
        self.same_button.clicked.connect(self._same_each_day)

    def _same_each_day(self) -> None:
        """Most people sleep at the same time on every day."""
        for sides in (self.starts, self.untils):
            for field in sides[1:]:
                field.set_text(sides[0].text())

    def retranslate(self) -> None:
        """Say everything in the language of the screen."""
        self._head.setText(self.tr("Quiet hours"))
        self._about.setText(
            self.tr(
                "By the clock of the office, over midnight too. What comes meanwhile is told at their end; "
                "on this screen it is only counted."
            )
        )
        self.same_button.set_text(self.tr("Every day as on Monday"))
        self._sides[0].setText(self.tr("From"))
        self._sides[1].setText(self.tr("Until"))
        locale = QLocale()
        for at in range(DAYS):
            day = locale.dayName(at + 1)
            self._days[at].setText(locale.dayName(at + 1, QLocale.FormatType.ShortFormat))
            self.starts[at].setAccessibleName(self.tr("Quiet on {day} from").format(day=day))
            self.untils[at].setAccessibleName(self.tr("Quiet on {day} until").format(day=day))

    def put(self, quiet: tuple[Quiet | None, ...]) -> None:
        """Show these."""
        for at in range(DAYS):
            one = quiet[at] if at < len(quiet) else None
            self.starts[at].set_text(f"{one.start:%H:%M}" if one else "")
            self.untils[at].set_text(f"{one.until:%H:%M}" if one else "")
            for field in (self.starts[at], self.untils[at]):
                field.set_wrong(False)

    def typed(self) -> tuple[Quiet | None, ...]:
        """What stands here; what is no hour counts as none until it is checked."""
        return tuple(self._day(at) for at in range(DAYS))

    def check(self) -> None:
        """Raises CannotDo("hour-wrong") where something else than an hour stands, and marks it."""
        first: CannotDo | None = None
        for at in range(DAYS):
            pair = (self.starts[at], self.untils[at])
            empty = not any(field.text().strip() for field in pair)
            for field in pair:
                no = None if empty else _wrong(field.text())
                field.set_wrong(no is not None)
                first = first or no
        if first is not None:
            raise first

    def _day(self, at: int) -> Quiet | None:
        start, until = self.starts[at].text(), self.untils[at].text()
        if _wrong(start) is not None or _wrong(until) is not None:
            return None
        return Quiet(clock(start), clock(until))


def _wrong(text: str) -> CannotDo | None:
    try:
        clock(text)
    except CannotDo as no:
        return no
    return None


def _keep_both(kept: Kept, who: int, wanted: Heard, seen: Heard, address: str) -> NoticesPage:
    """The list, and where one was typed the own channel's address. Called on a lane."""
    page = asking.keep_notices(kept.at.desk, who, wanted, seen)
    return asking.keep_own_webhook(kept.at.desk, who, address) if address else page
