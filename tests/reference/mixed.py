"""Data sets of the literature on mixed models, and the large ones that are not part of the project."""

import csv
import gzip

import numpy as np

from andon.stats.mixed import Design, Grouping
from tests.needs import shared


def _numbers(text: str) -> np.ndarray:
    return np.array(text.split(), float)


DYESTUFF = _numbers("""
    1545 1440 1440 1520 1580 1540 1555 1490 1560 1495 1595 1550 1605 1510 1560
    1445 1440 1595 1465 1545 1595 1630 1515 1635 1625 1520 1455 1450 1480 1445
""")
"""Yield of dyestuff, five samples from each of six batches (Davies 1947; lme4)."""

DYESTUFF2 = _numbers("""
    7.298 3.846 2.434 9.566 7.99 5.22 6.556 0.608 11.788 -0.892 0.11 10.386 13.434 5.51 8.166
    2.212 4.852 7.092 9.288 4.98 0.282 9.014 4.458 9.446 7.198 1.722 4.782 8.106 0.758 3.758
""")
"""Simulated like Dyestuff, with less between batches than chance gives (Box and Tiao 1973; lme4)."""

PENICILLIN = _numbers("""
    27 23 26 23 23 21 27 23 26 23 23 21 25 21 25 24 24 20 26 23 25 23 23 20
    25 22 26 22 23 20 24 22 25 23 22 19 24 20 23 21 22 19 26 22 26 24 24 21
    24 21 24 22 22 20 24 21 24 23 22 19 26 23 26 24 24 21 25 22 26 24 24 20
    26 24 26 24 25 22 26 23 26 23 23 20 26 23 25 24 24 22 25 22 25 23 23 20
    25 21 24 23 23 20 25 22 24 23 23 19 24 21 23 21 21 19 26 23 26 24 24 21
    25 21 24 22 22 18 25 22 25 22 22 20 24 21 24 22 24 19 24 21 24 22 21 18
""")
"""Diameter of the clear zone; six samples, in turn, on each of 24 plates (Davies and Goldsmith 1972; lme4)."""

PASTES = _numbers("""
    62.8 62.6 60.1 62.3 62.7 63.1 60 61.4 57.5 56.9 61.1 58.9 58.7 57.5 63.9
    63.1 65.4 63.7 57.1 56.4 56.9 58.6 64.7 64.5 55.1 55.1 54.7 54.2 58.8 57.5
    63.4 64.9 59.3 58.1 60.5 60 62.5 62.6 61 58.7 56.9 57.7 59.2 59.4 65.2
    66 64.8 64.1 54.8 54.8 64 64 57.7 56.8 58.3 59.3 59.2 59.2 58.9 56.6
""")
"""Strength of a paste, two assays of each of three casks of each of ten batches (Davies and Goldsmith 1972; lme4)."""

CBPP_HERD = _numbers("""
    1 1 1 1 2 2 2 3 3 3 3 4 4 4 4 5 5 5 5 6 6 6 6 7 7 7 7 8
    9 9 9 9 10 10 10 10 11 11 11 11 12 12 12 12 13 13 13 13 14 14 14 14 15 15 15 15
""").astype(int)
CBPP_PERIOD = _numbers("""
    1 2 3 4 1 2 3 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1
    1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4 1 2 3 4
""").astype(int)
CBPP_CASES = _numbers("""
    2 3 4 0 3 1 1 8 2 0 2 2 0 2 0 5 0 0 1 3 0 0 1 8 1 3 0 12
    2 0 0 0 1 1 0 2 0 5 3 1 2 1 0 0 1 2 0 0 11 0 0 0 1 1 1 0
""")
CBPP_SIZE = _numbers("""
    14 12 9 5 22 18 21 22 16 16 20 10 10 9 6 18 25 24 4 17 17 18 20 16 10 9 5 34
    9 6 8 6 22 22 18 22 25 27 22 22 10 8 6 5 21 24 19 23 19 2 3 2 19 15 15 15
""")
"""Contagious bovine pleuropneumonia: new cases among so many, by herd and period (Lesnoff et al. 2004; lme4)."""


def columns(name: str) -> dict[str, np.ndarray]:
    """A large reference table by column."""
    path = shared(f"reference/mixed/{name}")
    with gzip.open(path, "rt") if name.endswith(".gz") else path.open() as lines:
        rows = list(csv.DictReader(lines))
    return {key: np.array([row[key] for row in rows]) for key in rows[0]}


def cases(y, groupings, fixed=None, n=None, names=()) -> Design:
    """A design of one row a case (or n), groupings by their labels."""
    y = np.asarray(y, float)
    coded = {}
    for name, labels in groupings.items():
        levels, codes = np.unique(labels, return_inverse=True)
        coded[name] = Grouping(codes.astype(np.int64), len(levels))
    fixed = np.empty((len(y), 0)) if fixed is None else np.asarray(fixed, float)
    return Design(np.ones(len(y)) if n is None else n, y, y**2, coded, fixed, tuple(names))


def dummies(labels, values) -> np.ndarray:
    return np.column_stack([np.asarray(labels) == value for value in values]).astype(float)
