"""How each number is made."""

from dashboard.web.frame import page_title
from dashboard.web.method_page import method_text

page_title("Method", "How each number is made, what the words mean, and what not to conclude.")
method_text()
