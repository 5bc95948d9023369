"""The doors: signing up, logging in and out, a password, and what somebody may do with what is theirs."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from accounts.models import LoginEvent, User
from accounts.templatetags import accounts as tags
from lessons.models import Draft, Progress, Submission
from tests.factories import (
    PASSWORD,
    DraftFactory,
    GuestFactory,
    LoginEventFactory,
    MemberFactory,
    ProgressFactory,
    QuizAnswerFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.site.conftest import HTMX, LESSON, bench, code, words

pytestmark = pytest.mark.django_db

HOME, LOGIN, SIGNUP, LOGOUT = "/accounts/", "/accounts/login/", "/accounts/signup/", "/accounts/logout/"
CHANGE, RESET = "/accounts/password/change/", "/accounts/password/reset/"
EXPORT, DELETE, LINK = "/accounts/export/", "/accounts/delete/", "/staff/reset-link/"
NEW = {"email": "ada@example.org", "password1": PASSWORD}
What = LoginEvent.What


@pytest.fixture
def account(db) -> User:
    return MemberFactory.create()


@pytest.fixture
def member(client: Client, account: User) -> Client:
    client.post(LOGIN, words(account))
    return client


def html(response) -> str:
    return response.content.decode()


def first(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found
    return found[0]


def events(user: User | None = None) -> list[str]:
    return list(LoginEvent.objects.filter(user=user).order_by("pk").values_list("what", flat=True))


def token(browser: Client) -> str:
    return browser.cookies["csrftoken"].value


# Signing up


def test_a_visitor_signs_up_and_is_logged_in(client):
    assert client.post(SIGNUP, NEW)["Location"] == "/"
    user = User.objects.get()
    assert (user.email, user.username, user.is_guest) == ("ada@example.org", "ada", False)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert "ada</a>" in html(client.get("/"))


def test_a_guest_who_signs_up_is_the_same_user_with_the_same_work(signed_in, guest):
    DraftFactory.create(learner=guest)
    User.objects.filter(pk=guest.pk).update(guest_key="a key")
    signed_in.post(SIGNUP, NEW)
    user = User.objects.get()
    assert (user.pk, user.is_guest, user.guest_key, user.username) == (guest.pk, False, None, "ada")
    assert Draft.objects.get().learner == user
    assert signed_in.session["_auth_user_id"] == str(guest.pk)
    assert signed_in.get(HOME).context["user"] == user


def test_who_signed_up_logs_in_from_another_browser_and_finds_the_work(signed_in, guest):
    DraftFactory.create(learner=guest, files=[["answer.py", "half_typed"]])
    signed_in.post(SIGNUP, NEW)
    elsewhere = Client()
    elsewhere.post(LOGIN, {"login": "Ada@Example.org", "password": PASSWORD})
    assert "half_typed</textarea>" in html(elsewhere.get(LESSON))


def test_a_lesson_that_is_open_in_another_tab_goes_on_working_after_sign_up_and_login():
    browser = Client(enforce_csrf_checks=True)
    browser.get(LESSON)
    stale = token(browser)
    browser.post(bench("draft"), code("one"), headers={**HTMX, "X-CSRFToken": stale})
    browser.post(SIGNUP, {**NEW, "csrfmiddlewaretoken": token(browser)})
    for text in ("two", "three"):
        sent = browser.post(bench("draft"), code(text, version=1), headers={**HTMX, "X-CSRFToken": token(browser)})
        assert sent.status_code == 200
    assert Draft.objects.get().files == [["answer.py", "three"]]
    browser.post(LOGOUT, {"csrfmiddlewaretoken": token(browser)})
    browser.get(LOGIN)
    browser.post(LOGIN, {"login": "ada", "password": PASSWORD, "csrfmiddlewaretoken": token(browser)})
    sent = browser.post(bench("draft"), code("four", version=1), headers={**HTMX, "X-CSRFToken": token(browser)})
    assert (sent.status_code, User.objects.count()) == (200, 1)
    assert browser.post(bench("draft"), code("five"), headers={**HTMX, "X-CSRFToken": stale}).status_code == 403


def test_what_is_wrong_is_said_above_and_at_its_field_and_nothing_typed_is_lost_but_the_password(client):
    page = html(client.post(SIGNUP, {"email": "ada", "password1": "sh0rt"}))
    assert "<title>Error: " in page
    assert 'value="ada"' in page
    assert "sh0rt" not in page
    for name, words_at_it in (("email", "valid email"), ("password1", "too short")):
        field = first(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert 'aria-invalid="true"' in field
        assert f"id_{name}_error" in first(r'(?<=aria-describedby=")[^"]*', field).split()
        assert words_at_it in page.partition(f'id="id_{name}_error"')[2][:200]
        assert f'<a href="#id_{name}">' in page.partition('role="alert"')[2].partition("</ul>")[0]
    assert page.count("autofocus") == 1
    assert "autofocus" in first(r'<input[^>]*name="email"[^>]*>', page)


@pytest.mark.parametrize(
    ("address", "completed"),
    [
        (SIGNUP, {"email": "email", "password1": "new-password"}),
        (LOGIN, {"login": "username", "password": "current-password"}),
        (CHANGE, {"oldpassword": "current-password", "password1": "new-password", "whose": "username"}),
        (RESET, {"email": "email"}),
        (DELETE, {"password": "current-password", "whose": "username"}),
    ],
)
def test_every_field_has_a_label_and_says_what_a_browser_may_fill_in(member, address, completed):
    page = html(member.get(address))
    for name, value in completed.items():
        field = first(rf'<input[^>]*name="{name}"[^>]*>', page)
        assert f'autocomplete="{value}"' in field
        assert "placeholder" not in field
        assert " hidden" in field or f'<label for="id_{name}">' in page


def test_a_taken_email_is_said_to_be_and_the_guest_stays_a_guest(signed_in, guest, account):
    page = html(signed_in.post(SIGNUP, {**NEW, "email": account.email.upper()}))
    assert "There is an account with this email already" in page
    guest.refresh_from_db()
    assert guest.is_guest


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_makes_one_account():
    guest, first, together = GuestFactory.create(), Client(), Barrier(2)
    first.force_login(guest)
    cookie = first.cookies["sessionid"].value

    def sign_up(_: int) -> int:
        tab = Client()
        tab.cookies["sessionid"] = cookie
        together.wait()
        try:
            return tab.post(SIGNUP, NEW).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = list(pool.map(sign_up, range(2)))
    assert 302 in statuses
    assert set(statuses) <= {200, 302}
    assert User.objects.get(pk=guest.pk).email == NEW["email"]


def test_two_people_whose_emails_begin_alike_have_different_names():
    for domain in ("example.org", "example.com"):
        Client().post(SIGNUP, {**NEW, "email": f"ada@{domain}"})
    assert User.objects.values("username").distinct().count() == 2


# Logging in and out


def test_who_logs_in_stays_so_for_a_year(member):
    assert member.session.get_expiry_age() > 364 * 24 * 3600


def test_staff_stay_logged_in_for_twelve_hours(client):
    staff = MemberFactory.create(is_staff=True)
    client.post(LOGIN, words(staff))
    assert client.session.get_expiry_age() <= 12 * 3600


def test_a_wrong_password_and_an_unknown_email_hear_the_same(client, account):
    heard = [
        html(client.post(LOGIN, words(account, **change))) for change in ({"password": "no"}, {"login": "nobody@example.org"})
    ]
    said = [page.partition('role="alert">')[2].partition("</div>")[0] for page in heard]
    assert said[0] == said[1] != ""
    assert f'value="{account.email}"' in heard[0]


def test_a_guest_has_no_password_to_log_in_with(client, guest):
    assert "do not belong together" in html(client.post(LOGIN, {"login": guest.username, "password": "!"}))


def test_logging_out_needs_a_click_and_a_token(account):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(account)
    assert "Your work is saved" in html(browser.get(LOGOUT))
    assert browser.post(LOGOUT).status_code == 403
    assert "_auth_user_id" in browser.session
    browser.post(LOGOUT, {"csrfmiddlewaretoken": token(browser)})
    assert "_auth_user_id" not in browser.session


def test_a_guest_is_never_logged_out(signed_in, guest):
    """Nothing would lead back to the work."""
    assert "nothing to log out of" in html(signed_in.get(LOGOUT))
    assert signed_in.post(LOGOUT)["Location"] == HOME
    assert signed_in.session["_auth_user_id"] == str(guest.pk)


@pytest.mark.parametrize("address", [LOGIN, SIGNUP])
@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "javascript:alert(1)", "http:evil.example"],
)
def test_no_door_leads_to_another_site(client, account, address, elsewhere):
    response = client.post(address, {**NEW, **words(account), "next": elsewhere, "email": "new@example.org"})
    assert response["Location"] == "/"


@pytest.mark.parametrize(("address", "field"), [(LOGIN, "login"), (SIGNUP, "email"), (RESET, "email")])
def test_a_form_that_grew_old_in_another_tab_is_shown_again_with_the_email(address, field):
    """A first action in another tab has made a guest meanwhile, and with it the form's token stale."""
    browser = Client(enforce_csrf_checks=True)
    browser.get(address)
    stale = token(browser)
    browser.post(bench("draft"), code("x"), headers={**HTMX, "X-CSRFToken": stale})
    sent = {field: "ada@example.org", "password": PASSWORD, "next": LESSON, "csrfmiddlewaretoken": stale}
    response = browser.post(address, sent)
    assert response.status_code == 403
    page = html(response)
    assert PASSWORD not in page
    assert f'<form method="get" action="{address}">' in page
    for name, value in ((field, "ada@example.org"), ("next", LESSON)):
        assert f'<input type="hidden" name="{name}" value="{value}">' in page
    again = browser.get(address, {field: "ada@example.org", "next": LESSON})
    assert 'value="ada@example.org"' in html(again)
    assert "ada@example" not in html(browser.post(address, sent, headers={"Sec-Fetch-Site": "cross-site"}))


