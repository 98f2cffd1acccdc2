import django.db.models.deletion
import vincle.flow.fields
import vincle.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='NoHousehold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('a_identity', models.BigIntegerField(db_index=True)),
                ('b_identity', models.BigIntegerField(db_index=True)),
                ('together', vincle.flow.fields.UidField(db_index=True)),
                ('said_by', models.CharField(max_length=200)),
                ('said_at', vincle.flow.fields.InstantField()),
            ],
        ),
        migrations.CreateModel(
            name='NoOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('match_key', models.CharField(max_length=200, unique=True)),
                ('said_by', models.CharField(max_length=200)),
                ('said_at', vincle.flow.fields.InstantField()),
            ],
        ),
        migrations.CreateModel(
            name='RelationKind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=40, unique=True)),
                ('labels', models.JSONField(default=dict)),
                ('between', models.CharField(max_length=12)),
                ('symmetric', models.BooleanField(default=False)),
                ('created_at', vincle.flow.fields.InstantField()),
                ('created_by', models.CharField(blank=True, default='', max_length=200)),
                ('archived_at', vincle.flow.fields.InstantField(null=True)),
                ('archived_by', models.CharField(blank=True, default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', vincle.flow.fields.UidField(default=vincle.kernel.ids.uuid7, unique=True)),
                ('whole_id', models.BigIntegerField(db_index=True, default=0)),
                ('name', models.CharField(max_length=200)),
                ('name_key', models.CharField(max_length=200)),
                ('match_key', models.CharField(db_index=True, max_length=200)),
                ('kind', models.CharField(choices=[('company', 'company'), ('cooperative', 'cooperative'), ('association', 'association'), ('foundation', 'foundation'), ('school', 'school'), ('public_body', 'public body'), ('other', 'other')], default='company', max_length=20)),
                ('tax_number', models.CharField(blank=True, db_index=True, default='', max_length=30)),
                ('website', models.CharField(blank=True, default='', max_length=300)),
                ('domain', models.CharField(blank=True, db_index=True, default='', max_length=253)),
                ('address', models.TextField(blank=True, default='')),
                ('notes', models.TextField(blank=True, default='')),
                ('created_at', vincle.flow.fields.InstantField()),
                ('created_by', models.CharField(blank=True, default='', max_length=200)),
                ('together', vincle.flow.fields.UidField(db_index=True, null=True)),
                ('archived_at', vincle.flow.fields.InstantField(null=True)),
                ('archived_by', models.CharField(blank=True, default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['name_key', 'id'], name='organisations_by_name')],
            },
        ),
        migrations.CreateModel(
            name='OrganisationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', vincle.flow.fields.InstantField()),
                ('by', models.CharField(max_length=200)),
                ('action', models.CharField(max_length=60)),
                ('details', models.JSONField(default=dict)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='relations.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='Relation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', vincle.flow.fields.UidField(default=vincle.kernel.ids.uuid7, unique=True)),
                ('from_identity', models.BigIntegerField(db_index=True)),
                ('to_identity', models.BigIntegerField(db_index=True, null=True)),
                ('kind', models.CharField(max_length=40)),
                ('role', models.CharField(blank=True, default='', max_length=120)),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('said_by', models.CharField(max_length=200)),
                ('said_at', vincle.flow.fields.InstantField()),
                ('ended_on', models.DateField(null=True)),
                ('ended_at', vincle.flow.fields.InstantField(null=True)),
                ('ended_by', models.CharField(blank=True, default='', max_length=200)),
                ('withdrawn_at', vincle.flow.fields.InstantField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, default='', max_length=200)),
                ('together', vincle.flow.fields.UidField(db_index=True, null=True)),
                ('organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relations.organisation')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation', 'id'], name='people_of_organisation')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_identity', None), ('organisation', None), _connector='XOR'), name='relates_to_one')],
            },
        ),
        migrations.CreateModel(
            name='SameOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('author', models.CharField(max_length=200)),
                ('reason', models.CharField(blank=True, default='', max_length=400)),
                ('recorded_at', vincle.flow.fields.InstantField()),
                ('withdrawn_at', vincle.flow.fields.InstantField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, default='', max_length=200)),
                ('a', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relations.organisation')),
                ('b', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='relations.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('a__lt', models.F('b'))), name='smaller_part_first')],
            },
        ),
    ]
