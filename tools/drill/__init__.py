"""`make drill`: kill what runs the news, at random moments, and count what was lost or doubled."""
