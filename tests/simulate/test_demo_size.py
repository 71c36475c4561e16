"""The demo's own size: small in memory, and every cause clearer still."""

import resource
import subprocess
import sys

import pytest

from tests.simulate.conftest import Files
from tests.simulate.test_causes import ALL, residuals

pytestmark = pytest.mark.slow
PROGRAM = "from andon.cli.simulate import simulate; simulate()"


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-c", PROGRAM, "--out", str(folder), "--end", "2026-11-22"]
    subprocess.run(command, check=True, capture_output=True)
    return Files(folder)


def test_two_million_rows_take_less_than_one_and_a_half_gigabytes(demo):
    kilobytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert kilobytes < 1.5e6


def test_every_cause_is_planted(demo):
    assert set(demo.causes) == ALL


def test_the_weak_person_is_far_below_everybody_else(demo):
    found = residuals(demo)
    lowest, second = sorted(found, key=found.get)[:2]
    assert lowest == demo.causes["weak-person"]["worker"]
    assert found[lowest] < found[second] - 5
