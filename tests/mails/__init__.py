"""Mails as programs and people send them, with invented names: built here, each with what should be seen of it."""
