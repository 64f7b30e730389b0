"""The grid that clerks know from Excel: paste, fill, frozen columns, filter row, findings in cells."""
