from datetime import timedelta
from itertools import batched

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

AGAIN, HARD, GOOD = (0.212, 6.4133, 1), (1.2931, 5.112170705601056, 1), (2.3065, 2.118103970459016, 2)
"""What FSRS makes of a first pass: stability, difficulty, days."""


def make_cards(apps, schema_editor):
    """A card for everything that was passed before there were any; not in previews, which are only tried."""
    cards = apps.get_model("lessons", "ReviewCard")
    passed = apps.get_model("lessons", "Progress").objects.filter(passed_at__isnull=False)
    of_the_course = passed.exclude(exercise__startswith="preview/").order_by("pk")
    for some in batched(of_the_course.iterator(chunk_size=1000), 1000):
        cards.objects.bulk_create([card(cards, progress) for progress in some])


def card(model, progress):
    stability, difficulty, days = rated(progress)
    return model(
        learner_id=progress.learner_id,
        exercise=progress.exercise,
        state=2,
        stability=stability,
        difficulty=difficulty,
        due=progress.passed_at + timedelta(days=days),
        last_review=progress.passed_at,
    )


def rated(progress):
    if progress.shown_at:
        return AGAIN
    return GOOD if progress.attempts <= 1 and not progress.hints else HARD


class Migration(migrations.Migration):
    dependencies = [
        ("lessons", "0004_other_texts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("exercise", models.CharField(max_length=200)),
                ("state", models.PositiveSmallIntegerField(choices=[(1, "Learning"), (2, "Review"), (3, "Relearning")])),
                ("step", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("stability", models.FloatField(blank=True, null=True)),
                ("difficulty", models.FloatField(blank=True, null=True)),
                ("due", models.DateTimeField()),
                ("last_review", models.DateTimeField()),
                ("reviews", models.PositiveIntegerField(default=0)),
                (
                    "learner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="review_cards", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["learner", "due"], name="review_due")],
                "constraints": [models.UniqueConstraint(fields=("learner", "exercise"), name="one_review_card_per_exercise")],
            },
        ),
        migrations.RunPython(make_cards, migrations.RunPython.noop, elidable=True),
    ]
