from typing import Any

from django.core.management.base import BaseCommand

from lessons.services import recover_interrupted


class Command(BaseCommand):
    help = "Gives back the checks that a crash left pending: not graded, not counted, their code kept. Run at every start."

    def handle(self, **options: Any) -> None:
        if number := recover_interrupted():
            self.stdout.write(f"Interrupted checks given back: {number}")
