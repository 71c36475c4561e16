"""What a cluster may be other than more trouble: something new in how records are made."""

from collections import Counter as Tally
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from andon.analysis.clusters.alike import essence
from andon.analysis.clusters.spec import Floats, Ints
from andon.lake import Factor
from andon.lake.missing import NOT_GIVEN
from andon.plots import words

if TYPE_CHECKING:
    from andon.analysis.clusters.choosing import Chosen
    from andon.analysis.clusters.describe import Told

MANY = 8  # records below which nothing is said of how they were made
ONE_DAY = 0.6  # share of a cluster's records on one day
ONE_MOMENT = 0.3  # share of a cluster's records at one second
ONE_TEXT = 0.3  # share of a cluster's records with one text
GONE = 0.2  # share of what was usual below which a value has ended
NEED = 4  # windows without any before something begins
EVEN = 0.25  # total variation between what is in the cluster and what is not


def artefacts(
    here: "Told", one: "Chosen", rows: Ints, counts: Floats, values: dict[str, str]
) -> tuple[str, ...]:
    """Sentences, each a possibility to look into."""
    found = [*_compared(one), *_begins(here, one, rows, counts, values), *_ends(one, counts)]
    if len(rows) >= MANY:
        found += [*_day(here, rows), *_moment(here, rows), *_text(here, rows)]
    return tuple(found)


def _compared(one: "Chosen") -> Iterator[str]:
    if one.candidate.after:
        yield "There is no history before it: it is compared with what came after, so it may as well be what was usual."


def _begins(here: "Told", one: "Chosen", rows: Ints, counts: Floats, values: dict[str, str]) -> Iterator[str]:
    """A value that was never there before."""
    first = one.candidate.first
    for name, value in values.items():
        if value == NOT_GIVEN:
            yield f"“{name}” is missing in these rows: perhaps it is no longer filled in."
            continue
        series = _series(here, name, value)
        if first >= NEED and series[:first].sum() == 0:
            even = _even(here, rows, name)
            spread = (
                " It is spread over everything else as all rows are, as a new source would be."
                if even
                else ""
            )
            yield (
                f"No row had {name} = {value} before {words.date(here.ground.grid.edges[first])}: a source, a "
                f"product or a code that begins looks like a cluster.{spread}"
            )
            yield from _replaced(here, one, name, value)


def _series(here: "Told", name: str, value: str) -> Floats:
    factor = here.ground.records.attributes[name]
    return here.counter.units.total(np.flatnonzero(factor.codes == factor.levels.index(value)))


def _replaced(here: "Told", one: "Chosen", name: str, value: str) -> Iterator[str]:
    """Another value of the attribute that ends when this one begins."""
    factor = here.ground.records.attributes[name]
    units, c = here.counter.units, one.candidate
    counts = units.count(factor.codes.astype(np.int64), np.arange(len(factor.codes)), len(factor.levels))
    before = counts[:, : c.first].mean(axis=1)
    now = counts[:, c.first : c.last + 1].mean(axis=1)
    size = now[factor.levels.index(value)]
    gone = np.flatnonzero((now < GONE * before) & (before > size / 3) & (before < size * 3))
    for level in gone.tolist()[:1]:
        yield f"{name} = {factor.levels[level]} ends as it begins: perhaps it only has another name now."


def _even(here: "Told", rows: Ints, but: str) -> bool:
    """Whether the records are spread over all other attributes as the others are."""
    attributes = {name: factor for name, factor in here.ground.records.attributes.items() if name != but}
    others = np.flatnonzero(here.ground.window >= 0)
    return bool(attributes) and all(_apart(factor, rows, others) < EVEN for factor in attributes.values())


def _apart(factor: Factor, these: Ints, those: Ints) -> float:
    a, b = (
        np.bincount(factor.codes[x], minlength=len(factor.levels)) / max(len(x), 1) for x in (these, those)
    )
    return float(np.abs(a - b).sum() / 2)


def _ends(one: "Chosen", counts: Floats) -> Iterator[str]:
    c = one.candidate
    after = counts[c.last + 1 :]
    if len(after) >= NEED and after.sum() == 0 and counts[: c.first].sum() > 0:
        yield "Nothing of it came after: a source that stops may empty what it holds at once."


def _day(here: "Told", rows: Ints) -> Iterator[str]:
    if here.ground.grid.window.days < 3 or here.ground.records.grain in ("week", "month", "quarter", "year"):
        return
    days, often = np.unique(here.ground.records.at[rows].astype("datetime64[D]"), return_counts=True)
    most = int(often.argmax())
    if often[most] >= ONE_DAY * len(rows):
        yield (
            f"{often[most]:,} of {len(rows):,} rows are from {words.date(days[most])} alone: an event of one day, "
            "or a backlog that was entered or closed at once."
        )


def _moment(here: "Told", rows: Ints) -> Iterator[str]:
    at = here.ground.records.at[rows]
    if here.ground.records.grain != "second" or (at == at.astype("datetime64[D]")).mean() > 0.5:
        return
    often = int(np.unique(at, return_counts=True)[1].max())
    if often >= max(ONE_MOMENT * len(rows), 5):
        yield f"{often:,} of {len(rows):,} rows bear the same time to the second: they were entered together."


def _text(here: "Told", rows: Ints) -> Iterator[str]:
    texts = here.ground.records.texts
    if texts is None:
        return
    often = Tally(essence(texts[i]) for i in rows.tolist())
    often.pop("", None)
    most = max(often.values(), default=0)
    if most >= max(ONE_TEXT * len(rows), 5):
        yield f"{most:,} of {len(rows):,} rows have nearly the same text: a form, a set phrase or a machine, perhaps."
