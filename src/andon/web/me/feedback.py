"""Feedback that I asked for, that I was given, that I gave, and that was shared with me."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.evidence import access_log
from andon.growth import reach
from andon.growth.actions import feedback as actions
from andon.growth.models import Answer, Feedback, FeedbackRound, FeedbackShare
from andon.growth.queries.feedback import facts_of, open_to, with_facts
from andon.growth.rules.feedback import Showing, showing
from andon.people.models import Person
from andon.web.me.accomplishments import ON_RECORD
from andon.web.me.colleagues import choice
from andon.web.me.doing import Then, done, from_form, kept, own_page
from andon.web.me.forms import AskForm, GiveForm, ShareForm
from andon.web.me.line import people_above

MOST = 50


@dataclass(frozen=True, slots=True)
class Round:
    """A round and whether its answers show."""

    round: FeedbackRound
    showing: Showing


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    """A fixed number of queries, however much there is."""
    now, me = timezone.now(), request.user
    given = Feedback.objects.visible_to(me).select_related("about", "by", "behaviour__principle")
    page = {
        "rounds": [_round(one, now) for one in with_facts(FeedbackRound.objects.of(me))[:MOST]],
        "asked": open_to(me, now)[:MOST],
        "received": given.filter(about=me).prefetch_related("shares__to")[:MOST],
        "given": given.filter(by=me)[:MOST],
        "shared_rounds": reach.shared(FeedbackRound.objects, me).select_related("about")[:MOST],
        "shared_feedback": reach.shared(given, me).exclude(by=me)[:MOST],
        "above": list(people_above(me)),
        "now": now,
    }
    return own_page(request, "me/feedback.html", page)


def _round(one: FeedbackRound, now) -> Round:
    return Round(one, showing(facts_of(one), now))


def _note(request: HttpRequest, about: Person) -> None:
    """Reading what somebody shared is a reading they see."""
    access_log.note(request.user, about, gettext_noop("Feedback they shared"), timezone.now())


@require_safe
def show_given(request: HttpRequest, pk: int) -> HttpResponse:
    """For who gave it, who it is about, and whom they shared it with."""
    seen = Feedback.objects.visible_to(request.user).select_related("about", "by", "behaviour__principle")
    one = get_object_or_404(seen, pk=pk)
    if request.user not in (one.about, one.by):
        _note(request, one.about)
    return own_page(request, "me/given.html", {"one": one})


@require_safe
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    seen = with_facts(FeedbackRound.objects.visible_to(request.user)).select_related("about")
    found = get_object_or_404(seen, pk=pk)
    one, mine = _round(found, timezone.now()), found.about == request.user
    if not mine:
        _note(request, found.about)
    page = {
        "round": found,
        "showing": one.showing,
        "mine": mine,
        "answers": found.answers.select_related("by") if one.showing.shown else (),
        "asked": _whom(found) if mine else (),
        "shares": found.shares.filter(ended_at=None).select_related("to") if mine else (),
        "share": ShareForm(people=people_above(request.user)) if mine and one.showing.shown else None,
        "open": timezone.now() < found.closes_at,
    }
    return own_page(request, "me/round.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = AskForm(request.POST or None, by=request.user)
    if asked := kept(request, form, actions.ask):
        return redirect("me:round", asked.pk)
    return own_page(request, "me/ask.html", {"choice": choice(request, many=True)}, form)


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    form = GiveForm(request.POST or None, by=request.user)
    if kept(request, form, actions.give):
        messages.success(request, _("Thank you. They can read it now."))
        return redirect("me:feedback")
    return own_page(request, "me/give.html", {"choice": choice(request)}, form)


def _whom(asked: FeedbackRound) -> list[Person]:
    """By name: left to itself a database may put last whoever answered or declined."""
    return [one.to for one in asked.invitations.select_related("to").order_by("to__name", "to_id")]


def _asked_by_me(request: HttpRequest, pk: UUID) -> FeedbackRound:
    return get_object_or_404(reach.between(FeedbackRound.objects, request.user, "about"), pk=pk)


def _about_me(request: HttpRequest, pk: int) -> Feedback:
    return get_object_or_404(reach.between(Feedback.objects, request.user, "about"), pk=pk)


@require_POST
def call_off(request: HttpRequest, pk: UUID) -> HttpResponse:
    said = _("Taken back. Nobody is asked any more.")
    return done(request, actions.call_off, _asked_by_me(request, pk), said=said, then="me:feedback")


@require_POST
def share_round(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _share(request, _asked_by_me(request, pk), ("me:round", pk))


@require_POST
def share_given(request: HttpRequest, pk: int) -> HttpResponse:
    return _share(request, _about_me(request, pk), "me:feedback")


def _share(request: HttpRequest, what: FeedbackRound | Feedback, then: Then) -> HttpResponse:
    form = ShareForm(request.POST, people=people_above(request.user))
    said = _("Shared. You can take it back at any time.")
    return from_form(request, form, actions.share, what, said=said, then=then)


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    mine = reach.between(FeedbackShare.objects, request.user, "round__about", "feedback__about")
    said = _("Taken back. They can no longer read it.")
    return done(request, actions.take_back, get_object_or_404(mine, pk=pk), said=said, then="me:feedback")


@require_POST
def record_answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    mine = reach.between(Answer.objects, request.user, "round__about").select_related("round", "by")
    answer = get_object_or_404(mine.filter(round__in=_readable(request)), pk=pk)
    return _put(request, answer, ("me:round", answer.round_id))


def _readable(request: HttpRequest) -> list[FeedbackRound]:
    """Rounds about the reader whose answers show."""
    now, mine = timezone.now(), with_facts(FeedbackRound.objects.of(request.user))
    return [one for one in mine if showing(facts_of(one), now).shown]


@require_POST
def record_given(request: HttpRequest, pk: int) -> HttpResponse:
    return _put(request, _about_me(request, pk), "me:feedback")


def _put(request: HttpRequest, what: Answer | Feedback, then: Then) -> HttpResponse:
    return done(request, actions.put_on_record, what, said=_(ON_RECORD), then=then)
