"""Promising support to somebody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andon.evidence.access import readable_people
from andon.growth.actions import promises
from andon.growth.line import may_promise
from andon.growth.models import Coaching
from andon.people.models import Person
from andon.web.team.doing import done
from andon.web.team.forms import PromiseForm, in_two_weeks


@require_http_methods(["GET", "HEAD", "POST"])
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    """`?coaching=` ties it to a coaching note."""
    person = get_object_or_404(readable_people(request.user).select_related("team", "manager"), pk=pk)
    if not may_promise(request.user, person):
        raise Http404
    coaching = _coaching(request, person)
    if request.method != "POST":
        form = PromiseForm(initial={"due": in_two_weeks(timezone.localdate())})
        return _page(request, person, coaching, form)
    form = PromiseForm(request.POST)

    def act(written: dict) -> object:
        kept = written | {"owed_by": form.owing(request.user)}
        return promises.promise(person, **kept, by=request.user, now=timezone.now(), coaching=coaching)

    if done(request, form, act, _("Promised. {name} can see it, and by when.").format(name=person.name)):
        return redirect("team:coaching", coaching.pk) if coaching else redirect("team:person", pk)
    return _page(request, person, coaching, form)


def _coaching(request: HttpRequest, person: Person) -> Coaching | None:
    key = request.GET.get("coaching", "")
    return (
        Coaching.objects.about(person).filter(pk=int(key)).first()
        if key.isdecimal() and len(key) < 18
        else None
    )


def _page(request: HttpRequest, person: Person, coaching: Coaching | None, form: PromiseForm) -> HttpResponse:
    context = {"person": person, "coaching": coaching, "form": form}
    return render(request, "team/promise_to.html", context, status=422 if form.errors else 200)
