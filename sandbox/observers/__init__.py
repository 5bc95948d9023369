"""Observers: what is looked at when code has run, one module for each, found by name.

A module offers ``observe(run) -> Mapping``: given a :class:`sandbox.run.Run` on one database, it runs the learner's code and
returns what it saw, in the encoded form, as its docstring describes. It is called once for every database of the job.
"""
