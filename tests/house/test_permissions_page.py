"""The page of the docs says what the tests try."""

from tests.house.permissions import RULES
from tests.house.permissions_page import PAGE, text


def test_the_page_of_permissions_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == text(RULES), "run: python -m tests.house.permissions_page"
