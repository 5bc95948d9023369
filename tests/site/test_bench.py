"""Run, hints, drafts, reset, the solution; examples and quizzes."""

import re

import pytest

from lessons.models import Draft, Progress, QuizAnswer, Submission
from sandbox.protocol import ErrorReport, Frame, Outcome
from tests.factories import PASSED, DraftFactory, ProgressFactory, QuizAnswerFactory, SubmissionFactory
from tests.site.conftest import HTMX, LESSON, bench, code, seen

pytestmark = pytest.mark.django_db

TRY = f"{LESSON}tries/try-1/run/"
LAZY = f"{LESSON}quizzes/lazy/"
LOOKUPS = f"{LESSON}quizzes/lookups/"


def text(response):
    return response.content.decode()


def test_run_stores_no_submission_and_keeps_the_code(client):
    html = text(client.post(bench("run"), code("my query")))
    assert "<td>Emma</td>" in html
    assert "my query</textarea>" in html
    assert not Submission.objects.exists()
    assert not Progress.objects.exists()


def test_run_says_what_went_wrong_in_plain_words(client, judge):
    error = ErrorReport(
        type="NameError",
        message="name 'Boook' is not defined",
        line=1,
        name="Boook",
        near=("Book",),
        frames=(Frame("answer.py", 1, "<module>", "Boook"),),
    )
    judge.observation = seen(outcome=Outcome.ERROR, results=(), error=error)
    html = text(client.post(bench("run"), code("Boook"), headers=HTMX))
    assert "<code>Boook</code> is not defined" in html
    assert "Did you mean <code>Book</code>" in html


@pytest.mark.parametrize(
    ("outcome", "limit"), [(Outcome.TIMEOUT, "3 seconds"), (Outcome.MEMORY, "256 MB"), (Outcome.OUTPUT, "10,000 rows")]
)
def test_run_names_the_limit(client, judge, outcome, limit):
    judge.observation = seen(outcome=outcome, results=(), limit=limit)
    assert limit in text(client.post(bench("run"), code("while True: pass"), headers=HTMX))


def test_run_says_that_we_are_busy(client, judge):
    judge.observation = seen(outcome=Outcome.BUSY, results=())
    html = text(client.post(bench("run"), code("x"), headers=HTMX))
    assert "Your code is safe" in html
    assert "not_graded" in html


def test_an_example_runs_in_place_with_the_code_kept(client):
    html = text(client.post(TRY, code("Book.objects.first()")))
    assert "<td>Emma</td>" in html
    assert "Book.objects.first()</textarea>" in html
    assert not Draft.objects.exists()


def test_htmx_gets_only_the_examples_result(client):
    html = text(client.post(TRY, code("x"), headers=HTMX))
    assert "<td>Emma</td>" in html
    assert "<textarea" not in html


def test_hints_come_one_at_a_time(client):
    assert client.post(bench("hint"), code("x"))["Location"] == f"{LESSON}#bench-dear-books"
    assert "The second hint" not in text(client.get(LESSON))
    html = text(client.post(bench("hint"), code("x"), headers=HTMX))
    assert "The second hint" in html
    assert "No more hints" in html


def test_there_are_never_more_hints_than_written(client):
    for _ in range(4):
        client.post(bench("hint"), code("x"))
    assert Progress.objects.get().hints == 2


def test_every_action_keeps_the_code(client):
    for action in ("run", "hint", "solution", "check"):
        client.post(bench(action), code(f"typed before {action}"))
        assert f"typed before {action}</textarea>" in text(client.get(LESSON))


def test_a_draft_is_saved_quietly(client):
    html = text(client.post(bench("draft"), code("half an ans"), headers=HTMX))
    assert "Saved" in html
    assert 'name="version" value="1"' in html
    assert "half an ans</textarea>" in text(client.get(LESSON))


def test_the_same_tab_may_save_whatever_version_it_knows(client):
    client.post(bench("draft"), code("one"), headers=HTMX)
    client.post(bench("draft"), code("two"), headers=HTMX)
    assert client.post(bench("draft"), code("three", version=1), headers=HTMX).status_code == 200
    assert (Draft.objects.get().version, Draft.objects.get().files) == (3, [["answer.py", "three"]])


def test_an_older_tab_is_told_and_nothing_is_overwritten(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    response = signed_in.post(bench("draft"), code("older", version=3), headers=HTMX)
    assert response.status_code == 409
    assert "Changed in another tab" in text(response)
    assert 'name="version" value="3"' in text(response)
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]


