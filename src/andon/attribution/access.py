"""Who may see what was computed: the system everybody, a person nobody but that person."""

from andon.people.access import at_work


def visible_separations(separations, person):
    """There is no person in a separation, so everybody at work may read each."""
    return separations if at_work(person) else separations.none()


def visible_estimates(estimates, person):
    """Only one's own: no role, no line and no right to bring data opens somebody else's."""
    return estimates.filter(person=person) if at_work(person) else estimates.none()
