"""The doctor's page shows what the doctor prints."""

from tests.daemon.doctor_pictures import PAGE, pictures, shown


def test_the_page_shows_what_is_printed():
    assert shown(PAGE.read_text()) == pictures()
