"""Finds a reservation by whatever somebody at the counter is told: part of a name, a number, a phone's tail.

`folding` and `spellings` bring names of every script into a form that can be compared, `words` makes of them
what is kept of a reservation and what is looked for, `keeping` writes it, `people` and `numbers` look it up,
and `finding` puts the answers in order: today's departures first.
"""
