"""What is true at the desk, and how it is kept. Rules are pure; nothing here knows Qt."""
