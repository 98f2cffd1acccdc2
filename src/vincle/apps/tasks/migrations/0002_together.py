import vincle.flow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('tasks', '0001_tasks'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='together',
            field=vincle.flow.fields.UidField(null=True),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(condition=models.Q(('together__isnull', False)), fields=['together'], name='tasks_together'),
        ),
    ]
