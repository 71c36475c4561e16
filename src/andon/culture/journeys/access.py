"""Who may read the ways of customers: everybody at work, as no person is in them and nothing that few customers did."""

from andon.people.access import at_work


def visible_reports(reports, person):
    return reports if at_work(person) else reports.none()
