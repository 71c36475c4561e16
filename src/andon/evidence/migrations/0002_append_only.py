"""The ledger is only added to: the database refuses everything else, of whoever asks."""

from django.db import migrations

from andon.evidence.triggers import GUARDS
from andon.people import guarding


class Migration(migrations.Migration):
    dependencies = [("evidence", "0001_initial")]
    operations = [guarding.operation(GUARDS)]
