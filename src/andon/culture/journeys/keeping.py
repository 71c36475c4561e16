"""Journeys computed anew, and kept in place of the last ones."""

import logging
from datetime import UTC, datetime

import numpy as np
from django.db import transaction
from django.utils.translation import gettext_noop

from andon.culture.journeys.facts import NO_CUSTOMERS, Facts, facts
from andon.culture.journeys.models import JourneyReport, JourneySlice
from andon.culture.journeys.showing import rounded, shown
from andon.culture.journeys.slicing import ALL, RAW, sliced
from andon.lake import BadInput
from andon.people.saying import for_keeps

logger = logging.getLogger(__name__)
FEWEST = 50  # journeys, below which nothing is said
TOO_FEW = gettext_noop("There are too few contacts of known customers to follow.")
WENT_WRONG = gettext_noop("Something went wrong here, not in the data. It is tried again with the next data.")


def refresh(now: datetime) -> JourneyReport:
    """Follows the customers of the last year. What could not be followed is kept as a sentence that says why."""
    with for_keeps():
        try:
            return _follow(facts(now), now)
        except BadInput as error:
            return _keep(JourneyReport(computed_at=now, problem=str(error)), {})
        except Exception:
            logger.exception("following journeys")
            return _keep(JourneyReport(computed_at=now, problem=WENT_WRONG), {})


def _follow(known: Facts, now: datetime) -> JourneyReport:
    if not len(known.contacts):
        raise NO_CUSTOMERS
    slices = sliced(known.contacts)
    if ALL not in slices.found or slices.found[ALL].journeys < FEWEST:
        return _keep(JourneyReport(computed_at=now, problem=TOO_FEW), {})
    report = JourneyReport(
        computed_at=now, starts=_moment(slices.starts), ends=_moment(slices.ends), gap=RAW.gap,
        said=rounded(known.said), one_in=known.one_in, nobody=rounded(known.contacts.nobody),
    )  # fmt: skip
    return _keep(report, {key: shown(one) for key, one in slices.found.items()})


def _moment(at: np.datetime64) -> datetime:
    found: datetime = at.astype("datetime64[s]").astype(datetime)
    return found.replace(tzinfo=UTC)


@transaction.atomic
def _keep(report: JourneyReport, slices: dict[str, dict]) -> JourneyReport:
    report.save(force_insert=True)
    rows = (
        JourneySlice(report=report, key=key, place=place, content=content)
        for place, (key, content) in enumerate(slices.items())
    )
    JourneySlice.objects.bulk_create(rows, batch_size=100)
    JourneyReport.objects.exclude(pk=report.pk).delete()
    return report
