"""Draws the things that are seen again and again: chips, seats, keycaps, shapes.

Every function is `paint_x(painter, rect, …, colours)`, used alike by delegates and by widgets.
"""
