"""Tables of stories: which column is what is guessed, and said.

columns.py        column names and values -> which of them are text, title, date, address, outlet
rows.py           rows by that mapping -> stories, problems by row, the account of the mapping
csv_rows.py       delimited text -> rows with their lines
delimited.py      CSV and its like -> rows
spreadsheets.py   the sheets of an .xlsx -> rows
"""
