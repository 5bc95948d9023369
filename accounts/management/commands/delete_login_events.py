from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.events import KEPT, delete_old


class Command(BaseCommand):
    help = "Deletes what is known of logins, addresses included, after a while. To be run once a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=KEPT.days, help="how long they are kept")

    def handle(self, *, days: int, **options: Any) -> None:
        self.stdout.write(f"Login events deleted: {delete_old(kept=timedelta(days=days))}")
