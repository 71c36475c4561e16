"""My development plan: mine alone to share, and never evidence."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.evidence import access, access_log
from andon.growth import reach
from andon.growth.actions import development as actions
from andon.growth.models import DevelopmentPlan, Goal, PlanShare, Step
from andon.web.me.colleagues import choice
from andon.web.me.doing import Verb, done, from_form, kept, own_page
from andon.web.me.forms import ColleagueForm, LineForm, PlanForm

MOST = 20
SHARES = Prefetch("shares", PlanShare.objects.filter(ended_at=None).select_related("to"))


@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: HttpRequest) -> HttpResponse:
    form = PlanForm(request.POST or None)
    if kept(request, form, actions.begin):
        return redirect("me:development")
    seen = DevelopmentPlan.objects.visible_to(request.user).select_related("person")
    own = seen.filter(person=request.user)
    plan = own.current().prefetch_related("goals__steps", SHARES).first()
    page = {
        "plan": plan,
        "revise": PlanForm(initial={"title": plan.title, "why": plan.why}, prefix="plan") if plan else None,
        "line": LineForm(auto_id=False),
        "ended": own.exclude(ended_at=None)[:MOST],
        "received": seen.exclude(person=request.user)[:MOST],
        "today": timezone.localdate(),
    }
    return own_page(request, "me/development.html", page, form)


@require_safe
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan that has ended, or that somebody shares; the person sees when it was last read."""
    seen = DevelopmentPlan.objects.visible_to(request.user).select_related("person")
    plan = get_object_or_404(seen.prefetch_related("goals__steps"), pk=pk)
    if plan.person != request.user:
        _note(request, plan)
    return own_page(request, "me/development_plan.html", {"plan": plan})


def _note(request: HttpRequest, plan: DevelopmentPlan) -> None:
    now = timezone.now()
    plan.shares.filter(to=request.user, ended_at=None).update(read_at=now)
    if access.basis(request.user, plan.person):
        access_log.note(request.user, plan.person, gettext_noop("A development plan they shared"), now)


def _plan(request: HttpRequest, pk: int) -> DevelopmentPlan:
    return get_object_or_404(reach.own(DevelopmentPlan.objects, request.user), pk=pk)


def _goal(request: HttpRequest, pk: int) -> Goal:
    return get_object_or_404(
        reach.between(Goal.objects, request.user, "plan__person").select_related("plan"), pk=pk
    )


@require_POST
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    form = PlanForm(request.POST, prefix="plan")
    return from_form(
        request, form, actions.revise, _plan(request, pk), said=_("Changed."), then="me:development"
    )


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Ended. You can still read it; nobody else can.")
    return done(request, actions.end, _plan(request, pk), said=said, then="me:development")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    return done(request, actions.remove, _plan(request, pk), said=_("Removed."), then="me:development")


@require_POST
def add_goal(request: HttpRequest, pk: int) -> HttpResponse:
    return _add(request, actions.add_goal, _plan(request, pk))


@require_POST
def add_step(request: HttpRequest, pk: int) -> HttpResponse:
    return _add(request, actions.add_step, _goal(request, pk))


def _add(request: HttpRequest, verb: Verb, to: DevelopmentPlan | Goal) -> HttpResponse:
    return from_form(request, LineForm(request.POST), verb, to, said=_("Added."), then="me:development")


@require_POST
def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """Reached, not yet after all, or taken away."""
    return _mark(request, _goal(request, pk), actions.mark_goal, actions.remove_goal)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    mine = reach.between(Step.objects, request.user, "goal__plan__person").select_related("goal__plan")
    return _mark(request, get_object_or_404(mine, pk=pk), actions.mark_step, actions.remove_step)


def _mark(request: HttpRequest, thing: Goal | Step, mark: Verb, remove: Verb) -> HttpResponse:
    if "remove" in request.POST:
        return done(request, remove, thing, said=_("Taken away."), then="me:development")
    on = timezone.localdate() if "done" in request.POST else None
    return done(request, mark, thing, on, said=_("Done.") if on else _("Open again."), then="me:development")


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    form = ColleagueForm(request.POST or None, by=request.user)
    if kept(request, form, actions.share, plan):
        return redirect("me:development")
    return own_page(request, "me/share_plan.html", {"plan": plan, "choice": choice(request)}, form)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    mine = reach.between(PlanShare.objects, request.user, "plan__person").select_related("plan")
    said = _("Taken back. They can no longer read it.")
    return done(request, actions.take_back, get_object_or_404(mine, pk=pk), said=said, then="me:development")
