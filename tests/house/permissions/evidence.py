"""Pages of the record and the law."""

from datetime import date

from andon.evidence import actions
from andon.evidence.law import holds
from tests.house.permissions.rule import EVERYBODY, Rule

ITEM, CORRECTION = {"pk": "item"}, {"pk": "correction"}
ALICE = frozenset({"alice"})
LEADS_ALICE = frozenset({"martin", "lena", "hana"})
READS_ALICE = ALICE | LEADS_ALICE
HR = frozenset({"hana"})

RULES: dict[str, Rule] = {
    "record:mine": Rule(look=EVERYBODY),
    "record:see": Rule(act=EVERYBODY),  # of what is ticked only one's own is seen
    "record:readers": Rule(look=EVERYBODY),
    "record:everything": Rule(look=EVERYBODY),
    "record:show": Rule(look=READS_ALICE, things={"pk": "alice"}),
    "record:add": Rule(look=READS_ALICE, act=READS_ALICE, things={"pk": "alice"}),
    "record:item": Rule(look=READS_ALICE, things=ITEM),
    "record:reply": Rule(act=ALICE, things=ITEM, sends={"text": "It was my colleague."}),
    "record:accept": Rule(act=ALICE, things=CORRECTION),
    "record:correct": Rule(act=LEADS_ALICE, things=ITEM, sends={"text": "A colleague rang."}),
    "record:shown": Rule(act=LEADS_ALICE, things=ITEM, sends={"witness": "30"}),
    "record:answer": Rule(act=LEADS_ALICE, things={"pk": "asked"}, sends={"text": "The log names you."}),
}

RETENTION, LEFT = {"slug": "record"}, {"pk": "lea"}
RULES |= {
    "law:home": Rule(look=HR),
    "law:keep": Rule(look=HR, act=HR, things=RETENTION, sends={"days": "900", "why": "As agreed."}),
    "law:run": Rule(act=HR, things=RETENTION),
    "law:hold": Rule(look=HR, act=HR, sends={"name": "Case", "reason": "A letter.", "people": "11"}),
    "law:lift": Rule(look=HR, act=HR, things={"pk": "hold"}, sends={"why": "It is settled."}),
    "law:leavers": Rule(look=HR),
    "law:leaver": Rule(look=HR, things=LEFT),
    "law:access": Rule(look=HR, things=LEFT),
    "law:erase": Rule(act=HR, things=LEFT, sends={"why": "leaver", "sure": "on"}),
    "law:notice": Rule(look=EVERYBODY),
}


def things(cast) -> dict:
    """An item about Alice; another of which she asked for a correction, and got one; a hold; and Lea, who left."""
    item, other = (_item(cast, title) for title in ("Parcel found", "Call cut off"))
    asked = actions.reply(item, "It was my colleague.", by=cast.alice, now=cast.now, asks=True)
    correction = actions.correct(other, "The line broke.", by=cast.martin, now=cast.now)
    fresh = _item(cast, "Customer thanked her")
    hold = holds.place("Case 1", "A letter.", [cast.bob], by=cast.hana, now=cast.now)
    found = {"item": fresh, "asked": asked, "correction": correction, "hold": hold, "lea": cast.lea}
    return {name: thing.pk for name, thing in found.items()}


def _item(cast, title: str):
    return actions.add_item(
        cast.alice, "customer_feedback", title=title, text="She rang the depot herself.",
        happened_on=date(2026, 2, 20), source="Call 7", by=cast.martin, now=cast.now,
    )  # fmt: skip
