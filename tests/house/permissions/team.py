"""Pages of a manager's team, and of one's own coaching and talks.

Alice is coached by Martin, who promised her support. Their talk is read by the two alone: neither Lena, above
them both, nor Hana, the HR partner, finds it.
"""

from datetime import timedelta

from andon.growth.actions import coaching, one_to_ones, promises
from tests.growth.made import days, noted, promised, talk
from tests.house.permissions.rule import EVERYBODY, Rule

MANAGERS = frozenset({"martin", "mona", "lena"})
LINE = frozenset({"martin", "lena"})
LINE_AND_HR = LINE | {"hana"}
SELF = frozenset({"alice"})
THE_TWO = frozenset({"alice", "martin"})

ALICE = {"pk": "alice"}
NOTE, VIEW, TALK = {"pk": "note"}, {"pk": "view"}, {"pk": "talk"}
PROMISE, DOUBTED = {"pk": "promise"}, {"pk": "doubted"}
WORDS = {"text": "As we said."}

RULES: dict[str, Rule] = {
    "team:hub": Rule(look=MANAGERS),
    "team:owed": Rule(look=EVERYBODY),
    "team:promise": Rule(look=LINE_AND_HR, things=PROMISE),
    "team:deliver": Rule(act=LINE_AND_HR, things=PROMISE, sends=WORDS),
    "team:hand_on": Rule(
        act=LINE_AND_HR, things=PROMISE, sends={"to": "hana@example.com", "words": "She has time."}
    ),
    "team:answer": Rule(act=LINE_AND_HR, things=DOUBTED, sends=WORDS),
    "team:hint": Rule(act=EVERYBODY),  # nothing is kept of what is sent
    "team:person": Rule(look=LINE_AND_HR, things=ALICE),
    "team:note": Rule(look=LINE, act=LINE, things=ALICE),
    "team:promise_to": Rule(look=LINE_AND_HR, act=LINE_AND_HR, things=ALICE),
    "team:coaching": Rule(look=LINE_AND_HR, things=NOTE),
    "team:follow_up": Rule(act=LINE, things=NOTE),
    "team:correct": Rule(act=LINE, things=NOTE, sends=WORDS),
    "team:note_view": Rule(act=LINE, things=NOTE, sends=WORDS | {"with_consent": "on"}),
}

RULES |= {
    "coaching:mine": Rule(look=EVERYBODY),
    "coaching:show": Rule(look=SELF, things=NOTE),
    "coaching:add_view": Rule(act=SELF, things=NOTE, sends=WORDS),
    "coaching:confirm": Rule(act=SELF, things=VIEW, sends={"agrees": "yes"}),
    "coaching:doubt": Rule(act=SELF, things=PROMISE, sends=WORDS),
    "coaching:release": Rule(act=SELF, things=PROMISE),
    "coaching:one_to_ones": Rule(look=EVERYBODY),
    "coaching:plan_one_to_one": Rule(look=EVERYBODY, act=EVERYBODY),
    "coaching:one_to_one": Rule(look=THE_TWO, things=TALK),
    "coaching:agenda": Rule(act=THE_TWO, things=TALK, sends=WORDS),
    "coaching:write_note": Rule(act=THE_TWO, things=TALK, sends=WORDS),
    "coaching:agree_action": Rule(act=THE_TWO, things=TALK),
    "coaching:cover": Rule(act=THE_TWO, things={"pk": "agenda item"}),
    "coaching:finish": Rule(act=THE_TWO, things={"pk": "action item"}),
}


def things(cast) -> dict:
    """A note with a view that is not confirmed, a promise, one that is doubted, and a talk."""
    note = noted(cast)
    view = coaching.add_their_view(note, "The timer.", by=cast.martin, now=cast.now, with_consent=True)
    doubted = promised(cast, what="A headset", kind="tool")
    later = cast.now + timedelta(days=8)
    promises.doubt(doubted, "It never came.", by=cast.alice, now=later)
    one = talk(cast)
    item = one_to_ones.put_on_agenda(one, "The timer", by=cast.alice, now=cast.now)
    action = one_to_ones.agree_action(one, "Ask", cast.martin, days(3), by=cast.alice, now=cast.now)
    return {
        "note": note.pk, "view": view.pk, "promise": promised(cast).pk, "doubted": doubted.pk, "talk": one.pk,
        "agenda item": item.pk, "action item": action.pk,
    }  # fmt: skip
