"""A person becomes a pseudonym: in the staff list, in the audit trail, and in what lists have changed of them."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from andon.attribution.staff import means
from andon.evidence import ledger
from andon.evidence.law.kinds_outside import ERASED
from andon.people.forgetting import forget_in_lists, remember_forgetting
from andon.people.models import Deed, Grant, Person
from andon.people.trail import name_of


def named_by(person: Person) -> Callable[[str], bool]:
    """Whether a cell of a staff list is them: by number, address or name."""
    meant, said = means(person), {person.name.casefold(), (person.email or person.name).casefold()}
    return lambda cell: meant(cell.strip()) or cell.strip().casefold() in said


def rename(person: Person) -> None:
    """The person, and what the audit trail calls them."""
    before, number = name_of(person), person.number
    forget_in_lists(person)
    remember_forgetting(number)
    _pseudonymise(person)
    Deed.objects.filter(thing=before).update(thing=name_of(person))
    for deed in Deed.objects.filter(detail__person=number):
        deed.detail["person"] = person.number
        deed.save(update_fields=["detail"])


def _pseudonymise(person: Person) -> None:
    name = ledger.pseudonym_of(person)
    person.name, person.email = _("Former colleague %(short)s") % {"short": name[:6]}, None
    person.number, person.title, person.site = f"{ERASED}{name[:12]}", "", ""
    person.is_active = False
    person.set_unusable_password()
    person.save()
    EmailAddress.objects.filter(user=person).delete()
    Authenticator.objects.filter(user=person).delete()
    Grant.objects.filter(person=person).delete()
