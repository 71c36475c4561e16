"""Pages of the pulse: taking part on a phone, results for whom they are for, figures of teams, running it."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.culture.pulse_waves import answered, answers, company, counted, opened, who

from andon.culture.pulse import actions
from andon.culture.pulse.models import Question, Rhythm, TeamFigure, Wave
from andon.flow import pulse
from andon.people.models import Notice, Person

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def teams():
    return company({"phones": 12, "chat": 12, "small": 6})


@pytest.fixture
def as_(client):
    def sign_in(person: Person | str):
        client.force_login(who(person) if isinstance(person, str) else person)
        return client

    return sign_in


def now_open() -> Wave:
    return opened(timezone.now(), timezone.localdate() + 5 * DAY)


def over(teams, ago: int = 20, comment: str = "") -> Wave:
    begin = timezone.now() - ago * DAY
    wave = opened(begin, timezone.localdate(begin) + 5 * DAY)
    for people in teams.values():
        answered(wave, people, 4, comment)
    return counted(wave)


@pytest.mark.parametrize(
    ("alpha", "said"),
    [(0.85, "Engagement: its questions go together (Cronbach’s alpha about 0.85)"),
     (0.55, "Engagement: its questions go together only loosely (Cronbach’s alpha about 0.55)")],
)  # fmt: skip
def test_it_is_said_how_far_questions_go_together(teams, as_, alpha, said):
    wave = over(teams)
    Wave.objects.filter(pk=wave.pk).update(together={"engagement": alpha})
    assert said in as_("analyst").get("/pulse/").text


class TestTakingPart:
    def test_what_is_shown_to_whom_and_when_is_said_before(self, teams, as_):
        now_open()
        page = as_(teams["phones"][0]).get("/pulse/answer/").text
        assert page.index("Nobody can look up who answered") < page.index('name="q0"')
        for said in (
            "if five or more of it answered",
            "where ten or more answered",
            "nothing is shown to anybody",
        ):
            assert said in page

    def test_every_point_of_the_scale_has_its_words(self, teams, as_):
        now_open()
        page = as_(teams["phones"][0]).get("/pulse/answer/").text
        for anchor in ("Strongly disagree", "Neither", "Strongly agree"):
            assert page.count(f"<span>{anchor}</span>") == 15

    def test_it_is_asked_in_german_where_german_is_read(self, teams, as_):
        now_open()
        page = as_(teams["phones"][0]).get("/pulse/answer/", headers={"Accept-Language": "de"}).text
        assert "Ich werde bei der Arbeit fair behandelt." in page

    def test_it_needs_no_script(self, teams, as_):
        now_open()
        page = as_(teams["phones"][0]).get("/pulse/answer/").text
        assert "hx-" not in page[page.index('class="pulse-form"') :].replace("hx-headers", "")

    def test_a_second_answer_is_turned_away_kindly(self, teams, as_):
        now_open()
        client = as_(teams["phones"][0])
        assert client.post("/pulse/answer/", {"q0": "4"}).status_code == 302
        again = client.post("/pulse/answer/", {"q0": "1"})
        assert again.status_code == 422
        assert "Your answer is in already, and counts once" in again.text

    @pytest.mark.parametrize("sent", [{}, {"q0": "9"}, {"q0": "x"}, {"q0": "4", "comment": "x" * 2001}])
    def test_what_cannot_be_taken_is_said_and_nothing_is_kept(self, teams, as_, sent):
        now_open()
        client = as_(teams["phones"][0])
        assert client.post("/pulse/answer/", sent).status_code == 422
        assert client.post("/pulse/answer/", {"q0": "4"}).status_code == 302

    def test_without_a_wave_the_page_says_so(self, teams, as_):
        assert "No wave is open just now" in as_(teams["phones"][0]).get("/pulse/answer/").text

    def test_a_slip_works_without_signing_in_and_once(self, teams, client):
        Person.objects.filter(number="phones-0").update(email=None)
        wave = now_open()
        [[code]] = actions.slips(wave, by=who("hr_partner"), now=timezone.now()).values()
        assert client.post("/pulse/slip/", {"code": code, "q0": "2"})["Location"] == "/pulse/thanks/"
        assert "in already" in client.post("/pulse/slip/", {"code": code, "q0": "2"}).text
        assert "This is not the code" in client.post("/pulse/slip/", {"code": "AAAABBBBCCCC", "q0": "2"}).text
        assert client.get("/pulse/thanks/").status_code == 200


class TestReading:
    def test_a_manager_reads_their_team(self, teams, as_):
        over(teams)
        client = as_("phones-manager")
        assert "Phones" in client.get("/pulse/?unit=team:phones").text
        assert client.get("/pulse/?unit=team:chat").status_code == 404

    def test_somebody_of_a_team_reads_it_and_the_whole(self, teams, as_):
        over(teams)
        client = as_(teams["chat"][0])
        assert client.get("/pulse/?unit=team:chat").status_code == 200
        assert client.get("/pulse/").status_code == 200
        assert client.get("/pulse/?unit=team:phones").status_code == 404

    def test_while_a_wave_is_open_nothing_of_it_is_shown(self, teams, as_):
        over(teams)
        wave = now_open()
        before = as_("analyst").get("/pulse/?unit=team:phones").context["group"]
        for person in teams["phones"]:
            actions.answer(wave, answers(wave, 1), by=person, now=timezone.now())
        assert as_("analyst").get("/pulse/?unit=team:phones").context["group"] == before

    def test_comments_of_a_large_team_are_read_there_and_those_of_a_small_one_are_not(self, teams, as_):
        over(teams, comment="The roster comes late, says Phones-3 Testperson.")
        client = as_("analyst")
        assert "The roster comes late" in client.get("/pulse/").text
        assert "Testperson" not in client.get("/pulse/").text.replace("Analyst Testperson", "")
        assert "The roster comes late" not in client.get("/pulse/?unit=team:small").text

    def test_the_file_has_the_columns_that_link_reads(self, teams, as_):
        over(teams)
        answer = as_("analyst").get("/pulse/results.csv")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert list(rows[0])[:5] == ["team", "period", "measure", "value", "n"]
        assert all(int(row["n"]) >= 5 for row in rows)

    @pytest.mark.parametrize("many", [2, 9])
    def test_as_few_queries_whatever_the_number(self, as_, many, django_assert_max_num_queries):
        teams = company({f"team-{n}": 6 for n in range(many)})
        for ago in (60, 40, 20):
            over(teams, ago)
        client = as_("analyst")
        for where in ("/pulse/", "/pulse/groups/", "/pulse/speaking-up/", "/pulse/results.csv"):
            with django_assert_max_num_queries(22):
                assert client.get(where).status_code == 200


class TestFigures:
    HEAD = "team,month,measure,value,n\n"

    def test_they_are_seen_before_they_are_kept(self, teams, as_):
        client = as_("hr_partner")
        text = self.HEAD + "Phones,2026-01,absence,5.5 %,12\n"
        page = client.post("/pulse/figures/", {"text": text}).text
        assert "1 figure would be kept" in page
        assert not TeamFigure.objects.exists()
        client.post("/pulse/figures/", {"text": text, "sure": "1"})
        assert TeamFigure.objects.get().value == pytest.approx(0.055)

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            ("Phones,2026-01,absence,0.05,4", "fewer than five people"),
            ("Nobody,2026-01,absence,0.05,12", "No team is called this"),
            ("Phones,January,absence,0.05,12", "Write the month as"),
            ("Phones,2099-01,absence,0.05,12", "has not come yet"),
            ("Phones,2026-13,absence,0.05,12", "Write the month as"),
            ("Phones,2026-01,happiness,0.05,12", "It is one of"),
            ("Phones,2026-01,absence,5,12", "A share from 0 to 1"),
            ("Phones,2026-01,absence,nan,12", "A share from 0 to 1"),
            ("Phones,2026-01,tenure,-1,12", "Years from 0 to 70"),
            ("Phones,2026-01,tenure,3,twelve", "A whole number"),
            ("Phones", "It is one of"),
            ("Phones,2026-01,absence,0,05,12", "more fields than the first line has headings"),
        ],
    )
    def test_a_row_that_cannot_be_taken_says_why(self, teams, as_, row, why):
        page = as_("analyst").post("/pulse/figures/", {"text": self.HEAD + row}).text
        assert why in page
        assert "0 figures would be kept, 1 row refused" in page.replace("\n", "")

    def test_a_team_less_those_inside_it_must_not_leave_few(self, teams, as_):
        from andon.people.models import Team

        Team.objects.filter(slug="chat").update(parent=Team.objects.get(slug="phones"))
        text = self.HEAD + "Chat,2026-01,absence,0.05,12\nPhones,2026-01,absence,0.05,15\n"
        assert "Less the teams inside it" in as_("analyst").post("/pulse/figures/", {"text": text}).text

    @pytest.mark.parametrize("text", ["team,month\nPhones,2026-01", "team,month,measure,value,n\n", "\x00"])
    def test_a_file_that_is_none_is_refused_whole(self, teams, as_, text):
        assert as_("analyst").post("/pulse/figures/", {"text": text}).status_code == 422

    def test_they_stand_beside_the_pulse_of_the_team(self, teams, as_):
        over(teams)
        client = as_("hr_partner")
        client.post(
            "/pulse/figures/",
            {"text": self.HEAD + "phones;2026".replace(";", ",") + "-01,tenure,3.2,12", "sure": "1"},
        )
        assert "Years here" in client.get("/pulse/?unit=team:phones").text


class TestRunning:
    def test_opening_a_wave_tells_everybody(self, teams, as_):
        client = as_("hr_partner")
        last = (timezone.localdate() + 7 * DAY).isoformat()
        client.post("/pulse/run/open/", {"last_day": last})
        assert Wave.objects.open(timezone.now()).count() == 1
        assert Notice.objects.filter(kind="pulse").count() == Person.objects.at_work().count()

    @pytest.mark.parametrize("last_day", ["", "soon", "2020-01-01"])
    def test_a_day_that_is_none_is_said(self, teams, as_, last_day):
        answer = as_("hr_partner").post("/pulse/run/open/", {"last_day": last_day}, follow=True)
        assert answer.status_code == 200
        assert not Wave.objects.exists()

    def test_nobody_who_runs_it_sees_how_many_have_answered(self, teams, as_):
        wave = now_open()
        client = as_("hr_partner")
        bare = lambda page: page.text.replace(str(page.context["csrf_token"]), "")  # noqa: E731
        before = bare(client.get("/pulse/run/"))
        for person in teams["phones"]:
            actions.answer(wave, answers(wave), by=person, now=timezone.now())
        assert len(bare(client.get("/pulse/run/"))) == len(before)

    def test_the_rhythm_opens_the_next_one_and_moves_on(self, teams):
        today = timezone.localdate()
        Rhythm.objects.create(every="month", open_days=10, next_on=today)
        pulse.keep_up(timezone.now())
        pulse.keep_up(timezone.now())
        assert Wave.objects.count() == 1
        assert Rhythm.objects.get().next_on > today

    def test_what_is_over_is_counted_by_itself(self, teams):
        wave = opened(timezone.now() - 20 * DAY, timezone.localdate() - 10 * DAY)
        pulse.keep_up(timezone.now())
        wave.refresh_from_db()
        assert wave.counted_at

    def test_the_last_day_of_a_month_stays_the_last(self):
        from datetime import date

        assert pulse.next_day(date(2026, 1, 31), 1, date(2026, 2, 1)) == date(2026, 2, 28)
        assert pulse.next_day(date(2026, 1, 15), 3, date(2026, 9, 1)) == date(2026, 10, 15)

    def test_a_question_is_written_in_every_language(self, teams, as_):
        client = as_("hr_partner")
        client.get("/pulse/run/")
        sent = {"dimension": "voice", "text_en": "I can say what I think.", "text_de": ""}
        assert client.post("/pulse/run/questions/new/", sent).status_code == 422
        client.post("/pulse/run/questions/new/", sent | {"text_de": "Ich kann sagen, was ich denke."})
        question = Question.objects.get(key="i-can-say-what-i-think")
        assert f"/pulse/run/questions/{question.pk}/" in client.get("/pulse/run/").text
        client.post(f"/pulse/run/questions/{question.pk}/retire/")
        assert Question.objects.filter(retired_at=None).count() == 15

    def test_slips_are_printed_for_those_who_cannot_sign_in(self, teams, as_):
        Person.objects.filter(number__in=["phones-0", "phones-1"]).update(email=None)
        now_open()
        page = as_("hr_partner").post("/pulse/run/slips/")
        assert page.text.count("<code>") == 2
        assert page["Cache-Control"] == "private, no-store"
