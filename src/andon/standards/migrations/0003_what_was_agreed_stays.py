"""What was agreed does not change: the database refuses it, of whoever asks."""

from django.db import migrations

from andon.people import guarding
from andon.standards.triggers import GUARDS


class Migration(migrations.Migration):
    dependencies = [("standards", "0002_principles_to_start_from")]
    operations = [guarding.operation(GUARDS)]
