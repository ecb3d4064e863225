"""Real servers on this machine, for tests that talk to the outside: each remembers what it was told."""
