"""Who is to do what: what was agreed at the meetings, and whose it is."""

from hopdocs.domain.tasks.agreed import Task, tasks_of, tasks_until, took_place
from hopdocs.domain.tasks.people import NamedPerson, find_person

__all__ = ["NamedPerson", "Task", "find_person", "tasks_of", "tasks_until", "took_place"]
