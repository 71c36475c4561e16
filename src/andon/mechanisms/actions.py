"""What is done to the register: each checks permission, writes and records together. All doors call these.

`by=None` is the installation itself: setting up, the demo, a command on the machine.
"""

from andon.mechanisms.importing import RegisterChanges, import_register
from andon.mechanisms.measuring import add_measure, begin_phase, retire_measure, revise_measure
from andon.mechanisms.registering import register, retire, revise

__all__ = [
    "RegisterChanges",
    "add_measure",
    "begin_phase",
    "import_register",
    "register",
    "retire",
    "retire_measure",
    "revise",
    "revise_measure",
]
