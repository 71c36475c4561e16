"""Pages of the ways of customers: no person is in them, so everybody at work may read them."""

from tests.culture.following import followed
from tests.house.permissions.rule import EVERYBODY, Rule


def things(cast) -> dict:
    followed(cast.now, "labels", "refunds")
    return {"step_of_journeys": "labels"}


RULES: dict[str, Rule] = {
    "journeys:home": Rule(look=EVERYBODY),
    "journeys:step": Rule(look=EVERYBODY, things={"slug": "step_of_journeys"}),
    "journeys:how": Rule(look=EVERYBODY),
}
