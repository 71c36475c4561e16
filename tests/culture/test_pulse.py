"""Waves of the pulse from opening to counting."""

import random
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.culture.pulse import actions, results, sealing
from andon.culture.pulse.models import Box, Dimension, Question, Remark, Result, Wave
from andon.people.models import Person, Team
from tests.culture.pulse_waves import (
    AFTER,
    DAY,
    LAST_DAY,
    NOW,
    answered,
    answers,
    company,
    counted,
    opened,
    who,
)

pytestmark = pytest.mark.django_db


def values(wave: Wave, measure: str = Dimension.VOICE) -> dict[str, int]:
    return dict(Result.objects.filter(wave=wave, measure=measure).values_list("unit", "value"))


class TestOpening:
    def test_what_is_asked_and_of_whom_is_fixed(self):
        company({"phones": 8})
        wave = opened()
        Question.objects.update(texts={"en": "Other words", "de": "Andere Worte"})
        Team.objects.update(name="Renamed")
        wave.refresh_from_db()
        assert "Other words" not in str(wave.questions)
        assert [unit["name"] for unit in wave.units if unit["kind"] == "team"] == ["Phones"]

    def test_every_dimension_is_asked_about_and_every_question_in_every_language(self):
        company({"phones": 8})
        wave = opened()
        assert {q["dimension"] for q in wave.questions} == set(Dimension.values)
        assert all(q["texts"]["en"] and q["texts"]["de"] and q["source"] for q in wave.questions)

    def test_only_one_is_open_at_a_time(self):
        company({"phones": 8})
        opened()
        with pytest.raises(ValidationError, match="open already"):
            opened(NOW + DAY)

    @pytest.mark.parametrize("last_day", [date(2026, 3, 4), date(2026, 2, 1), date(2026, 5, 1)])
    def test_a_wave_is_neither_too_short_nor_too_long(self, last_day):
        company({"phones": 8})
        with pytest.raises(ValidationError, match="last day"):
            opened(NOW, last_day)

    @pytest.mark.parametrize("role", ["analyst", "administrator", "boss", "phones-manager", "phones-0"])
    def test_only_hr_partners_open_one(self, role):
        company({"phones": 8})
        with pytest.raises(PermissionDenied):
            actions.open_wave(LAST_DAY, by=who(role), now=NOW)

    def test_no_rhythm_asks_for_fewer_than_five(self):
        company({"phones": 8})
        with pytest.raises(ValidationError):
            actions.keep_rhythm(
                every="never", open_days=10, next_on=None, fewest=4, by=who("hr_partner"), now=NOW
            )
        with pytest.raises(ValidationError):
            actions.keep_rhythm(
                every="never", open_days=10, next_on=None, fewest_comments=9, by=who("hr_partner"), now=NOW
            )


