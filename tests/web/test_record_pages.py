"""My record, the record of whom one leads, and what the law asks, as pages."""

import io
import zipfile
from datetime import date

import pytest
from tests.evidence.test_items import add

from andon.evidence import actions
from andon.evidence.law import holds
from andon.evidence.models import Hold, Item, Reading, Retention
from andon.people.models import Person

SECRET = "Zanzibar parcel"


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    settings.HOME = tmp_path


@pytest.fixture
def as_(cast, client):
    def sign_in(who):
        client.force_login(getattr(cast, who))
        return client

    return sign_in


def test_an_empty_record_says_what_belongs_there(as_):
    page = as_("alice").get("/me/record/").content.decode()
    assert "Nothing is on your record" in page
    assert "Begin with something that went well" in page


def test_my_record_shows_every_item_with_its_source_and_use(cast, as_):
    add(cast, title=SECRET)
    page = as_("alice").get("/me/record/").content.decode()
    for words in (SECRET, "Call 7", "Martin Manager", "new to you", "May not be used as evidence"):
        assert words in page


def test_looking_does_not_mean_to_have_seen(cast, as_):
    item = add(cast)
    as_("alice").get("/me/record/")
    as_("alice").get(f"/record/items/{item.pk}/")
    assert Item.objects.get(pk=item.pk).seen_at is None


def test_i_say_that_i_saw_what_is_ticked(cast, as_):
    seen, _, bobs = add(cast), add(cast), add(cast, cast.bob)
    as_("alice").post("/me/record/seen/", {"item": [seen.pk, bobs.pk, "x", "9" * 30]})
    assert list(Item.objects.exclude(sight=None)) == [seen]


def test_a_reply_goes_with_the_item(cast, as_):
    item = add(cast)
    as_("alice").post(f"/record/items/{item.pk}/reply/", {"text": "It was my colleague.", "asks": "on"})
    page = as_("martin").get(f"/record/{cast.alice.pk}/").content.decode()
    assert "It was my colleague." in page
    assert "a correction is asked for" in page


def test_an_empty_reply_is_not_lost_but_explained(cast, as_):
    answer = as_("alice").post(f"/record/items/{add(cast).pk}/reply/", {"text": ""})
    assert answer.status_code == 422


def test_a_correction_that_was_asked_for_is_answered_and_agreed_to(cast, as_):
    asked = actions.reply(add(cast), "No.", by=cast.alice, now=cast.now, asks=True)
    as_("martin").post(
        f"/record/replies/{asked.pk}/answer/", {"text": "You are right.", "correction": "A colleague rang."}
    )
    better = Item.objects.get(corrects=asked.item)
    as_("alice").post(f"/record/items/{better.pk}/accept/")
    page = as_("alice").get(f"/record/items/{better.pk}/").content.decode()
    assert "She rang the depot herself." in page  # what was said before stays beside it
    assert "Agreed" in page


def test_a_manager_adds_evidence(cast, as_):
    day = Person.objects.get(pk=cast.alice.pk).joined  # views take the clock of the machine
    form = {"kind": "accomplishment", "title": SECRET, "text": "She found it.", "source": "Call 9"}
    form["happened_on"] = f"{date.today():%Y-%m-%d}" if day else ""
    answer = as_("martin").post(f"/record/{cast.alice.pk}/add/", form)
    assert answer.status_code == 302
    assert Item.objects.get().by == cast.martin


def test_an_observation_without_its_effect_is_sent_back(cast, as_):
    form = {
        "kind": "observation",
        "title": "x",
        "text": "y",
        "source": "z",
        "happened_on": f"{date.today():%Y-%m-%d}",
    }
    answer = as_("martin").post(f"/record/{cast.alice.pk}/add/", form)
    assert answer.status_code == 422
    assert "what its effect was" in answer.content.decode()


def test_reading_somebody_elses_record_is_noted_and_shown_to_them(cast, as_):
    item = add(cast)
    as_("martin").get(f"/record/{cast.alice.pk}/")
    as_("hana").get(f"/record/items/{item.pk}/")
    assert Reading.objects.count() == 2
    page = as_("alice").get("/me/record/readers/").content.decode()
    assert "Martin Manager" in page
    assert "HR partner" in page


