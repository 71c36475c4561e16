"""Pages of plans: of Alice’s own, of her line and of HR, and meetings that look at cases alike."""

from datetime import date, timedelta

from andon.plans.actions import calibrating
from andon.plans.actions.proposing import keep_version
from andon.plans.actions.steps import take
from andon.plans.models import Checkpoint, Examination, Plan
from andon.plans.rules.gate import NAMES, Condition, Gate
from andon.plans.rules.targets import Content, Support, Target
from andon.standards.models import Holding, JobRole, Standard, StandardVersion
from tests.house.permissions.rule import EVERYBODY, Rule

ALICE = frozenset({"alice"})
LINE = frozenset({"martin", "lena"})
HR = frozenset({"hana"})
LINE_AND_HR = LINE | HR
LEADS_OR_HR = frozenset({"martin", "mona", "lena", "hana"})
TAKES_PART = frozenset({"martin", "hana"})
WHY = {"words": "As we have talked over together."}
REASON = "Her customers wait longer than others."

PLAN, GATE, MEETING = {"pk": "plan"}, {"pk": "gate"}, {"pk": "meeting"}
CHECKPOINT = PLAN | {"checkpoint": "checkpoint"}

RULES: dict[str, Rule] = {
    "plans:mine": Rule(look=EVERYBODY),
    "plans:my_plan": Rule(look=ALICE, things=PLAN),
    "plans:my_dossier": Rule(look=ALICE, things=PLAN),
    "plans:my_gate": Rule(look=ALICE, things=GATE),
    "plans:my_note": Rule(act=ALICE, things=CHECKPOINT, sends={"text": "Better."}),
    "plans:my_acknowledge": Rule(act=ALICE, things=PLAN),
    "plans:my_say": Rule(act=ALICE, things=PLAN, sends=WHY),
    "plans:my_appeal": Rule(act=ALICE, things=PLAN, sends=WHY),
    "plans:list": Rule(look=LEADS_OR_HR),
    "plans:way": Rule(look=LINE_AND_HR, act=LINE_AND_HR, things={"pk": "alice"}, sends={"reason": REASON}),
    "plans:gate": Rule(look=LINE_AND_HR, things=GATE),
    "plans:override_gate": Rule(act=HR, things=GATE, sends={"condition": "2", "reason": REASON}),
    "plans:propose": Rule(look=LINE, act=LINE, things=GATE),
    "plans:show": Rule(look=LINE_AND_HR, things=PLAN),
    "plans:dossier": Rule(look=LINE_AND_HR, things=PLAN),
    "plans:outcome": Rule(act=LINE_AND_HR, things=PLAN),
    "plans:note": Rule(act=LINE_AND_HR, things=CHECKPOINT, sends={"text": "Better."}),
    "plans:amend": Rule(look=LINE, act=LINE, things=PLAN),
    "plans:revise": Rule(look=LINE, act=LINE, things=PLAN),
    "plans:queue": Rule(look=HR),
    "plans:consistency": Rule(look=HR),
    "plans:meetings": Rule(look=LEADS_OR_HR, act=HR),
    "plans:meeting": Rule(look=TAKES_PART, things=MEETING),
    "plans:meeting_remark": Rule(act=TAKES_PART, things=MEETING, sends={"text": "We heard both sides."}),
    "plans:meeting_case": Rule(act=HR, things=MEETING),
    "plans:meeting_change": Rule(act=HR, things=MEETING),
    "plans:meeting_close": Rule(act=HR, things=MEETING, sends={"text": "We agreed."}),
}  # fmt: skip

ACTS = {
    "take_up": HR, "agree": HR, "send_back": HR, "approve": HR, "reopen": HR, "override": HR, "transfer": HR,
    "issue": LINE, "extend": LINE, "decide": LINE,
    "refused": LINE_AND_HR, "pause": LINE_AND_HR, "resume": LINE_AND_HR, "hear": LINE_AND_HR, "say": LINE_AND_HR,
    "withdraw": LINE_AND_HR,
}  # fmt: skip
RULES |= {f"plans:{name}": Rule(act=who, things=PLAN, sends=WHY) for name, who in ACTS.items()}


def things(cast) -> dict[str, int]:
    """A plan with Alice that Martin proposed, the look at the gate before it, and a meeting that Hana prepared."""
    version = _standard(cast)
    conditions = Gate(tuple(Condition(number, True, "As it was found.") for number in NAMES)).as_data()
    looked = Examination.objects.create(
        person=cast.alice, standard=version.standard, version=version, basis="line", reason=REASON,
        starts=cast.now.date() - timedelta(days=90), ends=cast.now.date(), conditions=conditions, by=cast.martin,
        at=cast.now,
    )  # fmt: skip
    plan = Plan.objects.create(
        person=cast.alice, standard=version.standard, version=version, examination=looked, proposed_by=cast.martin,
        proposed_at=cast.now, stage="proposed", gate=conditions,
    )  # fmt: skip
    take(plan, "proposed", by=cast.martin, now=cast.now, days=60)
    keep_version(plan, _content(cast), "", by=cast.martin, now=cast.now)
    checkpoint = Checkpoint.objects.create(plan=plan, due=cast.now.date() + timedelta(days=14))
    meeting = calibrating.prepare(
        "Parcels",
        on=date(2026, 4, 1),
        purpose="The same bar.",
        invited=[cast.martin],
        by=cast.hana,
        now=cast.now,
    )
    return {"plan": plan.pk, "gate": looked.pk, "checkpoint": checkpoint.pk, "meeting": meeting.pk}


def _standard(cast) -> StandardVersion:
    role = JobRole.objects.create(slug="parcel-agent", name="Parcel agent")
    Holding.objects.create(person=cast.alice, job_role=role, starts=date(2024, 1, 1))
    standard = Standard.objects.create(job_role=role, name="Parcels come on time", measure=cast.late)
    return StandardVersion.objects.create(
        standard=standard, number=1, statement="At most five in a hundred.", level=0.05, unit="share", good="low",
        serves="Nobody waits.", starts=date(2025, 1, 1), agreed_at=cast.now, drafted_at=cast.now, agreed_by=cast.hana,
    )  # fmt: skip


def _content(cast) -> Content:
    target = Target("Late parcels", "the chart", "2026-05-01", 0.09, 0.05, "share", "low", cast.late.pk)
    help_ = Support("Reviews together", "reviews", cast.martin.pk, "2026-03-20")
    return Content(REASON, 60, (target,), (help_,), ("2026-03-16", "2026-05-01"))
