"""The small letters that a course needs: each exists while its event stands in the family's data.

A letter is about the latest event of its kind: who is tovholder now, what was taken back last. It bears the event's
own day, and the page lists it as one to deliver while that is news.
"""
