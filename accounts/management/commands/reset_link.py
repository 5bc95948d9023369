from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import reset_links


class Command(BaseCommand):
    help = "Prints a link with which somebody who forgot their password chooses a new one. It works once, and for a day at most."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="the account's email or username")
        parser.add_argument("--site", default="", metavar="ADDRESS", help="the site's address: https://learn.example.org")

    def handle(self, *, name: str, site: str, **options: Any) -> None:
        try:
            path = reset_links.make(name, by=None)
        except reset_links.NoLink as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(site.rstrip("/") + path)
