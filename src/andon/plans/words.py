"""What happened to a plan and how it stands, as one would say it; for pages and for the dossier alike."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from andon.people.retelling import retold
from andon.people.saying import day
from andon.plans.rules.gate import NAMES
from andon.plans.rules.life import SUPPORT, Case, Outcome, Stage
from andon.plots.words import capital


def label() -> str:
    """What a plan is called here."""
    return str(settings.PLAN_LABEL)


def stage_words(case: Case, today: date) -> str:
    """How it stands, in a sentence."""
    if case.stage == Stage.CLOSED:
        return closed_words(case.outcome)
    if case.decision_due(today):
        since = _("A decision is due since %(day)s.") % {"day": day(case.due)}
        return f"{since} {_somebody_else_decides()}" if case.deciders else since
    told = {
        Stage.PROPOSED: _("Proposed; HR has not begun to review it. Nothing of it holds yet."),
        Stage.REVIEW: _("HR reviews it. Nothing of it holds yet."),
        Stage.RETURNED: _("HR sent it back to be changed, or left. Nothing of it holds yet."),
        Stage.AGREED: _("HR has reviewed it; it has not been handed over yet."),
        Stage.ISSUED: _("Handed over. It begins once its receipt is acknowledged."),
        Stage.ACTIVE: _("Under way until %(day)s.") % {"day": day(case.due) if case.due else ""},
        Stage.PAUSED: _("Paused. Days of a pause do not count.")
        if case.acknowledged == case.version
        else _("Paused: it was changed, and waits for the receipt of the new version."),
        Stage.DECIDED: _("Decided: %(outcome)s. It stands once HR has approved it.")
        % {"outcome": retold(case.outcome)},
    }
    return told[case.stage]


def _somebody_else_decides() -> str:
    return _("The first one was set aside on appeal: somebody else of the line decides now.")


def closed_words(outcome: str) -> str:
    return {
        Outcome.MET: _(
            "Closed: met. Back to standard, like everybody else; nothing of it is held against anybody."
        ),
        Outcome.PARTLY: _("Closed: partly met."),
        Outcome.NOT_MET: _("Closed: not met."),
        Outcome.WITHDRAWN: _("Withdrawn. It is over, and nothing is decided by it."),
        Outcome.TRANSFERRED: _("Closed: transferred to other work. It does not follow there."),
        Outcome.LEFT: _("Closed, as they left."),
    }[Outcome(outcome)]


def step_words(step: Any) -> str:
    """What somebody did, without who and when."""
    data = step.data
    if step.kind == "overridden":
        condition = data.get("condition", SUPPORT)
        left_out = retold(NAMES[condition]) if condition in NAMES else _("Support that did not come")
        return _("left out a condition: %(condition)s") % {"condition": left_out}
    told = {
        "proposed": _("proposed it, for %(days)s days"),
        "taken up": _("began the review"),
        "returned": _("sent it back"),
        "amended": _("changed it and proposed it again"),
        "agreed": _("agreed that it may be handed over"),
        "issued": _("handed it over"),
        "acknowledged": _("acknowledged its receipt; that is not agreement"),
        "receipt refused": _("noted that its receipt was not acknowledged, before a witness"),
        "paused": _("paused it"),
        "resumed": _("let it go on"),
        "revised": _("changed it: a new version"),
        "extended": _("gave %(days)s days more"),
        "said": _("said"),
        "decided": _("decided: %(outcome)s"),
        "reopened": _("did not approve the decision"),
        "approved": _("approved the decision"),
        "withdrawn": _("withdrew it"),
        "transferred": _("closed it, as they move to other work"),
        "left": _("closed, as they left"),
        "appealed": _("appealed"),
        "heard": _("heard the appeal: it %(outcome)s"),
    }[step.kind]
    outcome = data.get("outcome", "")
    heard = {"stands": _("stands"), "set aside": _("is set aside")}.get(outcome, outcome)
    return told % {"days": data.get("days", ""), "outcome": heard}


def by_words(step: Any) -> str:
    return step.by.name if step.by else "Andon"


def today_of(now: datetime) -> date:
    return timezone.localdate(now)


def titled() -> str:
    return capital(label())
