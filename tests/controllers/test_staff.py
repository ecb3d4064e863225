"""People sign in by password or PIN, managers invite and change them, and one owner always stays."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from controllers import checkin
from controllers.desk import Desk, open_desk
from controllers.staff import groups, machine, passwords, people, signing_in
from models.checkin import Kind
from models.refusals import CannotDo
from models.reservations import Status
from models.rights import Role
from models.staff import FIRST_PASSWORD_LASTS, PIN_FOLLOWS
from models.tables import JournalEntry, Staff
from tests.builders import a_product, a_reservation, reservation
from tests.fakes import StillClock
from tests.staff import OWNER, OWNERS_PASSWORD, PASSWORD, PIN, cheapest_hashes, with_owner, with_staff

__all__ = ["cheapest_hashes"]


def refused(code: str, do: Callable[[], object]) -> CannotDo:
    """It was refused, and why."""
    with pytest.raises(CannotDo) as no:
        do()
    assert no.value.code == code, no.value
    return no.value


def journal_of(desk: Desk) -> list[tuple[str, str, dict[str, object], int | None]]:
    with desk.reading() as look:
        asked = select(JournalEntry).where(
            JournalEntry.subject.like("staff:%") | (JournalEntry.action == "wrong-try")
        )
        rows = look.execute(asked.order_by(JournalEntry.counter_id, JournalEntry.seq)).all()
        return [(r.subject, r.action, json.loads(r.details), r.staff_id) for r in rows]


# --- signing in -----------------------------------------------------------------------------


def test_without_any_password_the_desk_opens_as_its_owner(desk: Desk) -> None:
    assert (desk.actor.staff, desk.actor.role) == (OWNER, Role.OWNER)
    assert not signing_in.needs_signing_in(desk=desk)


def test_with_a_password_nobody_acts_before_signing_in(desk: Desk, clock: StillClock) -> None:
    with_owner(desk)
    again = open_desk(desk.database.url.render_as_string(False), practice=True, clock=clock)
    assert again.actor.role == ""
    refused("not-allowed", lambda: people.see_people(desk=again))
    told = signing_in.sign_in("  OWNER ", OWNERS_PASSWORD, desk=again)
    assert (again.actor.staff, again.actor.role, told.last_counter) == (OWNER, Role.OWNER, "Desk")
    assert people.see_people(desk=again)[0].name == OWNER


def test_whoever_is_invited_chooses_a_password_of_their_own(desk: Desk) -> None:
    invited = people.invite("Mina Example", Role.FRONT_DESK, desk=with_owner(desk))
    refused("password-first", lambda: signing_in.sign_in("mina example", invited.password, desk=desk))
    give = invited.password
    for wrong, code in (
        ("short", "password-short"),
        ("Mina Example", "password-simple"),
        (give, "password-same"),
    ):
        refused(code, lambda w=wrong: signing_in.sign_in("Mina Example", give, desk=desk, new_password=w))
    assert desk.actor.staff == OWNER, "nobody half signed in"
    told = signing_in.sign_in("Mina Example", give, desk=desk, new_password=PASSWORD)
    assert (told.role, told.last_at, desk.actor.role) == (Role.FRONT_DESK, None, Role.FRONT_DESK)
    refused("sign-in-wrong", lambda: signing_in.sign_in("Mina Example", give, desk=desk))


def test_a_first_password_is_taken_however_it_is_typed_and_a_chosen_one_only_as_it_is(desk: Desk) -> None:
    given = people.invite("Mina Example", Role.FRONT_DESK, desk=with_owner(desk)).password
    typed = f" {given.lower().replace('-', ' ')} "
    refused("password-first", lambda: signing_in.sign_in("Mina Example", typed, desk=desk))
    again = {"new_password": given.lower()}
    refused("password-same", lambda: signing_in.sign_in("Mina Example", typed, desk=desk, **again))
    signing_in.sign_in("Mina Example", typed, desk=desk, new_password="Own-Words-1")
    for wrong in ("own-words-1", "OWNW-ORDS-1", "Own Words 1"):
        refused("sign-in-wrong", lambda w=wrong: signing_in.sign_in("Mina Example", w, desk=desk))
    signing_in.sign_in("Mina Example", "Own-Words-1", desk=desk)


def test_a_first_password_does_not_count_for_ever(desk: Desk, clock: StillClock) -> None:
    invited = people.invite("Mina Example", Role.CLERK, desk=with_owner(desk))
    clock.set(clock() + FIRST_PASSWORD_LASTS + timedelta(minutes=1))
    refused("first-password-over", lambda: signing_in.sign_in("Mina Example", invited.password, desk=desk))


def test_five_wrong_tries_lock_for_longer_and_longer(desk: Desk, clock: StillClock) -> None:
    with_owner(desk)

    def wrong() -> None:
        signing_in.sign_in(OWNER, "wrong " * 3, desk=desk)

    for _ in range(4):
        refused("sign-in-wrong", wrong)
    assert refused("sign-in-wait", wrong).facts["until"] == clock() + timedelta(minutes=1)
    refused("sign-in-wait", lambda: signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=desk))
    clock.set(clock() + timedelta(minutes=1))
    assert refused("sign-in-wait", wrong).facts["until"] == clock() + timedelta(minutes=2)
    clock.set(clock() + timedelta(minutes=2))
    signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=desk)
    refused("sign-in-wrong", wrong)


def test_an_unknown_name_is_answered_counted_and_hashed_like_a_known_one(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_owner(desk)
    compared: list[str] = []
    real = passwords._hasher("CHEAPEST").verify
    monkeypatch.setattr(
        type(passwords._hasher("CHEAPEST")),
        "verify",
        lambda _self, kept, s: compared.append(kept) or real(kept, s),
    )
    for name in (OWNER, "Nobody Example"):
        told = [refused_code(desk, name) for _ in range(6)]
        assert told == ["sign-in-wrong"] * 4 + ["sign-in-wait"] * 2, name
    assert len(compared) == 10, "each try compared one hash, and none while it waits"


def refused_code(desk: Desk, name: str) -> str:
    with pytest.raises(CannotDo) as no:
        signing_in.sign_in(name, "wrong wrong", desk=desk)
    return no.value.code


def test_a_manager_lets_somebody_try_again(desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example")
    for _ in range(5):
        refused_code(desk, "Mina Example")
    assert next(p for p in people.see_people(desk=desk) if p.id == mina).waits_until is not None
    people.let_try_again(mina, desk=desk)
    signing_in.sign_in("Mina Example", PASSWORD, desk=desk)
    assert desk.actor.staff_id == mina


def test_nothing_secret_stands_in_the_journal(desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example", pin=PIN)
    refused_code(desk, "three plain words")  # typed into the wrong field
    signing_in.sign_in("Mina Example", PIN, desk=desk)
    signing_in.leave("idle", desk=desk)
    told = journal_of(desk)
    actions = [action for _, action, _, _ in told]
    assert actions == [
        "change-password", "invite", "change-password", "sign-in", "change-pin", "wrong-try", "sign-in", "sign-out",
    ]  # fmt: skip
    with desk.reading() as look:
        kept = look.execute(select(Staff.password, Staff.pin)).all()
        whole = json.dumps([list(row) for row in look.execute(select(JournalEntry.details))])
    whole = re.sub("[0-9a-f]{24}", "digest", whole)  # one may hold the figures of a PIN by chance
    for secret in (OWNERS_PASSWORD, PASSWORD, PIN, *(part for row in kept for part in row if part)):
        assert secret not in whole
    assert [staff for *_, staff in told[-3:]] == [1, mina, mina]


def test_nobody_who_tries_is_named_as_whoever_acts(desk: Desk) -> None:
    with_owner(desk)
    signing_in.leave("person", desk=desk)
    refused_code(desk, OWNER)
    assert journal_of(desk)[-1][1:] == ("wrong-try", {"how": "password", "known": True}, None)


# --- the PIN --------------------------------------------------------------------------------


def test_a_pin_changes_the_person_where_its_password_was_typed(desk: Desk, second_desk: Desk) -> None:
    with_staff(desk, "Mina Example", pin=PIN)
    assert [one.name for one in signing_in.people_here(desk=desk)] == ["Mina Example"]
    signing_in.sign_in("Mina Example", PIN, desk=desk)
    assert desk.actor.staff == "Mina Example"
    assert signing_in.people_here(desk=desk) == (), "the owner has no PIN, and Mina is there already"
    refused("pin-needs-password", lambda: signing_in.sign_in("Mina Example", PIN, desk=second_desk))
    refused("pin-needs-password", lambda: signing_in.sign_in("Nobody Example", PIN, desk=second_desk))


def test_a_pin_asks_for_the_password_again_after_a_week(desk: Desk, clock: StillClock) -> None:
    with_staff(desk, "Mina Example", pin=PIN)
    clock.set(clock() + PIN_FOLLOWS)
    assert signing_in.people_here(desk=desk) == ()
    refused("pin-needs-password", lambda: signing_in.sign_in("Mina Example", PIN, desk=desk))


def test_wrong_pins_wait_and_the_password_opens_again(desk: Desk) -> None:
    with_staff(desk, "Mina Example", pin=PIN)
    for _ in range(4):
        refused("sign-in-wrong", lambda: signing_in.sign_in("Mina Example", "9090", desk=desk))
    refused("sign-in-wait", lambda: signing_in.sign_in("Mina Example", "9090", desk=desk))
    refused("sign-in-wait", lambda: signing_in.sign_in("Mina Example", PIN, desk=desk))
    signing_in.sign_in("Mina Example", PASSWORD, desk=desk)
    signing_in.sign_in("Mina Example", PIN, desk=desk)


@pytest.mark.parametrize(
    ("pin", "code"),
    [("12", "pin-wrong-form"), ("1234", "pin-simple"), ("7777", "pin-simple"), ("12a4", "pin-wrong-form")],
)
def test_a_pin_everybody_tries_first_is_none(a_desk: Desk, pin: str, code: str) -> None:
    refused(code, lambda: people.choose_pin(OWNERS_PASSWORD, pin, desk=with_owner(a_desk)))


def test_an_own_password_is_changed_by_whoever_knows_the_old_one(desk: Desk) -> None:
    with_owner(desk)
    refused("own-password-wrong", lambda: people.choose_password("not it at all", PASSWORD, desk=desk))
    people.choose_password(OWNERS_PASSWORD, PASSWORD, desk=desk)
    assert signing_in.look_again(desk=desk).role == Role.OWNER, "who changed it stays"
    signing_in.sign_in(OWNER, PASSWORD, desk=desk)


# --- changing people ------------------------------------------------------------------------


def test_the_first_one_needs_a_password_before_others_come(desk: Desk) -> None:
    refused("password-before-others", lambda: people.invite("Mina Example", Role.MANAGER, desk=desk))


def test_a_name_is_taken_however_it_is_written(desk: Desk) -> None:
    with_staff(desk, "Mina Example")
    refused("staff-name-taken", lambda: people.invite("ＭＩＮＡ  example", Role.CLERK, desk=desk))
    refused("staff-name-wrong", lambda: people.invite("  ", Role.CLERK, desk=desk))


def test_managers_change_everybody_but_owners(desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example")
    with_staff(desk, "Max Muster", Role.MANAGER)
    owner = desk.actor.staff_id
    signing_in.sign_in("Max Muster", PASSWORD, desk=desk)
    people.change_person(mina, desk=desk, role=Role.REDEEM)
    for do in (
        lambda: people.change_person(mina, desk=desk, role=Role.OWNER),
        lambda: people.change_person(owner, desk=desk, active=False),
        lambda: people.give_first_password(owner, desk=desk),
        lambda: people.invite("Another Example", Role.OWNER, desk=desk),
    ):
        refused("not-allowed", do)
    refused("role-unknown", lambda: people.change_person(mina, desk=desk, role="program"))


def test_the_last_owner_is_neither_disabled_nor_made_less(desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example", Role.OWNER)
    owner = desk.actor.staff_id
    people.change_person(mina, desk=desk, active=False)
    refused("last-owner", lambda: people.change_person(owner, desk=desk, active=False))
    refused("last-owner", lambda: people.change_person(owner, desk=desk, role=Role.MANAGER))
    people.change_person(mina, desk=desk, active=True)
    people.change_person(owner, desk=desk, role=Role.MANAGER)
    assert desk.actor.role == Role.MANAGER


def test_whoever_has_another_name_signs_in_with_it_also_the_last_owner(desk: Desk) -> None:
    mina, owner = with_staff(desk, "Mina Example"), desk.actor.staff_id
    people.change_person(owner, desk=desk, name=" Olga  Example ")
    assert (desk.actor.staff, desk.actor.role) == ("Olga Example", Role.OWNER)
    refused("staff-name-taken", lambda: people.change_person(mina, desk=desk, name="olga example"))
    refused("staff-name-wrong", lambda: people.change_person(mina, desk=desk, name="Mina\x07"))
    people.change_person(mina, desk=desk, name="Mina Muster")
    with desk.reading() as look:
        told = look.execute(
            select(JournalEntry.subject, JournalEntry.details)
            .where(JournalEntry.action == "rename-person")
            .order_by(JournalEntry.seq)
        ).all()
    assert [(row.subject, row.details) for row in told] == [
        (f"staff:{owner}", '{"fields":["name"]}'),
        (f"staff:{mina}", '{"fields":["name"]}'),
    ]
    refused("sign-in-wrong", lambda: signing_in.sign_in("Mina Example", PASSWORD, desk=desk))
    assert signing_in.sign_in("Mina Muster", PASSWORD, desk=desk).name == "Mina Muster"
    refused("not-allowed", lambda: people.change_person(mina, desk=desk, name="Mina Sample"))


def test_two_owners_who_remove_each_other_at_once_leave_one(desk: Desk, second_desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example", Role.OWNER)
    owner = desk.actor.staff_id
    second_desk.actor = replace(desk.actor, counter_id=second_desk.actor.counter_id, counter="Second desk")
    ready, told = Barrier(2), list[str]()

    def remove(at: Desk, whom: int) -> None:
        ready.wait()
        try:
            people.change_person(whom, desk=at, role=Role.CLERK)
            told.append("done")
        except CannotDo as no:
            told.append(no.code)

    both = [Thread(target=remove, args=pair) for pair in ((desk, mina), (second_desk, owner))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    with desk.reading() as look:
        owners = look.execute(select(Staff.id).where(Staff.role == Role.OWNER, Staff.active)).all()
    assert len(owners) == 1
    told.remove("done")
    assert told[0] in ("last-owner", "not-allowed", "database-busy")  # whose turn it was first


def test_whoever_was_made_less_meanwhile_changes_nobody_any_more(desk: Desk, second_desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example", Role.MANAGER)
    jona = with_staff(desk, "Jona Example")
    signing_in.sign_in("Mina Example", PASSWORD, desk=second_desk)
    group = groups.keep_group("Boats", [jona], [], desk=second_desk)
    tries: list[Callable[[], object]] = [
        lambda: people.invite("Friend Example", Role.MANAGER, desk=second_desk),
        lambda: people.change_person(jona, desk=second_desk, role=Role.MANAGER),
        lambda: people.give_first_password(jona, desk=second_desk),
        lambda: people.let_try_again(jona, desk=second_desk),
        lambda: groups.keep_group("All", [mina], [], desk=second_desk),
        lambda: groups.drop_group(group, desk=second_desk),
    ]
    people.change_person(mina, desk=desk, role=Role.CLERK)
    assert second_desk.actor.role == Role.MANAGER, "the news has not come yet"
    for do in tries:
        refused("not-allowed", do)
    people.change_person(mina, desk=desk, role=Role.MANAGER)
    people.give_first_password(mina, desk=desk)
    refused("not-allowed", tries[0])


def test_a_right_word_that_was_tried_among_too_many_wrong_ones_lets_nobody_in(
    desk: Desk, second_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_owner(desk)
    real = passwords.agrees

    def meanwhile(kept: str, secret: str) -> bool:
        monkeypatch.setattr("controllers.staff.signing_in.agrees", real)
        for _ in range(5):
            refused_code(second_desk, OWNER)
        return real(kept, secret)

    monkeypatch.setattr("controllers.staff.signing_in.agrees", meanwhile)
    refused("sign-in-wait", lambda: signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=desk))


def test_a_first_password_is_shown_once_and_told_by_nothing_else(desk: Desk) -> None:
    invited = people.invite("Mina Example", Role.CLERK, desk=with_owner(desk))
    assert invited.password not in repr(invited)


def test_two_who_are_invited_at_once_are_not_called_alike(desk: Desk, second_desk: Desk) -> None:
    with_owner(desk)
    second_desk.actor = replace(desk.actor, counter_id=second_desk.actor.counter_id, counter="Second desk")
    ready, told = Barrier(2), list[str]()

    def invite(at: Desk, name: str) -> None:
        ready.wait()
        try:
            told.append(people.invite(name, Role.CLERK, desk=at).name)
        except CannotDo as no:
            told.append(no.code)

    both = [
        Thread(target=invite, args=pair) for pair in ((desk, "Mina Example"), (second_desk, "MINA example"))
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    names = [one.name.casefold() for one in people.see_people(desk=desk)]
    assert names.count("mina example") == 1, told


def test_a_changed_role_and_a_disabled_person_reach_whoever_is_signed_in(
    desk: Desk, second_desk: Desk
) -> None:
    mina = with_staff(desk, "Mina Example", Role.MANAGER)
    signing_in.leave("closed", desk=second_desk)
    signing_in.sign_in("Mina Example", PASSWORD, desk=second_desk)
    people.change_person(mina, desk=desk, role=Role.REDEEM)
    assert signing_in.look_again(desk=second_desk).role == Role.REDEEM
    people.change_person(mina, desk=desk, active=False)
    assert signing_in.look_again(desk=second_desk).role == ""
    refused("sign-in-wrong", lambda: signing_in.sign_in("Mina Example", PASSWORD, desk=second_desk))


def test_another_password_ends_what_the_old_one_opened(desk: Desk, second_desk: Desk) -> None:
    mina = with_staff(desk, "Mina Example", pin=PIN)
    signing_in.sign_in("Mina Example", PASSWORD, desk=second_desk)
    invited = people.give_first_password(mina, desk=desk)
    assert signing_in.look_again(desk=second_desk).role == ""
    refused("sign-in-wrong", lambda: signing_in.sign_in("Mina Example", PIN, desk=desk))
    signing_in.sign_in("Mina Example", invited.password, desk=second_desk, new_password="another three words")


def test_a_desk_that_opened_without_a_password_is_left_when_there_is_one(
    desk: Desk, second_desk: Desk
) -> None:
    with_owner(desk)
    assert signing_in.look_again(desk=second_desk).role == ""
    assert signing_in.look_again(desk=desk).role == Role.OWNER


# --- who has the machine --------------------------------------------------------------------


def test_who_has_the_machine_gives_the_owner_a_new_password(desk: Desk, clock: StillClock) -> None:
    with_owner(desk)
    signing_in.leave("closed", desk=desk)
    for _ in range(5):
        refused_code(desk, OWNER)
    machine.act_as_owner(desk=desk)
    assert journal_of(desk)[-1][1:] == ("sign-in", {"how": "machine"}, 1)
    given = machine.reset_owner_password("", desk=desk)
    assert desk.actor.role == ""
    signing_in.sign_in(OWNER, given.password, desk=desk, new_password="another three words")
    refused("owner-unknown", lambda: machine.reset_owner_password("Nobody Example", desk=desk))


def test_the_machine_is_whose_folder_it_is(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    assert machine.owns(tmp_path)
    monkeypatch.setattr("os.getuid", lambda: tmp_path.stat().st_uid + 4242)
    assert not machine.owns(tmp_path)
    assert not machine.owns(tmp_path / "not there yet", f"sqlite:///{tmp_path}")


# --- redemption groups ----------------------------------------------------------------------


def test_a_group_lets_in_with_its_products_and_with_no_others(desk: Desk, clock: StillClock) -> None:
    a_product(desk)
    a_product(desk, "BOAT", "Night Boat")
    walk = a_reservation(desk, Status.CONFIRMED)
    boat = a_reservation(desk, Status.CONFIRMED, product="Night Boat")
    of_walk, of_boat = (reservation(desk, one).product_id for one in (walk, boat))
    clock.set(reservation(desk, walk).departs_at - timedelta(minutes=10))
    mina = with_staff(desk, "Mina Example", Role.REDEEM)
    group = groups.keep_group("Pier", [mina], [of_walk], desk=desk)
    signing_in.sign_in("Mina Example", PASSWORD, desk=desk)
    sent_away = checkin.scan(f"CF-{boat}", desk=desk)
    assert (sent_away.kind, sent_away.admitted) == (Kind.ELSEWHERE, 0)
    assert "your group does not redeem" in sent_away.message
    assert sent_away.told is not None
    assert not sent_away.told.in_group
    assert checkin.scan(f"CF-{walk}", desk=desk).admitted
    signing_in.sign_in(OWNER, OWNERS_PASSWORD, desk=desk)
    groups.keep_group("Pier", [mina], [of_walk, of_boat], desk=desk, group_id=group)
    signing_in.sign_in("Mina Example", PASSWORD, desk=desk)
    clock.forward(seconds=10)
    assert checkin.scan(f"CF-{boat}", desk=desk).admitted


def test_a_changed_group_counts_for_whoever_is_signed_in_already(desk: Desk, second_desk: Desk) -> None:
    a_product(desk)
    mina = with_staff(desk, "Mina Example", Role.REDEEM)
    signing_in.sign_in("Mina Example", PASSWORD, desk=second_desk)
    assert second_desk.actor.redeems is None
    group = groups.keep_group("Pier", [mina], [], desk=desk)
    assert signing_in.look_again(desk=second_desk).redeems == frozenset()
    groups.drop_group(group, desk=desk)
    assert signing_in.look_again(desk=second_desk).redeems is None
    refused("group-gone", lambda: groups.keep_group("Pier", [mina], [], desk=desk, group_id=group))


def test_two_groups_are_not_called_alike(desk: Desk) -> None:
    groups.keep_group("Pier", [], [], desk=desk)
    refused("group-name-taken", lambda: groups.keep_group(" pier ", [], [], desk=desk))
    refused("group-name-wrong", lambda: groups.keep_group("", [], [], desk=desk))
