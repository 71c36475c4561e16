"""The numbers of a contact centre: what each is called, how it is defined, and what it needs. Pure words.

Sources of the definitions are in docs/reference/contact-centre.md.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from andon.culture.metrics import columns as known
from andon.culture.metrics.columns import HIGH, LOW, Known

SECONDS = 20.0
"""Within which a contact is to be answered, where the register says nothing else: the 20 of the usual 80/20."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One number. needs: columns, all of which must be there (of `instead`, if the first is missing). kind and unit as
    of a measure. audited: the metric whose place in the audit is shown beside it, None where it is none of a case.
    """

    key: str
    name: str
    definition: str
    bring: str
    kind: str
    unit: str
    good: str
    needs: tuple[Known, ...]
    audited: Known | None
    instead: tuple[Known, ...] = ()


INDICATORS = (
    Indicator(
        "nps", _("Net promoter score"),
        _("Of those who say how likely they are to recommend us, from 0 to 10: the share of 9 and 10 less the share of "
          "0 to 6, in points from −100 to 100."),
        _("A column “nps” with the answer from 0 to 10; empty where nobody answered."),
        "value", "", HIGH, (known.NPS,), known.NPS,
    ),
    Indicator(
        "csat", _("Satisfied customers (CSAT)"),
        _("Of those who say how satisfied they are: the share of the two best answers of the scale."),
        _("A column “csat” with the answer, 1 to 5 as a rule; empty where nobody answered."),
        "proportion", "share", HIGH, (known.CSAT,), known.CSAT,
    ),
    Indicator(
        "effort", _("Customer effort score"),
        _("The mean of how hard customers say it was to get help, on the scale they were asked on."),
        _("A column “effort” with the answer; empty where nobody answered."),
        "value", "", LOW, (known.EFFORT,), known.EFFORT,
    ),
    Indicator(
        "handling", _("Average handling time"),
        _("Talk time, time on hold and wrap-up of the contacts that were served, for each of them."),
        _("A column “handling_time” in seconds; or “talk_time” and “wrap_time”, which are added up."),
        "value", "seconds", LOW, (known.HANDLING,), known.HANDLING, (known.TALK, known.WRAP),
    ),
    Indicator(
        "talk", _("Average talk time"),
        _("Time in which customer and adviser speak or write to each other, for each contact that was served."),
        _("A column “talk_time” in seconds."),
        "value", "seconds", LOW, (known.TALK,), known.TALK,
    ),
    Indicator(
        "resolve", _("Time to resolve"),
        _("From the first contact until the matter is settled, on the clock of the customer; the mean."),
        _("A column “time_to_resolve” in hours."),
        "value", "hours", LOW, (known.RESOLVE,), known.RESOLVE,
    ),
    Indicator(
        "first", _("First-contact resolution"),
        _("Of the contacts that were served: the share settled in the first one, with no other needed for the matter."),
        _("A column “resolved_first” with yes or no."),
        "proportion", "share", HIGH, (known.FIRST,), known.FIRST,
    ),
    Indicator(
        "repeat", _("Repeat contacts"),
        _("Of the contacts that were served: the share after which the customer had to come back with the same matter, "
          "within the time your systems look at."),
        _("A column “repeat_contact” with yes or no."),
        "proportion", "share", LOW, (known.REPEAT,), known.REPEAT,
    ),
    Indicator(
        "abandoned", _("Abandonment"),
        _("Of the contacts offered: the share in which the customer gave up before anybody answered."),
        _("A column “abandoned” with yes or no, and a row for every contact offered, also those nobody served."),
        "proportion", "share", LOW, (known.ABANDONED,), known.ABANDONED,
    ),
    Indicator(
        "service", _("Service level"),
        _("Of the contacts offered: the share answered within the limit. Who gave up counts as not answered."),
        _("A column “wait_time” in seconds for every contact offered; with “abandoned”, if customers give up."),
        "proportion", "share", HIGH, (known.WAIT,), known.WAIT,
    ),
    Indicator(
        "occupancy", _("Occupancy"),
        _("Handling time as a share of handling time and the time in which advisers were free and waited for the next "
          "contact."),
        _("A column “idle_time”: the seconds that whoever served had been free and waiting before this contact; beside "
          "“handling_time”. No row without a person who served tells it."),
        "value", "share", HIGH, (known.HANDLING, known.IDLE), None,
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in INDICATORS}
CONTACT = (known.TALK, known.WRAP, known.WAIT, known.ABANDONED, known.TRANSFERS)
"""Columns that only contacts with a queue, a talk or a hand-over hold: by these a mechanism is known as one."""
