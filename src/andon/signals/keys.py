"""Keys that cannot be guessed."""

import secrets


def new_key() -> str:
    return secrets.token_urlsafe(9)
