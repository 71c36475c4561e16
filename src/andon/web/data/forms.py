"""Choosing a file."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from andon.people.access import ADMINISTRATOR, is_any
from andon.people.models import Person
from andon.signals.models import Dataset
from andon.web.data import inbox
from andon.web.data.reach import kinds

ENDINGS = ".csv,.tsv,.txt,.gz,.parquet,.xlsx,.xls,.xlsb,.ods"


class BringForm(forms.Form):
    """What the file holds, and the file: from one's own computer, or for administrators from the inbox."""

    holds = forms.ChoiceField(label=gettext_lazy("What does the file hold?"), widget=forms.RadioSelect)
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ENDINGS}),
    )
    waiting = forms.ChoiceField(required=False, label=gettext_lazy("Or a file that lies on the server"))

    def __init__(self, *args, by: Person, **kwargs):
        super().__init__(*args, **kwargs)
        allowed = kinds(by)
        self.fields["holds"].choices = [choice for choice in Dataset.Holds.choices if choice[0] in allowed]
        names = inbox.waiting() if is_any(by, ADMINISTRATOR) else []
        if names:
            self.fields["waiting"].choices = [("", "Choose …"), *((name, name) for name in names)]
        else:
            del self.fields["waiting"]

    def clean(self):
        given = super().clean()
        if not given.get("file") and not given.get("waiting") and "file" not in self.errors:
            raise ValidationError(_("Choose a file."))
        return given
