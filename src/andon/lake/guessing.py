"""Which column of a file holds what, by the names that files give it."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence


def plain_name(name: str) -> str:
    """Letters and digits alone, without case and accents: "Date_Received" and "date received" are the same."""
    return "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if c.isalnum())


def guess_columns(columns: Iterable[str], names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """{word: column}. `names` are usual names of each word, the best first; a column is given to one word only,
    the first whose names fit.
    """
    by_name = {plain_name(column): column for column in reversed(list(columns))}
    found: dict[str, str] = {}
    for word, usual in names.items():
        fitting = (by_name[name] for name in map(plain_name, usual) if name in by_name)
        if column := next((c for c in fitting if c not in found.values()), None):
            found[word] = column
    return found
