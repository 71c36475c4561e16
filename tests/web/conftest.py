"""Looking at pages and sending forms, of the `room` (a namespace of addresses) that a file of tests names."""

import pytest
from django.urls import reverse


@pytest.fixture
def page(client, room):
    def open_it(person, name, *args, query="", status=200):
        client.force_login(person)
        answer = client.get(reverse(f"{room}:{name}", args=args) + query)
        assert answer.status_code == status
        return answer.content.decode()

    return open_it


@pytest.fixture
def send(client, room):
    def post(who, address, /, *args, **fields):
        client.force_login(who)
        return client.post(reverse(f"{room}:{address}", args=args), fields)

    return post
