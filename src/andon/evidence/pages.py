"""The pages of a dossier: a PDF with the ledger's extract attached, signed as a whole with the ledger's key."""

import io
import logging
from datetime import UTC, datetime, timedelta

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID

from andon.evidence.files import Unreadable

FIELD = "Andon"
BEGINS = datetime(2020, 1, 1, tzinfo=UTC)


def attach(pdf: bytes, name: str, content: bytes) -> bytes:
    """The PDF with a file in it."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        opened.attachments[name] = pikepdf.AttachedFileSpec(
            opened, content, filename=name, mime_type="application/json", relationship=pikepdf.Name.Data
        )
        out = io.BytesIO()
        opened.save(out)
    return out.getvalue()


def attached(pdf: bytes, name: str) -> bytes:
    """A file in a PDF. Raises Unreadable."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if name not in opened.attachments:
                raise Unreadable(f"This PDF holds no {name}, so there is nothing to check it against.")
            return opened.attachments[name].get_file().read_bytes()
    except (pikepdf.PdfError, pikepdf.PasswordError):
        raise Unreadable("This PDF cannot be opened: it was cut off, or damaged.") from None


def sign(pdf: bytes, key: Ed25519PrivateKey) -> bytes:
    """The PDF signed over every byte."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    what = PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha512", reason="Nothing was altered since.")
    return sign_pdf(writer, what, signer=_signer(key)).getvalue()


def _signer(key: Ed25519PrivateKey):
    from asn1crypto import keys
    from asn1crypto import x509 as asn1
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    der = serialization.Encoding.DER
    pkcs8 = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SimpleSigner(
        signing_cert=asn1.Certificate.load(_certificate(key).public_bytes(der)),
        signing_key=keys.PrivateKeyInfo.load(pkcs8),
        cert_registry=SimpleCertificateStore(),
    )


def _certificate(key: Ed25519PrivateKey) -> x509.Certificate:
    """It names nobody: what counts is the key in it."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Ledger of Andon")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(BEGINS).not_valid_after(BEGINS + timedelta(days=36500))
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only",
         "decipher_only"), False,
    )  # fmt: skip
    uses = x509.KeyUsage(digital_signature=True, content_commitment=True, **usage)
    return made.add_extension(uses, critical=True).sign(key, None)


def problems(pdf: bytes, key: str) -> list[str]:
    """What is wrong with the pages; empty when they are as they were signed, with `key`."""
    for library in ("pyhanko", "pyhanko_certvalidator", "pikepdf"):
        logging.getLogger(library).setLevel(
            logging.CRITICAL
        )  # what they would say is said below, in a sentence
    try:
        return list(_problems(pdf, key))
    except Exception:  # whatever a damaged file does to the library that reads it
        return ["The signature over the pages cannot be read: the file was altered."]


def _problems(pdf: bytes, key: str):
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    signatures = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    if len(signatures) != 1:
        yield "The pages are not signed, so what they say cannot be checked."
        return
    signed = signatures[0]
    if _holder(signed.signer_cert.dump()) != key:
        yield "The pages were signed with another key than the ledger."
    if not _is_framed(pdf, signed.byte_range):
        yield "The signature over the pages was altered."
    status = validate_pdf_signature(
        signed, ValidationContext(trust_roots=[signed.signer_cert], allow_fetching=False)
    )
    if not (status.intact and status.valid):
        yield "The pages were altered after they were signed."
    elif status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        yield "Something was added to the pages after they were signed."


def _holder(certificate: bytes) -> str:
    """The key of a certificate that it signed itself. Raises InvalidSignature where it did not."""
    read = x509.load_der_x509_certificate(certificate)
    holder = read.public_key()
    holder.verify(read.signature, read.tbs_certificate_bytes)
    return holder.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()


def _is_framed(pdf: bytes, covered: tuple[int, ...]) -> bool:
    """What the signature leaves out is the signature: not a digit of it, nor behind it, is anything else."""
    gap = pdf[covered[0] + covered[1] : covered[2]]
    digits = gap[1:-1]
    content = bytes.fromhex(digits.decode("ascii"))
    found = cms.ContentInfo.load(content, strict=False)
    size = len(found.dump())
    framed = gap[:1] == b"<" and gap[-1:] == b">" and digits == digits.upper()
    return framed and not any(content[size:]) and _is_usual(found)


def _is_usual(found: cms.ContentInfo) -> bool:
    """The parts that no signature covers say what they always say, in the one way of saying it."""
    data = found["content"]
    signer = data["signer_infos"][0]
    whole = found.dump() == found.copy().dump(force=True)
    versions = (data["version"].native, signer["version"].native)
    digests = [one.dump() for one in data["digest_algorithms"]]
    return whole and versions == ("v1", "v1") and digests == [signer["digest_algorithm"].dump()]
