"""Counting by window, each customer once in it."""

from dataclasses import dataclass

import numpy as np

from andon.analysis.clusters.spec import Floats, Ints


@dataclass(frozen=True, slots=True, eq=False)
class Units:
    """`window` (N,): the window a record counts in, −1 where it does not count. `group` (N,): number of the customer
    and window where a customer has several records in one, −1 where the record stands alone.
    """

    window: Ints
    group: Ints
    of_group: Ints
    windows: int

    def count(self, feature: Ints, record: Ints, features: int) -> Floats:
        """Customers (or records without one) by feature and window (F, T); a pair of arrays says which record has
        which feature."""
        window = self.window[record]
        there = (window >= 0) & (feature >= 0)
        alone = there & (self.group[record] < 0)
        flat = feature[alone] * self.windows + window[alone]
        counts = np.bincount(flat, minlength=features * self.windows).astype(np.float64)
        shared = there & ~alone
        if shared.any():
            key = distinct(feature[shared] * len(self.of_group) + self.group[record[shared]])
            flat = key // len(self.of_group) * self.windows + self.of_group[key % len(self.of_group)]
            counts += np.bincount(flat, minlength=features * self.windows)
        return counts.reshape(features, self.windows)

    def total(self, records: Ints) -> Floats:
        """Customers by window (T,) among some records."""
        found: Floats = self.count(np.zeros(len(records), np.int64), records, 1)[0]
        return found


def units_of(window: Ints, customers: Ints | None, windows: int) -> Units:
    """Units of records; `customers` are codes, −1 where none is known."""
    group = np.full(len(window), -1, np.int64)
    if customers is None:
        return Units(window, group, np.zeros(1, np.int64), windows)
    known = np.flatnonzero((window >= 0) & (customers >= 0))
    key = customers[known].astype(np.int64) * windows + window[known]
    found, place, times = np.unique(key, return_inverse=True, return_counts=True)
    several = times[place] > 1
    number = np.cumsum(times > 1) - 1
    group[known[several]] = number[place[several]]
    of_group = found[times > 1] % windows if (times > 1).any() else np.zeros(1, np.int64)
    return Units(window, group, of_group, windows)


def distinct(values: Ints) -> Ints:
    """Each value once, ascending; by sorting, which for tens of millions beats hashing."""
    ordered = np.sort(values)
    return ordered[np.r_[True, ordered[1:] != ordered[:-1]]] if len(ordered) else ordered
