"""What a manager writes: coaching, a look back, a promise."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.growth.models import FollowUp
from andon.growth.models.promises import Kind
from andon.people.models import Person
from andon.web.mechanisms.fields import ColleagueField

LONGEST = 10_000


def text(label: str, help_text: str = "", rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


def day(label: str, help_text: str = "", required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )


class CoachingForm(forms.Form):
    """One talk, in the order in which one would tell it."""

    situation = text(_("Situation"), _("When and where it was."))
    behaviour = text(_("Behaviour"), _("What was done or said, as somebody in the room would have seen it."))
    impact = text(_("Impact"), _("What it did to customers, to colleagues or to the work."))
    their_view = text(
        _("How they see it"),
        _(
            "What they told you, in their words. They are asked whether it is right, and can write it themselves."
        ),
        required=False,
    )
    with_consent = forms.BooleanField(label=_("They agree that I note what they said"), required=False)
    agreed_action = text(_("What the two of you agreed"), _("Who does what, on both sides."))
    follow_up_on = day(
        _("When you look back at it together"), _("Two weeks or more give time to change something.")
    )
    support_what = text(_("Support you promise"), _("Training, a tool, time, sitting in on calls…"), 2, False)
    support_kind = forms.ChoiceField(
        label=_("What kind of support"), choices=[("", "–"), *Kind.choices], required=False
    )
    support_due = day(_("It comes by"), required=False)

    def clean(self) -> dict[str, Any]:
        """Support is promised with its kind and its day, or not at all."""
        found = super().clean() or {}
        if found.get("support_what"):
            for name in ("support_kind", "support_due"):
                if name not in self.errors and not found.get(name):
                    self.add_error(name, _("A promise has a kind and a day."))
        return found


class FollowUpForm(forms.Form):
    outcome = text(_("How it came out"), _("What is different now, for customers and for the work."))
    their_part = forms.ChoiceField(
        label=_("What they agreed to do"), choices=FollowUp.Part.choices, widget=forms.RadioSelect
    )
    our_part = forms.ChoiceField(
        label=_("What you agreed to do"), choices=FollowUp.Part.choices, widget=forms.RadioSelect
    )
    words = text(_("Anything else the two of you said"), rows=2, required=False)
    next_on = day(_("When you look at it again"), _("Leave it empty when it is settled."), required=False)


class TextForm(forms.Form):
    """A few words; `label` and `help_text` say about what."""

    text = text(_("In your words"))

    def __init__(self, *args: Any, label: str = "", help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].help_text = help_text


class NotedViewForm(TextForm):
    with_consent = forms.BooleanField(label=_("They agree that I note what they said"))


class PromiseForm(forms.Form):
    what = text(_("What you promise"), _("So that both of you would know whether it came."), 2)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    due = day(_("By when"))
    owed_by = ColleagueField(
        label=_("Who sees to it"),
        help_text=_(
            "An e-mail address or staff number. Empty: you. They will see this promise and whom it is for."
        ),
        required=False,
        max_length=254,
    )

    def owing(self, by: Person) -> Person:
        return self.cleaned_data["owed_by"] or by


class HandOnForm(forms.Form):
    to = ColleagueField(
        label=_("Who sees to it now"),
        help_text=_("An e-mail address or staff number. They will see this promise and whom it is for."),
        max_length=254,
    )
    words = text(_("Why"), _("The person it was promised to reads this."), 2)


def in_two_weeks(today: date) -> date:
    return date.fromordinal(today.toordinal() + 14)
