"""Numbers, days and spans in the language of whoever reads.

`plots.words` says them in English, for files and the command line too; here the same figures are put into the
language that is active, so that both round alike. For every stage with a database, and for pages.
"""

import re
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import dateformat, formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy, pgettext

from andon.plots import words

MISSING = words.MISSING
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")
SCALE = re.compile(r"(?<=\d )(trillion|billion|million|min|[dhs])\b")
SCALES = {
    "trillion": gettext_lazy("trillion"),
    "billion": gettext_lazy("billion"),
    "million": gettext_lazy("million"),
    "d": gettext_lazy("d"),
    "h": gettext_lazy("h"),
    "min": gettext_lazy("min"),
    "s": gettext_lazy("s"),
}
UNITS = frozenset({"", "plain", "count", "rate", "share", "seconds", "money"})
"""Units with words of ours; any other is an organisation's own word."""
FEW = (
    gettext_lazy("no"),
    gettext_lazy("one"),
    gettext_lazy("two"),
    gettext_lazy("three"),
    gettext_lazy("four"),
    gettext_lazy("five"),
    gettext_lazy("six"),
    gettext_lazy("seven"),
    gettext_lazy("eight"),
    gettext_lazy("nine"),
    gettext_lazy("ten"),
    gettext_lazy("eleven"),
    gettext_lazy("twelve"),
)
MINUTES = (
    ngettext_lazy("%(n)d minute ago", "%(n)d minutes ago", "n"),
    ngettext_lazy("in %(n)d minute", "in %(n)d minutes", "n"),
)
STEPS = (
    (
        86400 * 365.25,
        ngettext_lazy("%(n)d year ago", "%(n)d years ago", "n"),
        ngettext_lazy("in %(n)d year", "in %(n)d years", "n"),
    ),
    (
        86400 * 30.44,
        ngettext_lazy("%(n)d month ago", "%(n)d months ago", "n"),
        ngettext_lazy("in %(n)d month", "in %(n)d months", "n"),
    ),
    (
        86400 * 7,
        ngettext_lazy("%(n)d week ago", "%(n)d weeks ago", "n"),
        ngettext_lazy("in %(n)d week", "in %(n)d weeks", "n"),
    ),
    (
        86400,
        ngettext_lazy("%(n)d day ago", "%(n)d days ago", "n"),
        ngettext_lazy("in %(n)d day", "in %(n)d days", "n"),
    ),
    (
        3600,
        ngettext_lazy("%(n)d hour ago", "%(n)d hours ago", "n"),
        ngettext_lazy("in %(n)d hour", "in %(n)d hours", "n"),
    ),
)


def for_keeps() -> AbstractContextManager:
    """While something is kept for others to read: in the language of the sources, from which any can be told."""
    return translation.override(settings.LANGUAGE_CODE)


def number(x: float, more: int = 0) -> str:
    """As `words.number`: 2,140 and 1.2 million; in German 2.140 and 1,2 Mio."""
    return figures(words.number(x, more))


def value(x: float, unit: str, more: int = 0) -> str:
    """As `words.value`: 4.6 %, 3.4 h; in German 4,6 %, 3,4 Std."""
    return figures(words.value(x, unit, more), named=unit not in UNITS)


def figures(text: str, named: bool = False) -> str:
    """English figures as the active language writes them; a unit that an organisation named itself stays."""
    if (translation.get_language() or "en").startswith("en"):
        return text
    point, comma = formats.get_format("DECIMAL_SEPARATOR"), formats.get_format("THOUSAND_SEPARATOR")
    swap = str.maketrans({".": point, ",": comma})
    text = FIGURE.sub(lambda found: found[0].translate(swap), text)
    return text if named else SCALE.sub(lambda found: str(SCALES[found[0]]), text)


def few(n: int) -> str:
    """Small counts as words: three, twelve, 13, 2,140."""
    return str(FEW[n]) if 0 <= n < len(FEW) else thousands(n)


def thousands(n: float) -> str:
    """2,140; 1.2 million."""
    return number(n) if abs(n) >= 1_000_000 else figures(f"{n:,.0f}")


def counted(n: int, one: str, many: str = "") -> str:
    """`counted(3, "week")` reads “three weeks”: the catalogue holds “%(n)s week” and “%(n)s weeks” as one message."""
    return ngettext(f"%(n)s {one}", f"%(n)s {many or one + 's'}", n) % {"n": few(n)}


def plain(x: float) -> str:
    """As short as it is exact: 0.05, 12, 1,234.5 without its comma."""
    return figures(f"{x:g}")


def percent(x: float) -> str:
    """A share in whole per cents."""
    return f"{100 * x:.0f} %"


def day(at: date) -> str:
    """9 November 2026."""
    # Translators: how a day reads, in the letters of Django's date filter.
    return dateformat.format(at, pgettext("day", "j F Y"))


def month(at: date) -> str:
    """November 2026."""
    # Translators: how a month reads, in the letters of Django's date filter.
    return dateformat.format(at, pgettext("month", "F Y"))


def moment(at: datetime) -> str:
    """9 November 2026, 14:03 CET; in the zone of the organisation."""
    here = timezone.localtime(at)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": day(here),
        "time": f"{here:%H:%M}",
        "zone": here.tzname(),
    }


def weekday(at: datetime) -> str:
    """Sunday 22 November 2026, in the zone of the organisation."""
    # Translators: how a day of the week reads, in the letters of Django's date filter.
    return dateformat.format(timezone.localtime(at), pgettext("weekday", "l j F Y"))


def period(at: datetime, every: str) -> str:
    """The period that starts at a moment: “week of 9 November 2026”. Periods are kept in UTC."""
    when = at.astimezone(UTC) if timezone.is_aware(at) else at
    match every:
        case "year":
            return str(when.year)
        case "quarter":
            return _quarter(when)
        case "month":
            return month(when)
        case "week":
            return _("week of %(day)s") % {"day": day(when)}
        case "hour":
            return f"{day(when)}, {when:%H:%M}"
    return f"{day(when)}, {when:%H:%M}" if when.hour or when.minute else day(when)


def _quarter(when: datetime) -> str:
    told = (
        gettext_lazy("first quarter of %(year)d"),
        gettext_lazy("second quarter of %(year)d"),
        gettext_lazy("third quarter of %(year)d"),
        gettext_lazy("fourth quarter of %(year)d"),
    )
    return told[(when.month - 1) // 3] % {"year": when.year}


def relative(span: timedelta) -> str:
    """A timedelta since something happened, as people say it; negative lies ahead."""
    seconds = span.total_seconds()
    if abs(seconds) < 45:
        return _("just now") if seconds >= 0 else _("in a moment")
    n, past, ahead = _length(abs(seconds))
    return (past if seconds > 0 else ahead) % {"n": n}


def _length(seconds: float) -> tuple:
    for size, past, ahead in STEPS:
        if seconds >= size:
            return int(seconds // size), past, ahead
    return max(1, int(seconds // 60)), *MINUTES
