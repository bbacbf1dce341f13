"""A struct survives its row, whatever is in it."""

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.daemon.examples import a_session, a_step

from softshoe.events import Session, Step
from softshoe.store.blocks import row_crc
from softshoe.store.rows import RowForm
from softshoe.store.tables import STEPS


@pytest.mark.parametrize(("kind", "example"), [(Step, a_step(3)), (Session, a_session())])
def test_a_struct_comes_back_from_its_row(kind: type[msgspec.Struct], example: object) -> None:
    form = RowForm(kind)
    assert form.struct(form.row(example)) == example  # type: ignore[arg-type]


def test_columns_are_named_and_ordered_as_the_fields() -> None:
    assert tuple(RowForm(Session).columns) == Session.__struct_fields__


@given(st.floats())
def test_a_number_that_is_not_finite_is_stored_as_null(number: float) -> None:
    stored = STEPS.row(a_step(1, valr_bw_s=number))["valr_bw_s"]
    assert stored == (number if math.isfinite(number) else None)


def test_a_column_added_later_has_the_default_of_its_field() -> None:
    old = STEPS.row(a_step(1)) | {"quality_reasons": None, "timing_quality": None}
    step = STEPS.struct(old)
    assert (step.quality_reasons, step.timing_quality) == ((), "good")


def test_a_checksum_ignores_columns_that_are_null_and_their_order() -> None:
    row = STEPS.row(a_step(1))
    turned = dict(reversed([*row.items(), ("sway_of_tomorrow_mm", None)]))
    assert row_crc(row) == row_crc(turned)
    assert row_crc(row) != row_crc(row | {"contact_ms": 230.0})
