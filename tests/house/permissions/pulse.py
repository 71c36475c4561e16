"""The pulse: everybody takes part and reads the whole; HR partners run it; results of teams are for who leads them."""

from andon.culture.pulse.defaults import lay_out
from andon.culture.pulse.models import Question
from tests.house.permissions.rule import EVERYBODY, Rule

RUNS = frozenset({"hana"})
BRINGS_FIGURES = frozenset({"hana", "ana", "adam"})
COMPARES = frozenset({"martin", "mona", "lena", "hana", "ana"})
QUESTION = {"pk": "pulse_question"}


def things(cast) -> dict:
    lay_out()
    return {"pulse_question": Question.objects.earliest("place").pk}


RULES: dict[str, Rule] = {
    "pulse:home": Rule(look=EVERYBODY),
    "pulse:groups": Rule(look=EVERYBODY),
    "pulse:results": Rule(look=EVERYBODY),
    "pulse:answer": Rule(look=EVERYBODY, act=EVERYBODY),
    "pulse:speaking_up": Rule(look=COMPARES),
    "pulse:figures": Rule(look=BRINGS_FIGURES, act=BRINGS_FIGURES),
    "pulse:figures_example": Rule(look=BRINGS_FIGURES),
    "pulse:run": Rule(look=RUNS, act=RUNS),
    "pulse:open": Rule(act=RUNS),
    "pulse:close": Rule(act=RUNS),
    "pulse:slips": Rule(act=RUNS),
    "pulse:add_question": Rule(look=RUNS, act=RUNS),
    "pulse:question": Rule(look=RUNS, act=RUNS, things=QUESTION),
    "pulse:retire_question": Rule(act=RUNS, things=QUESTION),
}
