"""What arrives: mails of travelers find their conversation, order mails become reservations, the rest finds a person."""
