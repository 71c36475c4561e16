"""Which rows of a staff list hold by themselves and together. No database."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from andon.people.rules import Known, UnfitError, read_rows
from andon.people.settling import LONGEST_LINE, loops, settle

TODAY = date(2026, 3, 2)


def read(*rows, known=None, guard=False):
    return settle(read_rows(rows, TODAY), known or {}, guard=guard)


def person(number="1", name="Ada", **rest):
    return {"number": number, "name": name, **rest}


def only(settled):
    (row,) = settled.accepted
    return row


def refusal(settled):
    (refused,) = settled.refused
    return refused


@pytest.mark.parametrize(
    "heading", ["Last day", "last working day", "End Date", "Letzter Arbeitstag", "termination_date"]
)
def test_the_last_day_has_many_names(heading):
    assert only(read(person(**{heading: "2026-01-31"}))).left == date(2026, 1, 31)


def test_our_own_columns_are_read():
    row = only(read(person(email="Ada@Example.com", title="Agent", site="Leeds", joined="2024-01-31")))
    assert (row.email, row.title, row.site, row.joined) == (
        "ada@example.com",
        "Agent",
        "Leeds",
        date(2024, 1, 31),
    )


def test_scim_enterprise_columns_are_read():
    scim = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:"
    row = only(
        read(
            {
                "id": "2819c223",
                "userName": "ada@example.com",
                "displayName": "Ada Lovelace",
                "title": "Agent",
                "active": "true",
                f"{scim}employeeNumber": "701984",
                f"{scim}department": "Phones",
            }
        )
    )
    assert (row.number, row.name, row.email, row.team) == (
        "701984",
        "Ada Lovelace",
        "ada@example.com",
        "Phones",
    )
    assert row.left is None


def test_a_scim_manager_is_found_by_the_id_of_their_own_row():
    rows = (
        {"id": "aa-1", "employeeNumber": "1", "displayName": "Ada", "manager.value": ""},
        {"id": "bb-2", "employeeNumber": "2", "displayName": "Ben", "manager.value": "aa-1"},
    )
    assert [row.manager for row in read(*rows).accepted] == ["", "1"]


def test_a_given_and_a_family_name_make_a_name():
    assert only(read({"Employee ID": 7, "First name": "Ada", "Last name": "Byron"})).name == "Ada Byron"


def test_a_staff_number_from_a_spreadsheet_is_whole():
    assert only(read(person(number=1007.0))).number == "1007"


def test_leading_noughts_of_a_staff_number_are_kept():
    assert only(read(person(number="007"))).number == "007"


def test_empty_rows_are_passed_over():
    assert read(person(), {"number": "", "name": None}).refused == ()


def test_a_list_without_staff_numbers_is_refused_as_a_whole_naming_its_columns():
    with pytest.raises(UnfitError, match=r"Call it 'number'\. The columns are: fullname, mail"):
        read({"fullname": "Ada", "mail": "a@b.example"})


def test_a_list_without_names_is_refused_as_a_whole():
    with pytest.raises(UnfitError, match="No column holds the name"):
        read({"number": "1"})


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"number": ""}, "number"),
        ({"name": " "}, "name"),
        ({"name": "x" * 161}, "name"),
        ({"name": "Ada\x00"}, "name"),
        ({"email": "ada"}, "email"),
        ({"email": "a b@example.com"}, "email"),
        ({"email": "@example.com"}, "email"),
        ({"joined": "31/03/2024"}, "joined"),
        ({"joined": "2024-02-30"}, "joined"),
        ({"joined": "0001-01-01"}, "joined"),
        ({"left": "2999-01-01"}, "left"),
        ({"joined": "2025-01-01", "left": "2024-01-01"}, "left"),
        ({"manager": "1"}, "manager"),
        ({"roles": "king"}, "roles"),
    ],
)
def test_an_unfit_row_is_refused_by_column(cells, column):
    settled = read({**person(title="x"), **cells})
    assert settled.accepted == ()
    assert (refusal(settled).row, refusal(settled).column) == (2, column)


def test_a_refused_date_says_how_to_write_it():
    assert "2024-03-31" in refusal(read(person(joined="31.3.2024"))).reason


def test_dates_from_a_spreadsheet_are_taken():
    assert only(read(person(joined=datetime(2024, 3, 31, 0, 0)))).joined == date(2024, 3, 31)


def test_the_second_row_with_a_staff_number_is_refused():
    settled = read(person(), person(name="Other"))
    assert only(settled).name == "Ada"
    assert refusal(settled) == (3, "number", "1", "This staff number is already on row 2.")


def test_an_address_used_twice_is_refused_in_any_case():
    settled = read(person(email="a@x.example"), person("2", email="A@X.example"))
    assert refusal(settled).column == "email"


def test_an_address_of_somebody_on_record_is_refused():
    settled = read(person("2", email="a@x.example"), known={"1": Known("1", "A@x.example")})
    assert refusal(settled).column == "email"


def test_two_people_may_swap_their_addresses():
    known = {"1": Known("1", "a@x.example"), "2": Known("2", "b@x.example")}
    assert read(person("1", email="b@x.example"), person("2", email="a@x.example"), known=known).refused == ()


def test_an_address_is_not_free_when_the_row_that_gives_it_up_is_refused():
    known = {"1": Known("1", "a@x.example")}
    settled = read(
        person("1", email="new@x.example", manager="404"),
        person("2", email="a@x.example", manager=""),
        known=known,
    )
    assert [refused.column for refused in settled.refused] == ["manager", "email"]


def test_a_manager_is_named_by_number_or_address():
    settled = read(person(email="a@x.example", manager=""), person("2", manager="A@x.example"))
    assert [row.manager for row in settled.accepted] == ["", "1"]


def test_a_manager_may_stand_below_their_reports():
    assert read(person("2", manager="1"), person("1", manager="")).refused == ()


def test_a_manager_nobody_knows_is_refused():
    assert refusal(read(person(manager="99")))[:3] == (2, "manager", "99")


def test_reports_of_a_refused_newcomer_are_refused_too():
    settled = read(person("1", joined="soon", manager=""), person("2", manager="1"), person("3", manager="2"))
    assert [refused.row for refused in settled.refused] == [2, 3, 4]


def test_a_loop_of_managers_is_refused_and_shown():
    settled = read(person("1", manager="2"), person("2", manager="3"), person("3", manager="1"))
    assert settled.accepted == ()
    assert "1 → 2 → 3 → 1" in settled.refused[0].reason


def test_a_loop_closed_through_people_on_record_is_refused():
    known = {"1": Known("1"), "2": Known("2", manager="1")}
    assert refusal(read(person("1", manager="2"), known=known)).column == "manager"


def test_a_line_with_more_managers_than_any_company_has_is_refused():
    rows = [person(str(n), manager=str(n - 1) if n else "") for n in range(60)]
    settled = read(*rows)
    assert len(settled.accepted) == LONGEST_LINE + 1
    assert "managers above" in settled.refused[0].reason


def test_columns_the_list_lacks_are_not_given():
    assert only(read(person())).given == {"number", "name"}


def test_somebody_no_longer_active_left_today():
    assert only(read(person(active="FALSE"))).left == TODAY


def test_roles_are_read_in_any_spelling_and_those_that_follow_are_passed_over():
    assert only(read(person(roles="HR partner; Leader, manager"))).roles == ("hr_partner", "leader")


def test_the_address_of_somebody_with_a_role_is_kept_from_others_than_an_administrator():
    known = {"1": Known("1", "boss@x.example", guarded=True)}
    settled = read(person("1", email="mine@x.example"), known=known, guard=True)
    assert "only an administrator" in refusal(settled).reason


numbers = st.sampled_from("abcdef")
rows = st.lists(st.tuples(numbers, st.sampled_from(["", *"abcdefgh"])), max_size=12)
records = st.dictionaries(numbers, st.sampled_from(["", *"abcdef"]), max_size=5)


@given(rows, records)
def test_whatever_is_listed_nobody_ends_up_their_own_manager(listed, recorded):
    recorded = {number: manager if manager in recorded else "" for number, manager in recorded.items()}
    recorded = {n: "" if n in loops(recorded) else m for n, m in recorded.items()}
    known = {number: Known(number, manager=manager) for number, manager in recorded.items()}
    settled = read(*(person(number, manager=manager) for number, manager in listed), known=known)
    managers = recorded | {row.number: row.manager for row in settled.accepted}
    assert loops(managers) == {}
    assert {manager for manager in managers.values() if manager} <= managers.keys()
    assert len(settled.accepted) + len(settled.refused) == len(listed)


@given(st.dictionaries(numbers, st.sampled_from(["", *"abcdefgh"])))
def test_a_loop_is_found_exactly_when_going_up_comes_back(managers):
    def comes_back(start):
        person = start
        for _ in managers:
            person = managers.get(person, "")
            if person == start:
                return True
        return False

    assert loops(managers).keys() == {person for person in managers if comes_back(person)}


def test_german_headings_are_read():
    row = {
        "Personalnummer": "7",
        "Vorname": "Ana",
        "Nachname": "Ruiz",
        "Führungskraft": "8",
        "Eintritt": "2024-01-01",
    }
    (read,) = read_rows([row], date(2026, 3, 2)).accepted
    assert (read.number, read.name, read.manager, read.joined) == ("7", "Ana Ruiz", "8", date(2024, 1, 1))


def test_a_name_is_kept_with_the_joiners_it_is_written_with():
    name = "علی\u200cرضا"
    (read,) = read_rows([{"number": "7", "name": name}], date(2026, 3, 2)).accepted
    assert read.name == name
