"""Published trip totals and their periods."""

from dashboard.trip_totals import how_totals_relate, trip_totals


def test_the_known_totals_are_among_them(dataset):
    figures = set(trip_totals(dataset)["figure"])
    assert {25, 27, 32, 49, 64, 70} <= figures


def test_a_larger_count_of_a_shorter_period_is_not_explained(dataset):
    about_70 = [text for text in how_totals_relate(dataset) if "about 70" in text and "64" in text]
    assert about_70[0].endswith("not explained by the periods.")


def test_at_least_leaves_room_for_a_larger_count(dataset):
    pair = [text for text in how_totals_relate(dataset) if "27" in text and "at least 25" in text]
    assert pair[0].endswith("the two can both hold.")


def test_single_calls_are_no_totals(dataset):
    assert (trip_totals(dataset)["figure"] >= 4).all()
