"""Customers without their names: the same pseudonym in Python, for what they say, and in SQL, for what happened
to them.
"""

import hashlib
import re

from andon.lake.tables import literal

# What Python's str.split takes for space, in words that RE2 knows as well.
_SPACE = r"[\s\x0b\x1c-\x1f\x{85}\p{Z}]+"
LENGTH = 24


def pseudonym(who: str, secret: str) -> str:
    """A name for a customer that says nothing about them, and is the same whenever they come; "" for nobody."""
    same = re.sub(r"\s+", " ", who).strip(" ")
    # Letter by letter and one for one, as SQL does: "İ" and a final sigma would become something else.
    same = "".join(letter.lower()[0] for letter in same)
    return hashlib.sha256(f"{secret}:customer:{same}".encode()).hexdigest()[:LENGTH] if same else ""


def pseudonym_sql(text: str, secret: str) -> str:
    """The same of an SQL expression; null for nobody."""
    same = f"lower(trim(regexp_replace({text}, {literal(_SPACE)}, ' ', 'g')))"
    return (
        f"CASE WHEN {same} <> '' THEN left(sha256({literal(f'{secret}:customer:')} || {same}), {LENGTH}) END"
    )
