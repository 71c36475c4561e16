"""Pages of standards, principles and objectives."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps

from andon.standards import actions
from andon.standards.models import Behaviour
from tests.house.permissions.rule import EVERYBODY, Rule

SHIPPED = import_module("andon.standards.migrations.0002_principles_to_start_from")
ALICE = frozenset({"alice"})
HR = frozenset({"hana"})
LEADS_ALICE = frozenset({"martin", "lena", "hana"})
READS_ALICE = ALICE | LEADS_ALICE
MANAGERS = frozenset({"martin", "mona", "lena"})
BULK = MANAGERS | HR
WRITES_PHONES = frozenset({"martin", "lena", "hana"})
CHECKS_PHONES = WRITES_PHONES | {"alice", "bob"}

ROLE, STANDARD, DRAFT = {"slug": "call-handler"}, {"pk": "standard"}, {"pk": "draft"}
DAYS = {"starts": "2026-01-01", "ends": "2026-03-31"}
CONTENT = {
    "statement": "Parcels arrive.",
    "serves": "Customers wait.",
    "level": "4 %",
    "why_changed": "Better labels.",
}

RULES: dict[str, Rule] = {
    "standards:mine": Rule(look=EVERYBODY),
    "standards:history": Rule(look=EVERYBODY),
    "standards:team": Rule(look=MANAGERS),
    "standards:calibration": Rule(
        look=frozenset({"hana", "lena"}),
        act=HR,
        sends={"role": "call-handler", "subject": "name:answers", "reason": "Why."},
    ),
    "standards:roles": Rule(look=EVERYBODY),
    "standards:new_role": Rule(look=HR, act=HR),
    "standards:role": Rule(look=EVERYBODY, things=ROLE),
    "standards:change_role": Rule(look=HR, act=HR, things=ROLE),
    "standards:retire_role": Rule(act=HR, things=ROLE),
    "standards:assign": Rule(look=HR, act=HR, things=ROLE),
    "standards:new": Rule(look=HR, act=HR, things=ROLE),
    "standards:end_holding": Rule(act=HR, things={"pk": "holding"}),
    "standards:standard": Rule(look=EVERYBODY, things=STANDARD),
    "standards:readers": Rule(look=MANAGERS | HR, things=STANDARD),
    "standards:revise": Rule(look=HR, act=HR, things=STANDARD),
    "standards:agree": Rule(act=HR, things=DRAFT),
    "standards:bring_in": Rule(look=HR, act=HR, things=DRAFT),
    "standards:discard": Rule(act=HR, things=DRAFT),
    "standards:end": Rule(look=HR, act=HR, things=STANDARD),
    "standards:acknowledge": Rule(
        act=frozenset({"alice", "bob"}), things={"pk": "version"}, sends={"kind": "understood"}
    ),
    "standards:remind": Rule(act=LEADS_ALICE, things={"pk": "version"}, sends={"person": "alice"}),
    "standards:answer": Rule(act=LEADS_ALICE, things={"pk": "asked"}, sends={"text": "From today."}),
}

PRINCIPLE, BEHAVIOUR = {"slug": "ownership"}, {"pk": "behaviour"}
RULES |= {
    "principles:list": Rule(look=EVERYBODY),
    "principles:new": Rule(look=HR, act=HR),
    "principles:show": Rule(look=EVERYBODY, things=PRINCIPLE),
    "principles:change": Rule(look=HR, act=HR, things=PRINCIPLE),
    "principles:retire": Rule(act=HR, things=PRINCIPLE),
    "principles:bring_back": Rule(act=HR, things=PRINCIPLE),
    "principles:new_behaviour": Rule(look=HR, act=HR, things=PRINCIPLE),
    "principles:change_behaviour": Rule(look=HR, act=HR, things=BEHAVIOUR),
    "principles:retire_behaviour": Rule(act=HR, things=BEHAVIOUR),
}

# The objective is Alice's own: for whoever is not named, it does not exist.
OBJECTIVE, RESULT = {"pk": "objective"}, {"pk": "result"}
RULES |= {
    "objectives:tree": Rule(look=EVERYBODY),
    "objectives:mine": Rule(look=EVERYBODY),
    "objectives:line": Rule(look=BULK),
    "objectives:new": Rule(look=EVERYBODY, act=EVERYBODY),
    "objectives:show": Rule(look=READS_ALICE, things=OBJECTIVE),
    "objectives:change": Rule(look=READS_ALICE, act=READS_ALICE, things=OBJECTIVE),
    "objectives:drop": Rule(look=READS_ALICE, act=READS_ALICE, things=OBJECTIVE),
    "objectives:note": Rule(act=READS_ALICE, things={"pk": "frozen"}, sends={"text": "It was 62."}),
    "objectives:add_result": Rule(look=READS_ALICE, act=READS_ALICE, things=OBJECTIVE),
    "objectives:change_result": Rule(look=READS_ALICE, act=READS_ALICE, things=RESULT),
    "objectives:remove_result": Rule(act=READS_ALICE, things=RESULT),
    "objectives:check_in": Rule(
        act=CHECKS_PHONES, things={"pk": "shared"}, sends={"value": "3", "confidence": "low"}
    ),
    "objectives:cycles": Rule(look=EVERYBODY),
    "objectives:new_cycle": Rule(look=HR, act=HR),
    "objectives:open_cycle": Rule(act=HR, things={"slug": "spring"}),
    "objectives:freeze_cycle": Rule(act=HR, things={"slug": "spring"}),
    "objectives:templates": Rule(look=BULK),
    "objectives:new_template": Rule(look=BULK, act=BULK),
    "objectives:change_template": Rule(look=BULK, act=BULK, things={"pk": "template"}),
    "objectives:retire_template": Rule(act=BULK, things={"pk": "template"}),
    "objectives:use_template": Rule(look=BULK, act=BULK, things={"pk": "template"}),
    "objectives:import": Rule(look=BULK, act=BULK),
    "objectives:example": Rule(look=BULK),
}


def things(cast) -> dict:
    """A role with a standard that Alice asked about and a draft; Alice's objective, and one of Phones."""
    SHIPPED.ship(apps, None)  # a test of transactions before this one may have emptied the tables
    by = {"by": cast.hana, "now": cast.now}
    role = actions.add_role("Call handler", purpose="Helps.", serves="Helped at once.", **by)
    holding = actions.assign_role(role, [cast.alice, cast.bob], starts=cast.now.date(), **by)[0]
    version = actions.agree_standard(
        role, name="Answers", statement="Answers come.", serves="Nobody waits.", starts=cast.now.date(), **by
    )
    actions.agree_standard(
        role, name="Answers", statement="Answers come soon.", serves="Nobody waits.", team=cast.chat,
        starts=cast.now.date(), **by,
    )  # fmt: skip
    draft = actions.draft_standard(role, name="Asks", statement="Asks back.", serves="It helped.", **by)
    asked = actions.acknowledge(version, cast.alice, cast.now, "From when?", "question")
    return {
        "holding": holding.pk, "standard": version.standard_id, "draft": draft.standard_id, "version": version.pk,
        "asked": asked.pk, "behaviour": Behaviour.objects.filter(principle__slug="ownership").first().pk,
        **_objectives(cast),
    }  # fmt: skip


def _objectives(cast) -> dict:
    now = cast.now
    cycle = actions.begin_cycle(
        "Spring", starts=now.date(), ends=now.date() + timedelta(days=90), by=cast.hana, now=now
    )
    past = actions.begin_cycle("Past", starts=now.date(), ends=now.date(), by=cast.hana, now=now)
    told = {"title": "Calls", "baseline": 0.0, "target": 9.0}
    own = {"person": cast.alice, "by": cast.alice, "now": now}
    objective = actions.write_objective("Listen", key_results=[told], **own)
    frozen = actions.write_objective("Listened", cycle=past, **own)
    actions.open_cycle(past, by=cast.hana, now=now)
    actions.freeze_cycle(past, by=cast.hana, now=now)
    shared = actions.write_objective("Help", team=cast.phones, by=cast.martin, now=now, key_results=[told])
    template = actions.keep_template("T", title="Listen", why="", key_results=[told], by=cast.martin, now=now)
    return {
        "objective": objective.pk, "result": objective.key_results.get().pk, "frozen": frozen.pk,
        "shared": shared.key_results.get().pk, "template": template.pk, "spring": cycle.slug,
    }  # fmt: skip