def test_what_is_out_of_reach_is_not_noted(cast, as_):
    assert as_("mona").get(f"/record/{cast.alice.pk}/").status_code == 404
    assert not Reading.objects.exists()


def test_everything_is_downloaded_under_the_name_of_nobody(cast, as_):
    add(cast)
    answer = as_("alice").get("/me/record/everything.zip")
    assert "Alice" not in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert len(zipfile.ZipFile(io.BytesIO(answer.content)).namelist()) == 3


@pytest.mark.slow
@pytest.mark.parametrize("who", ["mona", "bob", "frank", "charlie", "ana", "adam", "olga"])
def test_what_is_on_alices_record_is_on_no_page_of_others(cast, as_, who):
    """Every address that opens without naming a thing, and searching for it."""
    item = add(cast, title=SECRET, text=SECRET, source=SECRET)
    actions.reply(item, SECRET, by=cast.alice, now=cast.now)
    for address in plain_addresses():
        for query in ("", f"?q={SECRET.split()[0]}"):
            answer = as_(who).get(address + query)
            assert SECRET.encode() not in b"".join(answer), address


def plain_addresses():
    from django.urls import NoReverseMatch, reverse
    from tests.house.addresses import ours

    for name in sorted(ours()):
        try:
            yield reverse(name)
        except NoReverseMatch:
            continue


@pytest.mark.parametrize("n", [3, 60])
def test_my_record_costs_the_same_for_many(cast, as_, n, django_assert_max_num_queries):
    for number in range(n):
        item = add(cast, title=f"Number {number}")
        actions.reply(item, "Yes.", by=cast.alice, now=cast.now)
    client = as_("alice")
    with django_assert_max_num_queries(15):
        client.get("/me/record/")
    client = as_("martin")
    with django_assert_max_num_queries(15):
        client.get(f"/record/{cast.alice.pk}/")


def test_hr_sees_what_is_due_and_lets_it_go(cast, as_):
    add(cast)
    Retention.objects.create(slug="record", days=30, why="x", at=cast.now)
    assert "Let go of what is due" in as_("hana").get("/hr/law/").content.decode()
    as_("hana").post("/hr/law/retention/record/run/")
    assert Item.objects.get().text == ""


def test_hr_places_and_lifts_a_hold(cast, as_):
    form = {"name": "Case 9", "reason": "A letter.", "people": "12", "comparators": "11, 13"}
    as_("hana").post("/hr/law/holds/new/", form)
    placed = Hold.objects.get()
    assert placed.held.count() == 3
    as_("hana").post(f"/hr/law/holds/{placed.pk}/lift/", {"why": "Settled."})
    assert not Hold.objects.in_force(cast.now).exists()


def test_a_number_that_nobody_has_is_told(cast, as_):
    answer = as_("hana").post("/hr/law/holds/new/", {"name": "Case", "reason": "x", "people": "999"})
    assert "Nobody has the number 999." in answer.content.decode()


def test_erasing_under_a_hold_is_refused_without_naming_others(cast, as_):
    holds.place("About Mona", "x", [cast.mona], comparators=[cast.lea], by=cast.hana, now=cast.now)
    page = (
        as_("hana")
        .post(f"/hr/law/leavers/{cast.lea.pk}/erase/", {"why": "leaver", "sure": "on"})
        .content.decode()
    )
    assert "A legal hold covers this person" in page
    assert "Mona" not in page
    assert Person.objects.get(pk=cast.lea.pk).name == "Lea Left"


def test_somebody_who_left_is_erased(cast, as_):
    as_("hana").post(f"/hr/law/leavers/{cast.lea.pk}/erase/", {"why": "leaver", "sure": "on"})
    assert "Lea" not in Person.objects.get(pk=cast.lea.pk).name


def test_everybody_can_read_what_is_kept_about_people(as_):
    page = as_("alice").get("/what-is-kept/").content.decode()
    assert "cannot tell" in page
    assert "no ranking" in page
