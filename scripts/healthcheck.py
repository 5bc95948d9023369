"""Exits 0 when the site in this container answers that it is well."""

import os
import sys
from http.client import HTTPConnection

connection = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=4)
connection.request("GET", "/healthz", headers={"Host": "localhost"})
sys.exit(connection.getresponse().status != 200)
