"""Five-star members (五星党员): who declared what, and how far each star has come."""
