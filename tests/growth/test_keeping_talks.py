"""What is kept of coaching, promises and talks: taken away by whom it is about, and let go in time."""

import json
from datetime import timedelta

from andon.evidence.law.kinds import KINDS
from andon.evidence.portable import parts_of
from andon.growth import keeping_talks
from andon.growth.actions import coaching, one_to_ones
from andon.growth.models import AgendaItem, Coaching, OneToOne
from tests.growth.made import days, noted, promised, talk


def test_everything_about_oneself_can_be_taken_away(cast):
    coaching.add_their_view(noted(cast), "The timer closes it.", by=cast.alice, now=cast.now)
    promised(cast)
    one_to_ones.put_on_agenda(talk(cast), "My rota", by=cast.alice, now=cast.now)
    told = json.dumps({name: rows for name, rows in parts_of(cast.alice).items() if rows}, default=str)
    for words in ("4711", "The timer closes it.", "Sit in on calls", "My rota"):
        assert words in told


def test_nothing_of_a_talk_is_in_what_hr_or_a_colleague_takes_away(cast):
    one_to_ones.put_on_agenda(talk(cast), "My rota", by=cast.alice, now=cast.now)
    assert [parts_of(person)["1:1s"] for person in (cast.hana, cast.bob, cast.lena)] == [[], [], []]


def test_coaching_about_somebody_is_not_among_what_the_coach_takes_away(cast):
    noted(cast)
    assert parts_of(cast.martin)["Coaching"] == []


def test_talks_go_two_years_after_their_day(cast):
    old, kind = talk(cast), KINDS["talks"]
    one_to_ones.put_on_agenda(old, "The rota", by=cast.alice, now=cast.now)
    assert not kind.due(cast.now).exists()
    due = kind.due(cast.now + timedelta(days=8))
    kind.dispose(due, cast.now)
    assert not OneToOne.objects.exists()
    assert not AgendaItem.objects.exists()


def test_talks_go_with_somebody_who_is_erased_and_coaching_stays_without_its_words(cast):
    from andon.evidence.law.erasing import erase_person

    note = noted(cast)
    talk(cast)
    cast.alice.left, cast.alice.is_active = (cast.now + timedelta(days=1)).date(), False
    cast.alice.save()
    erase_person(cast.alice, why="leaver", by=cast.hana, now=cast.now + timedelta(days=400))
    assert not OneToOne.objects.exists()
    kept = Coaching.objects.get(pk=note.pk)
    assert (kept.situation, kept.behaviour, kept.impact, kept.agreed_action) == ("", "", "", "")


def test_who_left_still_takes_away_what_was_written_in_their_talks(cast):
    talk = OneToOne.objects.create(
        person=cast.alice, manager=cast.martin, on=days(1), planned_by=cast.alice, at=cast.now
    )
    cast.alice.left, cast.alice.is_active = days(0), False
    cast.alice.save()
    assert [one["on"] for one in keeping_talks.talks(cast.alice)] == [talk.on.isoformat()]