@pytest.mark.parametrize("action", ["draft", "run", "check", "hint", "solution"])
def test_an_older_tab_stays_in_conflict_whatever_it_does(signed_in, guest, action):
    DraftFactory.create(learner=guest, version=4)
    for _ in range(2):
        html = text(signed_in.post(bench(action), code("older", version=3), headers=HTMX))
        assert 'name="version" value="3"' in html
        assert "Keep mine" in html
    assert signed_in.post(bench("draft"), code("older still", version=3), headers=HTMX).status_code == 409
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]


def test_who_keeps_this_text_sees_the_other_one_once_more(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    html = text(signed_in.post(bench("keep"), code("mine", version=3), headers=HTMX))
    assert "What stood here" in html
    assert "none" in html
    assert 'name="version" value="5"' in html
    assert Draft.objects.get().files == [["answer.py", "mine"]]
    assert signed_in.post(bench("draft"), code("mine, and more", version=5), headers=HTMX).status_code == 200
    assert signed_in.post(bench("draft"), code("theirs", version=4, tab="first-tab"), headers=HTMX).status_code == 409


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "htmx"])
def test_who_takes_the_other_text_can_still_read_this_one(signed_in, guest, headers):
    DraftFactory.create(learner=guest, version=4)
    html = text(signed_in.post(bench("take"), code("mine_alone", version=3), headers=headers))
    assert "Book.objects.none()</textarea>" in html
    assert "mine_alone" in html.partition("What stood here")[2]
    assert 'name="version" value="4"' in html
    assert "Keep mine" not in html
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]
    assert signed_in.post(bench("draft"), code("edited", version=4), headers=HTMX).status_code == 200


