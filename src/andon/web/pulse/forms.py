"""What is answered, and what is asked, as people fill it in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from andon.culture.pulse.actions.answering import LONGEST
from andon.culture.pulse.defaults import ANCHORS
from andon.culture.pulse.models import Dimension, Every, Wave


def words_of(texts: dict[str, str]) -> str:
    """In the language of the page, else in that of the sources."""
    return texts.get(translation.get_language() or "en") or texts.get("en") or next(iter(texts.values()), "")


def points() -> list[tuple[int, str]]:
    return [(point, words_of(texts)) for point, texts in enumerate(ANCHORS, start=1)]


class AnswerForm(forms.Form):
    """One statement a field; none must be answered. Nothing of it is kept when it is shown again."""

    comment = forms.CharField(
        label=_("Anything else?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, wave: Wave, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = [f"q{place}" for place in range(len(wave.questions))]
        self.keys = [question["key"] for question in wave.questions]
        for name, question in zip(self.asked, wave.questions, strict=True):
            self.fields[name] = forms.TypedChoiceField(
                label=words_of(question["texts"]), choices=points(), coerce=int, empty_value=None, required=False,
                widget=forms.RadioSelect,
            )  # fmt: skip

    @property
    def statements(self) -> list[forms.BoundField]:
        return [self[name] for name in self.asked]

    @property
    def answers(self) -> dict[str, int | None]:
        return {key: self.cleaned_data.get(name) for key, name in zip(self.keys, self.asked, strict=True)}


class SlipForm(AnswerForm):
    code = forms.CharField(
        label=_("The code on your slip"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        help_text=_("Twelve letters and digits. Nobody knows who drew which slip."),
    )  # fmt: skip


class OpenForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RhythmForm(forms.Form):
    every = forms.ChoiceField(label=_("A wave opens"), choices=Every.choices)
    next_on = forms.DateField(
        label=_("The next one on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    open_days = forms.IntegerField(label=_("Days that it stays open"), min_value=3, max_value=31)
    fewest = forms.IntegerField(
        label=_("Answers from which on a result is shown"), min_value=5, max_value=100,
        help_text=_("Never fewer than five. Holds for waves that open later."),
    )  # fmt: skip
    fewest_comments = forms.IntegerField(
        label=_("Answers from which on comments are shown"), min_value=10, max_value=200,
        help_text=_("Never fewer than ten."),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A statement to agree with, in each language of the house."""

    dimension = forms.ChoiceField(label=_("What it is about"), choices=Dimension.choices)
    turned = forms.BooleanField(label=_("To agree is to say that it is bad"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                max_length=200,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )

    @property
    def content(self) -> dict[str, Any]:
        """As `keep_question` takes it."""
        said = self.cleaned_data
        texts = {code: said[f"text_{code}"] for code, _name in settings.LANGUAGES}
        return {"dimension": said["dimension"], "turned": said["turned"], "texts": texts}
