"""The nouns of growth, a module a topic."""
