from django.db import migrations, models

# Fits are Daybook's own: written by whoever draws the charts, read by nobody else.
FITS_ARE_KEPT = """
grant select, insert on reflections_chartfit to daybook_wide;
alter table reflections_chartfit enable row level security;
create policy read_to_draw on reflections_chartfit for select to daybook_wide
    using ((select daybook.everywhere('wing', 'write')));
create policy kept on reflections_chartfit for insert to daybook_wide
    with check ((select daybook.everywhere('wing', 'write')));
"""


class Migration(migrations.Migration):
    dependencies = [
        ("reflections", "0005_noted_on_the_day"),
    ]

    operations = [
        migrations.CreateModel(
            name="ChartFit",
            fields=[
                (
                    "key",
                    models.CharField(
                        db_comment="Digest of the ratings, parameters and method it follows from. [open]",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "kept",
                    models.BinaryField(db_comment="The fit, as the numerics write it. [open]"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, db_comment="When. [open]")),
            ],
            options={
                "db_table_comment": "Fits that charts are drawn with. [open]",
            },
        ),
        migrations.RemoveConstraint(
            model_name="picture",
            name="reflections_picture_state_known",
        ),
        migrations.AlterField(
            model_name="picture",
            name="state",
            field=models.CharField(
                choices=[
                    ("baseline-forming", "baseline forming"),
                    ("no-lasting-change", "no lasting change seen"),
                    ("worth-talking-about", "worth talking about"),
                    ("not-separable", "not separable"),
                    ("hard-to-see", "hard to see"),
                ],
                db_comment="What can be said. [intimate]",
                max_length=24,
            ),
        ),
        migrations.AddConstraint(
            model_name="picture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "baseline-forming",
                            "no-lasting-change",
                            "worth-talking-about",
                            "not-separable",
                            "hard-to-see",
                        ],
                    )
                ),
                name="reflections_picture_state_known",
            ),
        ),
        migrations.RunSQL(FITS_ARE_KEPT, reverse_sql=migrations.RunSQL.noop),
    ]
