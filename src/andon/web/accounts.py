"""Who may come in: only people on the staff list who still work here; nobody signs up on their own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.forms import LoginForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from andon.people.access import at_work
from andon.people.models import Person


class StaffOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **rest: Any) -> HttpResponse | None:
        """A last day that has passed ends access, even before the next staff list says so."""
        if not at_work(user):
            return redirect("account_inactive")
        return super().pre_login(request, user, **rest)


class SignIn(LoginForm):
    """allauth's form in the words of the house."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs["placeholder"] = ""
        self.fields["password"].widget.attrs["placeholder"] = ""
        if "remember" in self.fields:
            self.fields["remember"].label = _("Stay signed in on this device")
