"""The routes out: one module a carrier, each taking a parcel and telling honestly what became of it."""
