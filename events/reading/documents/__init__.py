"""Documents to stories.

office.py   what a zip of XML is (DOCX, XLSX, or none that is read), its parts weighed before a library sees them
word.py     DOCX -> plain text with its headings marked -> stories
pdf.py      PDF -> plain text without running heads -> stories
"""
