"""Mails as programs and people really send them, with invented names: built here, each with what should be seen of it."""
