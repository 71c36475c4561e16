"""Pure decisions of growth, a module a subject: facts in, verdicts with their reasons out."""
