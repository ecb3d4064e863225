"""What people see: widgets show and ask; they hold no rule and no query."""
