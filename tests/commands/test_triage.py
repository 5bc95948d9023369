"""``manage.py triage``: what learners did comes back to authors, ready to be pasted."""

import pytest
from django.core.management.base import CommandError
from django.db import OperationalError

from lessons import checking, services
from lessons.catalogue import lint
from lessons.catalogue.load import load
from lessons.catalogue.types import Exercise
from lessons.course import current
from lessons.grading.grade import not_graded
from lessons.models import Submission
from sandbox import client
from sandbox.protocol import FILE, File, Outcome
from tests.commands.conftest import LESSON
from tests.factories import GuestFactory, SubmissionFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sandbox]

KEY = "basics/counting#born"
SOME = 'Author.objects.order_by("name")[1:5]'
"""Wrong as no mutant of the solution is."""
IN_PYTHON = '[author for author in Author.objects.order_by("name") if author.born]'


@pytest.fixture(autouse=True)
def served(course, settings):
    settings.WOODSHED_CONTENT = course
    settings.WOODSHED_RELOAD_CONTENT = True
    yield course
    checking.stop()


def today() -> Exercise:
    found = current().exercise(KEY)
    assert found
    return found


def give(*answers: str, learner=None) -> None:
    """Each from a learner of its own, unless there is one."""
    for text in answers:
        services.submit(learner=learner or GuestFactory.create(), exercise=today(), files=(File(FILE, text),))


def listed(command, *more):
    done = command("triage", "--json", *more)
    assert done.code == 0
    return done.data["exercises"]


def groups(command, role: str, *more):
    return [group for one in listed(command, *more) for group in one[role]]


def paste(course, group) -> None:
    """As an author would: above the line that was named."""
    path = course / "basics" / "01-counting.md"
    lines = path.read_text().split("\n")
    lines[group["line"] - 1 : group["line"] - 1] = group["block"].split("\n")[:-1]
    path.write_text("\n".join(lines))


def test_nothing_stored_is_nothing_to_learn_from(command):
    done = command("triage")
    assert (done.code, done.text.strip()) == (0, "nothing to learn from")


def test_wrong_answers_that_nobody_has_words_for_are_grouped_by_what_they_did(command):
    give(SOME, 'list(Author.objects.all().order_by("name"))[1:5]', SOME, "Author.objects.none()")
    found = groups(command, "wrong")
    assert [(group["answers"], group["learners"], group["failed"]) for group in found] == [(3, 3, ["rows"]), (1, 1, ["rows"])]
    assert found[0]["files"][0][1] == SOME


def test_what_the_author_has_words_for_is_not_listed(command):
    give('Author.objects.filter(born__isnull=True).order_by("name")', '[*Author.objects.exclude(born=None).order_by("-name")]')
    assert listed(command) == []


def test_right_answers_with_other_sql_are_listed_and_the_course_s_own_are_not(command):
    own = 'Author.objects.exclude(born=None).order_by("name")'
    give(own, 'Author.objects.filter(born__isnull=False).order_by("name").all()', IN_PYTHON, IN_PYTHON)
    found = groups(command, "accept")
    assert [(group["answers"], group["files"][0][1]) for group in found] == [(2, IN_PYTHON)]


def test_an_untouched_starter_is_no_answer(command):
    give(today().starter.code)
    assert listed(command) == []


WRONG = [
    SOME,
    "[1, 2]",
    "Author.objects.filter(nmae=1)",
    "Author.objects.filter(",
    f'"""\n```\n````\n~~~\n### Exercise: x\n"""\n{SOME}[:3]',
    f"# \x1b[31m \u202e \x07\n{SOME}[:2]",
    "",
    'raise ValueError("`<b>` [x](y) <!-- ~~~ | * _ # ```")',
]
RIGHT = [
    IN_PYTHON,
    '"""\n```\n#### Wrong: x\n```python wrong expect=rows\n"""\nAuthor.objects.filter(born__gt=0).order_by("name")',
]


@pytest.mark.parametrize("ending", ["", "#### Why it works"])
def test_blocks_that_are_pasted_where_they_belong_make_a_good_lesson_that_knows_the_answers(command, course, ending):
    text = LESSON.partition("#### Why it works")[0].rstrip() if ending else LESSON
    (course / "basics" / "01-counting.md").write_text(text)
    complaints = [one.message for one in lint.check(load(course))]
    give(*WRONG, *RIGHT)
    (found,) = listed(command)
    assert (len(found["wrong"]), len(found["accept"])) == (len(WRONG), len(RIGHT))
    for group in [*found["wrong"], *found["accept"]]:
        paste(course, group)
    after = load(course)
    assert after.findings == ()
    assert [one.message for one in lint.check(after)] == complaints
    exercise = after.exercise(KEY)
    assert (len(exercise.wrongs), len(exercise.accepts)) == (2 + len(WRONG), 1 + len(RIGHT))
    checked = [checking.check(today(), (File(FILE, text),)) for text in WRONG]
    assert {one.wrong.title for one in checked} == {wrong.title for wrong in exercise.wrongs[2:]}
    assert listed(command) == []


def test_a_pasted_wrong_answer_says_what_the_verdict_did(command, course):
    give(SOME)
    (group,) = groups(command, "wrong")
    assert group["block"] == (
        f"#### Wrong: {group['headline']}\n\n```python wrong expect=rows\n{SOME}\n```\n\n{group['headline']}.\n\n"
    )
    paste(course, group)
    assert command("check_content", "--content", course, "--json").data["findings"] == []


