"""Who reads what is said of the organisation as a whole."""

from andon.people import access
from andon.people.access import ANALYST, HR_PARTNER, LEADER


def may_read_silence(person) -> bool:
    """Leaders, HR partners and analysts: it speaks of teams, and a team of few is close to a person."""
    return access.is_any(person, LEADER, HR_PARTNER, ANALYST)


def may_lead(person) -> bool:
    """The view of the leaders."""
    return access.is_any(person, LEADER)
