"""Bringing files in the browser: from choosing one to what came of it."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from andon.flow.lists import import_list
from andon.people.models import Person, Team
from andon.signals.models import Dataset, Signal
from andon.web.data.samples import SAMPLES, text_of

SIGNALS = """received_at,text,rating,channel,contact
2026-03-01,Torn again.,2,mail,a@example.org
soon,Late.,1,mail,
"""


@pytest.fixture
def ana(cast, client):
    client.force_login(cast.ana)
    return client


@pytest.fixture
def hana(cast, client):
    client.force_login(cast.hana)
    return client


def bring(client, holds: str, content: str | bytes, name: str = "file.csv"):
    content = content.encode() if isinstance(content, str) else content
    return client.post("/data/bring/", {"holds": holds, "file": SimpleUploadedFile(name, content)})


def name_columns(client, dataset: Dataset, **mapping: str):
    mapping = mapping or dataset.preview["guess"]
    return client.post(
        f"/data/{dataset.key}/columns/", {f"is-{word}": column for word, column in mapping.items()}
    )


def newest() -> Dataset:
    return Dataset.objects.order_by("-pk").first()


def test_an_empty_list_says_how_to_start(ana):
    assert "Nothing was brought yet" in ana.get("/data/").text


def test_a_file_leads_to_its_columns_then_to_what_came_of_it(ana):
    answer = bring(ana, "signals", SIGNALS)
    page = ana.get(answer.url, follow=True)
    assert page.redirect_chain[-1][0] == f"/data/{newest().key}/columns/"
    assert "Torn again." in page.text
    answer = name_columns(ana, newest())
    shown = ana.get(answer.url)
    assert Signal.objects.filter(text="Torn again.").exists()
    assert "Brought in" in shown.text


def test_a_refused_row_is_shown_with_its_number_and_reason_and_can_be_downloaded(ana):
    bring(ana, "signals", SIGNALS)
    name_columns(ana, newest())
    page = ana.get(f"/data/{newest().key}/").text
    assert "soon" in page
    download = b"".join(ana.get(f"/data/{newest().key}/refused.csv").streaming_content).decode("utf-8-sig")
    assert download.splitlines()[0] == "row,column,value,reason"
    assert download.splitlines()[1].startswith("3,")


def test_a_needed_column_that_is_not_named_is_asked_for_and_the_choices_stay(ana):
    bring(ana, "signals", SIGNALS)
    answer = name_columns(ana, newest(), text="text")
    assert answer.status_code == 422
    assert "When it was received" in answer.text
    assert '<option value="text" selected>' in answer.text
    assert newest().state == Dataset.State.MAPPING


def test_a_guess_says_why(ana):
    bring(ana, "signals", "received_at,comment\n2026-03-01,Torn.\n")
    page = ana.get(f"/data/{newest().key}/columns/").text
    assert "It has this very name." in page
    assert "“comment” is a usual name for it." in page


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.pdf", b"%PDF-1.7 something", "is a PDF"),
        ("empty.csv", b"", "The file is empty"),
        ("cut.parquet", b"PAR1\x00\x00", "cut short"),
        ("headings.csv", b"at,text\n", "no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence_on_the_form(ana, name, content, sentence):
    answer = bring(ana, "signals", content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "Traceback" not in answer.text


def test_no_sentence_tells_where_files_lie_on_the_server(ana, settings):
    answer = bring(ana, "signals", b"%PDF-1.7 something", "letter.pdf")
    page = ana.get(f"/data/{newest().key}/")
    assert str(settings.HOME) not in answer.text + page.text
    assert "letter.pdf" in page.text


def test_a_file_that_is_too_large_is_refused_with_the_limit(ana, settings):
    settings.UPLOAD_BYTES = 1024
    answer = bring(ana, "signals", b"a,b\n" + b"1,2\n" * 1000)
    assert answer.status_code == 422
    assert "larger than" in answer.text


def test_no_file_at_all_is_asked_for(ana):
    answer = ana.post("/data/bring/", {"holds": "signals"})
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_what_a_file_holds_must_be_something_this_person_may_bring(hana):
    answer = bring(hana, "signals", SIGNALS)
    assert answer.status_code == 422
    assert not Dataset.objects.exists()


def test_the_same_bytes_twice_lead_to_what_became_of_them(ana):
    first = bring(ana, "signals", SIGNALS)
    again = bring(ana, "signals", SIGNALS, "other-name.csv")
    assert again.url == first.url


def test_a_gzipped_file_is_read_like_any_other(ana):
    bring(ana, "signals", gzip.compress(SIGNALS.encode()), "said.csv.gz")
    name_columns(ana, newest())
    assert newest().rows == 1


@pytest.mark.parametrize("name", SAMPLES)
def test_a_template_can_be_downloaded_filled_and_brought(cast, client, name):
    client.force_login(cast.adam)
    sample = client.get(f"/data/templates/{name}.csv")
    assert sample["Content-Disposition"] == f'attachment; filename="{name}.csv"'
    bring(client, SAMPLES[name].holds, sample.content)
    name_columns(client, newest())
    assert newest().state in {Dataset.State.DONE, Dataset.State.MAPPING}, newest().problem
    assert not newest().problem


def test_the_templates_have_one_example_row():
    assert all(len(text_of(sample).splitlines()) == 2 for sample in SAMPLES.values())


def test_what_was_brought_can_be_taken_out_again(ana):
    bring(ana, "signals", SIGNALS)
    name_columns(ana, newest())
    ana.post(f"/data/{newest().key}/take-out/")
    assert not Signal.objects.filter(text="Torn again.").exists()
    assert newest().state == Dataset.State.REMOVED


def test_taking_out_is_never_done_by_looking(ana):
    bring(ana, "signals", SIGNALS)
    assert ana.get(f"/data/{newest().key}/take-out/").status_code == 405


def test_an_analyst_finds_no_staff_list_and_an_hr_partner_only_those(cast, client):
    Dataset.objects.create(name="staff.csv", holds="people", file="x/staff.csv", state="done", sha256="1")
    Dataset.objects.create(name="said.csv", holds="signals", file="x/said.csv", state="done", sha256="2")
    client.force_login(cast.ana)
    assert "staff.csv" not in client.get("/data/").text
    client.force_login(cast.hana)
    page = client.get("/data/").text
    assert "staff.csv" in page
    assert "said.csv" not in page


class TestProgress:
    def reading(self, done: float = 0.4) -> Dataset:
        return Dataset.objects.create(
            name="a.csv", holds="signals", file="x/a.csv", state="reading", progress=done, sha256="3"
        )

    def test_an_open_page_asks_every_two_seconds_while_a_file_is_read(self, ana):
        page = ana.get(f"/data/{self.reading().key}/")
        assert 'hx-trigger="every 2s"' in page.text
        assert "40 %" in page.text

    def test_it_loads_the_whole_page_when_the_file_is_in(self, ana):
        dataset = self.reading()
        Dataset.objects.update(state="done")
        assert ana.get(f"/data/{dataset.key}/progress/")["HX-Refresh"] == "true"

    def test_the_list_asks_for_its_row_alone(self, ana):
        dataset = self.reading()
        assert f"/data/{dataset.key}/progress/?in=list" in ana.get("/data/").text
        row = ana.get(f"/data/{dataset.key}/progress/?in=list").text
        assert row.strip().startswith("<tr")


class TestStaffList:
    LIST = (
        "number,name,email,manager,team\n"
        "11,Alice Agent,alice@example.com,10,Phones\n"
        "77,New Person,n@example.com,10,Nights\n"
    )

    def test_what_would_change_is_shown_before_anything_is(self, hana):
        bring(hana, "people", self.LIST)
        page = hana.get(f"/data/{newest().key}/columns/").text
        assert "New Person" in page
        assert "Nights" in page
        assert "Apply these changes" in page
        assert not Person.objects.filter(number="77").exists()
        assert not Team.objects.filter(name="Nights").exists()

    def test_confirming_applies_it(self, hana):
        bring(hana, "people", self.LIST)
        answer = hana.post(f"/data/{newest().key}/columns/")
        assert Person.objects.get(number="77").manager.name == "Martin Manager"
        assert "New people" in hana.get(answer.url).text or "new person" in hana.get(answer.url).text.lower()

    def test_a_row_that_does_not_fit_is_shown_as_refused(self, hana):
        bring(hana, "people", self.LIST + "78,Nobody Knows,k@example.com,999,Phones\n")
        page = hana.get(f"/data/{newest().key}/columns/").text
        assert "Refused" in page
        assert "999" in page

    def test_a_list_without_staff_numbers_says_what_is_missing_and_offers_nothing_to_apply(self, hana):
        bring(hana, "people", "colour,shape\nred,round\n")
        page = hana.get(f"/data/{newest().key}/columns/").text
        assert "Apply these changes" not in page

    def test_a_list_of_teams_is_told_from_a_list_of_people(self, hana):
        bring(hana, "people", "name,parent,site\nNights,Phones,North\n")
        hana.post(f"/data/{newest().key}/columns/")
        assert Team.objects.get(name="Nights").parent.name == "Phones"


class TestInbox:
    @pytest.fixture
    def inbox(self, settings, tmp_path):
        settings.HOME = tmp_path
        (tmp_path / "inbox").mkdir()
        (tmp_path / "inbox" / "said.csv").write_text(SIGNALS)
        (tmp_path / "secret").write_text("key")
        return tmp_path / "inbox"

    def test_an_administrator_chooses_a_file_that_lies_there(self, cast, client, inbox):
        client.force_login(cast.adam)
        assert "said.csv" in client.get("/data/bring/").text
        answer = client.post("/data/bring/", {"holds": "signals", "waiting": "said.csv"})
        assert answer.status_code == 302
        assert newest().name == "said.csv"

    @pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "no.csv", "link", ".."])
    def test_nothing_outside_it_can_be_named(self, cast, client, inbox, name):
        (inbox / "link").symlink_to(inbox.parent / "secret")
        client.force_login(cast.adam)
        assert client.post("/data/bring/", {"holds": "signals", "waiting": name}).status_code == 422
        assert not Dataset.objects.exists()

    def test_others_than_administrators_are_not_offered_it(self, ana, inbox):
        assert "said.csv" not in ana.get("/data/bring/").text
        assert ana.post("/data/bring/", {"holds": "signals", "waiting": "said.csv"}).status_code == 422


def test_the_list_costs_the_same_at_any_length(ana, django_assert_max_num_queries):
    for i in range(60):
        Dataset.objects.create(name=f"{i}.csv", holds="signals", file="x", state="done", sha256=str(i))
    with django_assert_max_num_queries(12):
        page = ana.get("/data/")
    assert page.text.count("<tr") == 51
    assert "Older" in page.text


RAGGED = "number,name,email\n71,Ann,ann@x.example\n72,Bo,bo@x.example,more\n73,Cy\n74,Di,not an address\n"


def test_lines_of_a_staff_list_that_are_no_rows_are_refused_by_place_and_the_others_keep_theirs(hana):
    page = hana.get(bring(hana, "people", RAGGED).url, follow=True).text
    assert "more fields than the first line has headings" in page
    assert "fewer fields than the first line has headings" in page
    import_list(newest(), timezone.now())
    assert list(Person.objects.filter(number__in=range(71, 80)).values_list("name", flat=True)) == ["Ann"]
    assert [row.split(",")[0] for row in newest().refused_path.read_text().splitlines()[1:]] == [
        "3",
        "4",
        "5",
    ]


def test_a_register_with_a_line_too_wide_says_which(ana):
    content = "name,purpose,owner\nLabels 2,Right labels,,more\nBelts,Move,\n"
    page = ana.get(bring(ana, "mechanisms", content).url, follow=True).text
    assert "more fields than the first line has headings" in page
