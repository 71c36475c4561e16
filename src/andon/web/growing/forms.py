"""What HR partners write down of courses, skills and paths."""

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from andon.growth.models import PathStep, Skill
from andon.standards.models import JobRole


class CourseForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=160)
    provider = forms.CharField(label=_("Who gives it"), max_length=160, required=False)
    about = forms.CharField(
        label=_("What one can do afterwards"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    link = forms.URLField(label=_("Where to find it"), max_length=400, required=False, assume_scheme="https")
    hours = forms.FloatField(label=_("Hours"), min_value=0, max_value=2000, required=False)
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label=_("The skill it is for"), empty_label=_("None"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].queryset = Skill.objects.in_use()


class Levels(forms.CharField):
    """One level a line, from the first step up: a word, a colon, and what one sees somebody do there."""

    widget = forms.Textarea(attrs={"rows": 6})

    def to_python(self, value: Any) -> list[tuple[str, str]]:
        lines = [line for line in (super().to_python(value) or "").splitlines() if line.strip()]
        return [self._level(line) for line in lines]

    def _level(self, line: str) -> tuple[str, str]:
        word, colon, anchor = (part.strip() for part in line.partition(":"))
        if not (word and colon and anchor):
            raise forms.ValidationError(
                now_("“%(line)s” has no anchor. Write a word, a colon, and what one sees somebody do.")
                % {"line": line[:60]}
            )
        return word, anchor


class SkillForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=120)
    about = forms.CharField(label=_("What it is"), widget=forms.Textarea(attrs={"rows": 2}), required=False)
    levels = Levels(
        label=_("Levels"),
        help_text=_(
            "One a line, from the first step up, seven at most. A word, a colon, and what one sees somebody do who is "
            "there. Such as “On my own: solves what a customer asks without help”."
        ),
    )

    def slug(self) -> str:
        return slugify(self.cleaned_data["name"], allow_unicode=False)[:80] or "skill"


class WantedForm(forms.Form):
    """For one job role, a choice of level for each skill."""

    def __init__(self, *args: Any, skills: list[Skill], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for skill in skills:
            levels = [(str(level.pk), f"{level.word}: {level.anchor}") for level in skill.levels.all()]
            self.fields[skill.slug] = forms.ChoiceField(
                label=skill.name, choices=[("", _("not looked for")), *levels], required=False
            )


class PathForm(forms.Form):
    from_role = forms.ModelChoiceField(JobRole.objects.none(), label=_("From"))
    to_role = forms.ModelChoiceField(JobRole.objects.none(), label=_("To"))
    way = forms.ChoiceField(label=_("Which way?"), choices=PathStep.Way.choices)
    about = forms.CharField(label=_("What changes"), widget=forms.Textarea(attrs={"rows": 2}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("from_role", "to_role"):
            self.fields[name].queryset = JobRole.objects.in_use()
