"""Six principles with behaviours and anchors, to be changed as one likes."""

from django.db import migrations

from andon.standards.defaults import PRINCIPLES


def ship(apps, schema_editor):
    """Only into an empty table, so that nothing that was written is touched."""
    Principle, Behaviour, Anchor = (
        apps.get_model("standards", name) for name in ("Principle", "Behaviour", "Anchor")
    )
    if Principle.objects.exists():
        return
    for place, (slug, name, meaning, behaviours) in enumerate(PRINCIPLES, start=1):
        principle = Principle.objects.create(slug=slug, name=name, meaning=meaning, position=place)
        for position, (text, anchors) in enumerate(behaviours, start=1):
            behaviour = Behaviour.objects.create(principle=principle, text=text, position=position)
            Anchor.objects.bulk_create(
                Anchor(behaviour=behaviour, step=step, words=words)
                for step, words in enumerate(anchors, start=1)
            )


class Migration(migrations.Migration):
    dependencies = [("standards", "0001_initial")]
    operations = [migrations.RunPython(ship, migrations.RunPython.noop)]
