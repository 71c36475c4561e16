"""What was written of a plan does not change: the database refuses it, of whoever asks."""

from django.db import migrations

from andon.people import guarding
from andon.plans.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial"), ("evidence", "0002_append_only")]
    operations = [guarding.operation(GUARDS)]
