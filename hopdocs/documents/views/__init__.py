"""What templates see: the values that the contexts of several kinds are made of, named as in the YAML files."""

from hopdocs.documents.views.drawing import Drawing, DrawnShape, ShapeKind
from hopdocs.documents.views.letterhead import AreaLine, ContactBox, Context, DocumentInfo, MunicipalityBox, Recipient
from hopdocs.documents.views.meeting import (
    AgendaLine,
    ChildLine,
    GuestView,
    InterpreterView,
    MeetingView,
    MovedView,
    Participant,
    ScopeLine,
)
from hopdocs.documents.views.minutes import AgreementLine, MinutesLine
from hopdocs.documents.views.network import CircleLine
from hopdocs.documents.views.plan import (
    ActivityLine,
    ChildPage,
    ClosingView,
    FamilyMemberView,
    GoalPath,
    GoalView,
    NetworkLine,
    OwnPoint,
    SectorPlanLine,
    SharingLine,
    StatusLine,
    StrengthLine,
    TeamLine,
    WeekLine,
)

__all__ = [
    "ActivityLine",
    "AgendaLine",
    "AgreementLine",
    "AreaLine",
    "ChildLine",
    "ChildPage",
    "CircleLine",
    "ClosingView",
    "ContactBox",
    "Context",
    "DocumentInfo",
    "Drawing",
    "DrawnShape",
    "FamilyMemberView",
    "GoalPath",
    "GoalView",
    "GuestView",
    "InterpreterView",
    "MeetingView",
    "MinutesLine",
    "MovedView",
    "MunicipalityBox",
    "NetworkLine",
    "OwnPoint",
    "Participant",
    "Recipient",
    "ScopeLine",
    "SectorPlanLine",
    "ShapeKind",
    "SharingLine",
    "StatusLine",
    "StrengthLine",
    "TeamLine",
    "WeekLine",
]
