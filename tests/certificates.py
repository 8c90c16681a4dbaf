"""Certificates of a test's own: an authority, servers it vouches for, and ones to be refused."""

from __future__ import annotations

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

BEGUN = datetime.now(UTC) - timedelta(days=2)


class Authority:
    """Vouches for servers. `pem` is what a client trusts, at `file` for libraries that want one."""

    def __init__(self, folder: Path, name: str = "Test authority") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named(name)
        made = _begun(self._name, self._name, self._key, BEGUN + timedelta(days=30)).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.pem = _pem(made.sign(self._key, hashes.SHA256()))
        self.file = folder / f"{name}.pem".replace(" ", "-")
        self.file.write_text(self.pem)

    def server(self, *names: str, expired: bool = False) -> Path:
        """A file with the key and the certificate of a server of these names."""
        key = ec.generate_private_key(ec.SECP256R1())
        until = BEGUN + timedelta(days=1 if expired else 30)
        made = _with_names(_begun(_named(names[0]), self._name, key, until), names)
        return _kept(self._folder, key, made.sign(self._key, hashes.SHA256()))


def self_made(folder: Path, *names: str) -> Path:
    """A file with the key and the certificate of a server nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(names[0])
    made = _with_names(_begun(name, name, key, BEGUN + timedelta(days=30)), names)
    return _kept(folder, key, made.sign(key, hashes.SHA256()))


def certificate_in(file: Path) -> str:
    """The certificate alone, as a client would trust it."""
    text = file.read_text()
    return text[text.index("-----BEGIN CERTIFICATE") :]


def serving(file: Path) -> ssl.SSLContext:
    """The context of a server that shows it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(BEGUN)
        .not_valid_after(until)
    )


def _with_names(made: x509.CertificateBuilder, names: tuple[str, ...]) -> x509.CertificateBuilder:
    alternatives: list[x509.GeneralName] = [
        x509.IPAddress(ipaddress.ip_address(name))
        if name.replace(".", "").isdigit()
        else x509.DNSName(name)
        for name in names
    ]
    return made.add_extension(x509.SubjectAlternativeName(alternatives), critical=False)


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()


def _kept(folder: Path, key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> Path:
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    ).decode()
    file = folder / f"server-{certificate.serial_number:x}.pem"
    file.write_text(secret + _pem(certificate))
    return file
