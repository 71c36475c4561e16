"""Pages of a question whole: turns it takes, its explanation and whys, and what changes.

The question is Alice's, put to Olga. Readers are those who may read what the customer said.
"""

from datetime import timedelta

from tests.house.permissions.rule import EVERYBODY, READS_TORN, Rule

OWNS = frozenset({"olga", "lena"})
CLOSES = OWNS | {"alice"}
PASSES_ON = CLOSES | {"ana", "adam"}
QUESTION = {"number": "question"}
VERSION = {"number": "question", "version": "explanation"}
WHY = {"number": "question", "pk": "why"}
FIX = {"number": "question", "pk": "fix"}
TOMORROW = {"text": "Belt 2.", "next_on": "2026-03-03"}

RULES: dict[str, Rule] = {
    "escalations:pass_on": Rule(
        look=PASSES_ON, act=PASSES_ON, things=QUESTION, sends={"to_team": "chat", "why": "Theirs."}
    ),
    "escalations:merge": Rule(look=CLOSES, act=CLOSES, things=QUESTION, sends={"into": "999"}),
    "escalations:so_far": Rule(act=OWNS, things=QUESTION, sends=TOMORROW),
    "escalations:reopen": Rule(act=CLOSES, things=QUESTION, sends={"why": "Again."}),
    "escalations:thank": Rule(act=READS_TORN, things=QUESTION),
    "escalations:explanation": Rule(look=READS_TORN, things=QUESTION),
    "escalations:version": Rule(look=READS_TORN, things=VERSION),
    "escalations:review": Rule(act=READS_TORN, things=VERSION, sends={"text": "Which one?"}),
    "escalations:begin": Rule(act=OWNS, things=QUESTION),
    "escalations:draft": Rule(look=OWNS, act=OWNS, things=QUESTION, sends={"summary": "So far."}),
    "escalations:drop_draft": Rule(act=OWNS, things=QUESTION),
    "escalations:section": Rule(
        act=OWNS, things=QUESTION | {"name": "summary"}, sends={"summary": "So far."}
    ),
    "escalations:add_why": Rule(act=OWNS, things=QUESTION, sends={"text": "Because."}),
    "escalations:change_why": Rule(act=OWNS, things=WHY, sends={"text": "Because."}),
    "escalations:move_why": Rule(act=OWNS, things=WHY, sends={"where": "up"}),
    "escalations:place_why": Rule(act=OWNS, things=WHY, sends={"position": "0"}),
    "escalations:remove_why": Rule(act=OWNS, things=WHY),
    "escalations:baseline": Rule(look=EVERYBODY),
    "escalations:plan": Rule(look=OWNS, act=OWNS, things=QUESTION),
    "escalations:fix": Rule(look=EVERYBODY, things=FIX),
    "escalations:in_place": Rule(act=OWNS, things=FIX, sends={"since": "2026-03-02"}),
    "escalations:judge": Rule(act=OWNS, things=FIX),
    "escalations:watch_on": Rule(act=OWNS, things=FIX),
    "escalations:drop_fix": Rule(act=OWNS, things=FIX, sends={"why": "Another way was found."}),
}


def things(cast) -> dict:
    """A draft with one why, and a change that is planned."""
    from andon.escalations import actions
    from andon.escalations.models import Escalation

    question = Escalation.objects.get(raised_by=cast.alice, signal=cast.torn)
    draft = actions.begin_explanation(question, by=cast.olga, now=cast.now)
    why = actions.add_why(question, "The roll is shorter.", by=cast.olga, now=cast.now, evidence="Photos.")
    fix = actions.plan_fix(
        question, mechanism=cast.labels, what="Labels are read at the belt.", measure=cast.late, side="at_most",
        level=0.0001, window_days=28, due_on=(cast.now + timedelta(days=1)).date(), no_side_effect="It adds no step.",
        by=cast.olga, now=cast.now,
    )  # fmt: skip
    return {"explanation": draft.number, "why": why.pk, "fix": fix.pk}