def test_without_javascript_an_older_tab_may_choose_too(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    html = text(signed_in.post(bench("run"), code("mine_alone", version=3)))
    assert 'formaction="/lessons/models/querysets/exercises/dear-books/keep/#bench-dear-books"' in html
    assert "mine_alone</textarea>" in html
    assert "mine_alone</textarea>" in text(signed_in.post(bench("keep"), code("mine_alone", version=3)))
    assert Draft.objects.get().files == [["answer.py", "mine_alone"]]


def test_every_page_is_a_tab_of_its_own(client):
    """So that one which comes back from the browser's memory is not taken for the page that saved last."""
    client.post(bench("run"), code("one"))
    pages = [text(client.get(LESSON)), text(client.get(LESSON)), text(client.post(bench("run"), code("one")))]
    tabs = [re.findall('name="tab" value="([^"]+)"', html)[0] for html in pages]
    assert len(set(tabs)) == 3
    assert "this-tab" not in tabs


TOO_LONG = "x" * 20_001


@pytest.mark.parametrize("action", ["draft", "run", "check", "keep"])
def test_code_that_is_too_long_is_refused_and_not_said_to_be_saved(signed_in, guest, action):
    DraftFactory.create(learner=guest, version=4)
    response = signed_in.post(bench(action), code(TOO_LONG, version=3), headers=HTMX)
    html = text(response)
    assert response.status_code == 422
    assert "Not saved: That is 20,001 characters" in html
    assert ">Saved<" not in html
    assert 'name="version" value="3"' in html
    assert Draft.objects.get().files == [["answer.py", "Book.objects.none()"]]


def test_no_browser_cuts_what_is_pasted_without_a_word(client):
    assert "maxlength" not in text(client.get(LESSON))
    assert f"{TOO_LONG}</textarea>" in text(client.post(bench("check"), code(TOO_LONG)))


@pytest.mark.parametrize("action", ["hint", "solution"])
def test_help_comes_with_code_that_is_too_long_but_does_not_save_it(client, action):
    html = text(client.post(bench(action), code(TOO_LONG), headers=HTMX))
    assert "Not saved" in html
    assert not Draft.objects.exists()


def test_a_tab_that_knows_the_newest_version_may_save(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    assert signed_in.post(bench("draft"), code("newer", version=4), headers=HTMX).status_code == 200
    assert Draft.objects.get().tab == "this-tab"


def test_the_same_text_is_no_conflict(signed_in, guest):
    DraftFactory.create(learner=guest, version=4)
    assert signed_in.post(bench("draft"), code("Book.objects.none()", version=1), headers=HTMX).status_code == 200
    assert Draft.objects.get().version == 4


def test_reset_puts_the_starter_back(signed_in, guest):
    DraftFactory.create(learner=guest)
    html = text(signed_in.post(bench("reset"), code("thrown away"), headers=HTMX))
    assert "Book.objects.all()</textarea>" in html
    assert 'name="version" value="2"' in html
    assert "thrown away" not in text(signed_in.get(LESSON))


def test_a_solution_shown_before_a_pass_is_marked_and_stays_marked(client, judge):
    client.post(bench("solution"), code("x"))
    assert "the-solution" in text(client.get(LESSON))
    judge.verdict = PASSED
    client.post(bench("check"), code("copied"))
    progress = Progress.objects.get()
    assert (progress.passed, progress.shown) == (True, True)
    assert "✓ Passed, solution shown" in text(client.get(LESSON))


def test_a_solution_opened_after_a_pass_is_not_marked(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    html = text(signed_in.post(bench("solution"), code("x"), headers=HTMX))
    assert "the-solution" in html
    assert not Progress.objects.get().shown


def test_work_under_a_former_name_is_joined_by_new_work(signed_in, guest):
    ProgressFactory.create(learner=guest, exercise="models/asking#pricey-books", hints=1, attempts=3)
    SubmissionFactory.create(learner=guest, exercise="models/asking#pricey-books")
    signed_in.post(bench("check"), code("x"))
    progress = Progress.objects.get()
    assert (progress.exercise, progress.hints, progress.attempts) == ("models/querysets#dear-books", 1, 4)
    assert Submission.objects.by(guest).filter(exercise=progress.exercise).count() == 2


def test_the_address_of_a_renamed_exercise_still_acts(client):
    assert client.post(bench("check", "pricey-books"), code("x"))["Location"] == f"{LESSON}#bench-dear-books"


def test_a_wrong_quiz_answer_explains_only_what_was_chosen(client):
    client.post(LAZY, {"option": "0"})
    html = text(client.get(LESSON))
    assert "it is only a plan" in html
    assert "Yes, that is when" not in html
    assert "✗ Not yet" in html


def test_a_right_quiz_answer_explains_every_option(client):
    html = text(client.post(LAZY, {"option": "1"}, headers=HTMX))
    assert "it is only a plan" in html
    assert "Yes, that is when" in html
    assert "✓ Right" in html


def test_a_quiz_with_several_right_options_wants_them_all(client):
    client.post(LOOKUPS, {"option": ["0"]})
    assert not QuizAnswer.objects.get().right
    client.post(LOOKUPS, {"option": ["0", "1"]})
    answer = QuizAnswer.objects.get()
    assert (answer.right, answer.attempts) == (True, 2)
    assert 'type="checkbox"' in text(client.get(LESSON))


def test_a_part_of_the_right_options_says_how_many_are_left(client):
    html = text(client.post(LOOKUPS, {"option": "0"}, headers=HTMX))
    assert html.count("Right so far: 1 more is right") == 2  # in the quiz and in the announcement
    assert "Not yet" not in html


@pytest.mark.parametrize("options", [["2"], ["0", "2"], ["0", "1", "2"]])
def test_with_a_wrong_option_nothing_is_said_of_the_right_ones(client, options):
    html = text(client.post(LOOKUPS, {"option": options}, headers=HTMX))
    assert "✗ Not yet" in html
    assert "Right so far" not in html


def test_a_quiz_answered_right_once_stays_so_when_it_is_played_with_again(client):
    client.post(LAZY, {"option": "1"})
    html = text(client.post(LAZY, {"option": "0"}, headers=HTMX))
    assert "✓ Answered right" in html
    assert "✗ Not yet" in html
    assert "Yes, that is when" not in html
    assert QuizAnswer.objects.get().right


def test_right_with_other_options_is_not_right_with_these(signed_in, guest):
    QuizAnswerFactory.create(learner=guest, version="of other options", chosen=[1], right=True)
    assert "Answered right" not in text(signed_in.post(LAZY, {"option": "0"}, headers=HTMX))
    assert not QuizAnswer.objects.get().right


@pytest.mark.parametrize("options", [[], ["7"], ["-1"], ["x"], ["0", "99999999999999999999"]])
def test_an_option_that_does_not_exist_is_refused(client, options):
    response = client.post(LAZY, {"option": options})
    assert response.status_code == 422
    assert "Pick an answer first" in text(response)
    assert not QuizAnswer.objects.exists()


def test_an_answer_to_other_options_is_not_shown(signed_in, guest):
    QuizAnswerFactory.create(learner=guest, version="of other options", chosen=[1], right=True)
    assert "Yes, that is when" not in text(signed_in.get(LESSON))
