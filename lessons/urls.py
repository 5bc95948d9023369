from django.urls import include, path

from lessons.views import completions, exercises, health, lessons, previews, quizzes, staff, tries, worlds

app_name = "lessons"

bench = [
    path("check/", exercises.check, name="check"),
    path("run/", exercises.run, name="run"),
    path("chain/", exercises.chain, name="chain"),
    path("hint/", exercises.hint, name="hint"),
    path("reset/", exercises.reset, name="reset"),
    path("draft/", exercises.draft, name="draft"),
    path("keep/", exercises.keep_mine, name="keep-mine"),
    path("take/", exercises.take_other, name="take-other"),
    path("solution/", exercises.solution, name="solution"),
]

urlpatterns = [
    path("", lessons.shelf, name="shelf"),
    path("lessons/<slug:module>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("lessons/<slug:module>/<slug:lesson>/exercises/<slug:exercise>/", include(bench)),
    path("lessons/<slug:module>/<slug:lesson>/tries/<slug:example>/run/", tries.run, name="run-example"),
    path("lessons/<slug:module>/<slug:lesson>/quizzes/<slug:quiz>/", quizzes.answer, name="answer-quiz"),
    path("content/<path:path>", lessons.picture, name="picture"),
    path("worlds/<str:world>/", worlds.world, name="world"),
    path("worlds/<str:world>/completions.json", completions.completions, name="completions"),
    path("course.css", lessons.stylesheet, name="stylesheet"),
    path("staff/triage/", staff.overview, name="triage"),
    path("staff/triage/<slug:module>/<slug:lesson>/<slug:exercise>/", staff.exercise, name="triage-exercise"),
    path("leave/", previews.leave, name="leave-preview"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", health.robots, name="robots"),
]
