"""Pages for leaders, the weekly review that everybody reads, and the working hours of teams."""

from datetime import date

from tests.house.permissions.rule import EVERYBODY, Rule

LEADERS = frozenset({"lena"})
READ_SILENCE = frozenset({"lena", "hana", "ana"})
LEAD_PHONES = frozenset({"martin", "lena", "adam"})
DAY, PHONES = {"day": "monday"}, {"slug": "phones_slug"}


def things(cast) -> dict:
    return {"monday": date(2026, 2, 23), "phones_slug": cast.phones.slug}


RULES: dict[str, Rule] = {
    "leaders:home": Rule(look=LEADERS),
    "leaders:silence": Rule(look=READ_SILENCE),
    "review:latest": Rule(look=EVERYBODY),
    "review:latest_pdf": Rule(look=EVERYBODY),
    "review:week": Rule(look=EVERYBODY, things=DAY),
    "review:week_pdf": Rule(look=EVERYBODY, things=DAY),
    "hours:list": Rule(look=EVERYBODY),
    "hours:show": Rule(look=LEAD_PHONES, act=LEAD_PHONES, things=PHONES),
    "hours:end": Rule(act=LEAD_PHONES, things=PHONES),
}
