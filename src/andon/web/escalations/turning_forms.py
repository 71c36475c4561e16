"""What is written when a question takes a turn."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.escalations.models import Escalation
from andon.escalations.rules import LONGEST_TEXT, LONGEST_THANKS
from andon.mechanisms.models import Mechanism
from andon.people import access
from andon.people.models import Person, Team
from andon.web.escalations.forms import OneOfSeveral
from andon.web.escalations.naming import SomebodyField


def words(label, rows: int = 3, most: int = LONGEST_TEXT, **options) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class PassOnForm(forms.Form):
    """To one of three: the owner of another mechanism, a team, or a person at any level."""

    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(), to_field_name="slug", required=False,
        empty_label=gettext_lazy("Not to another mechanism"),
        label=gettext_lazy("To the owner of another mechanism"),
    )  # fmt: skip
    to_team = forms.ModelChoiceField(
        Team.objects.none(), to_field_name="slug", required=False, empty_label=gettext_lazy("Not to a team"),
        label=gettext_lazy("Or to a team"),
    )  # fmt: skip
    why = words(
        gettext_lazy("What you found, and why it goes on to them"),
        error_messages={"required": gettext_lazy(
            "Say in a few words why it goes on to somebody else: they should know what you found."
        )},
    )  # fmt: skip

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mechanism"].queryset = Mechanism.objects.in_use()
        self.fields["to_team"].queryset = Team.objects.order_by("name")
        self.fields["to"] = SomebodyField(by)

    def clean(self) -> dict:
        self.fields["to"].demand_chosen(self)
        return super().clean()

    @property
    def shown(self) -> list:
        """Fields as they are laid out; a person is looked for on the page."""
        return [self[name] for name in ("mechanism", "to_team", "why")]

    @property
    def said(self) -> dict:
        """As the action takes it."""
        found = self.cleaned_data
        return {
            "mechanism": found["mechanism"], "to_team": found["to_team"], "to_person": found["to"],
            "why": found["why"],
        }  # fmt: skip


class MergeForm(forms.Form):
    into = forms.IntegerField(
        label=gettext_lazy("Into question"), min_value=1, max_value=2**31 - 1,
        help_text=gettext_lazy("The number of the earlier question that asks the same."),
    )  # fmt: skip
    why = words(gettext_lazy("Why they are the same"), 2, required=False)


class SoFarForm(OneOfSeveral):
    """What is known so far, and the day on which more is said."""

    text = words(gettext_lazy("What is known so far"))
    next_on = forms.DateField(
        label=gettext_lazy("The day on which you say more"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_bound:
            self.initial["next_on"] = timezone.localdate() + timedelta(days=1)

    @property
    def said(self) -> dict:
        """The end of the day that is named."""
        end = timezone.make_aware(datetime.combine(self.cleaned_data["next_on"], time(23, 59)))
        return {"text": self.cleaned_data["text"], "next_at": end}


class ReopenForm(OneOfSeveral):
    why = words(gettext_lazy("What came back, or what is left to do?"))


class ThankForm(OneOfSeveral):
    """To somebody who took part; everybody reads it."""

    to = forms.ChoiceField(label=gettext_lazy("Who"))
    text = words(
        gettext_lazy("For what"),
        2,
        LONGEST_THANKS,
        help_text=gettext_lazy("Everybody at work reads this. Leave out what only concerns the customer."),
    )

    def __init__(self, *args, took_part: dict[int, Person], **kwargs):
        super().__init__(*args, **kwargs)
        self.those = {str(pk): one for pk, one in took_part.items()}
        self.fields["to"].choices = [("", _("Choose")), *((pk, one.name) for pk, one in self.those.items())]

    @property
    def said(self) -> dict:
        return {**self.cleaned_data, "to": self.those[self.cleaned_data["to"]]}


class ReviewForm(forms.Form):
    text = words(
        gettext_lazy("What you say of it"), 2,
        help_text=gettext_lazy("All readers see it. No clock waits for it."),
    )  # fmt: skip


def took_part(escalation: Escalation, besides: Person) -> dict[int, Person]:
    """Who asked, took on, wrote, explained or changed something and works here; of a question fetched whole."""
    rows = [
        *escalation.ownerships.all(), *escalation.entries.all(), *escalation.preliminaries.all(),
        *escalation.countermeasures.all(),
    ]  # fmt: skip
    rows += [one.in_place for one in escalation.countermeasures.all() if hasattr(one, "in_place")]
    people = [escalation.raised_by, *(one.by for one in rows)]
    return {one.pk: one for one in people if access.at_work(one) and one.pk != besides.pk}
