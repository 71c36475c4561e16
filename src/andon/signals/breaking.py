"""Where a test may end the process, as a power cut would: nothing happens unless it is asked for."""

import os
import signal

STEP = os.environ.get("ANDON_TEST_KILL_AT", "")


def step(name: str) -> None:
    """Dies here, uncaught and unwarned, when `ANDON_TEST_KILL_AT` names this step."""
    if name == STEP:
        os.kill(os.getpid(), signal.SIGKILL)
