import django.db.models.deletion
import vincle.flow.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lists', '0002_indexes'),
    ]

    operations = [
        migrations.AddField(
            model_name='change',
            name='task',
            field=models.JSONField(default=dict),
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('set', 'Set'), ('add', 'Add'), ('remove', 'Remove'), ('task', 'Task')], max_length=10),
        ),
        migrations.CreateModel(
            name='Gathering',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', vincle.flow.fields.UidField(unique=True)),
                ('words', models.CharField(max_length=300)),
                ('people', models.IntegerField()),
                ('made_at', vincle.flow.fields.InstantField()),
            ],
            options={
                'indexes': [models.Index(fields=['made_at'], name='lists_gathered_at')],
            },
        ),
        migrations.CreateModel(
            name='Gathered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity_id', models.BigIntegerField(db_index=True)),
                ('gathering', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, to='lists.gathering')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('gathering', 'identity_id'), name='lists_gathered_once')],
            },
        ),
    ]
