"""probe"""
import pytest
from models.reservations import Status
from tests.builders import *
from controllers.journal import verify
@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("sold_by", ["direct","kkday","octo"])
def test_x(desk, status, sold_by):
    a_product(desk)
    i = a_reservation(desk, status, sold_by=sold_by, party=3)
    r = reservation(desk, i)
    assert r.party == 3 and r.departure_id
    print(letters(desk,i), payments(desk,i), refunds(desk,i))
    assert all(c.broken_at is None for c in verify(desk=desk))
