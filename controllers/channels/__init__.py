"""Reads what sales channels send: a file comes in, orders in our own words come out.

    document = open_document("orders.csv", data)
    adapter = recognise(document)              # or adapter_named("rezio")
    for raw in adapter.rows(document):
        raw.digest                             # cheap: known already?
        raw.order()                            # an Order, or why this row cannot be taken

Nothing here looks anything up or keeps anything: bytes in, orders out. One file a source.
"""

from controllers.channels.adapter import Adapter
from controllers.channels.documents import Document, Kind, open_document
from controllers.channels.raw import Raw
from controllers.channels.recognition import ADAPTERS, adapter_named, recognise

__all__ = ["ADAPTERS", "Adapter", "Document", "Kind", "Raw", "adapter_named", "open_document", "recognise"]
