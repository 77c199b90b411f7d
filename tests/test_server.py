"""What the server does for many readers at the same time."""

from streamlit.testing.v1 import AppTest


def two_runs() -> None:
    import streamlit as st

    from dashboard.web.pages import own_pages

    ones, others = own_pages(), own_pages()
    same_address = [page.url_path for page in ones] == [page.url_path for page in others]
    same_page = bool({id(page) for page in ones} & {id(page) for page in others})
    st.text(f"{same_address} {same_page}")


def test_runs_share_no_page_so_two_readers_can_open_one_at_once():
    [told] = AppTest.from_function(two_runs, default_timeout=30).run().text
    assert told.value == "True False"
