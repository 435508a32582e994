"""Registrable domains."""

import pytest

from registry.measure.domains import host_of, path_of, registrable_domain


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.example.co.uk/a?b#c", "example.co.uk"),
        ("http://user:secret@Blog.Example.COM:8080/", "example.com"),
        ("example.org/page", "example.org"),
        ("https://someone.github.io/", "github.io"),
        ("http://192.168.1.1/x", "192.168.1.1"),
        ("https://[2001:db8::1]/", "2001:db8::1"),
        ("https://münchen.de/", "xn--mnchen-3ya.de"),
        ("https://example.com./", "example.com"),
        ("co.uk", None),
        ("localhost", None),
        ("not a url", None),
        ("", None),
        ("http://[broken", None),
        ("http://" + "a" * 300 + ".com", None),
    ],
)
def test_domain_of_a_url(url: str, domain: str | None) -> None:
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("url", "host", "path"),
    [
        ("https://user:secret@WWW.Example.com:8080/a?b#c", "www.example.com", "/a?b"),
        ("Example.com.", "example.com", "/"),
        ("example.com/", "example.com", "/"),
        ("https://example.com?b", "example.com", "/?b"),
        ("localhost/a", None, "/a"),
    ],
)
def test_host_and_path_of_an_address(url: str, host: str | None, path: str) -> None:
    assert (host_of(url), path_of(url)) == (host, path)
