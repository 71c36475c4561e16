"""What can be done with a plan, a line each: its address, its form, the action behind it and the words around it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.plans import actions
from andon.plans.models import Plan
from andon.web.plans.forms import (
    DecideForm,
    ExtendForm,
    HearForm,
    MaybeWordsForm,
    OverrideForm,
    PlainForm,
    ReasonForm,
    RefusedForm,
    WordsForm,
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One act: its address, what the rules call it, its form, the words of its button, and what is said after it."""

    name: str
    kind: str
    form: type[forms.Form]
    does: Callable[..., Plan]
    button: Any
    title: Any
    said: Any
    primary: bool = False

    @property
    def slug(self) -> str:
        return self.name.replace("_", "-")


SAY = Verb("say", "said", WordsForm, actions.say, _("Add it"), _("Say something to it"), _("Written."))
OWN = (
    Verb(
        "acknowledge",
        "acknowledged",
        MaybeWordsForm,
        actions.acknowledge,
        _("I have received it"),
        _("Did you receive it?"),
        _("Noted that you received it. That is not agreement."),
        True,
    ),
    SAY,
    Verb(
        "appeal",
        "appealed",
        ReasonForm,
        actions.appeal,
        _("Appeal"),
        _("Appeal"),
        _("Your appeal waits for somebody who had no part in this."),
    ),
)
OTHERS = (
    Verb(
        "take_up",
        "taken up",
        PlainForm,
        actions.take_up,
        _("Begin the review"),
        _("Review it"),
        _("You review it now."),
        True,
    ),
    Verb(
        "agree",
        "agreed",
        ReasonForm,
        actions.agree,
        _("It may be handed over"),
        _("Is it fair?"),
        _("It may be handed over now."),
        True,
    ),
    Verb(
        "send_back",
        "returned",
        ReasonForm,
        actions.send_back,
        _("Send it back"),
        _("Not like this"),
        _("Sent back."),
    ),
    Verb(
        "issue",
        "issued",
        PlainForm,
        actions.issue,
        _("Hand it over"),
        _("Hand it over"),
        _("Handed over. What it promises is owed from now on."),
        True,
    ),
    Verb(
        "refused",
        "receipt refused",
        RefusedForm,
        actions.refuse_receipt,
        _("Note the refusal"),
        _("They do not want to acknowledge it"),
        _("Noted, with the witness."),
    ),
    Verb(
        "pause",
        "paused",
        ReasonForm,
        actions.pause,
        _("Pause it"),
        _("Pause it"),
        _("Paused. These days do not count."),
    ),
    Verb(
        "resume",
        "resumed",
        MaybeWordsForm,
        actions.resume,
        _("Go on"),
        _("Let it go on"),
        _("It goes on."),
        True,
    ),
    Verb(
        "extend",
        "extended",
        ExtendForm,
        actions.extend,
        _("Give more time"),
        _("Give more time"),
        _("They have more time now."),
    ),
    Verb(
        "decide",
        "decided",
        DecideForm,
        actions.decide,
        _("Decide"),
        _("Decide"),
        _("Decided. It stands once HR has approved it."),
        True,
    ),
    Verb(
        "approve",
        "approved",
        ReasonForm,
        actions.approve,
        _("Approve the decision"),
        _("Does the decision stand?"),
        _("Approved. It stands, and the person is told."),
        True,
    ),
    Verb(
        "reopen",
        "reopened",
        ReasonForm,
        actions.reopen,
        _("Do not approve"),
        _("Not like this"),
        _("It is to be decided again."),
    ),
    Verb(
        "hear",
        "heard",
        HearForm,
        actions.hear,
        _("Answer the appeal"),
        _("The appeal"),
        _("The appeal is answered."),
        True,
    ),
    Verb(
        "override",
        "overridden",
        OverrideForm,
        actions.override_later,
        _("Make an exception"),
        _("Make an exception"),
        _("The exception is noted, for the person to read."),
    ),
    SAY,
    Verb(
        "transfer",
        "transferred",
        ReasonForm,
        actions.transfer,
        _("Close it as transferred"),
        _("They move to other work"),
        _("Closed."),
    ),
    Verb(
        "withdraw",
        "withdrawn",
        ReasonForm,
        actions.withdraw,
        _("Withdraw it"),
        _("Withdraw it"),
        _("Withdrawn. Nothing is decided by it."),
    ),
)
