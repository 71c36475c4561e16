"""What somebody can write about themselves, and to others."""

from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from andon.growth.models import Course, Level, Promise, Skill
from andon.mechanisms.models import Measure
from andon.people.models import Person
from andon.standards.models import Behaviour
from andon.web.me.colleagues import everybody_but
from andon.web.me.fields import (
    BehaviourChoice,
    Figure,
    LevelChoice,
    Links,
    MeasureChoice,
    day_input,
    text_input,
)


class AccomplishmentForm(forms.Form):
    title = forms.CharField(label=_("What was it, in a few words?"), max_length=200)
    happened_on = forms.DateField(label=_("When?"), widget=day_input())
    text = forms.CharField(label=_("What did you do?"), widget=text_input(), required=False)
    impact = forms.CharField(
        label=_("What did customers have of it?"),
        help_text=_("In figures where you can: how many customers, how much sooner, how many fewer."),
        widget=text_input(3),
        required=False,
    )
    measure = MeasureChoice(
        Measure.objects.none(),
        label=_("Is there a measure that shows it?"),
        empty_label=_("None"),
        required=False,
    )
    before = Figure(label=_("Before"), required=False, help_text=_("Such as 6.1 % or 340."))
    after = Figure(label=_("After"), required=False)
    unit = forms.CharField(
        label=_("Unit"), max_length=40, required=False, help_text=_("Not needed with a measure.")
    )
    links = Links(label=_("Links"), required=False, help_text=_("One a line."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].queryset = Measure.objects.in_use().select_related("mechanism")


class BeginForm(forms.Form):
    title = forms.CharField(
        label=_("What does it look back on?"),
        max_length=120,
        help_text=_("Such as “The first half of 2026”."),
    )


class AskForm(forms.Form):
    """`people` are chosen by name beside the fields."""

    question = forms.CharField(
        label=_("What would you like to know?"),
        help_text=_("Ask for an example: “When did I make it easy for a customer, and when hard?”"),
        widget=text_input(3),
    )
    confidential = forms.TypedChoiceField(
        label=_("Who reads the names?"),
        choices=[
            ("0", _("Named: you see who wrote what")),
            ("1", _("Confidential: nobody ever sees who wrote what. At least three must answer")),
        ],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
        initial="0",
        help_text=_("Whom you ask is told before they write. It cannot be changed later."),
    )
    closes_on = forms.DateField(label=_("Open until"), widget=day_input())
    to = forms.ModelMultipleChoiceField(Person.objects.none(), label=_("Whom?"), required=False)

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = everybody_but(by)
        self.fields["closes_on"].initial = timezone.localdate() + timedelta(days=14)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Your answer"),
        help_text=_("What you saw, what it led to, and what would have been better. What, not who."),
        widget=text_input(6),
    )


class ColleagueForm(forms.Form):
    """Somebody chosen by name."""

    to = forms.ModelChoiceField(
        Person.objects.none(), label=_("Whom?"), error_messages={"required": _("Choose somebody.")}
    )

    def __init__(self, *args: Any, by: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = everybody_but(by)


class BehaviourForm(ColleagueForm):
    """And a behaviour of theirs."""

    behaviour = BehaviourChoice(
        Behaviour.objects.none(),
        label=_("Which behaviour was it?"),
        empty_label=_("None of these"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        behaviours = Behaviour.objects.in_use().filter(principle__retired_at=None)
        self.fields["behaviour"].queryset = behaviours.select_related("principle")


class GiveForm(BehaviourForm):
    text = forms.CharField(
        label=_("What did you see, and what did it lead to?"),
        help_text=_("They read it at once, with your name. Nobody else does unless they share it."),
        widget=text_input(5),
    )


class RecogniseForm(BehaviourForm):
    what = forms.CharField(label=_("What did they do?"), widget=text_input(3))
    for_customer = forms.CharField(
        label=_("What did a customer have of it?"),
        help_text=_("Also a colleague’s customer counts, or one who never noticed because it went well."),
        widget=text_input(3),
    )


class EnrolForm(forms.Form):
    course = forms.ModelChoiceField(
        Course.objects.none(), label=_("A course"), empty_label=_("Something else"), required=False
    )
    name = forms.CharField(
        label=_("Or what you want to learn"), max_length=160, required=False,
        help_text=_("A book, a day with another team, reading what customers write."),
    )  # fmt: skip
    what_for = forms.CharField(label=_("What for?"), widget=text_input(2), required=False)
    promise = forms.ModelChoiceField(
        Promise.objects.none(),
        label=_("It is part of what I was promised"),
        empty_label=_("No"),
        required=False,
    )

    def __init__(self, *args: Any, promises: QuerySet[Promise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = Course.objects.on_offer()
        self.fields["promise"].queryset = promises


class AssignForm(forms.Form):
    """To somebody of `people`."""

    to = forms.ModelChoiceField(Person.objects.none(), label=_("Whom?"))
    what_for = forms.CharField(label=_("What for?"), widget=text_input(2))
    due = forms.DateField(label=_("By when?"), widget=day_input(), required=False)

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people


class FinishForm(forms.Form):
    on = forms.DateField(label=_("Done on"), widget=day_input())
    learnt = forms.CharField(label=_("What did you take from it?"), widget=text_input(2), required=False)


class OfferForm(forms.Form):
    about = forms.CharField(
        label=_("In what could you be of use?"), max_length=200,
        help_text=_("Everybody who works here can read this with your name."),
    )  # fmt: skip


class MentorForm(ColleagueForm):
    about = forms.CharField(label=_("What would you like to learn from them?"), widget=text_input(3))


class SayForm(forms.Form):
    level = LevelChoice(
        Level.objects.none(),
        label=_("Where do you see yourself?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    example = forms.CharField(
        label=_("An example"), widget=text_input(3), required=False,
        help_text=_("When did you last do it? Whoever confirms it reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, skill: Skill, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = skill.levels.all()


class ConfirmForm(forms.Form):
    confirmed = forms.TypedChoiceField(
        label=_("Have you seen this?"),
        choices=[("1", _("Yes, I have seen it")), ("0", _("I cannot say"))],
        coerce=lambda value: value == "1",
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label=_("What did you see?"), widget=text_input(3), required=False)


class PlanForm(forms.Form):
    title = forms.CharField(label=_("Where do you want to go?"), max_length=200)
    why = forms.CharField(label=_("Why?"), widget=text_input(2), required=False)


class LineForm(forms.Form):
    """A goal or a step."""

    text = forms.CharField(label=_("What"), max_length=300)
    by_when = forms.DateField(label=_("By when"), widget=day_input(), required=False)


class ShareForm(forms.Form):
    """With somebody of `people`."""

    to = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("With whom?"),
        empty_label=None,
        error_messages={"required": _("Choose somebody.")},
    )

    def __init__(self, *args: Any, people: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people
