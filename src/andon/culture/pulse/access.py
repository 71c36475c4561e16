"""Who answers, who runs the pulse, and who sees the results of which groups."""

from datetime import datetime

from django.utils import timezone

from andon.culture.pulse.models import Wave
from andon.culture.pulse.structure import ALL, led_teams
from andon.people import access
from andon.people.access import ADMINISTRATOR, ANALYST, HR_PARTNER
from andon.people.models import Person


def may_answer(person, wave: Wave, now: datetime) -> bool:
    """Everybody who was at work when it opened, and still is; whoever has no address to sign in with has a slip."""
    if not access.at_work(person) or not wave.is_open(now) or person.pk in wave.by_slip:
        return False
    return person.joined is None or person.joined <= timezone.localdate(wave.opens_at)


def may_run(person) -> bool:
    """Questions, rhythm, opening: HR partners. Nobody who runs it sees more than anybody who reads it."""
    return access.is_any(person, HR_PARTNER)


def sees_all(person) -> bool:
    return access.is_any(person, HR_PARTNER, ANALYST)


def may_bring_figures(person) -> bool:
    return access.is_any(person, HR_PARTNER, ANALYST, ADMINISTRATOR)


def may_compare(person) -> bool:
    """The page on speaking up: whoever leads a team sees it for theirs, HR partners and analysts for all."""
    return sees_all(person) or bool(led_teams(person)) if access.at_work(person) else False


def visible(wave: Wave, person) -> list[dict]:
    """The groups of a wave that somebody may read: the whole, their own team, and whatever they lead entirely."""
    if not access.at_work(person):
        return []
    if sees_all(person):
        return list(wave.units)
    own, led = own_unit(person), led_teams(person).get(person.pk, set())
    return [unit for unit in wave.units if _mine(unit, own, led)]


def _mine(unit: dict, own: str, led: set[int]) -> bool:
    leads = bool(unit["teams"]) and set(unit["teams"]) <= led
    return leads or unit["key"] in {ALL, own}


def own_unit(person: Person) -> str:
    """The key of somebody's own team; empty where they have none."""
    return f"team:{person.team.slug}" if person.team else ""
