"""What two people write for their talk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from andon.growth.models import OneToOne
from andon.people.models import Person
from andon.web.team.forms import day, text


class PlanForm(forms.Form):
    """With one's manager, or with somebody one leads directly."""

    with_whom = forms.ModelChoiceField(Person.objects.none(), label=_("With whom"))
    on = day(_("On which day"))

    def __init__(self, *args: Any, people, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["with_whom"].queryset = people


class LineForm(forms.Form):
    """One thing to talk about, or one note."""

    text = text(_("What would you like to talk about?"), rows=2)

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["text"].label = label


class ActionForm(forms.Form):
    text = text(_("What is to be done"), rows=2)
    owner = forms.ModelChoiceField(Person.objects.none(), label=_("Who does it"), empty_label=None)
    due = day(_("Until when"))

    def __init__(self, *args: Any, talk: OneToOne, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = Person.objects.filter(pk__in=[talk.person_id, talk.manager_id])
