"""Answering once, without leaving a trace of who, when or in which order. Nothing here takes a time for keeping."""

import base64
import hashlib
import hmac
import random
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from andon.culture.pulse import sealing
from andon.culture.pulse.access import may_answer, may_run
from andon.culture.pulse.models import Box, Wave
from andon.culture.pulse.rules.masking import masked
from andon.culture.pulse.rules.scoring import POINTS
from andon.culture.pulse.structure import place_of
from andon.people.models import Person
from andon.people.words import tidy

LONGEST = 2000  # characters of a comment
ELSEWHERE = -1  # the cell of whoever moved to a place that was not there when the wave opened
CODE = 12  # letters and digits of a slip: 60 bits

Answers = Mapping[str, int | None]
Ballot = tuple[str, int, Answers, str]  # whose ticket, cell, answers, comment


def answer(
    wave: Wave,
    answers: Answers,
    comment: str = "",
    *,
    by: Person,
    now: datetime,
    rng: random.Random | None = None,
) -> None:
    """Takes part once. Raises PermissionDenied for whoever was not asked, ValidationError with the reason."""
    _demand_open(wave, now)
    if not may_answer(by, wave, now):
        raise PermissionDenied(_("Asked are those who were at work when this wave opened."))
    put_in(wave, [(f"person:{by.pk}", _cell_of(wave, by), answers, comment)], rng=rng)


def answer_by_slip(
    wave: Wave,
    code: str,
    answers: Answers,
    comment: str = "",
    *,
    now: datetime,
    rng: random.Random | None = None,
) -> None:
    """The same with a slip of paper that was drawn from a pile. Raises ValidationError."""
    _demand_open(wave, now)
    typed = _plain(code)
    for cell, place, known in _codes(wave):
        if hmac.compare_digest(known, typed):
            put_in(wave, [(f"slip:{cell}:{place}", cell, answers, comment)], rng=rng)
            return
    raise ValidationError(
        {"code": _("This is not the code of a slip of this wave. Look again, letter by letter.")}
    )


def put_in(wave: Wave, ballots: Iterable[Ballot], *, rng: random.Random | None = None) -> None:
    """Puts ballots into the box and mixes all that is in it. All of them, or none."""
    ballots = [
        (whose, cell, _checked(wave, answers), _said(comment)) for whose, cell, answers, comment in ballots
    ]
    key = _key_of(wave)
    with transaction.atomic():
        box = Box.objects.select_for_update().get(wave=wave)
        contents = sealing.unseal(box.sealed, key)
        for whose, cell, answers, comment in ballots:
            _add(contents, sealing.ticket(key, whose), cell, answers, comment)
        contents.mix(rng or random.SystemRandom())
        Box.objects.filter(pk=box.pk).update(sealed=sealing.seal(contents, key))


def _add(contents: sealing.Contents, ticket: str, cell: int, answers: list, comment: str) -> None:
    if ticket in contents.tickets:
        raise ValidationError(
            _(
                "Your answer is in already, and counts once. Nobody can look up which one it is, so it stays as it is."
            )
        )
    contents.tickets.append(ticket)
    contents.ballots.append((cell, answers))
    if comment:
        contents.comments.append((cell, comment))


def _demand_open(wave: Wave, now: datetime) -> None:
    if not wave.is_open(now):
        raise ValidationError(
            _("This wave is over. Thank you for wanting to take part; there will be another.")
        )


def _key_of(wave: Wave) -> bytes:
    try:
        return sealing.key_of(str(wave.key))
    except sealing.LostKeyError:
        raise ValidationError(
            _("Answers cannot be taken just now, as the key of this wave is not there. Nothing of yours was kept. "
              "Please tell whoever runs Andon.")
        ) from None  # fmt: skip


def _checked(wave: Wave, answers: Answers) -> list[int | None]:
    """In the order of the wave's questions; at least one must be answered, and none must."""
    given = [answers.get(question["key"]) for question in wave.questions]
    if any(one is not None and not 1 <= one <= POINTS for one in given):
        raise ValidationError(_("An answer is one of the five."))
    if all(one is None for one in given):
        raise ValidationError(_("Answer at least one question. Each of them may be left out."))
    return given


def _said(comment: str) -> str:
    comment = tidy(comment)
    if len(comment) > LONGEST:
        raise ValidationError(
            {"comment": _("A comment is at most %(most)s characters long.") % {"most": LONGEST}}
        )
    return masked(comment, Person.objects.values_list("name", flat=True)) if comment else ""


def _cell_of(wave: Wave, person: Person) -> int:
    team, site = place_of(person)
    found = (i for i, cell in enumerate(wave.cells) if (cell["team"], cell["site"]) == (team, site))
    same_team = (i for i, cell in enumerate(wave.cells) if team is not None and cell["team"] == team)
    return next(found, next(same_team, ELSEWHERE))


@transaction.atomic
def slips(wave: Wave, *, by: Person, now: datetime, rng: random.Random | None = None) -> dict[str, list[str]]:
    """Codes to print for people without an address, by team, in random order. The same ones each time.

    They are nowhere kept: they follow from the key of the wave. Whoever hands them out lets people draw, so that
    nobody knows whose is whose. Raises PermissionDenied, ValidationError.
    """
    if not may_run(by):
        raise PermissionDenied(_("HR partners print slips."))
    _demand_open(wave, now)
    _key_of(wave)
    found: dict[str, list[str]] = {}
    for cell, _place, code in _codes(wave):
        found.setdefault(_name_of(wave, cell), []).append("-".join(code[i : i + 4] for i in (0, 4, 8)))
    for codes in found.values():
        (rng or random.SystemRandom()).shuffle(codes)
    return found


def _codes(wave: Wave) -> Iterable[tuple[int, int, str]]:
    """(cell, number, code) of every slip there is."""
    key = _key_of(wave)
    for cell, of in enumerate(wave.cells):
        for place in range(of["slips"]):
            made = hmac.new(key, f"code:{cell}:{place}".encode(), hashlib.sha256).digest()
            yield cell, place, base64.b32encode(made)[:CODE].decode()


def _plain(code: str) -> str:
    """As it is compared: people leave out lines, and read 0 and 1 where there are O and I."""
    letters = "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())
    return letters.replace("0", "O").replace("1", "I").replace("8", "B")[:40]


def _name_of(wave: Wave, cell: int) -> str:
    """The innermost team of a cell, and its site."""
    of = wave.cells[cell]
    teams = [unit for unit in wave.units if unit["kind"] == "team" and unit["key"] in of["in"]]
    inmost = min(teams, key=lambda unit: len(unit["teams"]), default=wave.units[0])
    return f"{inmost['name']}, {of['site']}" if of["site"] else str(inmost["name"])
