"""Pages of what is an employee's own, and of what HR partners keep for everybody's growth."""

from tests.growth.mine import things_of_alice
from tests.house.permissions.rule import EVERYBODY, Rule

RULES: dict[str, Rule] = {}


def things(cast) -> dict:
    return things_of_alice(cast)


# What is an employee's own: the thing made by `things` is Alice's. Pages without a thing show one's own to everybody.
OWN = frozenset({"alice"})
ACCOMPLISHMENT = {"pk": "accomplishment"}
ASSESSMENT, SHARED_ASSESSMENT = {"pk": "assessment"}, {"pk": "shared_assessment"}
ROUND, ANSWER, GIVEN = {"pk": "round"}, {"pk": "answer"}, {"pk": "given"}
RULES |= {
    "me:hub": Rule(look=EVERYBODY),
    "me:colleagues": Rule(look=EVERYBODY),
    "me:accomplishments": Rule(look=EVERYBODY),
    "me:new_accomplishment": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:accomplishment": Rule(look=OWN, things=ACCOMPLISHMENT),
    "me:edit_accomplishment": Rule(look=OWN, act=OWN, things=ACCOMPLISHMENT),
    "me:record_accomplishment": Rule(act=OWN, things=ACCOMPLISHMENT),
    "me:remove_accomplishment": Rule(act=OWN, things=ACCOMPLISHMENT),
    "me:assessments": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:assessment": Rule(look=OWN, act=OWN, things=ASSESSMENT),
    "me:share_assessment": Rule(act=OWN, things=ASSESSMENT, sends={"to": "martin"}),
    "me:remove_assessment": Rule(act=OWN, things=ASSESSMENT),
    "me:shared_assessment": Rule(look=OWN | {"martin"}, things=SHARED_ASSESSMENT),
    "me:take_back_assessment": Rule(act=OWN, things=SHARED_ASSESSMENT),
    "me:feedback": Rule(look=EVERYBODY),
    "me:ask_feedback": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:give_feedback": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:round": Rule(look=OWN | {"martin"}, things=ROUND),
    "me:answer_feedback": Rule(
        look=frozenset({"bob"}), act=frozenset({"bob"}), things={"pk": "open_round"}, sends={"text": "Yes."}
    ),
    "me:decline_feedback": Rule(act=frozenset({"bob"}), things={"pk": "open_round"}),
    "me:call_off_feedback": Rule(act=OWN, things={"pk": "open_round"}),
    "me:share_round": Rule(act=OWN, things=ROUND),
    "me:record_answer": Rule(act=OWN, things=ANSWER),
    "me:given_feedback": Rule(look=OWN | {"bob", "lena"}, things=GIVEN),  # Bob’s; shared with Lena
    "me:share_feedback": Rule(act=OWN, things=GIVEN),
    "me:record_feedback": Rule(act=OWN, things=GIVEN),
    "me:take_back_feedback": Rule(act=OWN, things={"pk": "share"}),
    "me:recognition": Rule(look=EVERYBODY),
    "me:recognise": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:record_recognition": Rule(act=OWN, things={"pk": "thanks"}),
}

COURSE, TRAINING = {"pk": "course"}, {"pk": "training"}
ASSIGNS = frozenset({"martin", "lena", "hana", "mona"})  # Mona to Charlie
MENTORING = {"pk": "mentoring"}
SKILL = {"slug": "explaining"}
RULES |= {
    "me:training": Rule(look=EVERYBODY),
    "me:enrol": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:finish_training": Rule(act=OWN, things=TRAINING),
    "me:leave_training": Rule(act=OWN, things=TRAINING),
    "me:course": Rule(look=EVERYBODY, things=COURSE),
    "me:assign_course": Rule(act=ASSIGNS, things=COURSE),
    "me:mentoring": Rule(look=EVERYBODY),
    "me:offer_mentoring": Rule(act=EVERYBODY),
    "me:withdraw_mentoring": Rule(act=EVERYBODY),
    "me:ask_mentor": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:agree_mentoring": Rule(act=frozenset({"olga"}), things=MENTORING),
    "me:decline_mentoring": Rule(act=frozenset({"olga"}), things=MENTORING),
    "me:end_mentoring": Rule(act=frozenset({"alice", "olga"}), things=MENTORING),
    "me:careers": Rule(look=EVERYBODY),
    "me:career": Rule(look=EVERYBODY, things={"slug": "guide"}),
    "me:skill": Rule(look=EVERYBODY, act=EVERYBODY, things=SKILL),
    "me:take_back_skill": Rule(act=OWN, things=SKILL),
    "me:ask_to_confirm": Rule(look=OWN, act=OWN, things=SKILL),
    "me:confirm_skill": Rule(
        look=frozenset({"bob"}),
        act=frozenset({"bob"}),
        things={"pk": "confirmation"},
        sends={"confirmed": "1"},
    ),
}

PLAN, GOAL = {"pk": "development"}, {"pk": "goal"}
RULES |= {
    "me:development": Rule(look=EVERYBODY, act=EVERYBODY),
    "me:development_plan": Rule(look=OWN | {"charlie"}, things=PLAN),  # shared with Charlie by name
    "me:revise_plan": Rule(act=OWN, things=PLAN),
    "me:end_plan": Rule(act=OWN, things=PLAN),
    "me:remove_plan": Rule(act=OWN, things=PLAN),
    "me:add_goal": Rule(act=OWN, things=PLAN),
    "me:share_plan": Rule(look=OWN, act=OWN, things=PLAN),
    "me:goal": Rule(act=OWN, things=GOAL),
    "me:add_step": Rule(act=OWN, things=GOAL),
    "me:step": Rule(act=OWN, things={"pk": "step"}),
    "me:take_back_plan": Rule(act=OWN, things={"pk": "plan_share"}),
}

KEEPS = frozenset({"hana"})
RULES |= {
    "growing:courses": Rule(look=KEEPS, act=KEEPS),
    "growing:course": Rule(look=KEEPS, act=KEEPS, things=COURSE),
    "growing:retire_course": Rule(act=KEEPS, things=COURSE),
    "growing:skills": Rule(look=KEEPS),
    "growing:new_skill": Rule(look=KEEPS, act=KEEPS),
    "growing:skill": Rule(look=KEEPS, act=KEEPS, things=SKILL),
    "growing:retire_skill": Rule(act=KEEPS, things=SKILL),
    "growing:role": Rule(look=KEEPS, act=KEEPS, things={"slug": "guide"}),
    "growing:paths": Rule(look=KEEPS, act=KEEPS),
    "growing:close_path": Rule(act=KEEPS, things={"pk": "path"}),
}
