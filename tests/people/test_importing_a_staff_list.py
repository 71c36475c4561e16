"""Bringing in people and teams."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from andon.people import access, actions
from andon.people.models import Deed, Grant, Line, Person, Team

pytestmark = pytest.mark.django_db

COLUMNS = ("number", "name", "email", "manager", "team", "title", "site", "joined", "left", "roles")


def row(number, name, manager="", team="", **rest):
    cells = dict.fromkeys(COLUMNS, "")
    return cells | {"number": number, "name": name, "manager": manager, "team": team, **rest}


def as_listed(person):
    return row(
        person.number,
        person.name,
        person.manager.number if person.manager else "",
        person.team.name,
        email=person.email,
        title=person.title,
        joined=person.joined.isoformat(),
    )


def bring(cast, *people, by=None, teams=(), **rest):
    return actions.import_staff(teams, people, by=by or cast.hana, now=cast.now, **rest)


def test_people_come_in_with_their_team_and_manager(cast):
    changes = bring(cast, row("40", "Nina", "41", "Night shift"), row("41", "Noor", "1"))
    nina = Person.objects.get(number="40")
    assert (nina.team.name, nina.manager.number) == ("Night shift", "41")
    assert [number for number, _ in changes.added] == ["40", "41"]
    assert changes.teams == ("Night shift",)


def test_the_line_above_a_newcomer_is_complete(cast):
    bring(cast, row("40", "Nina", "11"))
    above = Line.objects.filter(below__number="40").order_by("depth").values_list("above__name", "depth")
    assert list(above) == [("Alice Agent", 1), ("Martin Manager", 2), ("Lena Leader", 3)]


def test_the_same_list_again_changes_nothing(cast):
    people = [as_listed(person) for person in Person.objects.at_work().select_related("team", "manager")]
    assert bring(cast, *people).unchanged == len(people)
    assert bring(cast, *people).changed == ()


def test_people_the_list_does_not_name_stay(cast):
    bring(cast, row("40", "Nina"))
    assert Person.objects.get(number="11").is_active


def test_columns_the_list_does_not_hold_are_left_alone(cast):
    bring(cast, {"number": "11", "name": "Alice Ash"})
    alice = Person.objects.get(number="11")
    assert (alice.name, alice.email, alice.manager, alice.team) == (
        "Alice Ash",
        "alice@example.com",
        cast.martin,
        cast.phones,
    )


def test_a_move_is_told_with_both_ends(cast):
    changes = bring(cast, as_listed(cast.alice) | {"team": "Chat", "manager": "20"})
    (moved,) = changes.moves
    assert ("team", "Phones", "Chat") in moved.changes
    assert ("manager", "Martin Manager", "Mona Manager") in moved.changes
    assert not access.in_line(cast.martin, cast.alice)
    assert access.in_line(cast.mona, cast.alice)


def test_who_left_cannot_sign_in_and_has_no_roles(cast, client):
    changes = bring(cast, as_listed(cast.ana) | {"left": "2026-03-01"})
    assert changes.left == (("3", "Ana Analyst"),)
    ana = Person.objects.get(number="3")
    assert not ana.is_active
    assert access.roles_of(ana) == frozenset()
    assert not client.login(email="ana@example.com", password=cast.password)


def test_who_leaves_later_is_here_until_that_day(cast):
    bring(cast, as_listed(cast.alice) | {"left": "2026-04-01"})
    assert Person.objects.get(number="11").is_active
    assert actions.see_out(cast.now) == 0
    assert actions.see_out(cast.now + timedelta(days=30)) == 1
    assert not Person.objects.get(number="11").is_active


def test_who_comes_back_is_at_work_again(cast):
    changes = bring(cast, row("13", "Lea Left", "10", "Phones", email="lea@example.com"))
    assert changes.back == (("13", "Lea Left"),)
    assert Person.objects.get(number="13").is_active


def test_reports_of_a_leaver_are_warned_of(cast):
    changes = bring(cast, as_listed(cast.martin) | {"left": "2026-03-01"})
    assert changes.warnings == ("Martin Manager (10) has left and is still named as manager of 2 at work.",)


def test_a_newcomer_cannot_sign_in_without_a_password(cast):
    bring(cast, row("40", "Nina", email="nina@example.com"))
    assert not Person.objects.get(number="40").has_usable_password()


def test_a_preview_tells_everything_and_writes_nothing(cast):
    deeds = Deed.objects.count()
    changes = bring(
        cast, row("40", "Nina", "10", "Night shift"), as_listed(cast.alice) | {"team": "Chat"}, dry_run=True
    )
    assert (len(changes.added), len(changes.moves), changes.teams) == (1, 1, ("Night shift",))
    assert changes.dry_run
    assert not Person.objects.filter(number="40").exists()
    assert not Team.objects.filter(name="Night shift").exists()
    assert Deed.objects.count() == deeds


def test_one_unfit_row_does_not_keep_the_others_out(cast):
    changes = bring(cast, row("", "Nobody"), row("40", "Nina"))
    assert len(changes.added) == len(changes.refused) == 1


def test_two_people_swap_their_addresses(cast):
    bring(
        cast,
        as_listed(cast.alice) | {"email": "bob@example.com"},
        as_listed(cast.bob) | {"email": "alice@example.com"},
    )
    assert Person.objects.get(email="alice@example.com").number == "12"


def test_a_newcomer_takes_an_address_given_up_on_the_same_list(cast):
    bring(cast, as_listed(cast.alice) | {"email": ""}, row("40", "Nina", email="alice@example.com"))
    assert Person.objects.get(email="alice@example.com").number == "40"


def test_a_list_that_cannot_be_read_says_so(cast):
    with pytest.raises(ValidationError, match="No column holds the staff number"):
        bring(cast, {"who": "Nina"})


@pytest.mark.parametrize("who", ["alice", "martin", "olga", "lena", "ana", "lea"])
def test_only_hr_partners_and_administrators_bring_people(cast, who):
    with pytest.raises(PermissionDenied):
        bring(cast, row("40", "Nina"), by=getattr(cast, who))


def test_what_came_in_is_on_the_audit_trail(cast):
    bring(cast, row("40", "Nina"))
    deed = Deed.objects.get(verb="brought in people")
    assert (deed.by, deed.at, deed.detail["added"]) == (cast.hana, cast.now, 1)


def test_an_administrator_gives_roles_by_file(cast):
    changes = bring(cast, row("40", "Nina", roles="analyst"), by=cast.adam)
    assert changes.granted == (("40", "Nina", "analyst"),)
    assert access.may_bring_data(Person.objects.get(number="40"))


def test_an_hr_partner_brings_people_and_no_roles(cast):
    changes = bring(cast, row("40", "Nina", roles="administrator"))
    assert changes.granted == ()
    assert changes.warnings == ("Row 2: Nina was not made administrator. Only an administrator gives roles.",)
    assert not Grant.objects.filter(person__number="40").exists()


def test_an_hr_partner_cannot_take_over_an_administrators_sign_in(cast):
    changes = bring(cast, as_listed(cast.adam) | {"email": "hana2@example.com"})
    assert changes.refused[0].column == "email"
    assert Person.objects.get(number="4").email == "adam@example.com"


def test_a_file_never_takes_a_role_away(cast):
    bring(cast, as_listed(cast.ana) | {"roles": ""}, by=cast.adam)
    assert access.may_bring_data(Person.objects.get(number="3"))


@pytest.mark.parametrize("left", ["2026-03-01", "2027-01-01"])
def test_the_last_administrator_cannot_be_locked_out(cast, left):
    changes = bring(cast, as_listed(cast.adam) | {"left": left})
    assert "last administrator" in changes.refused[0].reason
    assert Person.objects.get(number="4").is_active


def test_one_of_two_administrators_may_leave(cast):
    actions.grant(cast.lena, "administrator", by=cast.adam, now=cast.now)
    assert bring(cast, as_listed(cast.adam) | {"left": "2026-03-01"}).refused == ()


def test_teams_come_in_inside_one_another(cast):
    teams = [
        {"name": "Night", "parent": "Phones", "site": "Leeds"},
        {"name": "Phones", "parent": "Service", "site": ""},
    ]
    bring(cast, teams=teams)
    night = Team.objects.get(name="Night")
    assert (night.site, night.parent.name, night.parent.parent.name) == ("Leeds", "Phones", "Service")


def test_teams_inside_each_other_are_refused(cast):
    teams = [{"name": "Phones", "parent": "Chat"}, {"name": "Chat", "parent": "Phones"}]
    changes = bring(cast, teams=teams)
    assert [(refused.row, refused.column) for refused in changes.refused] == [(3, "teams.parent")]


def test_a_team_is_the_same_in_any_case(cast):
    bring(cast, row("40", "Nina", team="PHONES"), row("41", "Noor", team="phones"))
    assert Team.objects.count() == 4


def test_a_team_in_another_script_has_an_address(cast):
    bring(cast, row("40", "Nina", team="夜勤"), row("41", "Noor", team="昼勤"))
    assert Team.objects.filter(slug__startswith="team").count() == 2


def company(people, span=8):
    return [
        row(
            str(n),
            f"Person {n}",
            str((n - 1) // span) if n else "",
            f"Team {n // 40}",
            email=f"p{n}@example.com",
        )
        for n in range(people)
    ]


def test_queries_do_not_grow_with_people(db, django_assert_max_num_queries, cast):
    people = company(400)
    with django_assert_max_num_queries(60):  # ten of them create the ten teams
        actions.import_staff([], people, by=None, now=cast.now)
    changed = [one | {"title": "Agent", "manager": "0" if one["number"] != "0" else ""} for one in people]
    with django_assert_max_num_queries(40):
        actions.import_staff([], changed, by=None, now=cast.now)


def test_five_thousand_people_come_in_at_once(cast):
    people = company(5000)
    changes = actions.import_staff([], people, by=None, now=cast.now)
    assert len(changes.added) > 4900
    assert Line.objects.filter(above__number="0").count() == len(people) - 1


def test_somebody_joined_and_left_within_one_list_is_a_leaver(cast):
    bring(cast, row("40", "Nina", joined="2025-01-01", left="2025-02-01"))
    assert Person.objects.leavers(date(2026, 3, 2)).filter(number="40").exists()
