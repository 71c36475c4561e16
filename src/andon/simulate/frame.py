"""Which interaction happens when, through which mechanism, served by whom, for whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .seasons import ALL_HOURS, OPEN_HOURS, Floats, busy, seconds_of_day
from .setting import Setting

Ints = NDArray[np.int32]
Places = NDArray[np.int16]
NOBODY = -1
PRODUCTS = (
    *("Alder lamp", "Bracken desk", "Corrie chair", "Dunlin vacuum", "Esker heater", "Fathom speaker"),
    *("Garnet blender", "Heron router", "Tidewell kettle"),
)
PRODUCT_SHARES = (0.17, 0.09, 0.13, 0.14, 0.11, 0.15, 0.12, 0.09)
"""Of the products that were always there; the last one is sold from its launch on."""
NEW_SHARE, NEW_SHARE_IN_ADVICE = 0.05, 0.28
REGIONS = ("United Kingdom", "Germany", "Spain", "France", "Netherlands", "Nordics")
REGION_SHARES = (0.52, 0.14, 0.10, 0.10, 0.09, 0.05)
DAY_NOISE = 0.05
BACKLOG_FACTOR = 5.0
CUSTOMERS_PER_ROW = 0.35
ZIPF = 1.2
"""Customer = C · u^ZIPF: a few customers are seen often, most once or twice."""


@dataclass
class Rows:
    """All interactions, in order of time; every array but `region_of` has one value a row."""

    at: NDArray[np.datetime64]
    day: Ints
    mechanism: Places
    team: Places
    worker: Ints
    """A place in the staff, or NOBODY."""
    product: NDArray[np.int8]
    channel: NDArray[np.int8]
    customer: Ints
    region_of: NDArray[np.int8]
    """By customer."""

    def __len__(self) -> int:
        return len(self.at)

    @property
    def region(self) -> NDArray[np.int8]:
        return self.region_of[self.customer]


def draw_rows(rng: np.random.Generator, setting: Setting, posts: Floats, count: int) -> Rows:
    """Exactly `count` interactions; `posts` says who works where, shape (people, mechanisms)."""
    day, mechanism, second = _moments(rng, setting, count)
    at = setting.window.first + (day.astype(np.int64) * 86_400 + second).astype("timedelta64[s]")
    worker, team = _served_by(rng, setting, posts, day, mechanism)
    customers = max(1, int(count * CUSTOMERS_PER_ROW))
    return Rows(
        *(at, day, mechanism, team, worker),
        product=_products(rng, setting, mechanism, at),
        channel=_channels(rng, setting, mechanism),
        customer=(customers * rng.random(count) ** ZIPF).astype(np.int32),
        region_of=rng.choice(len(REGIONS), customers + 1, p=REGION_SHARES).astype(np.int8),
    )


def staff_posts(rng: np.random.Generator, setting: Setting) -> Floats:
    """How much everybody works on each mechanism of their team; shape (people, mechanisms)."""
    staff, mechanisms = setting.staff, setting.mechanisms
    kinds = [staff.teams[team].kind for team in staff.team_of]
    weights = np.array([[m.teams.get(kind, 0.0) for m in mechanisms] for kind in kinds])
    own = rng.gamma(2.5, 1 / 2.5, weights.shape)
    own[[cause.worker for cause in setting.causes if cause.worker is not None]] = 1.0
    weights *= own
    for place, mechanism in enumerate(mechanisms):
        if not any(team.kind in mechanism.teams for team in staff.teams):
            weights[staff.team_of == 1, place] = 1.0
    good = setting.planted("good-person-hard-work")
    if good is not None and good.worker is not None:
        _post_mostly(weights, good.worker, setting.place(good))
    return weights


def _post_mostly(weights: Floats, worker: int, place: int) -> None:
    usual = weights[:, place][weights[:, place] > 0].mean()
    weights[worker] *= 0.06
    weights[worker, place] = 3 * usual


def _moments(
    rng: np.random.Generator, setting: Setting, count: int
) -> tuple[Ints, Places, NDArray[np.int64]]:
    """Day, mechanism and second of the day, in order of time."""
    volume = _volume(rng, setting).ravel()
    counts = rng.multinomial(count, volume / volume.sum())
    cell = np.repeat(np.arange(len(counts)), counts)
    width = len(setting.mechanisms)
    always = np.array([m.always_open for m in setting.mechanisms])[cell % width]
    second = np.empty(count, dtype=np.int64)
    for mask, hours in ((always, ALL_HOURS), (~always, OPEN_HOURS)):
        second[mask] = seconds_of_day(rng, hours, int(mask.sum()))
    order = np.argsort(cell // width * 86_400 + second, kind="stable")
    cell = cell[order]
    return (cell // width).astype(np.int32), (cell % width).astype(np.int16), second[order]


def _volume(rng: np.random.Generator, setting: Setting) -> Floats:
    """Expected share of each day and mechanism, shape (days, mechanisms)."""
    weights = np.array([mechanism.weight for mechanism in setting.mechanisms])
    noise = np.exp(rng.normal(0, DAY_NOISE, (setting.window.days, len(weights))))
    volume: Floats = np.outer(busy(setting.window), weights) * noise
    backlog = setting.planted("backlog-day")
    if backlog is not None:
        day = int((backlog.start - setting.window.first) // np.timedelta64(1, "D"))
        volume[day, setting.place(backlog)] *= BACKLOG_FACTOR
    return volume


def _served_by(
    rng: np.random.Generator, setting: Setting, posts: Floats, day: Ints, mechanism: Places
) -> tuple[Ints, Places]:
    """A worker and a team for each row; what nobody serves belongs to the owning team."""
    shares = _shares(posts, setting.staff.at_work(setting.window.months))
    months = len(setting.window.months)
    group = mechanism.astype(np.int64) * months + setting.window.month_of_day[day]
    worker = _pick(rng, shares, group)
    served = setting.served[mechanism]
    owner = np.array([setting.owning_team(m) for m in setting.mechanisms])[mechanism]
    team = np.where(served, setting.staff.team_of[worker], owner)
    return np.where(served, worker, NOBODY).astype(np.int32), team.astype(np.int16)


def _shares(posts: Floats, at_work: NDArray[np.bool_]) -> Floats:
    """Weights of the workers in each (mechanism, month), shape (groups, people)."""
    weights = posts.T[:, None, :] * at_work[None, :, :]
    # Where nobody is posted, anybody at work steps in.
    nobody = weights.sum(axis=2, keepdims=True) == 0
    return np.where(nobody, at_work[None, :, :], weights).reshape(-1, posts.shape[0])


def _pick(rng: np.random.Generator, shares: Floats, group: NDArray[np.int64]) -> NDArray[np.int64]:
    """A column for each entry by the weights of its group's row; one search over all rows laid end to end."""
    groups, width = shares.shape
    ends = np.cumsum(shares, axis=1)
    ends = ends / ends[:, -1:] + np.arange(groups)[:, None]
    # A draw may round up to the end of its row; the last column with a weight is then meant.
    found = np.searchsorted(ends.ravel(), group + rng.random(len(group)), side="right") - group * width
    last = width - 1 - np.argmax(shares[:, ::-1] > 0, axis=1)
    column: NDArray[np.int64] = np.minimum(found, last[group])
    return column


def _products(
    rng: np.random.Generator, setting: Setting, mechanism: Places, at: NDArray[np.datetime64]
) -> NDArray[np.int8]:
    product = rng.choice(len(PRODUCT_SHARES), len(at), p=PRODUCT_SHARES).astype(np.int8)
    launch = setting.planted("new-product")
    if launch is not None:
        share = np.full(len(setting.mechanisms), NEW_SHARE)
        share[setting.place(launch)] = NEW_SHARE_IN_ADVICE
        product[(at >= launch.start) & (rng.random(len(at)) < share[mechanism])] = len(PRODUCTS) - 1
    return product


def _channels(rng: np.random.Generator, setting: Setting, mechanism: Places) -> NDArray[np.int8]:
    shares = [[m.channels.get(name, 0.0) for name in setting.channels] for m in setting.mechanisms]
    return _pick(rng, np.array(shares), mechanism.astype(np.int64)).astype(np.int8)
