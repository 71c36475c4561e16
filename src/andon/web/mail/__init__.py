"""Mail that comes in: what became of it, and the mailboxes."""
