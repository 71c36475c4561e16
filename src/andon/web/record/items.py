"""One item: read by those who may, replied to by the person, corrected by adding."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from andon.evidence import access, access_log, actions
from andon.evidence.models import Item, Reply
from andon.web.record.forms import AnswerForm, CorrectionForm, ReplyForm, ShownForm
from andon.web.record.listing import items_of, line


def visible(request: HttpRequest, pk: int) -> Item:
    return get_object_or_404(items_of(Item.objects.visible_to(request.user)).select_related("person"), pk=pk)


@require_safe
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    item = visible(request, pk)
    access_log.note(request.user, item.person, gettext_noop("An item of the record"), timezone.now())
    return page_of(request, item)


def page_of(request: HttpRequest, item: Item, wrong: Form | None = None) -> HttpResponse:
    """`wrong` is a form that could not be done, shown again with what to mend."""
    mine, decides = item.person_id == request.user.pk, access.decides(request.user, item.person)
    context = {
        "line": line(item, timezone.now()),
        "item": item,
        "mine": mine,
        "decides": decides,
        "reply_form": _form(ReplyForm, wrong) if mine and item.text else None,
        "correction_form": _form(CorrectionForm, wrong) if decides and item.text else None,
        "answer_form": _form(AnswerForm, wrong),
        "shown_form": _form(ShownForm, wrong) if decides and item.seen_at is None else None,
    }
    return render(request, "record/item.html", context, status=422 if wrong else 200)


def _form(kind: type[Form], wrong: Form | None) -> Form:
    return wrong if type(wrong) is kind else kind()


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(
        request,
        visible(request, pk),
        actions.reply,
        ReplyForm(request.POST),
        _("Your reply goes with it from now on."),
    )


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, visible(request, pk), actions.correct, CorrectionForm(request.POST), _("Corrected."))


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    return _do(request, visible(request, pk), actions.accept, Form(request.POST), _("Noted that you agree."))


@require_POST
def shown(request: HttpRequest, pk: int) -> HttpResponse:
    def verb(item: Item, **given) -> int:
        return actions.show([item], **given)

    return _do(
        request,
        visible(request, pk),
        verb,
        ShownForm(request.POST),
        _("Noted; they can see that you said so."),
    )


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Reply.objects.filter(item__in=Item.objects.visible_to(request.user)), pk=pk)

    def verb(item: Item, **given):
        return actions.answer(found, **given)

    return _do(request, visible(request, found.item_id), verb, AnswerForm(request.POST), _("Answered."))


def _do(request: HttpRequest, item: Item, verb: Callable, form: Form, said: str) -> HttpResponse:
    """Reads the form, does the verb, goes back to the page; what was written is never lost on the way."""
    if not form.is_valid():
        return page_of(request, item, form)
    try:
        verb(item, **form.cleaned_data, by=request.user, now=timezone.now())
    except ValidationError as error:
        form.add_error(None, error)
        return page_of(request, item, form)
    messages.success(request, said)
    return redirect("record:item", item.pk)
