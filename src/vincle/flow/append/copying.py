"""COPY in PostgreSQL's binary format: the fastest way in that it has, inside the transaction of the caller."""

import pgpq
import pyarrow as pa
from django.db import connection
from pgpq.encoders import StringEncoderBuilder
from pgpq.schema import Jsonb

ROWS = 20_000  # encoded at a time


def copy(table: pa.Table, into: str, *, json: frozenset[str] = frozenset()) -> None:
    """Put the rows of `table` into the columns of `into` that are called as its own, of the types that match
    (int64: bigint, string: text, or jsonb where `json` names it, double, bool, binary: bytea or uuid, timestamp).

    Errors are psycopg's own.
    """
    encoders = {
        field.name: StringEncoderBuilder.new_with_output(field, Jsonb())
        if field.name in json
        else pgpq.ArrowToPostgresBinaryEncoder.infer_encoder(field)
        for field in table.schema
    }
    encoder = pgpq.ArrowToPostgresBinaryEncoder.new_with_encoders(table.schema, encoders)
    columns = ", ".join(table.column_names)
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} ({columns}) FROM STDIN (FORMAT binary)") as stream:
        stream.write(encoder.write_header())
        for batch in table.to_batches(max_chunksize=ROWS):
            stream.write(encoder.write_batch(batch))
        stream.write(encoder.finish())
