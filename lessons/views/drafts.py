"""Keeping what was typed, with every action and in between."""

from accounts.models import User
from lessons import services
from lessons.services import Keyed
from lessons.views.cards import Saved
from lessons.views.posted import Posted

STATUS = {Saved.CONFLICT: 409, Saved.REFUSED: 422}


def save(learner: User, item: Keyed, sent: Posted) -> Saved:
    """Keeps the code as the item's draft, unless it is refused or another tab has saved a different one."""
    if sent.refusal:
        return Saved.REFUSED
    try:
        services.save_draft(learner=learner, exercise=item, files=sent.files, version=sent.version, tab=sent.tab)
    except services.DraftConflict:
        return Saved.CONFLICT
    return Saved.YES
