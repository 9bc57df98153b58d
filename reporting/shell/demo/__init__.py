"""The whole year on the bundled example: the departments of an invented city err, are late, send twice."""

from reporting.shell.demo.departments import fill_in, read_sendings, zip_with_gbk_name
from reporting.shell.demo.year import run
