"""Saying what the columns of a file are: the first rows, our guesses and why, and what is still needed."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from andon.lake import plain_name
from andon.signals import actions
from andon.signals.columns import WORDS, Word
from andon.signals.models import Dataset
from andon.web.data.changes import preview_of
from andon.web.data.reach import one

PREFIX = "is-"  # so that a word of ours never meets another field of the form


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that a column may hold, and its column in the file; `why` is where a guess comes from."""

    word: Word
    column: str
    sure: bool
    why: str

    @property
    def field(self) -> str:
        return PREFIX + self.word.name


@require_http_methods(["GET", "HEAD", "POST"])
def name_columns(request: HttpRequest, key: str) -> HttpResponse:
    dataset = one(request, key)
    if dataset.state != Dataset.State.MAPPING:
        return redirect("data:show", key)
    if request.method != "POST":
        return _page(request, dataset, dataset.preview.get("guess", {}), ())
    mapping = chosen(request.POST)
    try:
        actions.map_columns(dataset, mapping, by=request.user, now=timezone.now())
    except ValidationError as error:
        return _page(request, dataset, mapping, error.messages)
    messages.success(request, _("It waits its turn and is then read. You may leave this page."))
    return redirect("data:show", key)


def chosen(fields: QueryDict) -> dict[str, str]:
    """{word: column of the file}, without what was left empty."""
    given = {name.removeprefix(PREFIX): value for name, value in fields.items() if name.startswith(PREFIX)}
    return {word: column for word, column in given.items() if column}


def choices(dataset: Dataset, mapping: dict[str, str]) -> list[Choice]:
    guesses = dataset.preview.get("guess", {})
    return [_choice(word, mapping.get(word.name, ""), guesses) for word in WORDS[dataset.holds]]


def _choice(word: Word, column: str, guesses: dict[str, str]) -> Choice:
    if not column or guesses.get(word.name) != column:
        return Choice(word, column, bool(column), "")
    if plain_name(column) in {plain_name(word.name), plain_name(str(word.label))}:
        return Choice(word, column, True, _("It has this very name."))
    named = plain_name(column) in map(plain_name, word.aliases)
    return Choice(
        word,
        column,
        False,
        _("“%(column)s” is a usual name for it.") % {"column": column}
        if named
        else _("What stands in it looks like it."),
    )


def _page(request: HttpRequest, dataset: Dataset, mapping: dict[str, str], problems) -> HttpResponse:
    preview = dataset.preview
    page = {
        "dataset": dataset,
        "problems": problems,
        "choices": choices(dataset, mapping),
        "columns": preview.get("columns", []),
        "rows": preview.get("rows", []),
        "notes": preview.get("notes", []),
        "changes": preview_of(dataset, request.user, timezone.now()),
    }
    return render(request, "data/columns.html", page, status=422 if problems else 200)
