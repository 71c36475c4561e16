"""What happened with a question, in order: asked, taken on, passed on, answered, made right, mended, closed."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations import story as told
from andon.escalations.models import Escalation
from andon.people import saying
from andon.people.models import Person
from andon.people.retelling import retold, retold_if_ours

TITLES: dict[str, Lazy | str] = {
    "asked": gettext_lazy("Asked"),
    "named": gettext_lazy("It is about %(about)s"),
    "rerouted": gettext_lazy("Passed on to %(about)s"),
    "note": gettext_lazy("Note"),
    "answer": gettext_lazy("Answer to who asked"),
    "made_right": gettext_lazy("Made right for the customer"),
    "explained": gettext_lazy("How it could happen"),
    "also_asked": gettext_lazy("Somebody else asks the same"),
    "reviewed": gettext_lazy("On the explanation"),
    "planned": gettext_lazy("A change to %(about)s is planned"),
    "in_place": gettext_lazy("A change to %(about)s is in place"),
    "dropped": gettext_lazy("A change to %(about)s is not done"),
    "watched_on": gettext_lazy("The change to %(about)s is watched longer"),
    "merged": gettext_lazy("Question %(about)s was merged into this one"),
    "reopened": gettext_lazy("Open again"),
    "thanked": gettext_lazy("Thanks to %(about)s"),
    "closed": gettext_lazy("Closed"),
    "late": "%(about)s",
    **{f"judged_{verdict}": title for verdict, (_what, title) in told.VERDICTS.items()},
}
LOOKS = {
    "asked": "cord", "reopened": "cord", "judged_ineffective": "cord", "late": "cord", "owned": "key",
    "rerouted": "key",
    "closed": "key", "in_place": "key", "made_right": "good", "explained": "good", "answer": "good",
    "judged_effective": "good",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened; `kind` colours its dot: "", "key", "cord" or "good"."""

    at: datetime
    title: str
    text: str = ""
    by: Person | None = None
    kind: str = ""


def story(escalation: Escalation, readable: bool) -> list[Step]:
    """Oldest first. What was written is left out for those who may not read the customer's words."""
    steps = [_step(step, readable) for step in told.of(escalation)]
    steps[0] = Step(steps[0].at, steps[0].title, by=steps[0].by, kind=steps[0].kind)  # the note stands above
    if escalation.signal_id or escalation.cluster_id:
        one = _("The customer told us")
        first = one if escalation.signal_id else _("The first of these customers told us")
        steps.append(Step(escalation.customer_since, first))
    return sorted(steps, key=lambda step: step.at)


def _step(step: told.Step, readable: bool) -> Step:
    text = _text(step) if readable or step.open else ""
    return Step(step.at, _title(step), text, step.by, LOOKS.get(step.kind, ""))


def _text(step: told.Step) -> str:
    """What Andon itself wrote is in the language of the reader; what a person wrote is as they wrote it."""
    return (
        retold(step.text) if step.by is None or step.kind.startswith("judged") else retold_if_ours(step.text)
    )


def _title(step: told.Step) -> str:
    if step.kind == "owned":
        return _("Taken over") if step.about else _("Taken on")
    if step.kind == "preliminary":
        return _("So far; more by %(when)s") % {"when": saying.moment(parse_datetime(step.about))}
    if step.kind == "late":
        return retold(step.about)
    if step.kind == "rerouted" and step.about == told.TRIAGE:
        return _("Passed on to triage")
    title = str(TITLES[step.kind])
    return title % {"about": step.about} if step.about else title
