"""The doors: signing up, logging in and out, and the way there and back."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from accounts.models import User
from accounts.templatetags import accounts as tags
from lessons.models import Draft
from tests.factories import (
    PASSWORD,
    DraftFactory,
    GuestFactory,
    MemberFactory,
    UserFactory,
)
from tests.site.conftest import HTMX, LESSON, bench, code, words
from tests.site.doors import CHANGE, DELETE, EXPORT, HOME, LINK, LOGIN, LOGOUT, NEW, RESET, SIGNUP, first, html, token

pytestmark = pytest.mark.django_db


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
