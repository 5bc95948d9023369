"""Django's admin: who gets in, what is shown of people and their work, and what deleting takes with it."""

import re
from html import unescape
from typing import Any
from urllib.parse import parse_qs

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import connection
from django.shortcuts import resolve_url
from django.test.utils import CaptureQueriesContext
from factory.django import DjangoModelFactory

from accounts.models import User
from lessons.models import Draft, Progress, QuizAnswer, ReviewCard, Submission
from tests.factories import (
    DraftFactory,
    GuestFactory,
    LoginEventFactory,
    ProgressFactory,
    QuizAnswerFactory,
    ReviewCardFactory,
    SnippetFactory,
    SubmissionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

INDEX = "/staff/admin/"
PEOPLE = f"{INDEX}accounts/user/"
FACTORIES: dict[str, type[DjangoModelFactory]] = {
    "submission": SubmissionFactory,
    "progress": ProgressFactory,
    "draft": DraftFactory,
    "quizanswer": QuizAnswerFactory,
    "reviewcard": ReviewCardFactory,
}
WORK: list[Any] = [Submission, Progress, Draft, QuizAnswer, ReviewCard]


@pytest.fixture
def root() -> User:
    return UserFactory.create(username="root", is_staff=True, is_superuser=True)


@pytest.fixture
def superuser(client, root):
    client.force_login(root)
    return client


@pytest.fixture
def staff(client):
    """Someone who may look at people and change them, and is no superuser."""
    user = UserFactory.create(is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    client.force_login(user)
    return client


def html(response) -> str:
    return unescape(response.content.decode())


def rows(response) -> int:
    return len(response.context["cl"].result_list)


def of(model: str) -> str:
    return f"{INDEX}lessons/{model}/"


# Who gets in


@pytest.mark.parametrize("who", ["a visitor", "a guest", "a learner"])
@pytest.mark.parametrize("address", [INDEX, PEOPLE, of("submission"), f"{INDEX}nowhere/"])
def test_whoever_is_no_staff_is_sent_to_the_one_login_page(client, settings, who, address):
    if who != "a visitor":
        client.force_login(GuestFactory.create() if who == "a guest" else UserFactory.create())
    response = client.get(address, follow=True)
    assert response.request["PATH_INFO"] == resolve_url(settings.LOGIN_URL)
    assert parse_qs(response.request["QUERY_STRING"]) == {"next": [address]}
    assert 'type="password"' in html(response)
    assert "admin/css" not in html(response)


def test_a_password_is_not_taken_by_the_admin_itself(client, root):
    root.set_password("right")
    root.save()
    response = client.post(f"{INDEX}login/", {"username": "root", "password": "right"})
    assert response.status_code == 302
    assert "sessionid" not in client.cookies


def test_staff_who_are_signed_in_already_are_let_through(superuser):
    assert superuser.get(f"{INDEX}login/")["Location"] == INDEX


def test_staff_without_permission_see_nothing_of_learners(staff):
    SubmissionFactory.create()
    assert "Submissions" not in html(staff.get(INDEX))
    assert staff.get(of("submission")).status_code == 403


def test_triage_and_the_admin_lead_to_each_other(superuser):
    assert 'href="/staff/triage/"' in html(superuser.get(INDEX))
    assert f'href="{INDEX}"' in html(superuser.get("/staff/triage/"))


def test_nothing_in_it_needs_a_weaker_policy(superuser, root):
    own = [f"{PEOPLE}{root.pk}/{page}/" for page in ("change", "delete", "password", "history")]
    one = f"{of('submission')}{SubmissionFactory.create().pk}/change/"
    for address in (INDEX, PEOPLE, f"{PEOPLE}add/", *own, of("submission"), one):
        response = superuser.get(address)
        assert response.status_code == 200
        assert "unsafe" not in response["Content-Security-Policy"]
        scripts = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", response.content.decode())
        assert [one for one in scripts if "application/json" not in one] == []
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", response.content.decode())


def test_the_checks_find_nothing_in_it():
    call_command("check", "--tag", "admin", fail_level="WARNING")


# Lists


@pytest.mark.parametrize("model", FACTORIES)
def test_a_list_takes_as_many_queries_for_many_rows_as_for_one(superuser, model):
    FACTORIES[model].create()
    with CaptureQueriesContext(connection) as few:
        superuser.get(of(model))
    for number in range(20):
        FACTORIES[model].create(learner=GuestFactory.create(username=f"somebody-{number}"))
    with CaptureQueriesContext(connection) as many:
        response = superuser.get(of(model))
    assert rows(response) == 21
    assert "somebody-7" in html(response)
    assert len(few) == len(many)


def test_the_list_of_people_takes_as_many_queries_for_many_as_for_one(superuser):
    with CaptureQueriesContext(connection) as few:
        superuser.get(PEOPLE)
    GuestFactory.create_batch(20)
    with CaptureQueriesContext(connection) as many:
        assert rows(superuser.get(PEOPLE)) == 21
    assert len(few) == len(many)


@pytest.mark.parametrize(("model", "long"), [("submission", "panels"), ("draft", "files")])
def test_a_list_does_not_read_what_it_does_not_show(superuser, model, long):
    FACTORIES[model].create()
    with CaptureQueriesContext(connection) as sent:
        superuser.get(of(model))
    assert not [query for query in sent if f'"{long}"' in query["sql"]]


@pytest.mark.parametrize("model", FACTORIES)
def test_work_is_found_by_what_it_is_about_and_by_its_learner(superuser, model):
    named = {"quiz": "m/l#found"} if model == "quizanswer" else {"exercise": "m/l#found"}
    FACTORIES[model].create(**named)
    FACTORIES[model].create(learner=GuestFactory.create(username="ada"))
    assert rows(superuser.get(of(model), {"q": "l#found"})) == 1
    assert rows(superuser.get(of(model), {"q": "ada"})) == 1
    assert rows(superuser.get(of(model), {"q": "nobody"})) == 0


def test_guests_and_people_are_told_apart(superuser):
    GuestFactory.create_batch(2)
    assert rows(superuser.get(PEOPLE, {"is_guest__exact": 1})) == 2
    assert rows(superuser.get(PEOPLE, {"is_guest__exact": 0})) == 1
    assert rows(superuser.get(PEOPLE, {"q": "root"})) == 1


# One of them


def test_what_happened_at_the_doors_is_listed_and_found_and_read_only(superuser):
    address = f"{INDEX}accounts/loginevent/"
    event = LoginEventFactory.create(address="198.51.100.7")
    with CaptureQueriesContext(connection) as few:
        superuser.get(address)
    LoginEventFactory.create_batch(20)
    with CaptureQueriesContext(connection) as many:
        assert rows(superuser.get(address)) == 21
    assert len(many) == len(few)
    assert rows(superuser.get(address, {"q": "198.51.100.7"})) == 1
    page = html(superuser.get(f"{address}{event.pk}/change/"))
    assert "198.51.100.7" in page
    assert 'name="_save"' not in page


def test_what_was_shared_is_listed_and_found_and_shown_as_text(superuser):
    shared = SnippetFactory.create(code="'<script>'", world="garden")
    SnippetFactory.create_batch(3)
    assert rows(superuser.get(of("snippet"))) == 4
    assert rows(superuser.get(of("snippet"), {"q": "garden"})) == 1
    page = superuser.get(f"{of('snippet')}{shared.pk}/change/").content.decode()
    assert "&#x27;&lt;script&gt;&#x27;" in page
    assert 'name="_save"' not in page


def test_nothing_of_the_library_that_keeps_the_doors_can_be_changed_by_hand(superuser):
    assert "/account/emailaddress/" not in html(superuser.get(INDEX))
    assert "/socialaccount/" not in html(superuser.get(INDEX))


@pytest.mark.parametrize("model", FACTORIES)
def test_what_people_did_is_read_only(superuser, model):
    one = FACTORIES[model].create()
    address = f"{of(model)}{one.pk}/change/"
    page = html(superuser.get(address))
    assert str(one.learner) in page
    assert 'name="_save"' not in page
    assert superuser.post(address, {"exercise": "other"}).status_code == 403
    assert superuser.get(f"{of(model)}add/").status_code == 403
    assert superuser.post(f"{of(model)}{one.pk}/delete/", {"post": "yes"}).status_code == 403
    superuser.post(of(model), {"action": "delete_selected", "_selected_action": one.pk, "post": "yes"})
    assert type(one).objects.filter(pk=one.pk).exists()


@pytest.mark.parametrize("factory", [SubmissionFactory, DraftFactory])
def test_a_learner_s_code_is_shown_as_text(superuser, factory):
    one = factory.create(files=[["a.py", "<script>alert(1)</script>\n  if a < b:"], ["b.py", "second"]])
    page = superuser.get(f"{of(type(one).__name__.lower())}{one.pk}/change/").content.decode()
    assert "<pre>&lt;script&gt;alert(1)&lt;/script&gt;\n  if a &lt; b:</pre><p>b.py</p><pre>second</pre>" in page
    assert "<script>alert" not in page


def test_a_submission_that_waits_can_be_looked_at(superuser):
    one = SubmissionFactory.create(pending=True)
    assert "pending" in html(superuser.get(f"{of('submission')}{one.pk}/change/")).lower()


def test_nothing_of_a_password_is_shown(superuser):
    one = UserFactory.create()
    one.set_password("a secret of hers")
    one.save()
    page = html(superuser.get(f"{PEOPLE}{one.pk}/change/"))
    assert "Set." in page
    assert one.password.split("$")[-1][:6] not in page
    assert "md5" not in page
    assert "None." in html(superuser.get(f"{PEOPLE}{GuestFactory.create(password='!x').pk}/change/"))


def test_a_person_is_changed_and_what_the_site_keeps_is_not(superuser):
    one = GuestFactory.create()
    superuser.post(f"{PEOPLE}{one.pk}/change/", {"username": "renamed", "email": "", "is_guest": "", "is_active": "on"})
    one.refresh_from_db()
    assert (one.username, one.is_guest) == ("renamed", True)


def test_a_new_password_can_be_set(superuser):
    one = UserFactory.create()
    sent = {"password1": "never-guessed-8", "password2": "never-guessed-8", "usable_password": "true", "set-password": "1"}
    superuser.post(f"{PEOPLE}{one.pk}/password/", sent)
    one.refresh_from_db()
    assert one.check_password("never-guessed-8")


def test_who_is_no_superuser_makes_none(staff):
    one = UserFactory.create()
    powers = {"is_staff": "on", "is_superuser": "on", "user_permissions": Permission.objects.first().pk}
    staff.post(f"{PEOPLE}{one.pk}/change/", {"username": "renamed", "email": "", "is_active": "on", **powers})
    one.refresh_from_db()
    assert (one.username, one.is_staff, one.is_superuser) == ("renamed", False, False)
    assert not one.user_permissions.exists()


def test_who_is_no_superuser_leaves_them_alone(staff, root):
    before = root.password
    assert 'name="_save"' not in html(staff.get(f"{PEOPLE}{root.pk}/change/"))
    assert staff.post(f"{PEOPLE}{root.pk}/change/", {"username": "mine"}).status_code == 403
    sent = {"password1": "never-guessed-8", "password2": "never-guessed-8", "usable_password": "true"}
    assert staff.post(f"{PEOPLE}{root.pk}/password/", sent).status_code == 403
    assert staff.post(f"{PEOPLE}{root.pk}/delete/", {"post": "yes"}).status_code == 403
    staff.post(PEOPLE, {"action": "delete_selected", "_selected_action": root.pk, "post": "yes"})
    root.refresh_from_db()
    assert (root.username, root.password) == ("root", before)


# Deleting


@pytest.fixture
def learner() -> User:
    learner = GuestFactory.create(username="ada")
    for factory in FACTORIES.values():
        factory.create(learner=learner)
        factory.create()
    return learner


@pytest.mark.parametrize("by", ["superuser", "staff"])
def test_deleting_a_person_says_what_goes_and_takes_it_all(request, by, learner):
    client = request.getfixturevalue(by)
    asked = html(client.get(f"{PEOPLE}{learner.pk}/delete/"))
    assert "Are you sure" in asked
    assert "Submissions: 1" in asked
    assert client.post(f"{PEOPLE}{learner.pk}/delete/", {"post": "yes"})["Location"] == PEOPLE
    assert not User.objects.filter(pk=learner.pk).exists()
    assert [model.objects.count() for model in WORK] == [1] * len(WORK)
    assert "was deleted successfully" in html(client.get(PEOPLE))


def test_several_are_deleted_at_once(superuser, learner):
    other = GuestFactory.create()
    sent = {"action": "delete_selected", "_selected_action": [learner.pk, other.pk]}
    assert "Are you sure" in html(superuser.post(PEOPLE, sent))
    superuser.post(PEOPLE, {**sent, "post": "yes"})
    assert not User.objects.filter(pk__in=[learner.pk, other.pk]).exists()


def test_a_whole_page_of_people_can_be_deleted(superuser):
    """A form may have a hundred fields."""
    GuestFactory.create_batch(60)
    listed = [one.pk for one in superuser.get(PEOPLE).context["cl"].result_list if one.username != "root"]
    sent = {"action": "delete_selected", "_selected_action": listed, "post": "yes"}
    assert superuser.post(PEOPLE, sent).status_code == 302
    assert User.objects.count() == 61 - len(listed)
