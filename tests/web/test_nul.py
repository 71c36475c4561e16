"""A NUL character never reaches the database."""

import pytest

from andon.escalations.models import Escalation


@pytest.mark.parametrize("where", ["/voice/?q=%00", "/wall/?q=a%00b", "/people/?after=%00~1"])
def test_a_search_with_a_nul_is_a_search_without_it(cast, client, where):
    client.force_login(cast.lena)
    assert client.get(where).status_code == 200


@pytest.mark.parametrize("where", ["/mechanisms/a%00b/", "/voice/said-1%00/"])
def test_an_address_with_a_nul_is_not_here(cast, client, where):
    client.force_login(cast.lena)
    assert client.get(where).status_code == 404


def test_a_note_is_kept_without_its_nul(cast, client):
    client.force_login(cast.lena)
    client.post("/escalations/raise/", {"signal": cast.torn.key, "note": "why\x00"})
    assert Escalation.objects.get().note == "why"
