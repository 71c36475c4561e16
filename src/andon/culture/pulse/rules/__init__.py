"""Plain decisions about the pulse: dataclass in, verdict out. No clock, no database."""
