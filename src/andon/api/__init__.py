"""The door for programs: what the pages can do with the register, signals and questions, as JSON."""
