"""The tree of whys: added to, said better, moved by a step or to any place, taken out.

With script the tree alone is drawn anew; without, one comes back to the draft.
"""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from andon.escalations import access, actions, drafts
from andon.escalations.models import Escalation, Explanation, WhyNode
from andon.escalations.rules import explaining
from andon.web.escalations import tree
from andon.web.escalations.explaining import draft_page
from andon.web.escalations.turning import access_or_404
from andon.web.escalations.views import visible

MOST_PLACES = 10_000
NEW = "new"  # the form of another root


@require_POST
def add(request: HttpRequest, number: int) -> HttpResponse:
    escalation = _writable(request, number)
    under = _node(escalation, request.POST["under"]) if request.POST.get("under") else None
    return _do(request, escalation, lambda by, now: actions.add_why(
        escalation, request.POST.get("text", ""), by, now, under, **_evidence(request)
    ), form=f"{under.pk}-under" if under else NEW)  # fmt: skip


@require_POST
def change(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    escalation = _writable(request, number)
    node = _node(escalation, pk)
    return _do(request, escalation, lambda by, now: actions.change_why(
        node, request.POST.get("text", ""), by, now, **_evidence(request)
    ), form=str(pk))  # fmt: skip


@require_POST
def move(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    escalation = _writable(request, number)
    node = _node(escalation, pk)
    return _do(
        request, escalation, lambda by, now: actions.move_why(node, request.POST.get("where", ""), by, now)
    )


@require_POST
def place(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Dropped somewhere: under a why (empty: as a root), before the one at that position."""
    escalation = _writable(request, number)
    node, under = _node(escalation, pk), request.POST.get("under", "")
    parent = _node(escalation, under) if under else None
    at = request.POST.get("position", "")
    position = min(int(at), MOST_PLACES) if at.isascii() and at.isdigit() and len(at) < 9 else MOST_PLACES
    return _do(request, escalation, lambda by, now: actions.place_why(node, parent, position, by, now))


@require_POST
def remove(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    escalation = _writable(request, number)
    node = _node(escalation, pk)
    return _do(request, escalation, lambda by, now: actions.remove_why(node, by, now))


def _writable(request: HttpRequest, number: int) -> Escalation:
    escalation = visible(request, number)
    access_or_404(request, escalation, access.may_own)
    return escalation


def _node(escalation: Escalation, pk) -> WhyNode:
    if not str(pk).isdecimal() or int(pk) >= 2**63:
        raise Http404
    rows = WhyNode.objects.select_related("explanation__escalation")
    return get_object_or_404(rows, explanation__escalation=escalation, pk=pk)


def _evidence(request: HttpRequest) -> dict:
    """What it rests on, as typed; a measure that does not exist is said so."""
    sent = request.POST
    named = sent.get("measure", "").strip()
    return {
        "evidence": sent.get("evidence", ""),
        "link": sent.get("link", ""),
        "measure": _measure(named) if named else None,
        "signal_key": sent.get("signal", ""),
    }


def _measure(named: str):
    measure = tree.measure_called(named)
    if measure is None:
        raise ValidationError(_("There is no measure %(name)s. Choose one from the list.") % {"name": named})
    return measure


def _do(request: HttpRequest, escalation: Escalation, act: Callable, form: str = "") -> HttpResponse:
    """Does it, and shows the tree anew; what is refused changed nothing and stands in the form it was written in."""
    node, problem = None, ""
    try:
        node = act(request.user, timezone.now())
    except ValidationError as error:
        problem = " ".join(error.messages)
    draft = escalation.explanations.filter(posted_at=None).first()
    unsaid = tree.Unsaid.of(request.POST, form, problem) if problem and form else None
    shown = {"tree_problem": problem, "unsaid": unsaid}
    if request.htmx:
        return _anew(request, escalation, draft, shown | {"at": _goes_on_at(node, form)})
    if draft and unsaid:
        return draft_page(request, escalation, draft, **shown)
    if problem:
        messages.error(request, problem)
    return _back(escalation, bool(draft))


def _goes_on_at(node: WhyNode | None, form: str) -> int | str | None:
    """Where whoever works with the keyboard goes on: at the why that was written, or below what was taken out.

    After a move nowhere: the button that was pressed keeps the focus by its id.
    """
    if node is None:
        return ""
    return node.pk if form else None


def _anew(
    request: HttpRequest, escalation: Escalation, draft: Explanation | None, shown: dict
) -> HttpResponse:
    """The tree alone, and what is still to say."""
    page = {
        "escalation": escalation,
        "tree": tree.of(draft, request.user) if draft else [],
        "still": explaining.missing(drafts.content(draft)) if draft else [],
        **shown,
    }
    return render(request, "escalations/why_anew.html", page)


def _back(escalation: Escalation, to_draft: bool) -> HttpResponse:
    name = "escalations:draft" if to_draft else "escalations:show"
    return HttpResponseRedirect(reverse(name, args=[escalation.number]) + ("#why" if to_draft else ""))
