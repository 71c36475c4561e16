"""Pages of the pulse: taking part, results, speaking up, and running it."""
