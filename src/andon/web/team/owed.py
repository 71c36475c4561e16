"""What I promised and owe: one list, and each promise of support with its story."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from andon.evidence import access_log
from andon.evidence.access import basis
from andon.growth.actions import promises
from andon.growth.models import Doubt, Promise
from andon.growth.owed import Owed, owed_by
from andon.web.team.doing import done
from andon.web.team.forms import HandOnForm, TextForm
from andon.web.team.linking import address

SOON = 7  # days


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    today = timezone.localdate(now)
    found = [(one, address(*one.page)) for one in owed_by(request.user, now)]
    context = {"groups": _groups(found, today), "today": today, "now": now}
    return render(request, "team/owed.html", context)


def _groups(found: list[tuple[Owed, str]], today) -> list[tuple[str, list[tuple[Owed, str]]]]:
    """By when they are due; groups without anything are left out."""

    def ahead(one: Owed) -> int | None:
        return (one.due - today).days if one.due else None

    named = [
        (_("The day has passed"), lambda days: days is not None and days < 0),
        (_("This week"), lambda days: days is not None and 0 <= days <= SOON),
        (_("Later"), lambda days: days is not None and days > SOON),
        (_("Without a day"), lambda days: days is None),
    ]
    groups = [(name, [one for one in found if within(ahead(one[0]))]) for name, within in named]
    return [(name, rows) for name, rows in groups if rows]


@require_safe
def promise(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _reached(request, pk))


@require_POST
def deliver(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _reached(request, pk), TextForm(request.POST, auto_id="deliver_%s")

    def act(written: dict) -> object:
        return promises.deliver(found, written["text"], by=request.user, now=timezone.now())

    if done(
        request, form, act, _("Delivered. {name} can say whether it helped.").format(name=found.person.name)
    ):
        return redirect("team:owed")
    return _page(request, found, deliver_form=form)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers what the person doubts now: their newest doubt, as delivering anew has answered those before."""
    found, form = _reached(request, pk), TextForm(request.POST, auto_id="answer_%s")
    doubt = get_object_or_404(Doubt.objects.filter(promise=found, answer=None).order_by("-at")[:1])

    def act(written: dict) -> object:
        return promises.answer_doubt(doubt, written["text"], by=request.user, now=timezone.now())

    if done(request, form, act, _("Answered.")):
        return redirect("team:promise", pk)
    return _page(request, found, answer_form=form)


@require_POST
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody else sees to it from here on."""
    found, form = _reached(request, pk), HandOnForm(request.POST, auto_id="hand_on_%s")

    def act(written: dict) -> object:
        return promises.hand_on(found, **written, by=request.user, now=timezone.now())

    if done(request, form, act, _("Handed on. {name} can see to whom.").format(name=found.person.name)):
        return redirect("team:owed")
    return _page(request, found, hand_on_form=form)


def _reached(request: HttpRequest, pk: int) -> Promise:
    """A promise that the reader owes, or that was made to somebody they may look at; not one made to themselves."""
    found = get_object_or_404(Promise.objects.complete(), pk=pk)
    if not promises.may_deliver(request.user, found):
        raise Http404
    return found


def _page(request: HttpRequest, found: Promise, **forms: object) -> HttpResponse:
    now = timezone.now()
    if basis(request.user, found.person):
        access_log.note(request.user, found.person, gettext_noop("A promise of support"), now)
    context = {
        "promise": found,
        "in_line": bool(basis(request.user, found.person)),
        "deliver_form": TextForm(auto_id="deliver_%s", label=_("What came, and when")),
        "answer_form": TextForm(auto_id="answer_%s", label=_("What is done about it")),
        "hand_on_form": HandOnForm(auto_id="hand_on_%s"),
        "now": now,
        "today": timezone.localdate(now),
    }
    wrong = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "team/promise.html", context | forms, status=422 if wrong else 200)
