from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.guests import IDLE_LIFE, delete_stale


class Command(BaseCommand):
    help = "Deletes guests who have not worked for a while, with everything of theirs. To be run once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=IDLE_LIFE.days, help="how long they must have been idle")

    def handle(self, *, days: int, **options: Any) -> None:
        self.stdout.write(f"Guests deleted: {delete_stale(idle=timedelta(days=days))}")
