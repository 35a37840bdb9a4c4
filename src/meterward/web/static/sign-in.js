"use strict";
// A form with data-passkey asks the browser for a passkey, as the address that it names says, and sends the answer.

const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), one => one.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const read = one => ({ ...one, id: bytes(one.id) });

function asked(said) {
  const options = { ...said, challenge: bytes(said.challenge) };
  if (said.user) options.user = read(said.user);
  for (const name of ["allowCredentials", "excludeCredentials"]) if (said[name]) options[name] = said[name].map(read);
  return options;
}

function answer(found) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (found.response[name]) response[name] = text(found.response[name]);
  }
  if (found.response.getTransports) response.transports = found.response.getTransports();
  return JSON.stringify({ id: found.id, rawId: text(found.rawId), type: found.type, response, clientExtensionResults: found.getClientExtensionResults() });
}

async function show(form) {
  const reply = await fetch(form.dataset.passkey, { headers: { Accept: "application/json" } });
  if (!reply.ok || !reply.headers.get("Content-Type").startsWith("application/json")) return void window.location.reload();
  const publicKey = asked((await reply.json()).publicKey);
  const found = await ("makes" in form.dataset ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
  form.elements.credential.value = answer(found);
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const says = form.querySelector("[data-says]");
  if (!window.PublicKeyCredential) {
    says.textContent = "This browser has no passkeys here. They need https, or the address localhost.";
    form.querySelector("button").disabled = true;
  }
  form.addEventListener("submit", event => {
    event.preventDefault();
    says.textContent = "";
    show(form).catch(error => {
      says.textContent = error.name === "InvalidStateError" ? "That device has a passkey of yours already." : "No passkey was given. Try again, or use another way.";
    });
  });
}