@pytest.mark.parametrize("address", [LOGIN, SIGNUP])
def test_a_door_leads_back_to_the_lesson(client, account, address):
    page = html(client.get(f"{address}?next={LESSON}"))
    assert f'<input type="hidden" name="next" value="{LESSON}">' in page
    assert client.post(address, {**NEW, **words(account), "next": LESSON})["Location"] == LESSON


def test_logging_in_gives_the_session_another_name(client, account):
    client.get(LOGIN)
    client.post(bench("draft"), code("x"))
    before = client.cookies["sessionid"].value
    client.post(LOGIN, words(account))
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


# The bar


def test_the_bar_offers_visitors_and_guests_to_save_and_tells_members_their_name(client, guest, account):
    link = f'<a class="account" href="{SIGNUP}?next=%2Flessons%2Fmodels%2Fquerysets%2F">Save my progress</a>'
    assert link in html(client.get(LESSON))
    client.force_login(guest)
    assert link in html(client.get(LESSON))
    client.force_login(account)
    assert f'<a class="account" href="{HOME}">{account.username}</a>' in html(client.get(LESSON))


def test_from_one_door_to_another_the_way_back_is_kept(client):
    assert f'href="{SIGNUP}?next=%2Fx%2F"' in html(client.get(f"{LOGIN}?next=/x/"))
    assert f'href="{LOGIN}?next=%2Fx%2F"' in html(client.get(f"{SIGNUP}?next=/x/"))
    assert f'class="account" href="{SIGNUP}"' in html(client.get("/nowhere"))


