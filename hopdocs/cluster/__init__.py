"""Other machines, by Dask distributed: the one that hands work on, those that do it, and our end of the line.

Everything that Dask would keep, show or write down is turned off (`quiet_dask`), and all that is sent is sealed.
"""
