"""What is stored with people on the list and printed there: Chinese in every language of the window."""

from __future__ import annotations

# Why somebody gets no grade, by the category of the roster.
NOT_GRADED = {"probationary": "预备党员参加评议，不评定等次"}
LEFT = "已不在本组织名册"
