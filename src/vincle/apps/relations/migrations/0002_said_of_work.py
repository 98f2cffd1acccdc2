"""The newest observations of where people work, found without reading all that is known of them.

`queries/named.py` says the condition in the same letters, or SQLite would not take the index. A later migration that
makes SQLite rebuild `flow_observation` must make it again.
"""

from django.db import migrations

SAID = "name IN ('organisation', 'organization', 'company', 'employer')"


class Migration(migrations.Migration):
    dependencies = [("relations", "0001_relations"), ("flow", "0004_forgotten")]
    operations = [
        migrations.RunSQL(
            f"CREATE INDEX relations_said_of_work ON flow_observation (id) WHERE {SAID}",
            "DROP INDEX relations_said_of_work",
        )
    ]
