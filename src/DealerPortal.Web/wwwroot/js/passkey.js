/* Passkeys. Without it, or where the browser has none: the form stays hidden, [data-passkey-none] stays shown.
   <form method="post" hidden data-passkey="get|create" data-passkey-options="/url" [data-passkey-keep="#id of a checkbox"] data-passkey-failed="…">
     with __RequestVerificationToken, <input type="hidden" name="Credential"> and <p data-passkey-error hidden>.
   Sending asks the server for its question, the browser for the answer, and then posts the form with it; a required field is filled in first. */
(() => {
  'use strict';
  const can = window.PublicKeyCredential && PublicKeyCredential.parseRequestOptionsFromJSON && PublicKeyCredential.parseCreationOptionsFromJSON;
  if (!can) return;
  document.querySelectorAll('[data-passkey-none]').forEach(note => { note.hidden = true; });
  document.querySelectorAll('form[data-passkey]').forEach(form => {
    const error = form.querySelector('[data-passkey-error]'), button = form.querySelector('button:not([type=button])');
    form.hidden = false;

    const answer = async () => {
      const asked = await fetch(form.dataset.passkeyOptions, {
        method: 'POST',
        headers: { 'X-Antiforgery': form.querySelector('[name=__RequestVerificationToken]').value, 'X-Requested-With': 'fetch' },
      });
      if (!asked.ok) throw new Error(asked.status);
      const options = await asked.json();
      return form.dataset.passkey === 'create'
        ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    };

    form.addEventListener('submit', async e => {
      e.preventDefault();
      if (!form.reportValidity()) return;
      error.hidden = true;
      button.disabled = true;
      try {
        form.elements.Credential.value = JSON.stringify((await answer()).toJSON());
        const keep = form.dataset.passkeyKeep && document.querySelector(form.dataset.passkeyKeep);
        if (keep) form.elements.Keep.value = keep.checked ? 'true' : '';
        form.submit();
      } catch {
        error.textContent = form.dataset.passkeyFailed;
        error.hidden = false;
        button.disabled = false;
      }
    });
  });
})();
