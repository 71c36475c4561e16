"""What every question to files needs: the rows it asks for, and what is to be said of the others."""

from collections.abc import Sequence
from dataclasses import replace

from andon.lake import BadInput, Source, Tally
from andon.plots import words

COPIES = 0.005  # share of rows that copy another, below which they are no news


def where_of(source: Source, texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """(column, value) of every --where. Raises BadInput."""
    return tuple(split_where(text, list(source.columns)) for text in texts)


def split_where(text: str, columns: Sequence[str]) -> tuple[str, str]:
    """(column, value) of COL=VALUE; both may hold an equals sign. Raises BadInput."""
    places = [i for i, letter in enumerate(text) if letter == "="]
    if not places:
        raise BadInput(f"--where {text} has no equals sign.", 'Write it as --where "COLUMN=VALUE".')
    for place in reversed(places):
        if text[:place].strip() in columns:
            return text[:place].strip(), text[place + 1 :].strip()
    return text[: places[0]].strip(), text[places[0] + 1 :].strip()


def recounted(tally: Tally, refused: int, others: int) -> Tally:
    """With --where, rows that nobody asked for may be unreadable as well: all but `others` and these are filtered."""
    return replace(tally, refused=refused, filtered=max(tally.read - others - refused, 0))


def rows_notes(tally: Tally) -> tuple[str, ...]:
    return (*refused_note(tally), *left_out(tally.missing, "has no outcome", "have no outcome"))


def refused_note(tally: Tally) -> tuple[str, ...]:
    if not tally.refused:
        return ()
    were = "was" if tally.refused == 1 else "were"
    return (f"{tally.refused:,} of {tally.read:,} rows {were} refused; refused.csv says which and why.",)


def left_out(rows: int, one: str, many: str) -> tuple[str, ...]:
    if not rows:
        return ()
    return (f"One row {one} and is left out." if rows == 1 else f"{rows:,} rows {many} and are left out.",)


def copies_note(source: Source, rows: int) -> tuple[str, ...]:
    """rows: how many were read."""
    twice = source.duplicates()
    if twice < max(COPIES * rows, 1):
        return ()
    return (
        f"{twice:,} rows ({words.share(twice / rows)}) are exact copies of another row. They were counted; "
        "if every row should be different, leave the copies out.",
    )
