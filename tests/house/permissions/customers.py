"""Pages about customers, mechanisms, the system, data and the directory of people."""

from tests.house.permissions.rule import (
    ANSWERS_FOR_LABELS,
    BRINGS_ANYTHING,
    BRINGS_DATA,
    EVERYBODY,
    LOOKS_UP_ALICE,
    READS_TORN,
    REGISTERS,
    Rule,
)

LABELS = {"slug": "labels"}
LATE = {"slug": "labels", "measure": "late"}
TORN = {"key": "said-1"}

RULES: dict[str, Rule] = {
    "home": Rule(look=EVERYBODY),
    "wall": Rule(look=EVERYBODY),
    "mechanisms:list": Rule(look=EVERYBODY),
    "mechanisms:show": Rule(look=EVERYBODY, things=LABELS),
    "mechanisms:measure": Rule(look=EVERYBODY, things=LATE),
    "mechanisms:chart": Rule(look=EVERYBODY, things=LATE),
    "mechanisms:points": Rule(look=EVERYBODY, things=LATE),
    "mechanisms:new": Rule(look=REGISTERS, act=REGISTERS),
    "mechanisms:revise": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LABELS),
    "mechanisms:retire": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LABELS),
    "mechanisms:add_measure": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LABELS),
    "mechanisms:retire_measure": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LATE),
    "mechanisms:revise_measure": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LATE),
    "mechanisms:begin_phase": Rule(look=ANSWERS_FOR_LABELS, act=ANSWERS_FOR_LABELS, things=LATE),
}

RULES |= {
    "voice:list": Rule(look=EVERYBODY),
    "voice:show": Rule(look=READS_TORN, things=TORN),
    "voice:assign": Rule(act=EVERYBODY),  # what is out of reach is not among what is ticked: test_reach.py
    "voice:assign_one": Rule(act=ANSWERS_FOR_LABELS, things=TORN, sends={"mechanism": "refunds"}),
    "voice:undo": Rule(act=EVERYBODY),
    "voice:save": Rule(act=EVERYBODY),
    "voice:clusters": Rule(look=EVERYBODY),
    "voice:cluster": Rule(look=READS_TORN, things={"pk": "cluster"}),
    "voice:forget": Rule(act=frozenset({"alice"}), things={"pk": "view"}),
}

QUESTION = {"number": "question"}
RULES |= {
    "escalations:list": Rule(look=EVERYBODY),
    "escalations:raise": Rule(
        look=READS_TORN, act=READS_TORN, query="signal=said-1", sends={"signal": "said-1"}
    ),
    "escalations:colleagues": Rule(look=EVERYBODY),
    "escalations:hint": Rule(act=EVERYBODY),
    "escalations:show": Rule(look=EVERYBODY, things=QUESTION),
    "escalations:clocks": Rule(look=EVERYBODY, things=QUESTION),
    "escalations:own": Rule(act=frozenset({"olga", "lena"}), things=QUESTION),
    "escalations:write": Rule(act=READS_TORN, things=QUESTION, sends={"kind": "note", "text": "We looked."}),
    "escalations:name_mechanism": Rule(
        act=frozenset({"alice", "olga", "lena", "ana", "adam"}),
        things=QUESTION,
        sends={"mechanism": "refunds"},
    ),
    "escalations:close": Rule(
        act=frozenset({"alice", "olga", "lena"}),
        things=QUESTION,
        sends={"reason": "A twin of an earlier one."},
    ),
}

RULES |= {
    "data:list": Rule(look=BRINGS_ANYTHING),
    "data:bring": Rule(look=BRINGS_ANYTHING, act=BRINGS_ANYTHING),
    "data:template": Rule(look=BRINGS_ANYTHING, things={"name": "interactions"}),
    "data:show": Rule(look=BRINGS_DATA, things={"key": "dataset"}),
    "data:map": Rule(look=BRINGS_DATA, act=BRINGS_DATA, things={"key": "dataset"}),
    "data:progress": Rule(look=BRINGS_DATA, things={"key": "dataset"}),
    "data:refused": Rule(look=BRINGS_DATA, things={"key": "dataset"}),
    "data:take_out": Rule(act=BRINGS_DATA, things={"key": "dataset"}),
    "data:try_again": Rule(act=BRINGS_DATA, things={"key": "dataset"}),
}

RULES |= {
    "people:list": Rule(look=EVERYBODY),
    "people:teams": Rule(look=EVERYBODY),
    "people:team": Rule(look=EVERYBODY, things={"slug": "phones"}),
    "people:show": Rule(look=LOOKS_UP_ALICE, things={"pk": "alice"}),
    "people:roles": Rule(look=frozenset({"adam"})),
    "people:grant": Rule(act=frozenset({"adam"}), things={"pk": "alice"}, sends={"role": "analyst"}),
    "people:withdraw": Rule(act=frozenset({"adam"}), things={"pk": "ana"}, sends={"role": "analyst"}),
}

# An estimate is its person's own: tests/attribution/test_access.py and tests/web/test_my_numbers.py.
RULES |= {
    "system:list": Rule(look=EVERYBODY),
    "system:how": Rule(look=EVERYBODY),
    "metrics:audit": Rule(look=EVERYBODY),
    "centre:every": Rule(look=EVERYBODY),
    "centre:one": Rule(look=EVERYBODY, things={"key": "nps"}),
    "system:measure": Rule(look=EVERYBODY, things=LATE),
    "me:estimates": Rule(look=EVERYBODY),
}

RULES |= {"guide": Rule(look=frozenset({"adam"}))}
