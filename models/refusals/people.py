"""Sentences about the staff, what they note, and what is kept of travelers."""

from __future__ import annotations

SENTENCES: dict[str, str] = {
    # people and their notes
    "claimed": "{who} works on {number}. Take it over if you want to go on with it.",
    "not-claimed": "{number} is not claimed by you.",
    "attention-too-long": "{count} letters are too many to be read at the gate, {most} fit. Say it shorter.",
    "note-empty": "Write the note first.",
    # the staff, and signing in
    "sign-in-wrong": "Name and password do not go together. Try again, or ask a manager for a new password.",
    "sign-in-wait": "That was wrong too often. Try again {until}, or ask a manager to let you in.",
    "sign-in-needed": "Somebody must sign in first. Say who with --as NAME.",
    "pin-needs-password": "Type the password first: a PIN counts where its person has signed in this week.",
    "password-first": "This password was given out by a manager. Choose one of your own, {name}.",
    "first-password-over": "This first password is too old. Ask a manager for a new one.",
    "password-same": "Choose another password than the one you were given.",
    "password-short": "A password has {least} to {most} letters. Three words are easy to remember.",
    "password-simple": "Everybody tries this password first. Choose another one.",
    "passwords-differ": "The two are not the same. Type both again.",
    "pin-wrong-form": "A PIN is {least} to {most} digits.",
    "pin-simple": "Everybody tries this PIN first. Choose digits that are neither alike nor in a row.",
    "own-password-wrong": "This is not your password. Nothing was changed.",
    "own-password-oneself": "Change your own password under You, with the one you have.",
    "password-before-others": "Choose a password of your own first: from the second person on, everybody needs one.",
    "password-before-pin": "Choose a password first. A PIN only stands in for it.",
    "staff-name-wrong": "Write the name to sign in with: at most {most} letters.",
    "staff-name-taken": "Somebody is called {name} already. Choose another name.",
    "staff-gone": "This person is not there any more. Look at the list again.",
    "role-unknown": "{role} is no role. Known are: {known}.",
    "last-owner": "{name} is the last owner, and one must stay. Make somebody else an owner first.",
    "owner-unknown": "No owner is called {name}. Owners are: {known}.",
    "machine-not-yours": "{folder} belongs to somebody else. Sign in with --as NAME.",
    "group-name-wrong": "Write what the group is called: at most {most} letters.",
    "group-name-taken": "A group is called {name} already. Choose another name.",
    "group-gone": "This group is not there any more. Look at the list again.",
    # travelers' data
    "still-needed": "The traveler of {number} is still needed ({why}). Settle that first, then erase.",
    "retention-wrong": "{days} is no number of days. Write a whole number from {least} to {most}.",
    "night-hour-wrong": "{hour} is no hour of the day. Write a whole number from 0 to 23.",
    "acknowledged-already": "Somebody has looked into this a moment ago. Look again.",
    "acknowledge-reason-missing": "Say what you found, so that the next person can rely on it.",
}
