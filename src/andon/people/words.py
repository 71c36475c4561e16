"""Texts that people write."""


def tidy(text: str) -> str:
    """Without blanks around it, and without the sign NUL, which PostgreSQL does not keep."""
    return text.replace("\x00", "").strip()