def test_a_page_for_visitors_does_not_vary_by_cookie_for_the_bars_sake(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/nowhere")
    assert "Cookie" not in response.get("Vary", "")


def test_a_database_that_is_gone_makes_a_visitor_of_everybody():
    class Gone:
        path = "/"
        COOKIES = {"sessionid": "x"}

        @property
        def user(self) -> User:
            raise OperationalError

    assert tags.account_name({"request": Gone()}) == ""
    assert tags.account_name({}) == ""


# The password


def test_a_password_is_changed_and_ends_the_other_sessions(member, account):
    elsewhere = Client()
    elsewhere.post(LOGIN, words(account))
    response = member.post(CHANGE, {"oldpassword": PASSWORD, "password1": "another swinging one"}, follow=True)
    assert "Your password is changed" in html(response)
    assert member.get(CHANGE).status_code == 200
    assert elsewhere.get(CHANGE).status_code == 302
    assert Client().post(LOGIN, words(account, password="another swinging one")).status_code == 302
    assert events(account)[-2:] == [What.PASSWORD_CHANGED, What.LOGGED_IN]


def test_a_password_is_not_changed_without_the_one_now(member, account):
    page = html(member.post(CHANGE, {"oldpassword": "guessed", "password1": "another swinging one"}))
    assert "This is not your password now" in page
    assert "guessed" not in page
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize("address", [CHANGE, "/accounts/password/set/", "/accounts/github/"])
def test_guests_and_visitors_are_asked_to_log_in_first(client, guest, address):
    assert client.get(address)["Location"] == f"{LOGIN}?next={address}"
    client.force_login(guest)
    assert client.post(address, {"password1": PASSWORD})["Location"] == f"{LOGIN}?next={address}"
    guest.refresh_from_db()
    assert not guest.has_usable_password()


def mailed_link() -> str:
    (one,) = mail.outbox
    return first(r"(?<=http://testserver)\S+", str(one.body))


def opened(browser: Client, link: str) -> str:
    """Where the form of a link is; the link itself is left at once, for nothing on the page to pass it on."""
    response = browser.get(link)
    assert response.status_code == 302
    assert "set-password" in response["Location"]
    return response["Location"]


def test_a_forgotten_password_is_mended_by_mail(client, account):
    assert client.post(RESET, {"email": account.email})["Location"] == f"{RESET}done/"
    form = opened(client, mailed_link())
    assert client.post(form, {"password1": "another swinging one"})["Location"] == "/"
    assert client.session["_auth_user_id"] == str(account.pk)
    assert events(account) == [What.PASSWORD_CHANGED, What.LOGGED_IN]
    assert "opens nothing" in html(Client().get(mailed_link()))


def test_nobody_learns_from_it_who_has_an_account(client, account):
    known = client.post(RESET, {"email": account.email})
    unknown = client.post(RESET, {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert ["There is no account" in str(one.body) for one in mail.outbox] == [False, True]


def test_a_guest_who_opens_a_link_takes_the_work_along(signed_in, guest, account):
    DraftFactory.create(learner=guest)
    signed_in.post(RESET, {"email": account.email})
    signed_in.post(opened(signed_in, mailed_link()), {"password1": "another swinging one"})
    assert Draft.objects.get().learner == account
    assert not User.objects.filter(pk=guest.pk).exists()


def test_a_link_opens_nothing_after_a_day(client, account, settings):
    client.post(RESET, {"email": account.email})
    assert settings.PASSWORD_RESET_TIMEOUT == 24 * 3600
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "opens nothing" in html(client.get(mailed_link()))


def test_a_site_without_mail_says_so_and_sends_none(client, account, settings):
    settings.WOODSHED_MAIL = False
    for response in (client.get(RESET), client.post(RESET, {"email": account.email})):
        assert "This site sends no mail" in html(response)
        assert 'name="email"' not in html(response)
    assert mail.outbox == []


def test_mail_that_cannot_be_sent_is_said_to_be(client, account, monkeypatch):
    def refuse(*_) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    response = client.post(RESET, {"email": account.email})
    assert response.status_code == 503
    assert "could not be sent just now" in html(response)
    assert f'value="{account.email}"' in html(response)


# Links that staff hand out


@pytest.fixture
def staff(db) -> User:
    return MemberFactory.create(is_staff=True)


def made(browser: Client, name: str) -> str:
    page = html(browser.post(LINK, {"name": name}))
    found = re.search(r'value="http://testserver(/accounts/password/reset/key/[^"]+)"', page)
    return found[1] if found else ""


@pytest.mark.parametrize("named_by", ["email", "username"])
def test_staff_make_a_link_that_works_once(client, staff, account, named_by):
    client.force_login(staff)
    link = made(client, f" {getattr(account, named_by)} ")
    learner = Client()
    learner.post(opened(learner, link), {"password1": "another swinging one"})
    assert learner.session["_auth_user_id"] == str(account.pk)
    assert "opens nothing" in html(Client().get(link))
    event = LoginEvent.objects.get(what=What.LINK_MADE)
    assert (event.user, event.by, event.address) == (account, staff, "127.0.0.1")
    assert link not in html(client.get(LINK))


@pytest.mark.parametrize("of", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}], ids=["staff", "a superuser"])
def test_only_a_superuser_makes_a_link_for_staff(client, staff, of):
    other = MemberFactory.create(**of)
    client.force_login(staff)
    assert made(client, other.email) == ""
    client.force_login(MemberFactory.create(is_staff=True, is_superuser=True))
    assert made(client, other.email)


def test_a_link_is_for_an_account_that_is_there_and_open(client, staff, guest):
    client.force_login(staff)
    MemberFactory.create(email="off@example.org", is_active=False)
    for name in ("nobody@example.org", guest.username, "off@example.org", ""):
        assert made(client, name) == ""
    assert not LoginEvent.objects.filter(what=What.LINK_MADE).exists()


def test_the_page_for_links_is_for_staff(client, guest, account):
    for _ in range(2):
        assert client.post(LINK, {"name": account.email})["Location"] == f"{LOGIN}?next={LINK}"
        client.force_login(guest)
    client.force_login(account)
    assert client.post(LINK, {"name": account.email}).status_code == 404


def test_a_link_is_made_on_the_command_line(capsys, account):
    call_command("reset_link", account.email, site="https://learn.example/")
    address = capsys.readouterr().out.strip()
    assert address.startswith("https://learn.example/accounts/password/reset/key/")
    opened(Client(), address.removeprefix("https://learn.example"))
    assert events(account) == [What.LINK_MADE]
    with pytest.raises(CommandError, match="There is no account"):
        call_command("reset_link", "nobody")


# Your account


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


# What staff can read of it


def test_what_happens_at_the_doors_is_stored_with_address_and_browser(client):
    client.post(SIGNUP, NEW, headers={"User-Agent": "A browser " + "x" * 500})
    client.post(LOGOUT)
    client.post(LOGIN, {"login": "ADA", "password": "wrong"})
    client.post(LOGIN, {"login": "ada", "password": PASSWORD})
    user = User.objects.get()
    assert events(user) == [What.SIGNED_UP, What.LOGGED_IN, What.LOGGED_OUT, What.FAILED, What.LOGGED_IN]
    first = LoginEvent.objects.earliest("pk")
    assert (first.address, len(first.agent), first.agent[:9]) == ("127.0.0.1", 200, "A browser")


def test_nothing_that_was_typed_is_stored_of_a_login_that_belongs_to_nobody(client):
    client.post(LOGIN, {"login": "my secret, in the wrong field", "password": "another"})
    event = LoginEvent.objects.get()
    assert (event.what, event.user) == (What.FAILED, None)
    assert "secret" not in json.dumps(LoginEvent.objects.values().get(), default=str)


def test_the_log_names_neither_password_nor_session(client, monkeypatch):
    lines = []
    monkeypatch.setattr(
        "accounts.events.log", type("Log", (), {"info": staticmethod(lambda event, **fields: lines.append(fields))})
    )
    client.post(SIGNUP, NEW)
    user = User.objects.get()
    assert [line["what"] for line in lines] == ["signed up", "logged in"]
    assert all(line["account"] == user.pk and line["address"] == "127.0.0.1" for line in lines)
    assert PASSWORD not in str(lines)
    assert str(client.session.session_key) not in str(lines)


def test_making_a_guest_is_no_event(client):
    client.post(bench("draft"), code("x"))
    assert not LoginEvent.objects.exists()


def test_events_are_deleted_after_ninety_days(capsys):
    kept = LoginEventFactory.create(time=timezone.now() - timedelta(days=89))
    LoginEventFactory.create(time=timezone.now() - timedelta(days=91))
    call_command("delete_login_events")
    assert list(LoginEvent.objects.all()) == [kept]
    assert capsys.readouterr().out == "Login events deleted: 1\n"
    call_command("delete_login_events", days=7)
    assert not LoginEvent.objects.exists()


# No page is another's


@pytest.mark.parametrize("name", ["account_email", "account_reauthenticate", "account_confirm_email", "socialaccount_login"])
def test_what_there_is_no_page_for_has_no_address(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_every_page_at_the_doors_is_this_sites(member, account):
    """Each address there is, once as a visitor, a guest and a member: in the site's look, or sent elsewhere in the site."""
    ways = [pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "accounts/"]
    names = [way.name for way in ways[0].url_patterns if getattr(way, "name", None) and "from_key" not in str(way.name)]
    addresses = [reverse(name) for name in names] + [f"{RESET}key/1-a-b/", HOME, EXPORT, DELETE, "/accounts/deleted/", LINK]
    guest = Client()
    guest.force_login(GuestFactory.create())
    assert len(addresses) > 12
    for browser in (Client(), guest, member):
        for address in addresses:
            response = browser.get(address)
            if response.status_code in (301, 302):
                assert response["Location"].startswith("/")
            elif address != EXPORT:
                assert response.status_code in (200, 401, 404)
                assert '<header class="top">' in html(response)
                assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html(response))
                assert "unsafe" not in response["Content-Security-Policy"]


@pytest.mark.parametrize("address", [HOME, LOGIN, SIGNUP, EXPORT, DELETE])
def test_no_page_with_somebodys_on_it_is_kept_by_a_browser(member, address):
    assert "no-store" in member.get(address)["Cache-Control"]


def test_a_plain_user_without_email_still_has_a_page(client):
    client.force_login(UserFactory.create())
    assert client.get(HOME).status_code == 200
