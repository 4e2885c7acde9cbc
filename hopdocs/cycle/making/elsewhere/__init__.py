"""Work that can leave this machine: what is sent, what is done with it there, and what becomes of the answer here.

Two kinds of work can: a family's bytes and the settings become Word files, and a Word file becomes a PDF. Both are
functions of bytes, handed to a `concurrent.futures.Executor`. Whatever an executor does to them (loses, repeats, keeps
for ever), what stands here afterwards is the same: an answer is put in its place here, or the work is done here.
"""
