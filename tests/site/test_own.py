"""Your account: what is kept, and taking it away or deleting it."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import LoginEvent, User
from lessons.models import Draft, Progress, Submission
from tests.factories import (
    PASSWORD,
    DraftFactory,
    ProgressFactory,
    QuizAnswerFactory,
    SubmissionFactory,
)
from tests.site.conftest import LESSON, bench, code, words
from tests.site.doors import DELETE, EXPORT, HOME, LINK, LOGIN, LOGOUT, SIGNUP, html

pytestmark = pytest.mark.django_db


def test_a_guest_sees_what_is_kept_and_how_to_save_it(signed_in, guest):
    ProgressFactory.create(learner=guest, passed=True)
    SubmissionFactory.create_batch(2, learner=guest)
    QuizAnswerFactory.create(learner=guest)
    page = html(signed_in.get(HOME))
    for phrase in ("1 exercise passed", "2 Checks", "1 quiz answered"):
        assert f"<li>{phrase}</li>" in page
    assert "draft" not in page
    assert f'href="{SIGNUP}"' in page
    assert f'href="{LOGIN}"' in page


def test_a_visitor_has_nothing_here_and_is_made_no_guest(client):
    assert "Nothing is kept yet" in html(client.get(HOME))
    for address in (EXPORT, DELETE):
        assert client.get(address)["Location"] == HOME
    assert not User.objects.exists()


def test_a_member_sees_who_they_are(member, account):
    page = html(member.get(HOME))
    assert account.email in page
    assert f'action="{LOGOUT}"' in page
    assert LINK not in page


def test_the_page_takes_as_many_queries_for_much_work_as_for_little(member, account):
    with CaptureQueriesContext(connection) as few:
        member.get(HOME)
    for place in range(30):
        ProgressFactory.create(learner=account, exercise=f"models/x#{place}", passed=True)
    with CaptureQueriesContext(connection) as many:
        member.get(HOME)
    assert len(few) == len(many) <= 6


def test_everything_of_somebodys_can_be_taken_away_as_one_file(member, account):
    DraftFactory.create(learner=account, files=[["answer.py", "é"]])
    SubmissionFactory.create(learner=account)
    ProgressFactory.create(learner=account, passed=True)
    QuizAnswerFactory.create(learner=account)
    DraftFactory.create(files=[["answer.py", "somebody else's"]])
    response = member.get(EXPORT)
    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="woodshed.json"'
    assert "no-store" in response["Cache-Control"]
    assert data["account"]["email"] == account.email
    assert data["drafts"][0]["files"] == [["answer.py", "é"]]
    assert [len(data[name]) for name in ("drafts", "submissions", "progress", "quiz_answers", "login_events")] == [1] * 5
    assert "somebody else" not in html(response)
    assert account.password not in html(response)


def test_a_guest_can_take_everything_away_too(signed_in, guest):
    SubmissionFactory.create(learner=guest)
    assert json.loads(signed_in.get(EXPORT).content)["submissions"][0]["exercise"] == "models/querysets#dear-books"


def test_deleting_an_account_leaves_nothing_of_it(member, account):
    elsewhere = Client()
    elsewhere.post(LOGIN, words(account))
    for factory in (DraftFactory, SubmissionFactory, ProgressFactory, QuizAnswerFactory):
        factory.create(learner=account)
    other = SubmissionFactory.create()
    Client().force_login(other.learner)
    assert member.get(DELETE).status_code == 200
    assert html(member.post(DELETE, {"password": PASSWORD}, follow=True)).count("It is all deleted") == 1
    assert list(User.objects.all()) == [other.learner]
    assert list(Submission.objects.all()) == [other]
    assert not any(model.objects.exists() for model in (Draft, Progress, LoginEvent))
    assert [session.get_decoded()["_auth_user_id"] for session in Session.objects.all()] == [str(other.learner.pk)]
    assert "Nothing is kept yet" in html(elsewhere.get(HOME))


def test_an_account_is_not_deleted_with_another_password(member, account):
    page = html(member.post(DELETE, {"password": "guessed"}))
    assert "This is not your password" in page
    assert User.objects.filter(pk=account.pk).exists()


def test_a_guest_deletes_the_work_by_a_word(signed_in, guest):
    SubmissionFactory.create(learner=guest)
    assert "nothing has been deleted" in html(signed_in.post(DELETE, {"word": "yes"}))
    assert Submission.objects.exists()
    signed_in.post(DELETE, {"word": " Delete "})
    assert not User.objects.exists()
    assert not Submission.objects.exists()


def test_an_answer_under_way_when_its_learner_goes_is_given_back(signed_in, guest, judge):
    judge.meanwhile = lambda: signed_in.post(DELETE, {"word": "delete"})
    signed_in.get(LESSON)
    working = Client()
    working.cookies["sessionid"] = signed_in.cookies["sessionid"].value
    response = working.post(bench("check"), code("my_answer"))
    assert response.status_code == 503
    assert "my_answer</textarea>" in html(response)
