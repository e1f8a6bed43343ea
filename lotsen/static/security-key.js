// Security keys (WebAuthn): the browser asks the key, and the key's answer is sent with the form. Only the pages that
// need it load this file. Without a script, or in a browser that cannot, the button stays hidden: other ways remain.
(() => {
  const form = document.querySelector("form[data-security-key]");
  const status = form.querySelector("[data-key-status]");
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
    status.textContent = form.dataset.cannot;
    return;
  }
  const options = JSON.parse(document.getElementById("key-options").textContent);
  const ask = {
    create: () =>
      navigator.credentials.create({
        publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options.creation_options.publicKey),
      }),
    get: () =>
      navigator.credentials.get({
        publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey),
      }),
  }[form.dataset.securityKey];

  form.querySelector("button").hidden = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    status.textContent = "";
    try {
      form.elements.credential.value = JSON.stringify(await ask());
      form.submit();
    } catch {
      // The browser tells no page why: the key was not touched in time, is another one, or is there already.
      status.textContent = form.dataset.failed;
    }
  });
})();
