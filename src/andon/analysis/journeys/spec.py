"""How journeys are told apart, and what is said of them. Steps, never customers."""

from __future__ import annotations

from dataclasses import dataclass

FEWEST = 5
"""Paths and passages of fewer customers are not shown one by one."""


@dataclass(frozen=True, slots=True)
class JourneySpec:
    """gap: days without a contact, after which the next one begins a new journey, and within which a customer has come
    back; a week, as repeat contacts are mostly counted. longest: steps of a path that are told apart. paths: how many
    are shown. fewest: customers below which a path, a passage or a band is not shown. stages: contacts of a journey
    that the picture tells apart. noun: what a contact is called.
    """

    gap: float = 7.0
    longest: int = 8
    paths: int = 60
    fewest: int = FEWEST
    stages: int = 4
    noun: str = "contact"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its interval, of 95 % for all steps together."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Saving:
    """What a fix at a step would save customers a month, at most.

    contacts: at the step, a month. returns: of these, followed by another contact of the same customer within the gap.
    anyway: as many as the same customers make in the gap after. saved: the difference. days: between those contacts,
    which customers spend waiting or trying.
    """

    contacts: float
    returns: float
    anyway: float
    saved: Amount
    days: Amount

    @property
    def told(self) -> bool:
        """Whether more come back than come anyway, beyond chance."""
        return self.saved.low > 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How often, and of how many customers."""

    times: int
    customers: int


@dataclass(frozen=True, slots=True)
class JourneyStep:
    """A step, over all journeys.

    contacts: all of them. journeys: in how many. begins, ends: journeys that begin and end here. repeats: contacts at
    this step in a journey that had been here before. passed: contacts that were passed on, None where that is not
    known; hand_overs: how often in all. gave_up: contacts broken off by the customer, None where that is not known;
    left: those after which the journey ended. wait: mean seconds of `waited` contacts. effort: mean score, of `asked`
    answers. hours: mean time from here to the next contact of the journey. saving: None where too little is known.
    """

    name: str
    contacts: Counted
    journeys: int
    begins: Counted
    ends: Counted
    repeats: Counted
    passed: Counted | None
    hand_overs: float
    gave_up: Counted | None
    left: Counted | None
    wait: float
    waited: int
    effort: float
    asked: int
    hours: float
    saving: Saving | None

    @property
    def repeat_share(self) -> float:
        """Of its contacts."""
        return self.repeats.times / self.contacts.times if self.contacts.times else 0.0


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
class Band:
    """Of journeys of more than one contact: from their contact number `place` (from 1) at one step to the next contact.
    end is "" for those whose journey ended there.
    """

    place: int
    start: str
    end: str
    journeys: int
    customers: int


@dataclass(frozen=True, slots=True)
class Travelled:
    """All journeys. single: journeys of one contact. open: journeys whose last contact lies so close to the end of the
    data that they may go on. few: journeys on paths too rare to be shown. nobody: rows without a customer or a time,
    which belong to no journey. months: how long the data span. Steps in order of their name.
    """

    contacts: int
    customers: int
    journeys: int
    single: int
    open: int
    steps: tuple[JourneyStep, ...]
    passages: tuple[Passage, ...]
    paths: tuple[PathTaken, ...]
    bands: tuple[Band, ...]
    few: int
    nobody: int
    months: float
    gap: float
    sentence: str
