"""Mail goes out encrypted, to the server it is meant for, or not at all."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.exceptions import ImproperlyConfigured

from andon.config import env
from andon.mail.sending import send_waiting
from andon.people import notices
from andon.people.notices import Kind
from tests.cast import NOW
from tests.mail.server import Server, started

pytestmark = pytest.mark.django_db


def certificate(folder):
    """Of a server on this machine, signed by itself: paths of certificate and key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def encrypted(tmp_path, settings):
    """A server that takes mail after STARTTLS only."""
    cert, key = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    handler = Server()
    controller = started(handler, tls_context=context, require_starttls=True)
    handler.cert = cert
    settings.MAIL_GOES_OUT = True
    settings.MAILERS = {"default": env.mailer(f"smtp://localhost:{controller.port}")}
    yield handler
    controller.stop()


def tell(person):
    return notices.tell(person, key="k", kind=Kind.QUESTION, subject="x", text="y", now=NOW)


def test_a_server_that_is_who_it_says_gets_the_mail_encrypted(cast, encrypted, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(encrypted.cert))
    tell(cast.olga)
    assert send_waiting(lambda: NOW).sent == 1


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(cast, encrypted):
    tell(cast.olga)
    assert "certificate" in send_waiting(lambda: NOW).problem.lower()
    assert not encrypted.taken


def test_a_server_that_does_not_encrypt_gets_nothing(cast, goes_out, settings):
    settings.MAILERS = {"default": env.mailer(f"smtp://127.0.0.1:{goes_out.port}")}
    tell(cast.olga)
    assert "STARTTLS" in send_waiting(lambda: NOW).problem
    assert not goes_out.taken


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl_"),
    [
        ("smtp://u:p%40ss@mail.example.com", 587, True, False),
        ("smtps://mail.example.com", 465, False, True),
        ("smtp+plain://localhost", 25, False, False),
        ("smtps://mail.example.com:2465", 2465, False, True),
    ],
)
def test_an_address_of_a_server_is_taken_apart(url, port, tls, ssl_):
    options = env.mailer(url)["OPTIONS"]
    assert (options["port"], options["use_tls"], options["use_ssl"]) == (port, tls, ssl_)


def test_a_password_may_hold_any_sign():
    options = env.mailer("smtp://andon%40example.com:p%40s%2Fs@mail.example.com")["OPTIONS"]
    assert (options["username"], options["password"]) == ("andon@example.com", "p@s/s")


@pytest.mark.parametrize(
    "url", ["mail.example.com", "http://mail.example.com", "smtp://", "smtp://host:port", "smtp:host"]
)
def test_a_wrong_address_of_a_server_is_refused_with_an_example(url):
    with pytest.raises(ImproperlyConfigured, match="smtp://user:password@host:587"):
        env.mailer(url)


@pytest.mark.parametrize("name", ["ANDON_ADDRESS", "ANDON_MAIL_FROM"])
@pytest.mark.parametrize(
    "value", ["andon.example.com", "ftp://x", "Andon", "a+b@example.com", "x@", "https://x/?q=1"]
)
def test_a_wrong_address_or_sender_is_refused_with_an_example(monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured, match="write it like"):
        env.read(name)
