"""The record of a person, and the ledger that shows that nobody altered it."""
