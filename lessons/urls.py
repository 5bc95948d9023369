from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from lessons.reviews import ID
from lessons.views import (
    completions,
    exercises,
    health,
    keys,
    lessons,
    names,
    playground,
    previews,
    quizzes,
    review,
    search,
    staff,
    tries,
    world,
)

app_name = "lessons"


class Own(StringConverter):
    """What a lesson calls its exercise: ``odd-entries``."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"


class Back(StringConverter):
    """What it is called when it comes back: ``odd-entries--2``. So the two have benches at addresses of their own."""

    regex = ID.pattern


register_converter(Own, "own")
register_converter(Back, "back")

bench = [
    path("check/", exercises.check, name="check"),
    path("run/", exercises.run, name="run"),
    path("chain/", exercises.chain, name="chain"),
    path("hint/", exercises.hint, name="hint"),
    path("reset/", exercises.reset, name="reset"),
    path("draft/", exercises.draft, name="draft"),
    path("keep/", exercises.keep_mine, name="keep-mine"),
    path("take/", exercises.take_other, name="take-other"),
    path("others/", exercises.drop_others, name="drop-others"),
    path("solution/", exercises.solution, name="solution"),
]

pad = [
    path("run/", playground.run, name="pad-run"),
    path("chain/", playground.chain, name="pad-chain"),
    path("draft/", playground.draft, name="pad-draft"),
    path("keep/", playground.keep_mine, name="pad-keep-mine"),
    path("take/", playground.take_other, name="pad-take-other"),
    path("reset/", playground.reset, name="pad-reset"),
    path("share/", playground.share, name="share"),
]

urlpatterns = [
    path("", lessons.shelf, name="shelf"),
    path("lessons/<slug:module>/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("lessons/<slug:module>/<slug:lesson>/exercises/<own:exercise>/", include(bench)),
    path("lessons/<slug:module>/<slug:lesson>/tries/<slug:example>/run/", tries.run, name="run-example"),
    path("lessons/<slug:module>/<slug:lesson>/quizzes/<slug:quiz>/", quizzes.answer, name="answer-quiz"),
    path("playground/", playground.playground, name="playground"),
    path("playground/<slug:slug>/", playground.snippet, name="snippet"),
    path("playground/<slug:slug>/delete/", playground.delete, name="unshare"),
    path("playground/<slug:place>/", include(pad)),
    path("review/", review.today, name="review"),
    path("review/<slug:module>/<slug:lesson>/<back:exercise>/", review.bench, name="review-exercise"),
    path("review/<slug:module>/<slug:lesson>/<back:exercise>/", include(bench)),
    path("content/<path:path>", lessons.picture, name="picture"),
    path("worlds/<str:world>/", world.world, name="world"),
    path("worlds/<str:world>/completions.json", completions.completions, name="completions"),
    path("search/", search.search, name="search"),
    path("names/", names.names, name="names"),
    path("names/<slug:name>/", names.name, name="name"),
    path("keys/", keys.keys, name="keys"),
    path("course.css", lessons.stylesheet, name="stylesheet"),
    path("staff/triage/", staff.overview, name="triage"),
    path("staff/triage/<slug:module>/<slug:lesson>/<slug:exercise>/", staff.exercise, name="triage-exercise"),
    path("leave/", previews.leave, name="leave-preview"),
    path("healthz", health.healthz, name="healthz"),
    path("robots.txt", health.robots, name="robots"),
]
