"""``manage.py preview_link`` and ``delete_preview_work``."""

import shutil
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.core.signing import SignatureExpired
from django.utils import timezone

from lessons import previews
from lessons.catalogue.load import load
from lessons.hidden import SEEDED, Databases
from lessons.models import Draft, Progress, QuizAnswer, Submission
from sandbox.client import Sandbox
from tests.factories import DraftFactory, ProgressFactory, QuizAnswerFactory, SubmissionFactory

ROOT = Path(__file__).parents[2]
NAME = "window-functions"


@pytest.fixture
def folder(settings, tmp_path: Path) -> Path:
    settings.WOODSHED_PREVIEWS = tmp_path / "previews"
    for name in (NAME, "joins", "Not-A-Name"):
        (tmp_path / "previews" / name).mkdir(parents=True)
    (tmp_path / "previews" / "notes.txt").touch()
    return tmp_path / "previews"


def key_in(link: str) -> str:
    return parse_qs(urlsplit(link).query)["key"][0]


@pytest.mark.parametrize(("asked", "days"), [((), 30), (("--days", "2"), 2)])
def test_the_link_opens_the_preview_for_so_many_days(command, folder, asked, days):
    done = command("preview_link", NAME, *asked)
    assert done.code == 0
    link = done.text.splitlines()[0]
    assert urlsplit(link).path == f"/preview/{NAME}/"
    left = previews.open_until(NAME, key_in(link)) - timezone.now()
    assert timedelta(days=days, minutes=-5) < left <= timedelta(days=days)


@pytest.mark.parametrize(("secure", "scheme"), [(True, "https"), (False, "http")])
def test_the_site_s_names_stand_before_it_where_they_are_known(command, folder, settings, secure, scheme):
    settings.ALLOWED_HOSTS = ["learn.example.org", "*", ".example.net", "localhost", "127.0.0.1", "[::1]"]
    settings.SESSION_COOKIE_SECURE = secure
    path, *whole = command("preview_link", NAME).text.splitlines()
    assert whole == [f"{scheme}://learn.example.org{path}"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("windows", "there is no preview windows; there are: joins, window-functions"),
        ("..", "there is no preview .. (a preview's folder is named in lower-case letters"),
        ("Not-A-Name", "there is no preview Not-A-Name (a preview's folder is named in lower-case letters"),
        ("notes.txt", "there is no preview notes.txt (a preview's"),
    ],
)
def test_an_unknown_name_is_a_usage_error_that_names_those_there_are(folder, name, words):
    with pytest.raises(CommandError) as refused:
        call_command("preview_link", name)
    assert str(refused.value).startswith(words)
    assert str(refused.value).endswith("there are: joins, window-functions")
    assert refused.value.returncode == 2


def test_without_a_folder_it_says_which_setting_is_missing(settings):
    settings.WOODSHED_PREVIEWS = None
    with pytest.raises(CommandError, match="WOODSHED_PREVIEWS, the folder that they are in, is not set") as refused:
        call_command("preview_link", NAME)
    assert refused.value.returncode == 2


def test_a_folder_that_is_gone_is_named(settings, tmp_path):
    settings.WOODSHED_PREVIEWS = tmp_path / "gone"
    with pytest.raises(CommandError, match="gone cannot be read: No such file"):
        call_command("preview_link", NAME)


@pytest.mark.parametrize("days", ["0", "-1", "367", "1.5", "many", "²"])
def test_days_are_a_number_of_days(folder, days):
    with pytest.raises(CommandError, match="is not a number of days from 1 to 366"):
        call_command("preview_link", NAME, f"--days={days}")


def test_a_key_ends_with_its_time():
    with pytest.raises(SignatureExpired):
        previews.open_until(NAME, previews.key(NAME, until=timezone.now()))


def test_hidden_data_is_chosen_for_an_exercise_in_a_preview_as_in_the_course(folder):
    root = shutil.copytree(ROOT / "content", folder / NAME / "content")
    taught = previews.course(NAME)
    databases = Databases(Sandbox(root / "worlds"))
    exercise, same = (one.lesson("models/first-querysets").exercises[0] for one in (taught, load(root)))
    assert exercise.key == f"preview/{NAME}:{same.key}"
    assert databases.recipes(exercise) == databases.recipes(same) != SEEDED


# Work that nobody will ask for again

KEYS = ("models/querysets#dear-books", f"preview/{NAME}:models/querysets#dear-books", "preview/gone:models/querysets#dear-books")


@pytest.mark.django_db
def test_work_in_previews_that_are_gone_is_deleted_and_no_other(command, folder):
    for key in KEYS:
        for factory in (DraftFactory, ProgressFactory, SubmissionFactory):
            factory.create(exercise=key)
        QuizAnswerFactory.create(quiz=key)
    assert command("delete_preview_work").text.strip() == "Rows deleted: 4"
    left = [*Draft.objects.all(), *Progress.objects.all(), *Submission.objects.all()]
    assert sorted(row.exercise for row in left) == sorted(3 * KEYS[:2])
    assert sorted(answer.quiz for answer in QuizAnswer.objects.all()) == sorted(KEYS[:2])


@pytest.mark.django_db
def test_nothing_is_deleted_while_the_folder_cannot_be_read(settings, tmp_path):
    settings.WOODSHED_PREVIEWS = tmp_path / "not-mounted"
    DraftFactory.create(exercise=KEYS[2])
    with pytest.raises(CommandError, match="nothing is deleted"):
        call_command("delete_preview_work")
    assert Draft.objects.count() == 1
