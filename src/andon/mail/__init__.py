"""The mail door."""
