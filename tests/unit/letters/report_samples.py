"""The reports about all families, of a project of sixty."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hopdocs.documents.kinds.project.reports.evaluation import fill_evaluation
from hopdocs.documents.kinds.project.reports.january import fill_january
from hopdocs.documents.kinds.project.reports.monthly import fill_monthly
from hopdocs.documents.kinds.project.reports.network import MunicipalityCourses, fill_network
from hopdocs.documents.kinds.project.reports.quarterly import fill_quarterly
from hopdocs.model.project import ReportKind
from tests.unit.documents.reports.many_courses import PROJECT, facts_of, many_courses
from tests.unit.figures.courses import sample_config
from tests.unit.letters.word_text import with_version

if TYPE_CHECKING:
    from hopdocs.documents.kinds.project.reports.network import NetvaerksstatusContext
    from hopdocs.documents.views import Context

DAY = date(2027, 8, 3)


def network() -> NetvaerksstatusContext:
    courses = many_courses(60)
    halves = {"Vesterlyng Kommune": courses[:35], "Østermarken Kommune": courses[35:]}
    found = [MunicipalityCourses(name=name, until=DAY, courses=half) for name, half in halves.items()]
    return fill_network(found, 2026, sample_config(), PROJECT_NAME)


PROJECT_NAME = str(PROJECT["name"])


def _case(context: Context) -> tuple[str, Context]:
    return context.document.kind, with_version(context, version=1, day=DAY)


REPORT_CASES: dict[str, tuple[str, Context]] = {
    "projektstatus": _case(fill_quarterly(facts_of(ReportKind.KVARTAL))),
    "projekt-maaned": _case(fill_monthly(facts_of(ReportKind.MÅNED, date(2027, 6, 9)))),
    "projekt-januar": _case(fill_january(facts_of(ReportKind.JANUAR))),
    "projekt-evaluering": _case(fill_evaluation(facts_of(ReportKind.AFSLUTNING))),
    "projekt-evaluering-faa": _case(fill_evaluation(facts_of(ReportKind.MIDTVEJS, number=4))),
    "projekt-netvaerk": _case(network()),
}
