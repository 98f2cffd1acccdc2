"""One file that holds a whole home, and the way back, on the same database engine or the other one.

The file is a tar, compressed with Zstandard: `tables/NAME.parquet` for every table, `files/...`, and last of all
`manifest.json` with what there is of each and the hash of every member. The mirror is not in it: it follows from
the log. Neither are sessions, computed readings, nor (unless asked for) secrets.
"""