class TestAnswering:
    def test_one_answer_a_person(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"][:1], 1)
        with pytest.raises(ValidationError, match="in already"):
            answered(wave, teams["phones"][:1], 5)

    def test_a_wave_that_is_over_takes_nothing(self):
        teams = company({"phones": 8})
        wave = opened()
        with pytest.raises(ValidationError, match="over"):
            actions.answer(wave, answers(wave), by=teams["phones"][0], now=AFTER)

    def test_whoever_came_later_or_has_left_is_not_asked(self):
        teams = company({"phones": 8})
        wave = opened()
        late, left = teams["phones"][:2]
        late.joined, left.is_active = date(2026, 3, 4), False
        for person in (late, left):
            with pytest.raises(PermissionDenied):
                actions.answer(wave, answers(wave), by=person, now=NOW + 3 * DAY)

    def test_at_least_one_question_and_none_in_particular(self):
        teams = company({"phones": 8})
        wave = opened()
        with pytest.raises(ValidationError, match="at least one"):
            actions.answer(wave, {}, by=teams["phones"][0], now=NOW)
        actions.answer(wave, {wave.questions[3]["key"]: 2}, by=teams["phones"][0], now=NOW)

    @pytest.mark.parametrize("point", [0, 6, -3])
    def test_an_answer_off_the_scale_is_refused(self, point):
        teams = company({"phones": 8})
        wave = opened()
        with pytest.raises(ValidationError, match="one of the five"):
            actions.answer(wave, answers(wave, point), by=teams["phones"][0], now=NOW)

    def test_without_the_key_nothing_is_taken_and_it_is_said(self):
        teams = company({"phones": 8})
        wave = opened()
        sealing.forget_key(str(wave.key))
        with pytest.raises(ValidationError, match="Nothing of yours was kept"):
            answered(wave, teams["phones"][:1])

    def test_whoever_has_moved_counts_where_they_are_and_to_a_new_place_in_the_whole_only(self):
        teams = company({"phones": 8, "chat": 8})
        wave = opened()
        moved = Person.objects.get(pk=teams["phones"][0].pk)
        moved.team = Team.objects.create(slug="new", name="New")
        moved.save()
        answered(wave, [moved, *teams["phones"][1:7], *teams["chat"][:6]])
        counted(wave)
        told = dict(Result.objects.filter(measure="response").values_list("unit", "n"))
        assert told["all"] == 10
        assert len(told) == 2  # one who is in no team hides one of the two


class TestSlips:
    def make(self):
        teams = company({"store": 8, "phones": 8})
        Person.objects.filter(pk__in=[p.pk for p in teams["store"]]).update(email=None)
        wave = opened()
        return teams, wave, actions.slips(wave, by=who("hr_partner"), now=NOW)

    def test_a_slip_for_each_person_without_an_address(self):
        _teams, _wave, slips = self.make()
        assert {team: len(codes) for team, codes in slips.items()} == {"Store": 8}
        assert len(set(slips["Store"])) == 8

    def test_printed_again_they_are_the_same(self):
        _teams, wave, slips = self.make()
        again = actions.slips(wave, by=who("hr_partner"), now=NOW, rng=random.Random(5))
        assert sorted(again["Store"]) == sorted(slips["Store"])

    def test_a_slip_works_once_however_it_is_typed(self):
        _teams, wave, slips = self.make()
        code = slips["Store"][0]
        actions.answer_by_slip(wave, f" {code.lower().replace('-', ' ')} ", answers(wave), now=NOW)
        with pytest.raises(ValidationError, match="in already"):
            actions.answer_by_slip(wave, code, answers(wave), now=NOW)

    @pytest.mark.parametrize("code", ["", "AAAA-AAAA-AAAA", "ééé", "x" * 5000, "\x00"])
    def test_a_guessed_code_is_no_code(self, code):
        _teams, wave, _slips = self.make()
        with pytest.raises(ValidationError, match="not the code"):
            actions.answer_by_slip(wave, code, answers(wave), now=NOW)

    def test_a_code_of_another_wave_is_no_code(self):
        _teams, wave, slips = self.make()
        counted(wave)
        later = opened(AFTER + DAY, date(2026, 3, 25))
        with pytest.raises(ValidationError, match="not the code"):
            actions.answer_by_slip(later, slips["Store"][0], answers(later), now=AFTER + 2 * DAY)

    def test_whoever_has_a_slip_has_no_second_answer_by_signing_in(self):
        teams, wave, _slips = self.make()
        person = Person.objects.get(pk=teams["store"][0].pk)
        person.email = "now@example.com"
        person.save()
        with pytest.raises(PermissionDenied):
            answered(wave, [person])

    def test_only_who_runs_the_pulse_prints_them(self):
        _teams, wave, _slips = self.make()
        with pytest.raises(PermissionDenied):
            actions.slips(wave, by=who("administrator"), now=NOW)


class TestCounting:
    def test_results_are_means_of_points(self):
        teams = company({"phones": 10})
        wave = opened()
        answered(wave, teams["phones"][:5], 4)
        answered(wave, teams["phones"][5:], 2)
        assert values(counted(wave)) == {"all": 50, "team:phones": 50}

    def test_a_question_that_is_turned_counts_the_other_way(self):
        teams = company({"phones": 6})
        actions.keep_question(
            None, dimension=Dimension.MEANING, texts={"en": "It is pointless.", "de": "Es ist sinnlos."},
            turned=True, by=who("hr_partner"), now=NOW,
        )  # fmt: skip
        Question.objects.filter(dimension=Dimension.MEANING, turned=False).update(retired_at=NOW)
        wave = opened()
        answered(wave, teams["phones"], 2)
        assert values(counted(wave), Dimension.MEANING)["all"] == 75

    def test_nothing_is_counted_before_the_end(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"])
        assert not actions.count(wave, wave.closes_at - timedelta(seconds=1))
        assert not Result.objects.exists()

    def test_it_is_counted_once(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        assert not actions.count(wave, AFTER)

    def test_four_answers_show_nothing_at_all(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"][:4])
        counted(wave)
        assert not Result.objects.exists()

    def test_a_hidden_team_hides_a_second_one(self):
        teams = company({"big": 20, "mid": 8, "small": 4})
        wave = opened()
        for people in teams.values():
            answered(wave, people)
        assert set(values(counted(wave))) == {"all", "team:big"}

    def test_a_question_that_many_left_out_hides_its_dimension_only(self):
        teams = company({"phones": 6})
        wave = opened()
        voice = {q["key"] for q in wave.questions if q["dimension"] == Dimension.VOICE}
        for place, person in enumerate(teams["phones"]):
            given = {key: (None if key in voice and place < 2 else 4) for key in answers(wave)}
            actions.answer(wave, given, by=person, now=NOW)
        counted(wave)
        assert values(wave) == {}
        assert set(values(wave, Dimension.FAIRNESS)) == {"all", "team:phones"}

    def test_comments_are_shown_from_ten_answers_on(self):
        teams = company({"nine": 9, "ten": 10})
        wave = opened()
        answered(wave, teams["nine"], comment="From the nine")
        answered(wave, teams["ten"], comment="From the ten")
        counted(wave)
        readers = {r.text: r.units for r in Remark.objects.all()}
        assert readers == {
            "From the nine": ["all"],
            "From the ten": ["all"],
        }  # less the ten, nine would be left

    def test_a_house_may_ask_for_more_than_five(self):
        teams = company({"phones": 8})
        actions.keep_rhythm(
            every="never", open_days=10, next_on=None, fewest=9, by=who("hr_partner"), now=NOW
        )
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        assert not Result.objects.exists()

    def test_a_wave_whose_key_is_lost_is_over_and_says_so(self):
        teams = company({"phones": 8})
        wave = opened()
        answered(wave, teams["phones"])
        sealing.forget_key(str(wave.key))
        assert counted(wave).problem == "lost"
        assert not Result.objects.exists()
        opened(AFTER + DAY, date(2026, 3, 25))

    def test_ending_early_waits_three_days(self):
        company({"phones": 8})
        wave = opened()
        with pytest.raises(ValidationError, match="three days"):
            actions.close_early(wave, by=who("hr_partner"), now=NOW + DAY)
        assert actions.close_early(wave, by=who("hr_partner"), now=NOW + 3 * DAY).closes_at == NOW + 3 * DAY


class TestReading:
    def two(self):
        teams = company({"phones": 12, "chat": 12})
        first = opened()
        for people in teams.values():
            answered(first, people, 3)
        counted(first)
        second = opened(AFTER + DAY, date(2026, 3, 25))
        for people in teams.values():
            answered(second, people, 5)
        counted(second)
        return teams

    def test_a_manager_reads_their_team_and_not_another(self):
        self.two()
        found = results.waves()
        keys = {unit["key"] for unit in results.readable(who("phones-manager"), found)}
        assert keys == {"all", "team:phones"}
        assert results.group(who("phones-manager"), "team:chat", found) is None

    @pytest.mark.parametrize("role", ["hr_partner", "analyst"])
    def test_hr_partners_and_analysts_read_every_group(self, role):
        self.two()
        keys = {unit["key"] for unit in results.readable(who(role), results.waves())}
        assert keys == {"all", "team:phones", "team:chat"}

    def test_an_administrator_reads_no_more_than_anybody(self):
        self.two()
        assert {u["key"] for u in results.readable(who("administrator"), results.waves())} == {"all"}

    def test_a_person_reads_the_whole_and_their_own_team(self):
        teams = self.two()
        assert {u["key"] for u in results.readable(teams["chat"][0], results.waves())} == {"all", "team:chat"}

    def test_a_change_is_told_with_its_uncertainty(self):
        self.two()
        group = results.group(who("analyst"), "all", results.waves())
        change = next(s for s in group.series if s.measure == Dimension.VOICE).change
        assert (change.by, change.clear) == (45, True)

    def test_other_questions_are_not_compared(self):
        teams = company({"phones": 12})
        wave = opened()
        answered(wave, teams["phones"])
        counted(wave)
        question = Question.objects.filter(dimension=Dimension.VOICE).first()
        actions.keep_question(
            question, dimension=Dimension.VOICE, texts={"en": "New words.", "de": "Neue Worte."},
            by=who("hr_partner"), now=AFTER,
        )  # fmt: skip
        later = opened(AFTER + DAY, date(2026, 3, 25))
        answered(later, teams["phones"])
        counted(later)
        series = {s.measure: s for s in results.group(who("analyst"), "all", results.waves()).series}
        assert series[Dimension.VOICE].change is None
        assert series[Dimension.FAIRNESS].change is not None

    def test_the_file_holds_what_the_pages_hold(self):
        self.two()
        rows = results.export(who("analyst"), results.waves())
        assert {row[:3] for row in rows} >= {
            ("Phones", "2026-03-12", "voice"),
            ("Phones", "2026-03-25", "voice"),
        }
        assert all(row[4] >= 5 and row[4] % 5 == 0 for row in rows)
        assert {row[0] for row in results.export(who("phones-manager"), results.waves())} == {
            "Phones", "Your organisation",
        }  # fmt: skip


def test_it_is_kept_how_far_questions_go_together_once_enough_answered_all_of_them():
    teams = company({"phones": 40})
    wave, rng = opened(), random.Random(3)
    for person in teams["phones"]:
        own = rng.randint(1, 5)
        given = {key: min(max(own + rng.choice((-1, 0, 0, 1)), 1), 5) for key in answers(wave)}
        actions.answer(wave, given, "", by=person, now=wave.opens_at + DAY, rng=rng)
    found = counted(wave).together
    assert set(found) == {Dimension.ENGAGEMENT}, "only engagement has three questions or more"
    assert 0.8 <= found[Dimension.ENGAGEMENT] <= 1


def test_the_box_is_emptied_when_it_is_counted():
    teams = company({"phones": 8})
    wave = opened()
    answered(wave, teams["phones"])
    counted(wave)
    assert bytes(Box.objects.get(wave=wave).sealed) == b""
    assert not sealing.path_of(str(wave.key)).exists()
    assert wave.by_slip == []


def test_moments_are_those_of_the_zone():
    company({"phones": 8})
    assert opened().closes_at == datetime(2026, 3, 13, tzinfo=NOW.tzinfo)
