"""The notices of a course under way: what is agreed, what somebody waits for, who comes and who leaves."""
