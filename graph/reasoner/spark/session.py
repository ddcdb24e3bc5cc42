"""A Spark session set up for inference."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from graph.reasoner.errors import ReasonerError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["spark_session"]


@contextmanager
def spark_session(master: str = "", *, partitions: int = 0) -> Iterator["SparkSession"]:
    """A session, stopped with the `with`.

    Arguments:
        master: the cluster as Spark names it (`spark://host:7077`, `yarn`, `local[2]`); what the environment is
            configured for, or else this machine, unless given.
        partitions: into how many parts shuffled data is cut; Spark's own default if 0.

    Raises:
        ReasonerError: Spark or Java is not there.
    """
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise ReasonerError("the engine spark is not installed", hint="pip install 'milcoop[spark]'") from error
    # Workers must run this very Python, or every task fails.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("milcoop infer")
    if master or "SPARK_MASTER" not in os.environ:
        builder = builder.master(master or "local[*]")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.ansi.enabled": "true",
        # Names of columns in double quotes, as in standard SQL.
        "spark.sql.ansi.doubleQuotedIdentifiers": "true",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        # Clauses of one premise name no condition between their table and the data.
        "spark.sql.crossJoin.enabled": "true",
        **({"spark.sql.shuffle.partitions": str(partitions)} if partitions else {}),
    }.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
    except (PySparkException, OSError) as error:
        raise ReasonerError(
            f"Spark cannot be started: {' '.join(str(error).split())[:200]}",
            hint="it needs Java 17: JAVA_HOME names it",
        ) from error
    session.sparkContext.setLogLevel("ERROR")
    try:
        yield session
    finally:
        session.stop()
