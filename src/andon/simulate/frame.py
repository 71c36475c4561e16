"""Which interaction happens when, through which mechanism, served by whom, for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .causes import NEW_PRODUCT, Cause, named
from .mechanisms import Mechanism
from .people import Staff
from .sizes import Window

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

PRODUCTS = (
    "Alder lamp", "Bracken desk", "Corrie chair", "Dunlin vacuum", "Esker heater", "Fathom speaker", "Garnet blender",
    "Heron router", NEW_PRODUCT,
)  # fmt: skip
PRODUCT_SHARES = (0.17, 0.09, 0.13, 0.14, 0.11, 0.15, 0.12, 0.09)
REGIONS = ("United Kingdom", "Germany", "Spain", "France", "Netherlands", "Nordics")
REGION_SHARES = (0.52, 0.14, 0.10, 0.10, 0.09, 0.05)
NEW_SHARE, NEW_SHARE_IN_ADVICE = 0.05, 0.28
WEEKDAY = np.array([1.18, 1.06, 1.0, 1.0, 1.02, 0.72, 0.46])
OPEN_HOURS = np.array([0] * 7 + [2, 6, 9, 10, 10, 8, 8, 9, 9, 9, 8, 6, 4, 2, 0, 0, 0], dtype=float)
ALL_HOURS = np.array([2, 1, 1, 1, 1, 2, 3, 5, 6, 6, 6, 6, 7, 6, 6, 6, 6, 7, 8, 8, 8, 7, 5, 3], dtype=float)
DAY_NOISE = 0.05
BACKLOG_FACTOR = 5.0
CUSTOMERS_PER_ROW = 0.35
ZIPF = 1.2
"""Customer = C · u^ZIPF: a few customers are seen often, most once or twice."""


@dataclass
class Rows:
    """All interactions, in order of time; every array has one value a row. -1 means nobody."""

    at: NDArray[np.datetime64]
    day: Ints
    mechanism: NDArray[np.int16]
    team: NDArray[np.int16]
    worker: Ints
    product: NDArray[np.int8]
    channel: NDArray[np.int8]
    customer: Ints
    region_of: NDArray[np.int8]
    """By customer, not by row."""

    def __len__(self) -> int:
        return len(self.at)

    @property
    def region(self) -> NDArray[np.int8]:
        return self.region_of[self.customer]


@dataclass(frozen=True)
class Posts:
    """Who works where: weights of shape (people, mechanisms)."""

    weights: Floats
    at_work: NDArray[np.bool_]


def channel_names(mechanisms: tuple[Mechanism, ...]) -> list[str]:
    """Every channel of the organisation, sorted."""
    return sorted({channel for mechanism in mechanisms for channel in mechanism.channels})


def season(window: Window) -> Floats:
    """How busy each day is for its date and weekday, 1 on an ordinary weekday; shape (days,)."""
    return yearly(window) * WEEKDAY[window.weekday]


def yearly(window: Window) -> Floats:
    """The December peak, 1 for the rest of the year; shape (days,)."""
    year = window.calendar.astype("datetime64[Y]")
    peak = year.astype("datetime64[M]") + np.timedelta64(11, "M")
    away = (window.calendar - peak.astype("datetime64[D]")).astype(float) - 11
    away = np.where(away < -180, away + 365, away)
    return 1 + 0.45 * np.exp(-((away / 11) ** 2) / 2)


def staff_posts(
    rng: np.random.Generator,
    staff: Staff,
    mechanisms: tuple[Mechanism, ...],
    causes: tuple[Cause, ...],
    window: Window,
) -> Posts:
    """Everybody works on several mechanisms of their team, in their own proportions."""
    kinds = [staff.teams[team].kind for team in staff.team_of]
    weights = np.array([[m.teams.get(kind, 0.0) for m in mechanisms] for kind in kinds])
    weights *= rng.gamma(2.5, 1 / 2.5, weights.shape)
    for column, mechanism in enumerate(mechanisms):
        if not any(t.kind in mechanism.teams for t in staff.teams):
            weights[staff.team_of == 1, column] = 1.0
    good = named(causes, "good-person-hard-work")
    if good is not None:
        slugs = [mechanism.slug for mechanism in mechanisms]
        _post_mostly(weights, good.worker or 0, slugs.index(good.mechanism))
    return Posts(weights, staff.at_work(window.months))


def _post_mostly(weights: Floats, worker: int, mechanism: int) -> None:
    usual = weights[:, mechanism][weights[:, mechanism] > 0]
    weights[worker] *= 0.06
    weights[worker, mechanism] = 3 * (usual.mean() if len(usual) else 1.0)


def draw_rows(
    rng: np.random.Generator,
    window: Window,
    mechanisms: tuple[Mechanism, ...],
    staff: Staff,
    posts: Posts,
    causes: tuple[Cause, ...],
    count: int,
) -> Rows:
    """Exactly `count` interactions, in order of time."""
    day, mechanism, second = _moments(rng, window, mechanisms, causes, count)
    at = window.first + (day.astype(np.int64) * 86_400 + second).astype("timedelta64[s]")
    worker, team = _served_by(rng, window, mechanisms, staff, posts, day, mechanism)
    customers = max(1, int(count * CUSTOMERS_PER_ROW))
    customer = (customers * rng.random(count) ** ZIPF).astype(np.int32)
    return Rows(
        at, day, mechanism, team, worker,
        _products(rng, mechanisms, mechanism, at, causes),
        _channels(rng, mechanisms, mechanism),
        customer,
        rng.choice(len(REGIONS), customers + 1, p=REGION_SHARES).astype(np.int8),
    )  # fmt: skip


def _moments(
    rng: np.random.Generator,
    window: Window,
    mechanisms: tuple[Mechanism, ...],
    causes: tuple[Cause, ...],
    count: int,
) -> tuple[Ints, NDArray[np.int16], NDArray[np.int64]]:
    volume = _volume(rng, window, mechanisms, causes).ravel()
    counts = rng.multinomial(count, volume / volume.sum())
    cell = np.repeat(np.arange(len(counts)), counts)
    second = np.empty(count, dtype=np.int64)
    always = np.array([m.always_open for m in mechanisms])[cell % len(mechanisms)]
    for mask, profile in ((always, ALL_HOURS), (~always, OPEN_HOURS)):
        second[mask] = _seconds(rng, profile, int(mask.sum()))
    order = np.argsort(cell // len(mechanisms) * 86_400 + second, kind="stable")
    cell = cell[order]
    return (
        (cell // len(mechanisms)).astype(np.int32),
        (cell % len(mechanisms)).astype(np.int16),
        second[order],
    )


def _volume(
    rng: np.random.Generator, window: Window, mechanisms: tuple[Mechanism, ...], causes: tuple[Cause, ...]
) -> Floats:
    """Expected share of each day and mechanism, shape (days, mechanisms)."""
    noise = np.exp(rng.normal(0, DAY_NOISE, (window.days, len(mechanisms))))
    volume: Floats = np.outer(season(window), [m.weight for m in mechanisms]) * noise
    backlog = named(causes, "backlog-day")
    if backlog is not None:
        day = int((backlog.start - window.first) // np.timedelta64(1, "D"))
        volume[day, [m.slug for m in mechanisms].index(backlog.mechanism)] *= BACKLOG_FACTOR
    return volume


def _seconds(rng: np.random.Generator, profile: Floats, count: int) -> NDArray[np.int64]:
    ends = np.cumsum(profile) / profile.sum()
    hour = np.minimum(np.searchsorted(ends, rng.random(count), side="right"), 23)
    return hour * 3600 + rng.integers(0, 3600, count)


def _served_by(
    rng: np.random.Generator,
    window: Window,
    mechanisms: tuple[Mechanism, ...],
    staff: Staff,
    posts: Posts,
    day: Ints,
    mechanism: NDArray[np.int16],
) -> tuple[Ints, NDArray[np.int16]]:
    """A worker and a team for each row; what nobody serves belongs to the owning team."""
    month = window.month_of_day[day]
    group = mechanism.astype(np.int64) * posts.at_work.shape[0] + month
    worker = _pick(rng, _cumulative(posts), group)
    served = np.array([m.served for m in mechanisms])[mechanism]
    owner = np.array([staff.kind_of(m.owner_kind)[0] if m.owner_kind != "office" else 0 for m in mechanisms])
    team = np.where(served, staff.team_of[worker], owner[mechanism])
    return np.where(served, worker, -1).astype(np.int32), team.astype(np.int16)


def _cumulative(posts: Posts) -> Floats:
    """Cumulative share of the workers in each (mechanism, month), shape (groups, people); uniform where nobody is posted."""
    weights = posts.weights.T[:, None, :] * posts.at_work[None, :, :]
    empty = weights.sum(axis=2, keepdims=True) == 0
    weights = np.where(empty, posts.at_work[None, :, :], weights)
    share = np.cumsum(weights, axis=2)
    return (share / share[:, :, -1:]).reshape(-1, posts.at_work.shape[1])


def _pick(rng: np.random.Generator, cumulative: Floats, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """One column of its group's row for each entry, by one search over all groups laid end to end."""
    groups, width = cumulative.shape
    ends = (cumulative + np.arange(groups)[:, None]).ravel()
    found = np.searchsorted(ends, group + rng.random(len(group)), side="right")
    return np.clip(found - group * width, 0, width - 1)


def _products(
    rng: np.random.Generator,
    mechanisms: tuple[Mechanism, ...],
    mechanism: NDArray[np.int16],
    at: NDArray[np.datetime64],
    causes: tuple[Cause, ...],
) -> NDArray[np.int8]:
    product = rng.choice(len(PRODUCT_SHARES), len(at), p=PRODUCT_SHARES).astype(np.int8)
    launch = named(causes, "new-product")
    if launch is not None:
        share = [NEW_SHARE_IN_ADVICE if m.slug == launch.mechanism else NEW_SHARE for m in mechanisms]
        new = (at >= launch.start) & (rng.random(len(at)) < np.array(share)[mechanism])
        product[new] = PRODUCTS.index(NEW_PRODUCT)
    return product


def _channels(
    rng: np.random.Generator, mechanisms: tuple[Mechanism, ...], mechanism: NDArray[np.int16]
) -> NDArray[np.int8]:
    names = channel_names(mechanisms)
    shares = np.array([[m.channels.get(name, 0.0) for name in names] for m in mechanisms])
    cumulative = np.cumsum(shares, axis=1) / shares.sum(axis=1, keepdims=True)
    return _pick(rng, cumulative, mechanism.astype(np.int64)).astype(np.int8)
