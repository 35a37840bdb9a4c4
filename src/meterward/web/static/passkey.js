// Passkeys: a form asks the browser to make one, to show one or to sign with one, and is sent with what comes of it.
// What the browser is asked stands in the form (data-options), or at an address (data-asks).
"use strict";

(() => {
  const REFUSED = {
    make: "No passkey was made: it was refused or took too long. Try again when you are ready.",
    show: "No passkey was given. Try again, or use another way.",
    sign: "Nothing was signed: it was refused or took too long. Try again when you are ready.",
  };
  const FAILED = {
    make: "No passkey was made: your browser could not make one here.",
    show: REFUSED.show,
    sign: "Nothing was signed: your browser could not use a passkey here.",
  };
  const THERE_ALREADY = "That device has such a passkey of yours already.";
  const NONE_HERE = "This browser has no passkeys here. They need https, or the address localhost.";

  const bytes = text => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), one => one.charCodeAt(0));

  function text(buffer) {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  }

  function asked(options) {
    const read = one => ({...one, id: bytes(one.id)}), found = {...options, challenge: bytes(options.challenge)};
    if (found.user) found.user = read(found.user);
    for (const name of ["allowCredentials", "excludeCredentials"]) if (found[name]) found[name] = found[name].map(read);
    return {publicKey: found};
  }

  async function options(form) {
    if (form.dataset.options) return JSON.parse(form.dataset.options);
    const reply = await fetch(form.dataset.asks, {headers: {Accept: "application/json"}});
    const is_json = reply.ok && reply.headers.get("Content-Type").startsWith("application/json");
    return is_json ? (await reply.json()).publicKey : null;
  }

  // As WebAuthn writes a credential in JSON.
  function whole(made) {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (made.response[name]) response[name] = text(made.response[name]);
    }
    if (made.response.getTransports) response.transports = made.response.getTransports();
    return {id: made.id, rawId: text(made.rawId), type: made.type, response, clientExtensionResults: made.getClientExtensionResults()};
  }

  function fill(fields, made) {
    const said = made.response;
    if (!fields.client_data) return void (fields.credential.value = JSON.stringify(whole(made)));
    const parts = {client_data: said.clientDataJSON, attestation: said.attestationObject, credential: made.rawId, authenticator_data: said.authenticatorData, signature: said.signature};
    for (const [name, part] of Object.entries(parts)) if (fields[name] && part) fields[name].value = text(part);
  }

  async function send(form) {
    const found = await options(form);
    if (!found) return void window.location.reload();
    const {create, get} = navigator.credentials, ask = form.dataset.passkey === "make" ? create : get;
    fill(form.elements, await ask.call(navigator.credentials, asked(found)));
    form.submit();
  }

  function say(form, message, is_wrong) {
    const says = form.querySelector("[data-says]");
    says.textContent = message;
    says.classList.toggle("wrong", is_wrong);
  }

  function failed(form, error) {
    const gave_up = ["NotAllowedError", "AbortError"].includes(error.name), does = form.dataset.passkey;
    say(form, error.name === "InvalidStateError" ? THERE_ALREADY : (gave_up ? REFUSED : FAILED)[does], true);
    form.querySelector("button").disabled = false;
  }

  function begin(form, event) {
    event.preventDefault();
    const button = form.querySelector("button");
    if (button.disabled) return;
    button.disabled = true;
    say(form, "Your device asks you now.", false);
    send(form).catch(error => failed(form, error));
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    if (window.PublicKeyCredential) {
      form.hidden = false;
      form.addEventListener("submit", event => begin(form, event));
    } else {
      say(form, NONE_HERE, true);
      form.querySelector("button").disabled = true;
    }
  }
  if (window.PublicKeyCredential) for (const one of document.querySelectorAll("[data-without-passkeys]")) one.hidden = true;
})();
