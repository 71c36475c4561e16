"""What is asked: whom to name, a list of groups, a span of time."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.culture.fairness.auditing import half_year_before
from andon.people.access import ANALYST, HR_PARTNER
from andon.people.models import Person


class NameForm(forms.Form):
    person = forms.ModelChoiceField(
        label=_("Who"),
        queryset=Person.objects.none(),
        help_text=_("An HR partner or an analyst, not yourself."),
    )
    why = forms.CharField(
        label=_("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The agreement or duty that the audit follows from."),
    )  # fmt: skip

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, **kwargs)
        who = Person.objects.at_work().filter(grants__role__in=(HR_PARTNER, ANALYST)).exclude(pk=by.pk)
        self.fields["person"].queryset = who.distinct()


class BringForm(forms.Form):
    file = forms.FileField(
        label=_("List"), widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
        help_text=_("A CSV with the columns number, attribute and value: one row for each person and attribute."),
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What it is for"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is shown with every audit, and to each person who asks what is kept about them."),
    )  # fmt: skip
    legal_basis = forms.CharField(
        label=_("By which right it is recorded"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("The law, the agreement with employees, or their consent."),
    )  # fmt: skip


class SpanForm(forms.Form):
    since = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To, without that day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The same span as last time compares best: what changed is then not the span."),
    )  # fmt: skip

    @classmethod
    def usual(cls, today: date) -> "SpanForm":
        """Two years up to the end of last month."""
        until = today.replace(day=1)
        since = until
        for _half in range(4):
            since = half_year_before(since)
        return cls(initial={"since": since, "until": until})

    def clean(self):
        given = super().clean()
        if given.get("since") and given.get("until") and given["since"] >= given["until"]:
            self.add_error("until", _("The end lies before the beginning."))
        return given
