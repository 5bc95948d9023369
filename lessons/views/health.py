"""What machines ask the site."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lessons import checking, course
from sandbox.client import Status


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when learners can work here, else 503; either way with what was found."""
    database, content = _database(), _content()
    sandbox = checking.sandbox_status() if content["status"] == "ok" else Status("refused", "there is no content to run")
    well = database == "ok" and content["status"] == "ok" and sandbox.level != "refused"
    found = {"status": "ok" if well else "unwell", "database": database, "content": content, "sandbox": sandbox.level}
    if sandbox.note:
        found["sandbox_note"] = sandbox.note
    return JsonResponse(found, status=200 if well else 503)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nAllow: /\n", content_type="text/plain; charset=utf-8")


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _content() -> dict[str, object]:
    """A broken lesson takes down only itself, so it does not make the site unwell."""
    try:
        now = course.served()
    except OSError:
        return {"status": "missing"}
    broken = sum(lesson.broken for lesson in now.lessons)
    return {"status": "ok", "lessons": len(now.lessons), "broken": broken}
