"""SAML: where somebody is sent, and the assertion that comes back, believed if it is signed, new and asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from meterward.adapters.openid import Shown

if TYPE_CHECKING:
    from meterward.adapters.providers import Provider

_POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
_PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
_TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"


def way_to(provider: Provider, here: str) -> tuple[str, str]:
    """The address at which a provider asks somebody who they are, and the id of the question. Raises `ValueError`."""
    auth = _auth(provider, here, {})
    address = str(auth.login(return_to=""))
    return address, str(auth.get_last_request_id())


def shown_by(provider: Provider, here: str, question: str, answer: str) -> Shown:
    """Who it is that came back with an answer. Raises `ValueError`, with the reason, if that cannot be believed."""
    from onelogin.saml2.errors import OneLogin_Saml2_Error  # noqa: PLC0415 - slow to load, and few use it
    from onelogin.saml2.utils import OneLogin_Saml2_ValidationError  # noqa: PLC0415 - the same

    auth = _auth(provider, here, {"SAMLResponse": answer})
    try:
        auth.process_response(request_id=question)
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, ValueError, SyntaxError) as error:
        raise ValueError(f"its answer cannot be read: {error}") from error
    if auth.get_errors() or not auth.is_authenticated():
        raise ValueError(f"its answer does not hold: {auth.get_last_error_reason()}")
    _check_assertion(auth, question)
    if not auth.get_nameid() or auth.get_nameid_format() == _TRANSIENT:
        raise ValueError("it names somebody by a name that changes each time")
    return Shown(str(auth.get_nameid()), frozenset(auth.get_last_authn_contexts()))


def metadata_of(provider: Provider, here: str) -> str:
    """What this installation says of itself to a provider, in XML. Raises `ValueError`."""
    said = _auth(provider, here, {}).get_settings().get_sp_metadata()
    return said.decode() if isinstance(said, bytes) else str(said)


def _check_assertion(auth: Any, question: str) -> None:  # noqa: ANN401 - the library has no types
    """The assertion itself, which is signed, says what it answers and for whom it is. Raises `ValueError` if not.

    What stands around it is signed by nobody, and the library is content with that: an assertion that somebody else was
    given, or that was given to another installation, could be put into an answer to this question.
    """
    from onelogin.saml2.xml_utils import OneLogin_Saml2_XML  # noqa: PLC0415 - slow to load, and few use it

    answer = OneLogin_Saml2_XML.to_etree(auth.get_last_response_xml())
    confirmed = OneLogin_Saml2_XML.query(answer, "//saml:Assertion/saml:Subject//saml:SubjectConfirmationData")
    said = {one.get("InResponseTo") for one in confirmed}
    if said != {question} or auth.get_last_response_in_response_to() != question:
        raise ValueError("its answer is to another question")
    if not OneLogin_Saml2_XML.query(answer, "//saml:Assertion/saml:Conditions//saml:Audience"):
        raise ValueError("its answer does not say for whom it is")


def _auth(provider: Provider, here: str, posted: dict[str, str]) -> Any:  # noqa: ANN401 - the library has no types
    """The library, told of both sides. `here` is the address of this provider's pages, without a slash at its end."""
    from onelogin.saml2.auth import OneLogin_Saml2_Auth  # noqa: PLC0415 - slow to load, and few use it
    from onelogin.saml2.errors import OneLogin_Saml2_Error  # noqa: PLC0415 - the same
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser  # noqa: PLC0415 - the same

    place = urlsplit(f"{here}/assertion")
    try:
        idp = OneLogin_Saml2_IdPMetadataParser.parse(provider.metadata)["idp"]
    except (OneLogin_Saml2_Error, KeyError, ValueError, SyntaxError) as error:
        raise ValueError(f"its metadata cannot be read: {error}") from error
    told = {
        "strict": True,
        "sp": {
            "entityId": f"{here}/metadata",
            "assertionConsumerService": {"url": f"{here}/assertion", "binding": _POST},
            "NameIDFormat": _PERSISTENT,
        },
        "idp": idp,
        "security": {
            "wantAssertionsSigned": True,
            "rejectUnsolicitedResponsesWithInResponseTo": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "wantAttributeStatement": False,
            "allowSingleLabelDomains": True,
        },
    }
    asked: dict[str, Any] = {"https": "on" if place.scheme == "https" else "off", "http_host": place.netloc}
    asked |= {"script_name": place.path, "get_data": {}, "post_data": posted}
    try:
        return OneLogin_Saml2_Auth(asked, told)
    except OneLogin_Saml2_Error as error:
        raise ValueError(f"its metadata say too little: {error}") from error
