"""Setting up a mailbox, and saying who wrote."""

from django import forms
from django.utils.translation import gettext_lazy

from andon.signals.mailing import FIELDS
from andon.signals.models import Mailbox

LABELS = {
    "name": gettext_lazy("Name"),
    "purpose": gettext_lazy("Who writes there?"),
    "address": gettext_lazy("Address"),
    "host": gettext_lazy("IMAP server"),
    "port": gettext_lazy("Port"),
    "security": gettext_lazy("Security"),
    "user": gettext_lazy("Sign in as"),
    "password_variable": gettext_lazy("Environment variable with the password"),
    "folder": gettext_lazy("Folder to read"),
    "done_folder": gettext_lazy("Folder for what is kept"),
}
HELP = {
    "name": gettext_lazy("A short word, such as cord."),
    "host": gettext_lazy("Empty where mail comes through a pipe or a provider only."),
    "password_variable": gettext_lazy("Such as ANDON_IMAP_CORD. The password itself is never stored here."),
    "done_folder": gettext_lazy("Empty: what is kept stays where it is, marked as read."),
}


class MailboxForm(forms.ModelForm):
    """The rules are the action's: this only reads the fields."""

    trusted = forms.CharField(
        required=False,
        label=gettext_lazy("Trusted mail servers"),
        help_text=gettext_lazy(
            "Names your own servers sign their checks with (Authentication-Results), separated by commas. A "
            "sender that fails their checks is put into quarantine."
        ),
    )

    class Meta:
        model = Mailbox
        fields = FIELDS
        labels = LABELS
        help_texts = HELP

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["trusted"] = ", ".join(self.instance.trusted)

    def clean_trusted(self) -> list[str]:
        return [name.strip().lower() for name in self.cleaned_data["trusted"].split(",") if name.strip()]


class SenderForm(forms.Form):
    """Who wrote first, as somebody knows it."""

    address = forms.EmailField(label=gettext_lazy("Address of the customer"))
    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=160)
