"""The closure of graphs that no single machine holds: the same rules, compiled to the same SQL, run by Apache Spark.

session.py    a Spark session set up for this
tables.py     the tables that `SqlFixpoint` asks for
terms.py      terms as numbers and back, worked out where the data is
closing.py    files in, files out
"""

from graph.reasoner.spark.closing import SparkClosure, close_files

__all__ = ["SparkClosure", "close_files"]
