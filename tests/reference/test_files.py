"""Reference files that are absent are told, and never silently left out where they must be there."""

import pytest

from tests import needs
from tests.reference import files


@pytest.fixture(autouse=True)
def nothing_is_there(monkeypatch, tmp_path):
    monkeypatch.setattr(needs, "SHARED", tmp_path)


def test_an_absent_file_skips_and_says_which(monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match=r"nowhere\.csv"):
        files.columns("nowhere.csv")


def test_an_absent_file_fails_in_ci(monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="ANDON_SHARED"):
        files.columns("nowhere.csv")
