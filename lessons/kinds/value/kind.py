"""The ``value`` kind: one value (or one expected exception) is compared with the reference's."""

from lessons.kinds import Kind
from lessons.kinds.value.compare import behaved, compare, same

KIND = Kind(name="value", checks=("value",), compare=compare, same=same, essence=behaved)
