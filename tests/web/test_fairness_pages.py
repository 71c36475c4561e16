"""The pages of the fairness audit, from naming an auditor to the signed paper."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.culture import fair

from andon.culture.fairness.models import FairnessAudit, GroupList, Membership
from andon.evidence.verifying import verify_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return fair.company(people=60, managers=6)


@pytest.fixture
def audited(house):
    """Every fourth person is a woman, and no woman was thanked while half of the men were."""
    fair.audits(house)
    fair.bring(house, [(one, "woman" if i % 4 < 2 else "man") for i, one in enumerate(house.staff)])
    fair.thank(house, [one for i, one in enumerate(house.staff) if i % 4 > 1][:24])
    house.audit = fair.examine(house)
    return house


def page(client, person, name: str, *args, query: str = "") -> str:
    client.force_login(person)
    answer = client.get(reverse(f"fairness:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_somebody_is_named_accepts_brings_a_list_and_records_it(client, house):
    client.force_login(house.adam)
    client.post(reverse("fairness:name"), {"person": house.hana.pk, "why": "Yearly audit"})
    client.force_login(house.hana)
    client.post(reverse("fairness:accept"))
    raw = fair.csv_of([("S0", "gender", "man"), ("nobody", "gender", "man")])
    given = {"file": SimpleUploadedFile("groups.csv", raw), "purpose": "To see.", "legal_basis": "Agreement."}
    answer = client.post(reverse("fairness:bring"), given)
    brought = GroupList.objects.get()
    assert answer.url == reverse("fairness:preview", args=[brought.pk])
    assert "Nobody has this staff number." in page(client, house.hana, "preview", brought.pk)
    client.post(reverse("fairness:preview", args=[brought.pk]))
    assert Membership.objects.get().group == "man"


def test_a_file_that_is_no_list_is_refused_where_it_was_given(client, house):
    fair.audits(house)
    client.force_login(house.hana)
    given = {"file": SimpleUploadedFile("x.csv", b"a,b\n1,2\n"), "purpose": "p", "legal_basis": "b"}
    answer = client.post(reverse("fairness:bring"), given)
    assert answer.status_code == 422
    assert "The first row must name the columns" in answer.content.decode()


def test_the_page_says_what_stands_out_in_words(client, audited):
    told = page(client, audited.hana, "audit", audited.audit.pk)
    assert "One difference stands out, one of them adverse." in told
    assert "Thanked for what they did" in told
    assert "Fisher’s exact p" in told


def test_no_page_names_somebody_in_a_group(client, audited):
    told = page(client, audited.hana, "audit", audited.audit.pk) + page(client, audited.hana, "home")
    assert "Somebody 0" not in told


def test_an_audit_is_asked_for_and_made(client, audited, django_capture_on_commit_callbacks):
    client.force_login(audited.hana)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("fairness:ask"), {"since": "2025-01-01", "until": "2026-01-01"})
    made = FairnessAudit.objects.exclude(pk=audited.audit.pk).get()
    assert made.state == "done"
    assert reverse("fairness:audit", args=[made.pk]) in page(client, audited.hana, "home")


@pytest.mark.parametrize("span", [("2026-01-01", "2025-01-01"), ("x", "y"), ("2025-01-01", "2099-01-01")])
def test_a_span_that_cannot_be_is_refused_on_the_page(client, audited, span):
    client.force_login(audited.hana)
    answer = client.post(reverse("fairness:ask"), dict(zip(("since", "until"), span, strict=True)))
    assert answer.status_code == 422


def test_while_it_runs_the_page_says_how_far_it_is(client, audited):
    FairnessAudit.objects.update(state="running", step=2, steps=9)
    assert "2 / 9" in page(client, audited.hana, "audit", audited.audit.pk)
    client.force_login(audited.hana)
    assert client.get(reverse("fairness:pdf", args=[audited.audit.pk])).status_code == 404


def test_the_paper_is_a_pdf_that_is_verified(client, audited):
    client.force_login(audited.hana)
    answer = client.get(reverse("fairness:pdf", args=[audited.audit.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert verify_bytes(answer.content).intact


def test_a_manager_reads_of_themselves_what_the_auditor_reads(client, audited):
    fair.coach(audited, audited.staff[::3])
    fair.examine(audited)
    told = page(client, audited.managers[0], "own")
    assert "Coaching talks" in told
    assert "Manager 1" not in told


def test_an_audit_page_asks_no_more_for_more_people(client, audited, django_assert_max_num_queries):
    client.force_login(audited.hana)
    where = reverse("fairness:audit", args=[audited.audit.pk])
    client.get(where)
    with django_assert_max_num_queries(16):
        client.get(where)
