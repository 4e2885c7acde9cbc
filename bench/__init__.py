"""What hopdocs costs beside what a user would pick instead: `make bench`, or `python -m bench [NAME…]`.

Every figure is a ratio within one run: the contenders take turns on the same input, on the same machine, in the same
minute, since a machine's speed drifts more between minutes than most differences are large. Nothing is kept: a
number from another day is not a result.
"""
