"""Who may open what: one line for every address, a module a half of the house. A new address without a line fails.

A module holds `RULES` and, where its addresses need things of their own, `things(cast)`: name in `Rule.things` to key.
"""

from tests.house.permissions import (
    customers,
    evidence,
    fairness,
    growth,
    journeys,
    leaders,
    mail,
    notices,
    plans,
    pulse,
    questions,
    standards,
    team,
)
from tests.house.permissions.rule import EVERYBODY, Rule

__all__ = ["EVERYBODY", "RULES", "WITHOUT_SIGN_IN", "Rule", "things_of"]

AREAS = (
    customers, standards, evidence, growth, team, plans, notices, mail, leaders, questions, pulse, fairness,
    journeys,
)  # fmt: skip
RULES: dict[str, Rule] = {name: rule for area in AREAS for name, rule in area.RULES.items()}

WITHOUT_SIGN_IN = {
    "chart_engine", "set_language", "notices:stop", "mail_webhook", "pulse:slip", "pulse:thanks",
}  # fmt: skip
"""Addresses that hold nothing of anybody's: the drawing of charts in the browser, the language of the pages; and the
one that ends a kind of mail, which is signed; that of a provider of mail, which is secret; and those where a slip of
the pulse is answered, which asks for the code on it."""


def things_of(cast) -> dict:
    """What the addresses of every area are about."""
    made = (area.things(cast) for area in AREAS if hasattr(area, "things"))
    return {name: key for found in made for name, key in found.items()}
