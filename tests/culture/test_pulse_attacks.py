"""Attacks on the anonymity of the pulse: whoever has the whole database, the mail, the logs, or a team of few."""

import json
import logging
import random

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from andon.culture.models import Box, Remark, Result
from andon.culture.pulse import actions, results, sealing
from andon.flow import pulse
from andon.mail.sending import send_waiting
from andon.people.models import Deed, Notice, Person
from andon.web.models import Sent
from tests.culture.pulse_waves import DAY, NOW, answered, answers, company, counted, opened, who

pytestmark = pytest.mark.django_db
SECRET = "zzqx unusual comment"


def dump() -> dict[str, list[tuple]]:
    """Every row of every table, as somebody with the database sees it."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT * FROM "{name}"')
            found[name] = [tuple(map(_plain, row)) for row in cursor.fetchall()]
    return found


def _plain(cell: object) -> object:
    return bytes(cell) if isinstance(cell, memoryview) else cell  # as PostgreSQL hands out what is binary


def changed(before: dict, after: dict) -> set[str]:
    return {name for name in after if before.get(name) != after[name]}


class TestWhoeverHasTheDatabase:
    def test_an_answer_changes_the_sealed_box_and_nothing_else(self):
        teams = company({"phones": 8})
        wave = opened()
        before = dump()
        answered(wave, teams["phones"][:1], comment=SECRET)
        assert changed(before, dump()) == {"culture_box"}

    def test_nothing_readable_of_an_answer_is_there_while_a_wave_is_open(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"], comment=SECRET)
        sealed = bytes(Box.objects.get().sealed)
        assert SECRET.encode() not in sealed
        assert SECRET not in str(dump())

    def test_who_has_answered_cannot_be_tried_out_without_the_key(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"][:3])
        with pytest.raises(sealing.LostKeyError):
            sealing.unseal(Box.objects.get().sealed, b"\0" * 32)
        assert sealing.key_of(str(wave.key)).hex() not in str(dump())

    def test_the_box_does_not_count_its_answers(self):
        teams = company({"phones": 30})
        wave = opened()
        empty = len(bytes(Box.objects.get().sealed))
        answered(wave, teams["phones"], comment=SECRET)
        assert len(bytes(Box.objects.get().sealed)) == empty

    def test_once_counted_no_row_holds_an_answer_and_no_key_is_left(self):
        teams = company({"phones": 12})
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        assert bytes(Box.objects.get().sealed) == b""
        assert list(sealing.folder().glob(f"{wave.key}*")) == []
        assert {r.measure for r in Result.objects.filter(unit="team:phones")} >= {"response", "voice"}

    def test_no_model_of_the_pulse_points_from_an_answer_to_a_person_or_to_a_moment(self):
        for model in (Box, Result, Remark):
            kinds = {type(field) for field in model._meta.get_fields()}
            assert not kinds & {models.DateTimeField, models.DateField, models.TimeField}
            assert {f.related_model.__name__ for f in model._meta.get_fields() if f.is_relation} == {"Wave"}

    def test_the_order_in_the_box_is_not_the_order_of_answering(self):
        teams = company({"phones": 12})
        wave = opened()
        for place, person in enumerate(teams["phones"]):
            actions.answer(
                wave, {wave.questions[0]["key"]: 1 + place % 5}, f"comment {place}", by=person, now=NOW,
                rng=random.Random(place),
            )  # fmt: skip
        inside = sealing.unseal(Box.objects.get().sealed, sealing.key_of(str(wave.key)))
        assert [text for _cell, text in inside.comments] != [f"comment {i}" for i in range(12)]
        assert inside.tickets == sorted(inside.tickets)
        assert all(len(ballot) == 2 for ballot in inside.ballots)  # where, and what: no who, no when

    def test_comments_come_out_in_an_order_of_their_own(self):
        teams = company({"phones": 12})
        wave = opened()
        for place, person in enumerate(teams["phones"]):
            actions.answer(wave, answers(wave), f"comment {place}", by=person, now=NOW)
        counted(wave)
        rows = [text for _id, _units, text, *_ in dump()["culture_remark"] if isinstance(text, str)] or [
            r.text for r in Remark.objects.all()
        ]
        assert rows != [f"comment {i}" for i in range(12)]

    def test_whoever_gives_somebody_s_ticket_a_try_needs_the_key(self):
        one, other = sealing.ticket(b"a" * 32, "person:1"), sealing.ticket(b"b" * 32, "person:1")
        assert one != other
        assert one != "1"


class TestWhoeverHasLogsAndMail:
    def signed_in(self, person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    def test_the_page_leaves_no_mark_of_who_answered(self, caplog):
        teams = company({"phones": 8})
        opened(timezone.now(), timezone.localdate() + 5 * DAY)
        client = self.signed_in(teams["phones"][0])
        client.get("/pulse/answer/")
        before, sessions = dump(), list(Session.objects.values_list("session_data", flat=True))
        with caplog.at_level(logging.DEBUG):
            answer = client.post("/pulse/answer/", {"q0": "1", "comment": SECRET})
        assert (answer.status_code, answer["Location"]) == (302, "/pulse/thanks/")
        assert changed(before, dump()) == {"culture_box"}
        assert list(Session.objects.values_list("session_data", flat=True)) == sessions
        assert not Sent.objects.exists()
        assert not Deed.objects.filter(by=teams["phones"][0]).exists()
        assert SECRET not in caplog.text.replace("culture_box", "")

    def test_the_address_is_the_same_for_everybody_and_holds_nothing(self):
        teams = company({"phones": 8})
        opened(timezone.now(), timezone.localdate() + 5 * DAY)
        pages = {self.signed_in(p).get("/pulse/answer/").request["PATH_INFO"] for p in teams["phones"]}
        assert pages == {"/pulse/answer/"}

    def test_nobody_who_looks_on_sees_from_the_page_whether_somebody_has_answered(self):
        teams = company({"phones": 8})
        opened(timezone.now(), timezone.localdate() + 5 * DAY)
        client = self.signed_in(teams["phones"][0])
        bare = lambda page: page.text.replace(str(page.context["csrf_token"]), "")  # noqa: E731
        before = {where: len(bare(client.get(where))) for where in ("/pulse/", "/pulse/answer/")}
        client.post("/pulse/answer/", {"q0": "4"})
        assert {where: len(bare(client.get(where))) for where in before} == before

    def test_the_mail_archive_holds_the_same_mail_for_everybody_and_no_code(self, settings):
        settings.MAIL_GOES_OUT = True
        company({"phones": 8})
        wave = opened(timezone.now(), timezone.localdate() + 5 * DAY)
        asked = pulse.tell(wave, "open", timezone.now())
        assert asked == Person.objects.at_work().count()
        kept = Notice.objects.filter(kind="pulse")
        assert len(set(kept.values_list("subject", "text", "link"))) == 1
        send_waiting(timezone.now)
        assert len(mail.outbox) == asked
        assert len({str(letter.body) for letter in mail.outbox}) == 1, mail.outbox[0].body

    def test_everybody_is_reminded_whether_they_answered_or_not(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"][:4])
        told = pulse.tell(wave, "soon", wave.closes_at - DAY)
        assert told == Person.objects.at_work().count()
        assert "already" in Notice.objects.filter(key__contains=":soon:").first().text

    def test_the_trail_says_that_a_wave_was_opened_and_counted_and_no_more(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        assert set(Deed.objects.filter(verb__startswith="pulse").values_list("verb", "by")) == {
            ("pulse.opened", None), ("pulse.counted", None),
        }  # fmt: skip


class TestWhoeverSubtracts:
    def test_while_a_wave_is_open_there_is_nothing_to_watch(self):
        teams = company({"phones": 8})
        wave = opened()
        pages = []
        for person in teams["phones"]:
            answered(wave, [person])
            pages.append((results.waves(), Result.objects.count()))
        assert pages == [([], 0)] * 8

    def test_what_was_counted_stays_as_it_was_when_people_leave(self):
        teams = company({"phones": 8, "chat": 12})
        wave = opened()
        for people in teams.values():
            answered(wave, people)
        counted(wave)
        before = results.export(who("analyst"), results.waves())
        gone = Person.objects.get(pk=teams["phones"][0].pk)
        gone.is_active, gone.team = False, None
        gone.save()
        assert results.export(who("analyst"), results.waves()) == before

    def test_one_more_answer_moves_no_count_by_one(self):
        teams = company({"phones": 9})
        wave = opened()
        answered(wave, teams["phones"][:8])
        counted(wave)
        later = opened(wave.closes_at + DAY, (wave.closes_at + 9 * DAY).date())
        answered(later, teams["phones"])
        counted(later)
        ns = set(Result.objects.filter(unit="team:phones").values_list("n", flat=True))
        assert ns == {5}

    def test_nobody_learns_that_everybody_answered(self):
        teams = company({"phones": 30})
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        assert Result.objects.get(unit="team:phones", measure="response").value == 95

    def test_filter_export_page_and_table_hold_the_same_numbers(self):
        teams = company(
            {"phones": 12, "chat": 11, "small": 4}, {"phones": "Leeds", "chat": "York", "small": "York"}
        )
        wave = opened()
        for people in teams.values():
            answered(wave, people)
        counted(wave)
        found = results.waves()
        analyst = who("analyst")
        exported = {(row[0], row[2]): row[3] for row in results.export(analyst, found)}
        for row in results.table(analyst, found):
            shown = results.group(analyst, row.key, found)
            for (score, _change, _out), series in zip(row.scores, shown.series, strict=True):
                assert score == series.last.score
                assert exported.get((row.name, series.measure)) == (score.value if score else None)


def test_the_key_is_readable_by_its_owner_only():
    company({"phones": 8})
    wave = opened()
    assert sealing.path_of(str(wave.key)).stat().st_mode & 0o077 == 0
    assert json.dumps(wave.cells).count("email") == 0
