"""A NUL character never reaches the database."""

import pytest


@pytest.mark.parametrize("where", ["/voice/?q=%00", "/wall/?q=a%00b", "/mechanisms/a%00b/", "/voice/a%00b/"])
def test_an_address_with_a_nul_is_answered_plainly(cast, client, where):
    client.force_login(cast.lena)
    answer = client.get(where)
    assert answer.status_code in {400, 404}


def test_a_form_with_a_nul_is_answered_plainly(cast, client):
    client.force_login(cast.lena)
    answer = client.post("/escalations/raise/", {"signal": cast.torn.key, "note": "why\x00"})
    assert answer.status_code == 400
    assert "NUL" in answer.content.decode()
