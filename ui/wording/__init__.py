"""Says what the program knows in the words of the person at the desk, in the language of the screen."""
