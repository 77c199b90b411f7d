"""What the server does for many readers at the same time."""

from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest

from dashboard.web.asgi import keep_downloads


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


def media_files(seconds: float) -> MediaFileManager:
    """Return a server's media files with one download that was just made."""
    manager = MediaFileManager(MemoryMediaFileStorage("/media"))
    keep_downloads(manager, seconds)
    made = manager.add_deferred(lambda: b"content", "text/csv", "1", "a.csv")
    manager.execute_deferred(made)
    return manager


def kept(manager: MediaFileManager) -> int:
    """Return how many files are left when the pages of three other readers have run."""
    for _ in range(3):
        manager.remove_orphaned_files()
    return len(manager._file_metadata)


def test_a_download_outlives_the_runs_of_other_readers():
    assert kept(media_files(seconds=30)) == 1


def test_a_download_does_not_stay_for_ever():
    assert kept(media_files(seconds=0)) == 0
