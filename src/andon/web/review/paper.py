"""The weekly review on paper, set by Typst. What people wrote reaches it as data, never as markup."""

import json
import logging
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from andon.people import saying
from andon.web.review.agenda import Agenda

logger = logging.getLogger(__name__)
STANDARD = "ua-1"
STYLE = (
    "<style>path{fill:none}.c-line{stroke:#33363d;stroke-width:1.25}.c-mid{stroke:#33729b;stroke-width:1}"
    ".c-lim{stroke:#33729b;stroke-width:1;stroke-dasharray:2 3;opacity:.75}.c-band{fill:#33729b;opacity:.09}"
    ".c-phase{stroke:#6b6f76;stroke-dasharray:1 3}.c-target{stroke:#2b7a55;stroke-width:1;stroke-dasharray:6 3}"
    ".c-none{stroke:#d8d7d3;stroke-dasharray:4 4}.c-out{fill:#b63a12}.c-good{fill:#fff;stroke:#2b7a55;stroke-width:1.6}"
    "</style>"
)  # the classes of `plots.tile`, as they look by daylight: paper knows no custom property


@cache
def template() -> bytes:
    return Path(__file__).with_name("review.typ").read_bytes()


def pdf(agenda: Agenda) -> bytes:
    """PDF/UA-1; where a letter is in no font at hand, the same pages without that promise."""
    data = {"data": json.dumps(told(agenda), ensure_ascii=False)}
    try:
        return typst.compile(template(), format="pdf", sys_inputs=data, pdf_standards=[STANDARD])
    except typst.TypstError as error:
        logger.warning("a weekly review is no PDF/UA: %s", error)
        return typst.compile(template(), format="pdf", sys_inputs=data)


def told(agenda: Agenda) -> dict[str, Any]:
    """Plain texts in plain lists, in the reader's language."""
    out, calm = ([_tile(one) for one in tiles] for tiles in (agenda.tiles, agenda.calm))
    return {
        "organisation": settings.ORGANISATION or "Andon",
        "language": translation.get_language() or "en",
        "title": _("Weekly review"),
        "heading": agenda.heading,
        "when": _when(agenda),
        "change": _change(agenda),
        "over": f"{_('Calm again:')} {' · '.join(agenda.over)}" if agenda.over else "",
        "out": {"title": _("What is out of spec"), "none": _("Nothing is."), "tiles": out},
        "open": _part(_("Open questions"), _("None is open."), _open(agenda.questions)),
        "fixes": _part(_("Changes"), _("No change is due, watched or judged."), _fixes(agenda.fixes)),
        "since": _part(
            _("Since last week"), _("Nobody asked, and nothing was closed."), _since(agenda.questions)
        ),
        "calm": {"title": _("Everything else"), "tiles": calm},
    }


def _part(title: str, none: str, rows: Iterable[list]) -> dict[str, Any]:
    return {"title": title, "none": none, "rows": list(rows)}


def _open(questions: dict[str, Any]) -> Iterable[list]:
    for one in questions["open"]:
        yield [f"{one['number']}. {one['title']}", one["mechanism"], one["words"], one["late"]]


def _since(questions: dict[str, Any]) -> Iterable[list[str]]:
    yield from _brief(_("Open again"), questions["again"])
    yield from _brief(_("Asked"), questions["raised"])
    yield from _brief(_("Closed"), questions["closed"])


def _when(agenda: Agenda) -> str:
    return _("%(starts)s to %(ends)s") % {
        "starts": saying.day(agenda.starts.date()),
        "ends": saying.day(agenda.last_day),
    }


def _change(agenda: Agenda) -> str:
    new = ngettext("%(n)s new", "%(n)s new", agenda.new) % {"n": saying.few(agenda.new)}
    still = _("%(n)s still out") % {"n": saying.few(agenda.still)}
    return _("Since the week began: %(changes)s.") % {
        "changes": f"{new}, {still}, {_('%(n)s calm again') % {'n': saying.few(len(agenda.over))}}"
    }


def _tile(tile: dict[str, Any]) -> dict[str, Any]:
    asked = ", ".join(map(str, tile["asked"]))
    who = _("Asked: %(numbers)s.") % {"numbers": asked} if asked else _("Nobody has asked.")
    return {
        "name": tile["name"], "part": f"{tile['part']} · {tile['change']}" if tile["change"] else tile["part"],
        "number": tile["number"], "svg": drawn(tile["svg"]), "alt": f"{tile['part']}: {tile['name']}, {tile['number']}",
        "why": " ".join(filter(None, [tile["why"], tile["beside"], who])) if tile["state"] == "out" else "",
    }  # fmt: skip


def drawn(svg: str) -> str:
    """A tile with its colours in it; "" without a picture."""
    if not svg:
        return ""
    head, _sign, body = svg.partition(">")
    return f'{head} xmlns="http://www.w3.org/2000/svg">{STYLE}{body}'


def _fixes(fixes: dict[str, Any]) -> Iterable[list[str]]:
    for one in fixes["judged"]:
        yield [one["verdict"], one["mechanism"], f"{one['what']} {one['sentence']}"]
    for one in fixes["due"]:
        yield [_("due %(day)s") % {"day": saying.day(one["due"])}, one["mechanism"], one["what"]]
    for one in fixes["watched"]:
        until = (
            _("judged from %(day)s") % {"day": saying.day(one["until"].date())}
            if one["until"]
            else _("watched")
        )
        yield [until, one["mechanism"], one["what"]]


def _brief(what: str, rows: list[dict[str, Any]]) -> list[list[str]]:
    return [[what, f"{one['number']}. {one['title']}", one["mechanism"]] for one in rows]
