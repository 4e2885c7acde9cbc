"""One module a kind of document: when it is wanted, what it shows, and all else in which kinds differ.

(No postponed annotations in a kind's module: its template is checked against the types of its context at run time.)
"""
