"""What is done with the pulse. Answering writes to the sealed box and to nothing else: no trail, no notice, no log."""

from andon.culture.pulse.actions.answering import answer, answer_by_slip, put_in, slips
from andon.culture.pulse.actions.asking import keep_question, keep_rhythm, retire_question
from andon.culture.pulse.actions.counting import count
from andon.culture.pulse.actions.opening import close_early, open_wave

__all__ = [
    "answer", "answer_by_slip", "close_early", "count", "keep_question", "keep_rhythm", "open_wave", "put_in",
    "retire_question", "slips",
]  # fmt: skip
