"""A tombstone for each address of a person who was erased."""

from django.db import migrations, models

import vincle.flow.fields


class Migration(migrations.Migration):
    dependencies = [("flow", "0003_lighter_on_postgresql")]
    operations = [
        migrations.CreateModel(
            name="Forgotten",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", vincle.flow.fields.UidField(unique=True)),
                ("whole", vincle.flow.fields.UidField()),
                ("at", vincle.flow.fields.InstantField()),
                ("by", models.CharField(blank=True, default="", max_length=200)),
                ("finished_at", vincle.flow.fields.InstantField(null=True)),
                ("certificate", models.JSONField(default=dict)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("finished_at__isnull", True)), fields=["at"], name="forgetting_unfinished"
                    )
                ],
            },
        ),
    ]
