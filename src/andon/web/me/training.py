"""What I learn and learnt, and the courses there are."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth import reach
from andon.growth.actions import training as actions
from andon.growth.models import Course, Promise, Training
from andon.people.access import at_work
from andon.web.me.doing import done, from_form, kept, own_page
from andon.web.me.forms import AssignForm, EnrolForm, FinishForm
from andon.web.me.line import assignable_by

MOST = 100


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    mine = list(_mine(request).select_related("course", "assigned_by", "promise")[:MOST])
    page = {
        "under_way": [one for one in mine if not one.done_on and not one.left_at],
        "done": [one for one in mine if one.done_on],
        "courses": Course.objects.on_offer().select_related("skill")[:MOST],
        "finish": FinishForm(initial={"on": timezone.localdate()}, auto_id=False),
        "today": timezone.localdate(),
    }
    return own_page(request, "me/training.html", page)


def _mine(request: HttpRequest):
    return reach.own(Training.objects, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    promises = Promise.objects.filter(person=request.user)
    begun = {"course": request.GET.get("course", "")}
    form = EnrolForm(request.POST or None, promises=promises, initial=begun)
    if kept(request, form, actions.enrol):
        return redirect("me:training")
    return own_page(request, "me/enrol.html", {}, form)


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    training, form = get_object_or_404(_mine(request), pk=pk), FinishForm(request.POST)
    return from_form(request, form, actions.finish, training, said=_("Well done."), then="me:training")


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Left. You can take it up again at any time.")
    return done(
        request, actions.leave, get_object_or_404(_mine(request), pk=pk), said=said, then="me:training"
    )


def _course(request: HttpRequest, pk: int) -> Course:
    if not at_work(request.user):
        raise Http404
    return get_object_or_404(Course.objects.select_related("skill"), pk=pk)


@require_safe
def course(request: HttpRequest, pk: int) -> HttpResponse:
    return _course_page(request, _course(request, pk), _assign_form(request))


def _assign_form(request: HttpRequest) -> AssignForm | None:
    people = assignable_by(request.user)
    return AssignForm(request.POST or None, people=people) if people.exists() else None


def _course_page(request: HttpRequest, found: Course, form: AssignForm | None) -> HttpResponse:
    assigned = Training.objects.visible_to(request.user).filter(course=found, assigned_by=request.user)
    page = {
        "course": found,
        "mine": _mine(request).filter(course=found)[:MOST],
        "assigned": assigned.select_related("person")[:MOST] if form else (),
    }
    return own_page(request, "me/course.html", page, form)


@require_POST
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _course(request, pk), _assign_form(request)
    if form is None:
        raise Http404
    if kept(request, form, actions.assign, found):
        return redirect("me:course", pk)
    return _course_page(request, found, form)
