"""Mentors and those who learn from them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from andon.growth import reach
from andon.growth.actions import mentoring as actions
from andon.growth.models import Mentoring, MentorOffer
from andon.people.models import Person
from andon.web.me.colleagues import choice
from andon.web.me.doing import done, from_form, kept, own_page
from andon.web.me.forms import MentorForm, OfferForm

MOST = 100


@require_safe
def everything(request: HttpRequest) -> HttpResponse:
    me = request.user
    seen = Mentoring.objects.visible_to(me).filter(ended_at=None, declined_at=None)
    offers = MentorOffer.objects.filter(person__in=Person.objects.at_work()).select_related("person")
    offered = MentorOffer.objects.filter(person=me).first()
    page = {
        "mentorings": seen.select_related("mentee", "mentor")[:MOST],
        "offers": offers.exclude(person=me)[:MOST],
        "offered": offered,
        "form": OfferForm(initial={"about": offered.about if offered else ""}),
    }
    return own_page(request, "me/mentoring.html", page)


@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    said = _("Thank you. Colleagues can find you now.")
    return from_form(request, OfferForm(request.POST), actions.offer, said=said, then="me:mentoring")


@require_POST
def withdraw(request: HttpRequest) -> HttpResponse:
    said = _("You are no longer on the list. What is agreed goes on.")
    return done(request, actions.withdraw_offer, said=said, then="me:mentoring")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    form = MentorForm(request.POST or None, by=request.user)
    if kept(request, form, actions.ask):
        return redirect("me:mentoring")
    return own_page(request, "me/ask_mentor.html", {"choice": choice(request)}, form)


def _put_to_me(request: HttpRequest, pk: int) -> Mentoring:
    return get_object_or_404(reach.between(Mentoring.objects, request.user, "mentor"), pk=pk)


@require_POST
def agree(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Agreed. Write to each other when you first meet.")
    return done(request, actions.agree, _put_to_me(request, pk), said=said, then="me:mentoring")


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    said = _("Declined. No reason is asked.")
    return done(request, actions.decline, _put_to_me(request, pk), said=said, then="me:mentoring")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Mentoring.objects.visible_to(request.user), pk=pk)
    return done(request, actions.end, found, said=_("Ended."), then="me:mentoring")
