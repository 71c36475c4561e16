"""How journeys are told apart, and what is said of them. Steps, never customers."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST = 5
"""Paths and passages of fewer customers are not shown one by one."""


@dataclass(frozen=True, slots=True)
class JourneySpec:
    """gap: days without a contact, after which the next one begins a new journey. longest: steps of a path that are
    told apart. paths: how many are shown. fewest: customers below which a path or passage is not shown.
    """

    gap: float = 14.0
    longest: int = 8
    paths: int = 20
    fewest: int = FEWEST


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """A step, over all journeys.

    contacts, journeys, customers: how many, and in and of how many. begins, ends: journeys that begin and end here.
    repeats: contacts at this step in a journey that had been here before. passed: how often it was passed on, NaN where
    that is not known. gave_up: contacts broken off by the customer; left: those after which the journey ended.
    wait: mean seconds. effort: mean score, of `asked` answers. hours: mean time from here to the next contact of the
    journey. avoidable: contacts that would not be, if nobody had to come back here: its repeats, and contacts elsewhere
    right after one here that was passed on or broken off.
    """

    name: str
    contacts: int
    journeys: int
    customers: int
    begins: int
    ends: int
    repeats: int
    passed: float
    gave_up: int
    left: int
    wait: float
    effort: float
    asked: int
    hours: float
    avoidable: int

    @property
    def repeat_share(self) -> float:
        """Of its contacts."""
        return self.repeats / self.contacts if self.contacts else 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """From one step to the next contact: how often, of how many customers, and after how many hours on average."""

    start: str
    end: str
    times: int
    customers: int
    hours: float


@dataclass(frozen=True, slots=True)
class PathTaken:
    """Steps in order, each named once while it goes on; and how many journeys and customers took it."""

    steps: tuple[str, ...]
    journeys: int
    customers: int
    more: bool
    """It went on beyond what is told apart."""


@dataclass(frozen=True, slots=True)
class Travelled:
    """All journeys. single: journeys of one contact. few: journeys on paths too rare to be shown. nobody: rows without
    a customer or a time, which belong to no journey. Steps in order of their name.
    """

    contacts: int
    customers: int
    journeys: int
    single: int
    steps: tuple[JourneyStep, ...]
    passages: tuple[Passage, ...]
    paths: tuple[PathTaken, ...]
    few: int
    nobody: int
    sentence: str
