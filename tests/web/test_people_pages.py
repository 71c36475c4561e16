"""The staff directory: facts to find somebody by, and no number about anybody."""

from datetime import date

import pytest

from andon.people import lines
from andon.people.models import Deed, Grant, Person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(cast, client):
    def sign_in(who: str):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def crowd(cast, n: int) -> None:
    Person.objects.bulk_create(
        Person(number=f"X{i}", name=f"Person {i:05d}", team=cast.phones, manager=cast.martin)
        for i in range(n)
    )
    lines.rebuild()


class TestList:
    def test_an_agent_finds_their_team_and_line_and_nobody_of_another_team(self, as_):
        page = as_("alice").get("/people/").text
        assert "Bob Agent" in page
        assert "Martin Manager" in page
        assert "Charlie Agent" not in page

    def test_the_manager_of_another_team_finds_nobody_of_phones(self, as_):
        page = as_("mona").get("/people/").text
        assert "Charlie Agent" in page
        assert "Alice Agent" not in page

    @pytest.mark.parametrize("who", ["lena", "hana", "adam"])
    def test_leaders_hr_and_administrators_find_everybody(self, as_, who):
        assert "Alice Agent" in as_(who).get("/people/").text

    @pytest.mark.parametrize("q", ["alice", "AGENT alice", "phones alice"])
    def test_all_words_of_a_search_occur_in_name_title_or_team(self, as_, q):
        page = as_("lena").get("/people/", {"q": q}).text
        assert "Alice Agent" in page
        assert "Charlie Agent" not in page

    def test_a_search_that_finds_nobody_says_whom_one_can_find(self, as_):
        assert "Nobody found for “zzz”" in as_("alice").get("/people/", {"q": "zzz"}).text

    def test_a_search_as_one_types_answers_with_the_part_that_changes(self, as_):
        part = as_("lena").get("/people/", {"q": "alice"}, headers=HTMX).text
        assert "Alice Agent" in part
        assert "<html" not in part

    def test_every_page_follows_the_one_before_without_gap_or_twin(self, cast, as_):
        crowd(cast, 120)
        client, seen, where = as_("lena"), [], "/people/"
        while where:
            directory = client.get(where).context["directory"]
            seen += [person.pk for person in directory.people]
            where = f"/people/?{directory.older}" if directory.older else ""
        assert sorted(seen) == sorted(Person.objects.at_work().values_list("pk", flat=True))
        assert len(seen) == len(set(seen))

    @pytest.mark.parametrize("mark", ["", "~", "x", "Alice~", "~99999999999999999999", "\0~1"])
    def test_a_mark_that_means_nothing_shows_the_first_page(self, as_, mark):
        assert as_("lena").get("/people/", {"after": mark}).status_code == 200

    @pytest.mark.parametrize("n", [10, 300])
    def test_it_costs_the_same_at_any_size(self, cast, as_, n, django_assert_max_num_queries):
        crowd(cast, n)
        client = as_("lena")
        with django_assert_max_num_queries(10):
            client.get("/people/")


class TestLeavers:
    @pytest.mark.parametrize("who", ["alice", "martin", "lena", "ana"])
    def test_they_are_not_shown_to_those_who_do_not_keep_the_staff_list(self, cast, as_, who):
        client = as_(who)
        assert "Lea Left" not in client.get("/people/?left=1").text
        assert client.get(f"/people/{cast.lea.pk}/").status_code == 404

    @pytest.mark.parametrize("who", ["hana", "adam"])
    def test_hr_and_administrators_find_them(self, cast, as_, who):
        client = as_(who)
        assert "Lea Left" in client.get("/people/?left=1").text
        assert "left 30 June 2025" in client.get(f"/people/{cast.lea.pk}/").text


class TestPerson:
    @pytest.mark.parametrize("who", ["alice", "martin", "lena", "hana", "adam"])
    def test_themselves_their_line_and_hr_see_the_staff_number(self, cast, as_, who):
        cast.alice.number = "N-4711"
        cast.alice.save()
        assert "N-4711" in as_(who).get(f"/people/{cast.alice.pk}/").text

    def test_a_team_mate_sees_directory_facts_only(self, cast, as_):
        cast.alice.number, cast.alice.joined = "N-4711", date(2019, 4, 2)
        cast.alice.save()
        page = as_("bob").get(f"/people/{cast.alice.pk}/").text
        assert "Phones" in page
        assert "N-4711" not in page
        assert "2019" not in page

    @pytest.mark.parametrize("who", ["charlie", "mona", "olga"])
    def test_for_others_they_are_not_there(self, cast, as_, who):
        assert as_(who).get(f"/people/{cast.alice.pk}/").status_code == 404


class TestTeam:
    def test_everybody_sees_what_a_team_answers_for_but_not_who_is_in_it(self, as_):
        page = as_("charlie").get("/people/teams/fulfilment/").text
        assert "Address labels" in page
        assert "Olga Owner" not in page

    def test_one_s_own_team_shows_its_members(self, as_):
        page = as_("alice").get("/people/teams/phones/").text
        assert "Bob Agent" in page
        assert "Lea Left" not in page

    def test_the_list_of_teams_costs_the_same_at_any_size(self, as_, django_assert_max_num_queries):
        client = as_("alice")
        with django_assert_max_num_queries(11):
            assert "Fulfilment" in client.get("/people/teams/").text


class TestRoles:
    def test_an_administrator_grants_a_role_on_the_record(self, cast, as_):
        answer = as_("adam").post(f"/people/{cast.alice.pk}/grant/", {"role": "analyst"}, follow=True)
        assert "Alice Agent now has the role: Analyst." in answer.text
        assert Grant.objects.get(person=cast.alice).granted_by == cast.adam
        assert Deed.objects.filter(by=cast.adam, detail__role="analyst").exists()

    def test_and_withdraws_it(self, cast, as_):
        as_("adam").post(f"/people/{cast.ana.pk}/withdraw/", {"role": "analyst"})
        assert not Grant.objects.filter(person=cast.ana).exists()

    def test_the_last_administrator_keeps_the_role(self, cast, as_):
        answer = as_("adam").post(f"/people/{cast.adam.pk}/withdraw/", {"role": "administrator"}, follow=True)
        assert "last administrator" in answer.text
        assert Grant.objects.filter(person=cast.adam).exists()

    def test_a_role_that_does_not_exist_is_refused_with_a_sentence(self, cast, as_):
        answer = as_("adam").post(f"/people/{cast.alice.pk}/grant/", {"role": "emperor"}, follow=True)
        assert answer.status_code == 200
        assert not Grant.objects.filter(person=cast.alice).exists()

    @pytest.mark.parametrize("who", ["alice", "martin", "mona", "lena", "hana", "ana"])
    def test_for_everybody_else_granting_does_not_exist(self, cast, as_, who):
        client = as_(who)
        assert client.get("/people/roles/").status_code == 404
        assert client.post(f"/people/{cast.bob.pk}/grant/", {"role": "leader"}).status_code == 404
        assert not Grant.objects.filter(person=cast.bob).exists()
        assert "Grant" not in client.get(f"/people/{getattr(cast, who).pk}/").text


def test_a_form_without_its_token_is_refused(cast):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.adam)
    assert client.post(f"/people/{cast.alice.pk}/grant/", {"role": "leader"}).status_code == 403
    assert not Grant.objects.filter(person=cast.alice).exists()
