from django.db import migrations

from daybook.foundation.access.searching import searchable


class Migration(migrations.Migration):
    dependencies = [("reflections", "0006_hard_to_see"), ("access", "0006_search")]
    operations = [
        searchable(
            "reflections_reflection",
            compartment="wing",
            words=("seen_heard", "reading", "own_words", "response", "opening"),
            at="saved_at",
            stands="withdrawn_at is null and struck_at is null",
        ),
        searchable(
            "reflections_addition",
            compartment="wing",
            words=("text",),
            at="added_at",
            stands="struck_at is null",
        ),
    ]
