from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lessons import previews
from lessons.services import delete_preview_work


class Command(BaseCommand):
    help = "Deletes what was done in previews whose folders are gone. To be run now and then."

    def handle(self, **options: Any) -> None:
        try:
            there = previews.names()
        except OSError as problem:
            raise CommandError(f"the previews' folder cannot be read, so nothing is deleted: {problem}") from problem
        self.stdout.write(f"Rows deleted: {delete_preview_work(there=there)}")
