"""What is written on a record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.evidence import rules
from andon.evidence.models import Item
from andon.mechanisms.models import Mechanism
from andon.people.models import Person
from andon.standards.models import Behaviour


def words(rows: int = 4, **options) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(max_length=rules.LONGEST_TEXT, widget=widget, **options)


class ItemForm(forms.Form):
    """A dated, sourced item. What an observation needs besides is asked where it is one; the action decides."""

    kind = forms.ChoiceField(label=_("It is"), choices=Item.Kind.choices, initial=Item.Kind.OBSERVATION)
    title = forms.CharField(label=_("In a few words"), max_length=rules.LONGEST["title"])
    happened_on = forms.DateField(
        label=_("The day it happened"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(
        label=_("Where it comes from"),
        max_length=rules.LONGEST["source"],
        help_text=_("Who saw it, or which report, case or customer. They will ask."),
    )
    situation = words(
        2,
        label=_("Situation"),
        required=False,
        help_text=_("For an observation: what was going on, and when."),
    )
    text = words(label=_("What happened"), help_text=_("As somebody would write it who only watched."))
    effect = words(
        2, label=_("Effect"), required=False, help_text=_("For an observation: what came of it, for whom.")
    )
    behaviour = forms.ModelChoiceField(
        Behaviour.objects.none(), label=_("Behaviour"), required=False, empty_label=_("None in particular")
    )
    mechanism = forms.ModelChoiceField(
        Mechanism.objects.none(),
        label=_("Mechanism"),
        required=False,
        empty_label=_("None in particular"),
        to_field_name="slug",
    )
    link = forms.CharField(label=_("Link"), max_length=rules.LONGEST["link"], required=False)

    def __init__(self, *args, kinds=Item.Kind.values, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, label) for kind, label in Item.Kind.choices if kind in kinds]
        self.fields["behaviour"].queryset = Behaviour.objects.filter(retired_at=None)
        self.fields["mechanism"].queryset = Mechanism.objects.filter(retired_at=None)


class ReplyForm(forms.Form):
    text = words(label=_("What you say to it"))
    asks = forms.BooleanField(label=_("Please correct it"), required=False)


class CorrectionForm(forms.Form):
    text = words(label=_("As it was"), help_text=_("What was said before stays readable beside it."))


class AnswerForm(forms.Form):
    text = words(3, label=_("Your answer"))
    correction = words(
        label=_("As it was"),
        required=False,
        help_text=_("If you correct it. What was said before stays beside it."),
    )


class ShownForm(forms.Form):
    """Whoever was there when the item was talked through."""

    witness = forms.CharField(label=_("Staff number of the witness"), max_length=64)

    def clean_witness(self) -> Person:
        number = self.cleaned_data["witness"].strip()
        found = Person.objects.at_work().filter(number=number).first()
        if found is None:
            raise forms.ValidationError(_("Nobody who works here has this number."))
        return found
