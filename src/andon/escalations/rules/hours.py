"""Working hours as people write them, and what makes a calendar sound. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import available_timezones

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.calendars import Span, Week, public_holidays

DAY_NAMES = (
    gettext_lazy("Monday"), gettext_lazy("Tuesday"), gettext_lazy("Wednesday"), gettext_lazy("Thursday"),
    gettext_lazy("Friday"), gettext_lazy("Saturday"), gettext_lazy("Sunday"),
)  # fmt: skip
FEWEST_A_WEEK = 5 * 60  # minutes: with fewer, "explain within 24 hours" takes more than a month
MOST_DAYS_OFF = 400
SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|to)\s*(\d{1,2})(?::(\d{2}))?")
MIDNIGHT = 24 * 60


def read_hours(text: str) -> tuple[Span, ...]:
    """“9:00–12:30, 13–17” as minutes of the day. Raises ValueError with a sentence."""
    spans = tuple(_read_span(part.strip()) for part in re.split(r"[,;]", text) if part.strip())
    for before, after in zip(sorted(spans), sorted(spans)[1:], strict=False):
        if after[0] < before[1]:
            raise ValueError(_("%(hours)s: these hours overlap.") % {"hours": text.strip()})
    return tuple(sorted(spans))


def _read_span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if not found:
        raise ValueError(_("“%(text)s” is not hours. Write 9:00–17:00, or leave it empty.") % {"text": text})
    opens, closes = (_minutes(found[i], found[i + 1], text) for i in (1, 3))
    if opens >= closes:
        raise ValueError(
            _(
                "“%(text)s” ends before it begins. Work past midnight is written on both days: 22:00–24:00, "
                "and 0:00–6:00 on the next."
            )
            % {"text": text}
        )
    return opens, closes


def _minutes(hours: str, minutes: str | None, text: str) -> int:
    total = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or total > MIDNIGHT:
        raise ValueError(_("“%(text)s”: a day goes from 0:00 to 24:00.") % {"text": text})
    return total


def write_hours(spans: Sequence[Span]) -> str:
    """As `read_hours` reads them."""
    return ", ".join(f"{_clock(opens)}–{_clock(closes)}" for opens, closes in spans)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def problems_of_calendar(
    zone: str, week: Week, country: str, subdivision: str, days_off: Sequence[date]
) -> Mapping[str, str]:
    """What is wrong, by field; empty when nothing is."""
    found = {
        "zone": "" if zone in available_timezones() else _("“%(zone)s” is no time zone known here.") % {"zone": zone},
        "week": _problem_of_week(week),
        "country": _problem_of_country(country, subdivision),
        "days_off": _problem_of_days_off(days_off),
    }  # fmt: skip
    return {name: problem for name, problem in found.items() if problem}


def _problem_of_week(week: Week) -> str:
    worked = sum(closes - opens for spans in week for opens, closes in spans)
    if not worked:
        return _(
            "Nobody works in this calendar, so no clock would ever run. Give at least one day its hours."
        )
    if worked < FEWEST_A_WEEK:
        return _(
            "Fewer than five hours a week: an explanation would take more than a month. Give it more hours."
        )
    return ""


def _problem_of_country(country: str, subdivision: str) -> str:
    if subdivision and not country:
        return _("A part of a country needs its country.")
    try:
        public_holidays(country, subdivision, 2026)
    except NotImplementedError:
        where = f"{country} {subdivision}".strip()
        return _(
            "The public holidays of “%(where)s” are not known here. Leave it empty and name days off yourself."
        ) % {"where": where}
    return ""


def _problem_of_days_off(days_off: Sequence[date]) -> str:
    if len(days_off) <= MOST_DAYS_OFF:
        return ""
    return _("More than %(most)s days off. Leave out those that are over.") % {"most": MOST_DAYS_OFF}
