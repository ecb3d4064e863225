"""The parts every screen is built from: they show and ask, and know no reservation."""
