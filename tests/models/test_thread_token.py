"""The sign in an address: it finds its conversation, and nobody can make one up."""

from __future__ import annotations

import pytest

from models import thread_token

SECRETS = {1: b"a" * 32, 2: b"b" * 32}


def _address(reservation: int = 48217, version: int = 1) -> str:
    token = thread_token.token_for(reservation, version=version, secret=SECRETS[version])
    return thread_token.reply_address("desk@example.com", token)


@pytest.mark.parametrize("version", SECRETS)
def test_an_answer_finds_its_conversation_also_in_capital_letters(version: int) -> None:
    address = _address(version=version)
    assert thread_token.read(address, SECRETS) == 48217
    assert thread_token.read(address.upper(), SECRETS) == 48217
    assert thread_token.read(f"Desk <{address}>", SECRETS) == 48217


def test_an_older_sign_in_the_mailbox_s_own_address_is_replaced() -> None:
    assert thread_token.reply_address("desk+tours@example.com", "cf1-1x") == "desk+cf1-1x@example.com"
    assert thread_token.reply_address("no address", "cf1-1x") == ""


def test_the_sign_of_one_conversation_opens_no_other() -> None:
    assert thread_token.read(_address().replace("48217", "48218"), SECRETS) is None


def test_a_guessed_sign_or_one_of_another_installation_opens_nothing() -> None:
    assert thread_token.read("desk+cf48217-1aaaaaaaaaaaa@example.com", SECRETS) is None
    assert thread_token.read(_address(), {1: b"c" * 32}) is None
    assert thread_token.read(_address(version=2), {1: SECRETS[1]}) is None


@pytest.mark.parametrize("address", ["", "desk@example.com", "desk+@example.com", "cf-1@x", "cf1-1@x"])
def test_an_address_without_a_sign_names_no_conversation(address: str) -> None:
    assert thread_token.read(address, SECRETS) is None
