"""A step as one row of a file: the same columns in the same order, whatever the format."""

from softshoe.events import Step

Row = dict[str, object]

_FIRST = ("step", "t_s", "side")
COLUMNS = (*_FIRST, *(name for name in Step.__struct_fields__ if name not in _FIRST))


def row(step: Step) -> Row:
    """Each column's value; numbers to six decimals, which is finer than any of them is known."""
    return {name: rounded(getattr(step, name)) for name in COLUMNS}


def rounded(value: object) -> object:
    """The value with every float in it, however deep, to six decimals; tuples become lists."""
    match value:
        case float():
            return round(value, 6)
        case list() | tuple():
            return [rounded(item) for item in value]
        case dict():
            return {key: rounded(item) for key, item in value.items()}
    return value