def test_a_group_is_tried_again_on_the_exercise_as_it_is_now(command, course):
    give(SOME, IN_PYTHON)
    path = course / "basics" / "01-counting.md"
    text = LESSON
    for condition in ("exclude(born=None)", "filter(born__isnull=False)"):
        text = text.replace(f'Author.objects.{condition}.order_by("name")', SOME)
    path.write_text(text)
    (now,) = listed(command)
    assert [group["files"][0][1] for group in now["wrong"]] == [IN_PYTHON]
    assert now["accept"] == []


def test_groups_that_turn_out_to_be_one_are_one_and_count_each_learner_once(command):
    twice = GuestFactory.create()
    give(SOME, f"{SOME}.all()", learner=twice)
    give(SOME)
    Submission.objects.filter(files=[[FILE, f"{SOME}.all()"]]).update(behaviour="of another day")
    (group,) = groups(command, "wrong")
    assert (group["answers"], group["learners"]) == (3, 2)


def test_an_answer_in_files_that_the_exercise_no_longer_has_is_left_out(command):
    SubmissionFactory.create(exercise=KEY, files=[["shop/views.py", SOME]], behaviour="1")
    assert listed(command) == []


def test_work_under_a_former_name_is_found(command, course):
    SubmissionFactory.create(exercise="basics/counting#authors", files=[[FILE, SOME]], behaviour="1")
    path = course / "basics" / "01-counting.md"
    path.write_text(LESSON.replace("id: born\n", "id: born\nformerly: [authors]\n"))
    assert len(groups(command, "wrong")) == 1


def test_what_cannot_be_written_as_a_wrong_answer_is_shown_with_the_reason(command):
    give(
        "import os\nos._exit(0)",
        "[object()]\nprint(1)\n['x' * 600 for x in [1]] and [type('T', (), {'__repr__': lambda self: 1 / 0})()]",
    )
    found = groups(command, "wrong")
    assert {group["block"] for group in found} == {""}
    assert sorted(group["problem"].partition(":")[0] for group in found) == [
        "It cannot be compared, not even with itself",
        "No wrong answer of a lesson can say that it ends so",
    ]
    assert "answer.py:\nimport os\nos._exit(0)" in command("triage").text


def test_how_many_are_listed_can_be_said(command):
    give(SOME, SOME, "[1]", "[1]", "[2]")
    assert len(groups(command, "wrong", "--least", "2")) == 2
    (found,) = listed(command, "--most", "1")
    assert (len(found["wrong"]), found["more"]) == (1, True)
    assert "There are more" in command("triage", "--most", 1).text


@pytest.mark.parametrize("choice", [("--exercise", KEY), ("--only", "basics/")])
def test_exercises_can_be_chosen(command, choice):
    give(SOME)
    assert len(groups(command, "wrong", *choice)) == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--exercise", "basics/counting#bron"), "there is no exercise basics/counting#bron; did you mean basics/counting#born?"),
        (("--only", "models/"), "no lesson starts with models/"),
        (("--content", "/nowhere/at/all"), "there is no content folder at /nowhere/at/all"),
    ],
)
def test_what_is_not_there_is_a_usage_error(command, arguments, words):
    done = command("triage", *arguments)
    assert (done.code, done.words.strip()) == (2, words)


@pytest.mark.parametrize("number", ["0", "-1", "many", "²"])
def test_a_number_that_is_none_is_a_usage_error(command, number):
    with pytest.raises(CommandError, match="is not a number from 1 up"):
        command("triage", "--least", number)


def test_a_database_without_tables_is_a_usage_error(command, monkeypatch):
    def refuse(course):
        raise OperationalError("no such table: lessons_submission")

    monkeypatch.setattr("lessons.management.commands.triage.waiting", refuse)
    done = command("triage", "--json")
    assert done.code == 2
    assert done.data["error"].startswith("the site's database cannot be read (no such table")


def test_without_a_sandbox_nothing_is_said_of_the_answers(command, monkeypatch):
    give(SOME)
    checking.stop()
    monkeypatch.setattr(client, "BOOT", "raise SystemExit")
    done = command("triage", "--json")
    assert done.code == 3
    assert "sandbox" in done.data["error"]


def test_what_could_not_be_tried_just_now_is_counted(command, monkeypatch):
    give(SOME)
    monkeypatch.setattr(checking, "check", lambda *_: checking.Checked(not_graded(Outcome.BUSY), checking.MISSING))
    done = command("triage")
    assert done.code == 3
    assert "1 group could not be checked again just now." in done.text


def test_nothing_of_a_learner_s_reaches_a_terminal_but_what_can_be_seen(command):
    learner = GuestFactory.create()
    give(f"# \x1b[2J \x9b31m \u202e \u2066 \x07\n{SOME}", learner=learner)
    for text in (command("triage").text, command("triage", "--json").text):
        assert text.replace("\n", "").isprintable()
        assert "u202e" in text
        assert learner.username not in text
    (group,) = groups(command, "wrong")
    assert "\x1b[2J \x9b31m \u202e" in group["files"][0][1]
    assert r"\x1b[2J \x9b31m \u202e \u2066 \x07" in group["block"]
