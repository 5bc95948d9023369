"""Rows: what an expression or a few statements give back, evaluated as a list.

``seen`` of one database::

    {"kind": "instances" | "dicts" | "tuples" | "scalars" | "mixed" | "not_rows",
     "type": "QuerySet",                 # the answer's type, for messages
     "model": "bookshop.Book",           # instances only, else ""
     "columns": ["id", "title"],         # heads of the cells, for showing: fields and annotations, keys, or names if known
     "rows": [encoded row, …],           # at most ROWS_COMPARED
     "cells": [[encoded cell, …], …],    # the first ROWS_SHOWN rows, one cell a column
     "total": 12,
     "sequence": true,                   # false for a set, which has no order
     "keys": [[encoded key, …], …],      # one per row, only if options["order"] was given and rows are instances
     "value": encoded}                   # not_rows only: what came instead

``options``: ``{"order": ["price", "author__name"]}``, lookup paths (without the minus sign) to read from each instance; asked for
in the reference's run only.
"""
