"""A SAML provider in memory: assertions signed with xmlsec, and whatever a test wants it to say wrongly."""

from __future__ import annotations

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from onelogin.saml2.utils import OneLogin_Saml2_Utils

ENTITY, SSO = "https://people.example/saml", "https://people.example/sso"
_PASSWORD = "urn:oasis:names:tc:SAML:2.0:ac:classes:Password"  # noqa: S105 - the name of a way of signing in
_PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"


def _instant(minutes: int = 0) -> str:
    return (datetime.now(UTC) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class SamlProvider:
    """What it says of whoever comes."""

    subject: str = "subject-1"
    context: str = _PASSWORD
    format: str = _PERSISTENT
    lasts: int = 5
    audience: str = ""
    signed: bool = True
    left_out: str = ""
    """What its assertions lack, as it stands below."""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    def certificate(self) -> str:
        """Its certificate, in PEM."""
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "people.example")])
        now = datetime.now(UTC)
        made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(self.key.public_key())
        made = made.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()

    def metadata(self) -> str:
        """What it says of itself."""
        certificate = "".join(self.certificate().splitlines()[1:-1])
        return _METADATA.format(entity=ENTITY, sso=SSO, certificate=certificate)

    def come(self, address: str, here: str) -> str:
        """Whoever is sent here says who they are: what the browser posts back."""
        assert address.startswith(f"{SSO}?")
        packed = base64.b64decode(parse_qs(urlsplit(address).query)["SAMLRequest"][0])
        question = ET.fromstring(zlib.decompress(packed, -15)).get("ID", "")  # noqa: S314 - our own question
        return self.answer(question, here)

    def answer(self, question: str, here: str) -> str:
        """An answer to a question of an installation, as a browser posts it."""
        told = {"question": question, "back": f"{here}/assertion", "entity": ENTITY, "subject": self.subject}
        told |= {"format": self.format, "context": self.context, "audience": self.audience or f"{here}/metadata"}
        told |= {"now": _instant(), "before": _instant(-10), "ends": _instant(self.lasts)}
        assertion = _ASSERTION.replace(self.left_out, "").format(**told)
        if self.signed:
            pem = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
            made = OneLogin_Saml2_Utils.add_sign(assertion, pem, self.certificate())
            assertion = made.decode() if isinstance(made, bytes) else made
        return base64.b64encode(_RESPONSE.format(assertion=assertion, **told).encode()).decode()


_METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data>
<ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>
<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{sso}"/>
</md:IDPSSODescriptor></md:EntityDescriptor>"""
AUDIENCE = "<saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>"
"""Where an assertion says for whom it is."""
_ASSERTION = (
    '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" IssueInstant="{now}">'
    "<saml:Issuer>{entity}</saml:Issuer>"
    '<saml:Subject><saml:NameID Format="{format}">{subject}</saml:NameID>'
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
    '<saml:SubjectConfirmationData InResponseTo="{question}" Recipient="{back}" NotOnOrAfter="{ends}"/>'
    "</saml:SubjectConfirmation></saml:Subject>"
    '<saml:Conditions NotBefore="{before}" NotOnOrAfter="{ends}">'
    f"{AUDIENCE}</saml:Conditions>"
    '<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s1"><saml:AuthnContext>'
    "<saml:AuthnContextClassRef>{context}</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>"
    "</saml:Assertion>"
)
_RESPONSE = (
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
    'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="{now}" '
    'Destination="{back}" InResponseTo="{question}"><saml:Issuer>{entity}</saml:Issuer><samlp:Status>'
    '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>'
)
