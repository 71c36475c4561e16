"""Records on their windows: which count, when, and what a reader should know of that."""

from dataclasses import dataclass, replace

import numpy as np

from andon.analysis.clusters.alike import Alike, collapse
from andon.analysis.clusters.fields import useful
from andon.analysis.clusters.reading import Stream, stream
from andon.analysis.clusters.spec import Bools, ClusterSpec, Ints, Records, Times
from andon.analysis.clusters.windows import Grid, Window, chosen, fitted, grid_of
from andon.plots import words
from andon.stats.scan import ScanSpec

LENGTHS = (1, 2, 4, 8)
NEED = 4  # windows of history without which nothing is judged
AHEAD = (
    0.05  # share of records after now up to which they are mistakes; beyond, the records have another clock
)
GAP = 8  # empty windows after which records begin anew
STRAY = 0.02  # share of the records that may lie before
TRICKLE = 0.1  # share of the usual below which records do not come regularly


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """Records on their grid of windows: `window` (N,), −1 where a record lies in none; `alike` says which count."""

    records: Records
    spec: ClusterSpec
    grid: Grid
    window: Ints
    alike: Alike
    notes: tuple[str, ...]
    stream: Stream | None = None

    @property
    def scanning(self) -> ScanSpec:
        return ScanSpec(LENGTHS, self.grid.lags, NEED, self.grid.baseline)

    @property
    def tested(self) -> Ints:
        """The windows that are judged: all, or the newest."""
        T = len(self.grid)
        return np.arange(T) if self.spec.asof is None else np.arange(max(T - 1, 0), T)

    @property
    def recent(self) -> int:
        """How many of the newest windows matter; 0 for all."""
        return 0 if self.spec.asof is None else max(LENGTHS)

    @property
    def counting(self) -> Ints:
        """The window of records that count, −1 for all others."""
        return np.where(self.alike.kept, self.window, -1)

    @property
    def customers(self) -> Ints | None:
        """Codes of customers (N,), −1 where none is known."""
        return None if self.records.customers is None else self.records.customers.codes.astype(np.int64)


def laid_out(records: Records, spec: ClusterSpec) -> Ground:
    """Chooses the windows and says which record counts in which."""
    known, late = _known(records, spec)
    at = records.at[known] if known.any() else records.at[:1]
    window, fits = _window(records, spec, at)
    grid, early = begun(grid_of(at, window, records.grain, spec.asof), at)
    place = np.where(known, grid.index(records.at), -1)
    customers = None if records.customers is None else records.customers.codes.astype(np.int64)
    read = None if records.texts is None else stream(records.texts, np.flatnonzero(place >= 0))
    alike = collapse(records.texts, read, records.at, place, customers)
    attributes, ignored = useful(records.attributes, place)
    records = replace(records, attributes=attributes)
    notes = (*late, *early, *fits, *_history(grid, spec), *_stale(at, grid, spec), *ignored, *_copies(alike))
    return Ground(records, spec, grid, place, alike, notes, read)


def _known(records: Records, spec: ClusterSpec) -> tuple[Bools, tuple[str, ...]]:
    """The records there were, and a note on those that cannot have been yet."""
    if spec.asof is not None:
        end = spec.asof
        known = records.at <= end
        return known, ()
    if spec.now is None:
        return np.ones(len(records), np.bool_), ()
    ahead = records.at > spec.now + np.timedelta64(1, "D")
    if not ahead.any():
        return ~ahead, ()
    rows = "One row is" if ahead.sum() == 1 else f"{int(ahead.sum()):,} rows are"
    if ahead.sum() <= AHEAD * len(records):
        return ~ahead, (f"{rows} later than today and left out.",)
    return np.ones(len(records), np.bool_), (
        f"{rows} later than today. They were counted; --asof leaves them out.",
    )


def _window(records: Records, spec: ClusterSpec, at: Times) -> tuple[Window, list[str]]:
    if spec.window is None:
        window, note = chosen(at, records.grain, spec.asof)
    else:
        window, note = fitted(spec.window, records.grain)
    return window, [note] if note else []


def begun(grid: Grid, at: Times) -> tuple[Grid, list[str]]:
    """The windows from when records come regularly, and a note on those left out before."""
    place = grid.index(at)
    total = np.bincount(place[place >= 0], minlength=len(grid))
    start = max(_after_gap(total), _after_trickle(total))
    before = int((at < grid.edges[start]).sum())
    if not start:
        return grid, []
    rows, are = ("One row from", "is") if before == 1 else (f"{before:,} rows from", "are")
    note = (
        f"{rows} before {words.date(grid.edges[start])}, when rows begin to come regularly, {are} left out."
    )
    return Grid(grid.window, grid.edges[start:]), [note] if before else []


def _after_gap(total: Ints) -> int:
    """The first window after the last long gap with hardly any records before it."""
    full = np.flatnonzero(total)
    ends = full[1:][np.diff(full) > GAP] if len(full) else full
    few = [int(end) for end in ends.tolist() if total[:end].sum() <= STRAY * total.sum()]
    return max(few, default=int(full[0]) if len(full) else 0)


def _after_trickle(total: Ints) -> int:
    """The first window with as many records as a tenth of what is usual."""
    usual = float(np.median(total[total > 0])) if total.any() else 0.0
    first = int(np.argmax(total >= TRICKLE * usual)) if usual else 0
    return first if total[:first].sum() <= STRAY * total.sum() else 0


def _history(grid: Grid, spec: ClusterSpec) -> list[str]:
    """What so much history does not allow."""
    T, years = len(grid), len(grid) * grid.window.days / 365.25
    if T <= NEED:
        shorter = "; a shorter --window gives more" if grid.window.days > 1 else ""
        return [
            f"There {'is' if T == 1 else 'are'} only {words.counted(T, 'window')} of {grid.window.words}, "
            f"and {NEED + 1} are needed to compare one with others{shorter}."
        ]
    notes = []
    if spec.asof is None:
        notes.append(
            f"The first {words.few(NEED)} windows have no history; they are compared with what came after."
        )
    if years < 2:
        notes.append("Less than two years are covered, so a season of the year cannot be told from a rise.")
    return notes


def _stale(at: Times, grid: Grid, spec: ClusterSpec) -> list[str]:
    if spec.asof is None or grid.index(at.max()[None])[0] == len(grid) - 1:
        return []
    return [f"The last row before --asof is from {words.date(at.max())}: nothing came in the newest window."]


def _copies(alike: Alike) -> list[str]:
    if not alike.collapsed:
        return []
    rows = "One row repeats" if alike.collapsed == 1 else f"{alike.collapsed:,} rows repeat"
    notes = [
        f"{rows} a text that had just come (by the same customer, or within minutes); each text counted once."
    ]
    if alike.batches and len(alike.batches[0].records) >= 10:
        batch = alike.batches[0]
        text = batch.text.strip()[:80]
        notes.append(f"The largest batch of nearly equal texts has {len(batch.records):,} rows: “{text}…”.")
    return notes
