"""Django: what a framework in the hands of an attacker can reach."""

from tests.sandbox.attacks.attack import ERROR, OK, Attack

ABOUT = "django"
BOTH = ("landlock", "seccomp")

ATTACKS = [
    Attack(
        "reads every setting",
        ABOUT,
        """from django.conf import settings
[repr(vars(settings._wrapped)), settings.SECRET_KEY, settings.DATABASES]""",
        OK,
    ),
    Attack(
        "reads the environment",
        ABOUT,
        "[dict(os.environ), dict(os.environb), ctypes.c_char_p.in_dll(libc, 'program_invocation_name').value]",
        OK,
    ),
    Attack("reads how it was started", ABOUT, "[sys.argv, sys.orig_argv, sys.flags, sys.path, sys.executable]", OK),
    Attack(
        "imports the site",
        ABOUT,
        """import importlib
names = "site_config.settings.base accounts.models lessons.checking lessons.models lessons.hidden manage content".split()
got = [name for name in names if "Error" not in tried(importlib.import_module, name)]
if not got:
    raise PermissionError("none")
got""",
    ),
    Attack(
        "imports the site from where it is",
        ABOUT,
        """import importlib.util
def take(path):
    spec = importlib.util.spec_from_file_location("taken", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)
site = SITE_CODE[0].removesuffix("manage.py")
sys.path.insert(0, site)
sys.path_importer_cache.clear()
got = [*each(lambda: take(SECRETS[2]), lambda: __import__("manage"), lambda: __import__("site_config.settings.base"))]
got""",
        OK,
        BOTH,
    ),
    Attack(
        "reads what the packages of the site hold",
        ABOUT,
        """import importlib.metadata
[repr([*importlib.metadata.distributions()][:3]), __import__('pytest')]""",
        ERROR,
    ),
    Attack(
        "adds the site's database to the connections",
        ABOUT,
        """from django.db import connections
connections.databases["site"] = {**connections.databases["default"], "ENGINE": "django.db.backends.sqlite3", "NAME": SECRETS[1]}
def read():
    with connections["site"].cursor() as cursor:
        return cursor.execute("SELECT * FROM accounts_user").fetchall()
each(read)""",
        OK,
        BOTH,
    ),
    Attack(
        "changes the settings to the site's",
        ABOUT,
        """from django.conf import settings
from django.test import override_settings
def read():
    with override_settings(DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": SECRETS[1]}}):
        return sql("SELECT * FROM accounts_user")
each(read, lambda: settings.configure())""",
        OK,
    ),
    Attack(
        "includes a file in a template",
        ABOUT,
        """from django.template import Context, Engine
engine = Engine(dirs=[FOLDER, "/etc", FOLDER + "/site"])
def render(text):
    return engine.from_string(text).render(Context({}))
each(
    lambda: engine.get_template(".env").render(Context({})),
    lambda: render("{% include 'site/.env' %}"),
    lambda: render("{% extends 'passwd' %}"),
    lambda: render("{% debug %}"),
    lambda: render("{% load left %}"),
)""",
        OK,
        BOTH,
    ),
    Attack(
        "debugs by the page of errors",
        ABOUT,
        """from django.views.debug import ExceptionReporter
def page():
    try:
        1 / 0
    except ZeroDivisionError:
        return ExceptionReporter(None, *sys.exc_info()).get_traceback_text()
each(page)""",
        {"ok", "error"},
    ),
    Attack(
        "serves files by a view",
        ABOUT,
        """from django.http import FileResponse
from django.test import RequestFactory
from django.views.static import serve
each(
    lambda: b"".join(serve(RequestFactory().get("/"), "site/.env", FOLDER)),
    lambda: b"".join(FileResponse(open(SECRETS[0], "rb"))),
)""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "caches in files",
        ABOUT,
        """from django.core.cache.backends.filebased import FileBasedCache
each(lambda: FileBasedCache(FOLDER, {}).set('left', 1))""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "mails into files",
        ABOUT,
        """from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
each(lambda: EmailMessage("x", "y", "a@example.org", ["b@example.org"], connection=EmailBackend(file_path=FOLDER)).send())""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "stores files",
        ABOUT,
        """from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
storage = FileSystemStorage(FOLDER)
each(
    lambda: storage.save("left", ContentFile(b"x")),
    lambda: storage.open("site/.env").read(),
    lambda: storage.delete("victim"),
    lambda: storage.listdir("site"),
)""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "keeps sessions in files",
        ABOUT,
        """from django.contrib.sessions.backends.file import SessionStore
from django.conf import settings
settings.SESSION_FILE_PATH = FOLDER
each(lambda: SessionStore().create())""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "runs management commands",
        ABOUT,
        """from django.core.management import call_command
each(
    lambda: call_command("dumpdata", output=FOLDER + "/left"),
    lambda: call_command("startproject", "left", FOLDER),
    lambda: call_command("startapp", "left", FOLDER),
    lambda: call_command("dbshell"),
    lambda: call_command("shell", command=f"open({FOLDER!r} + '/left', 'w')"),
    lambda: call_command("loaddata", SECRETS[1]),
    lambda: call_command("inspectdb"),
)""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "runs a server",
        ABOUT,
        """from django.core.management import call_command
[call_command('runserver', '127.0.0.1:0', use_reloader=False)]""",
        {"error"},
    ),
    Attack(
        "makes migrations",
        ABOUT,
        """from django.core.management import call_command
call_command('makemigrations', 'library')
[]""",
        {"error", "ok"},
    ),
    Attack(
        "uploads to itself",
        ABOUT,
        """from django.core.files.uploadedfile import TemporaryUploadedFile
from django.test import RequestFactory
def upload():
    request = RequestFactory().post("/", {"file": open(SECRETS[0], "rb")})
    return request.FILES["file"].read()
each(upload, lambda: TemporaryUploadedFile("left", "text/plain", 1, "utf-8"))""",
        {"ok", "error"},
        BOTH,
    ),
    Attack(
        "lets the autoreloader look",
        ABOUT,
        """from django.utils import autoreload
[len(list(autoreload.iter_all_python_module_files())), autoreload.restart_with_reloader()]""",
        {"error", "crashed"},
    ),
    Attack(
        "reads its worlds' sources",
        ABOUT,
        """import inspect, library.seed
each(lambda: inspect.getsource(library.seed), lambda: text_of(library.seed.__file__))""",
        OK,
    ),
    Attack(
        "logs to a file and by mail",
        ABOUT,
        """import logging.config
each(lambda: logging.config.dictConfig({
    "version": 1,
    "handlers": {"left": {"class": "logging.FileHandler", "filename": FOLDER + "/left"}},
    "root": {"handlers": ["left"]},
}), lambda: logging.config.listen(0).start())""",
        OK,
        BOTH,
    ),
]
