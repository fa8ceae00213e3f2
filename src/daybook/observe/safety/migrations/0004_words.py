from django.db import migrations

from daybook.foundation.access.searching import searchable


class Migration(migrations.Migration):
    dependencies = [("safety", "0003_answered_once"), ("access", "0006_search")]
    operations = [
        searchable(
            "safety_unlocknote",
            compartment="safety",
            words=("instruction", "reason"),
            at="written_at",
            stands="struck_at is null",
        ),
        searchable("safety_concern", compartment="safety", words=("words",), at="raised_at"),
    ]
