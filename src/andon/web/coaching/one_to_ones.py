"""Talks of two: an agenda both write, notes, actions. Read by the two alone."""

from collections.abc import Callable

from django.db.models import Q
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth.actions import one_to_ones as actions
from andon.growth.models import ActionItem, AgendaItem, OneToOne
from andon.people.models import Person
from andon.web.coaching.forms import ActionForm, LineForm, PlanForm
from andon.web.coaching.views import private
from andon.web.team.doing import attempted, done
from andon.web.team.forms import in_two_weeks

MOST = 60


@require_safe
def everyone(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    talks = OneToOne.objects.visible_to(request.user).select_related("person", "manager")
    context = {
        "coming": talks.filter(on__gte=today).order_by("on", "pk")[:MOST],
        "past": talks.filter(on__lt=today)[:MOST],
        "may_plan": _partners(request.user).exists(),
        "today": today,
    }
    return private(render(request, "coaching/one_to_ones.html", context))


def _partners(person: Person):
    """Those somebody has such talks with: their manager, and whom they lead directly."""
    near = Q(manager=person) | Q(pk=person.manager_id) if person.manager_id else Q(manager=person)
    return Person.objects.at_work().filter(near)


@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest) -> HttpResponse:
    """`?with=` chooses somebody beforehand."""
    people = _partners(request.user)
    if request.method != "POST":
        start = {"on": in_two_weeks(timezone.localdate()), "with_whom": request.GET.get("with", "")[:18]}
        return render(request, "coaching/plan.html", {"form": PlanForm(people=people, initial=start)})
    form, made = PlanForm(request.POST, people=people), []

    def act(written: dict) -> object:
        made.append(_planned(request.user, **written))
        return made

    if done(request, form, act, _("Planned. Both of you can put things on the agenda.")):
        return redirect("coaching:one_to_one", made[0].pk)
    return render(request, "coaching/plan.html", {"form": form}, status=422)


def _planned(by: Person, with_whom: Person, on) -> OneToOne:
    leads = with_whom.manager_id == by.pk
    person, manager = (with_whom, by) if leads else (by, with_whom)
    return actions.plan_talk(person, manager, on, by=by, now=timezone.now())


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _talk(request, pk))


@require_POST
def put_on_agenda(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(
        request, pk, "agenda_form", LineForm(request.POST), actions.put_on_agenda, _("On the agenda.")
    )


@require_POST
def write_note(request: HttpRequest, pk: int) -> HttpResponse:
    return _write(
        request, pk, "note_form", LineForm(request.POST), actions.write_note, _("Noted, for the two of you.")
    )


@require_POST
def agree_action(request: HttpRequest, pk: int) -> HttpResponse:
    form = ActionForm(request.POST, talk=_talk(request, pk))
    return _write(request, pk, "action_form", form, actions.agree_action, _("Agreed."))


def _write(request: HttpRequest, pk: int, name: str, form: Form, verb: Callable, said: str) -> HttpResponse:
    talk = _talk(request, pk)
    if done(request, form, lambda written: verb(talk, **written, by=request.user, now=timezone.now()), said):
        return redirect("coaching:one_to_one", pk)
    return _page(request, talk, **{name: form})


@require_POST
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    item = get_object_or_404(AgendaItem.objects.filter(one_to_one__in=_visible(request)), pk=pk)
    attempted(request, lambda: actions.cover(item, by=request.user, now=timezone.now()), _("Talked about."))
    return _back(request, item.one_to_one_id)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    action = get_object_or_404(ActionItem.objects.filter(one_to_one__in=_visible(request)), pk=pk)
    attempted(
        request, lambda: actions.finish(action, by=request.user, now=timezone.now()), _("Done. Thank you.")
    )
    return _back(request, action.one_to_one_id)


def _back(request: HttpRequest, own: int) -> HttpResponse:
    """To the talk it was done from: what is carried over belongs to an earlier one."""
    key = request.POST.get("talk", "")
    seen = key.isdecimal() and len(key) < 18 and _visible(request).filter(pk=int(key)).exists()
    return redirect("coaching:one_to_one", int(key) if seen else own)


def _visible(request: HttpRequest):
    return OneToOne.objects.visible_to(request.user).order_by()


def _talk(request: HttpRequest, pk: int) -> OneToOne:
    talks = OneToOne.objects.visible_to(request.user).select_related("person", "manager")
    return get_object_or_404(talks, pk=pk)


def _page(request: HttpRequest, talk: OneToOne, **forms: Form) -> HttpResponse:
    earlier = OneToOne.objects.of_pair(talk.person, talk.manager).filter(on__lt=talk.on).order_by()
    related = ("by", "one_to_one")
    context = {
        "talk": talk,
        "other": talk.other(request.user),
        "agenda": talk.agenda.select_related("by", "covered"),
        "carried": AgendaItem.objects.filter(one_to_one__in=earlier, covered=None).select_related(*related),
        "notes": talk.notes.select_related("by"),
        "actions": talk.actions.select_related("owner", "done"),
        "left": ActionItem.objects.filter(one_to_one__in=earlier, done=None).select_related(
            "owner", "one_to_one"
        ),
        "agenda_form": LineForm(auto_id=False),
        "note_form": LineForm(label=_("What was said, for the two of you to remember")),
        "action_form": ActionForm(talk=talk, initial={"due": in_two_weeks(timezone.localdate())}),
        "today": timezone.localdate(),
    }
    wrong = any(form.errors for form in forms.values())
    return private(render(request, "coaching/one_to_one.html", context | forms, status=422 if wrong else 200))
