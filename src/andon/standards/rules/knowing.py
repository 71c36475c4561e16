"""Was a standard in force, measurable and known to somebody for the whole of a period?

Pure. Days are dates; `ends` of a stretch or a version is the first day after it, None is no end. A period has a
first and a last day, both in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day on, up to a day that is no longer in it."""

    starts: date
    ends: date | None = None

    def covers(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on < self.ends)


@dataclass(frozen=True, slots=True)
class Version(Stretch):
    """One agreed version. `known_on`: when the person had read it and no question of theirs was left open."""

    number: int = 1
    measurable: bool = True
    known_on: date | None = None
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The verdict: each of three, why, and since when all that is known holds up to the end of the period."""

    in_force: bool
    measurable: bool
    known: bool
    why: str
    since: date | None = None

    @property
    def met(self) -> bool:
        return self.in_force and self.measurable and self.known


def in_force(versions: Iterable[Version], on: date) -> Version | None:
    """The version that binds on a day: of several that would, the one that began last."""
    holding = [version for version in versions if version.covers(on)]
    return max(holding, key=lambda version: (version.starts, version.number), default=None)


def first_gap(stretches: Iterable[Stretch], starts: date, ends: date) -> date | None:
    """The first day of a period that no stretch covers; None when all are covered."""
    day = starts
    for stretch in sorted(stretches, key=lambda one: one.starts):
        if stretch.starts > day:
            break
        if stretch.ends is None:
            return None
        day = max(day, stretch.ends)
    return day if day <= ends else None


def known_through(versions: Sequence[Version], held: Sequence[Stretch], starts: date, ends: date) -> Known:
    """Whether a standard was in force, measurable and known on every day from `starts` to `ends`.

    `held`: when the person held the role. A period that ends before it starts is met by nothing.
    """
    if ends < starts:
        return Known(False, False, False, _("The period ends before it starts."))
    during = [version for version in versions if _within(version, starts, ends)]
    problems = [
        _problem_of_force(versions, held, starts, ends),
        _problem_of_measuring(during),
        _problem_of_knowing(during, starts),
    ]
    whys = [problem for problem in problems if problem]
    why = " ".join(whys) or _("In force, measurable and known on every day of the period.")
    since = known_since(versions, held, ends)
    if whys and since:
        why += " " + _("All of it holds since %(day)s.") % {"day": since.isoformat()}
    force, measuring, knowing = (not problem for problem in problems)
    return Known(force, measuring, knowing, why, since)


def _within(version: Version, starts: date, ends: date) -> bool:
    return version.starts <= ends and (version.ends is None or version.ends > starts)


def _problem_of_force(versions: Sequence[Version], held: Sequence[Stretch], starts: date, ends: date) -> str:
    if gap := first_gap(versions, starts, ends):
        return _("No version was in force on %(day)s.") % {"day": gap.isoformat()}
    if gap := first_gap(held, starts, ends):
        return _("The role was not held on %(day)s, or the standard was not for it.") % {
            "day": gap.isoformat()
        }
    return ""


def _problem_of_measuring(during: Sequence[Version]) -> str:
    vague = [version.number for version in during if not version.measurable]
    if not during:
        return _("There was nothing to measure by.")
    if vague:
        return _("Version %(numbers)s names no level of a measure and no behaviour with anchors.") % {
            "numbers": ", ".join(str(number) for number in vague)
        }
    return ""


def _problem_of_knowing(during: Sequence[Version], starts: date) -> str:
    if not during:
        return _("There was nothing to know.")
    for version in sorted(during, key=lambda one: one.starts):
        if problem := _unknown(version, max(version.starts, starts)):
            return problem
    return ""


def _unknown(version: Version, needed: date) -> str:
    if version.known_on is not None and version.known_on <= needed:
        return ""
    said = {"number": version.number, "day": (version.known_on or needed).isoformat()}
    if version.known_on is not None:
        return (
            _("Version %(number)s was acknowledged, or a question about it answered, only on %(day)s.") % said
        )
    if version.asked:
        return _("A question about version %(number)s is still without an answer.") % said
    return _("Version %(number)s has not been acknowledged.") % said


def known_since(versions: Sequence[Version], held: Sequence[Stretch], ends: date) -> date | None:
    """The first day from which everything holds up to and including `ends`; None when it does not on that day."""
    since, day = None, ends
    while True:
        version, holding = in_force(versions, day), _holding(held, day)
        if version is None or holding is None or not version.measurable or version.known_on is None:
            return since
        begins = max(version.starts, holding.starts, version.known_on)
        if begins > day:
            return since
        since = begins
        if version.known_on > max(version.starts, holding.starts):
            return since
        day = begins - DAY


def _holding(held: Iterable[Stretch], day: date) -> Stretch | None:
    return next((stretch for stretch in held if stretch.covers(day)), None)


def known_on(said: Iterable[tuple[date, bool, date | None]]) -> date | None:
    """When a version was known, from what was said of it: (day, whether it was a question, when answered).

    A question leaves it open until somebody answers; an objection does not: the version was read and understood.
    """
    days = [answered if question else day for day, question, answered in said]
    return min((day for day in days if day is not None), default=None)
