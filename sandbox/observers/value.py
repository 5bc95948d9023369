"""Value: the one value that an expression or a few statements give back. ``seen``: ``{"value": encoded, "type": "int"}``.

An exception is the observation's ``error``, as everywhere.
"""
