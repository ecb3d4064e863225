"""What arrives: travelers' mails find their conversation, order mails become reservations, the rest finds a person."""
