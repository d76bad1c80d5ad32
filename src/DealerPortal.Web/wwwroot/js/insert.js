/* A ready-made text goes into a field without a new page.
   <button formaction="/…" data-insert-into="#field" [data-insert-choice="#select"]>: posts the form there without its files and gets { text, resolution }.
   The text goes where the cursor stands, or stands alone in an empty field. What fails goes the way of the plain button. */
(() => {
  'use strict';
  document.addEventListener('click', async e => {
    const button = e.target.closest('button[data-insert-into]');
    if (!button || button.dataset.plain) return;
    e.preventDefault();
    const field = document.querySelector(button.dataset.insertInto), choice = document.querySelector(button.dataset.insertChoice || 'nothing');
    const data = new FormData(button.form);
    for (const input of button.form.querySelectorAll('input[type=file]')) data.delete(input.name);
    try {
      const answer = await fetch(button.formAction, { method: 'POST', body: data, headers: { 'X-Requested-With': 'fetch' } });
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      const { text, resolution } = await answer.json();
      const before = field.value.slice(0, field.selectionStart).trimEnd(), after = field.value.slice(field.selectionEnd).trimStart();
      field.value = [before, text, after].filter(part => part).join('\n\n');
      field.focus();
      field.selectionStart = field.selectionEnd = (before ? before.length + 2 : 0) + text.length;
      if (choice && resolution) choice.value = resolution;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    } catch {
      button.dataset.plain = 'true';
      button.click();
    }
  });
})();
