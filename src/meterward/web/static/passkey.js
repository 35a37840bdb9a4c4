// Passkeys: a form asks the browser to make one or to sign with one, and is sent with what comes of it.
"use strict";

(() => {
  const GAVE_UP = "Nothing was signed: it was refused or took too long. Try again when you are ready.";
  const THERE_ALREADY = "This device has your passkey already.";
  const FAILED = "Nothing was signed: your browser could not use a passkey here.";

  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, one => one.charCodeAt(0));
  }

  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  function asked(options) {
    const found = {...options, challenge: bytes(options.challenge)};
    if (found.user) found.user = {...found.user, id: bytes(found.user.id)};
    for (const name of ["allowCredentials", "excludeCredentials"]) {
      if (found[name]) found[name] = found[name].map(one => ({...one, id: bytes(one.id)}));
    }
    return {publicKey: found};
  }

  async function answer(form) {
    const makes = form.dataset.passkey === "make";
    const options = asked(JSON.parse(form.dataset.options));
    const made = await (makes ? navigator.credentials.create(options) : navigator.credentials.get(options));
    const said = made.response;
    return makes
      ? {client_data: said.clientDataJSON, attestation: said.attestationObject, credential: made.rawId}
      : {client_data: said.clientDataJSON, authenticator_data: said.authenticatorData, signature: said.signature};
  }

  async function send(form, event) {
    event.preventDefault();
    const button = form.querySelector("button"), status = form.querySelector("[role=status]");
    if (button.disabled) return;
    button.disabled = true;
    status.textContent = "Your device asks you now.";
    try {
      for (const [name, value] of Object.entries(await answer(form))) form.elements[name].value = text(value);
      form.submit();
    } catch (error) {
      const said = {NotAllowedError: GAVE_UP, AbortError: GAVE_UP, InvalidStateError: THERE_ALREADY};
      status.textContent = said[error.name] || FAILED;
      button.disabled = false;
    }
  }

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", event => send(form, event));
  }
  for (const one of document.querySelectorAll("[data-without-passkeys]")) one.hidden = true;
})();
