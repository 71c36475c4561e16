"""Pure decisions of standards and objectives: facts in, verdicts in words out."""
