"""Papers of what is over: a course that ended or stopped, and meetings that were held."""
