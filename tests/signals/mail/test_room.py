"""Reading mail is a room of its own."""

import subprocess
import sys


def test_it_knows_nothing_of_django():
    asked = (
        "import sys, andon.signals.mail; print([name for name in sys.modules if name.startswith('django')])"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
