/* Sends files as soon as they are chosen, dropped or pasted. Without it they go with the form, and Remove is a plain submit button.
   <input type="file" data-upload data-upload-url="/x" data-upload-list="#tiles" data-upload-template="#id" [data-upload-max="15728640"]
     data-upload-max-text data-upload-failed-text data-upload-progress-text="{0} of {1} MB · {2} %" data-upload-stored-text="{0} files stored;one file stored;no file"
     data-upload-removed-text data-upload-wait-text="Sending waits for {0} files;Sending waits for one file"> in a form with __RequestVerificationToken.
   <template id><li class="tile">… <b data-name></b><progress max="100"></progress><span data-text></span>
     <button type="button" class="icon-btn" data-cancel aria-label="Cancel {0}" data-dismiss-label="Dismiss {0}">…</button></li></template>
   POST multipart «file» + token -> 200 { html: "<li class=tile>…" } replaces the tile | 4xx { error } shown in it. Two at a time; the form's send waits,
   shown in [data-upload-wait] of the form. <button name="Remove" data-remove-url> in a tile: POST Remove + token, then the tile goes.
   The nearest .drop takes drops and gets the class over. Fires upload:changed on the list's form after each change. */
(() => {
  'use strict';
  const inputs = [...document.querySelectorAll('input[type=file][data-upload]')].filter(i => i.form && document.querySelector(i.dataset.uploadList));
  if (!inputs.length) return;
  const number = new Intl.NumberFormat(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });
  const queue = [], running = new Set(), waits = new Map();
  const listOf = input => document.querySelector(input.dataset.uploadList);
  const count = (text, n) => {
    const [many, one = many, none = many] = (text || '').split(';');
    return (n > 1 ? many : n ? one : none).replace('{0}', n);
  };
  const token = form => (form.querySelector('[name=__RequestVerificationToken]') || { value: '' }).value;
  const changed = form => form.dispatchEvent(new CustomEvent('upload:changed', { bubbles: true }));
  const stored = input => count(input.dataset.uploadStoredText, listOf(input).querySelectorAll('.tile:not(.pending, .failed)').length);
  const say = (input, text) => { voices.get(input).textContent = text; };
  const voices = new Map(inputs.map(input => {
    const voice = document.createElement('p');
    voice.className = 'visually-hidden';
    voice.setAttribute('role', 'status');
    (input.closest('.drop') || input).after(voice);
    return [input, voice];
  }));

  /** Takes a tile away; a focus that stood in it goes to the neighbour, or back to the field. */
  function drop(tile, input) {
    const held = tile.contains(document.activeElement), next = tile.nextElementSibling || tile.previousElementSibling;
    tile.remove();
    if (held) ((next && next.querySelector('button, a')) || input).focus();
  }

  function start(input, file) {
    const source = document.querySelector(input.dataset.uploadTemplate);
    const tile = source && source.content.firstElementChild.cloneNode(true);
    if (!tile) return;
    const data = input.dataset, part = name => tile.querySelector(name) || document.createElement('span');
    const button = part('[data-cancel]'), bar = part('progress'), text = part('[data-text]');
    const job = { input, form: input.form, xhr: new XMLHttpRequest() };
    tile.classList.add('pending');
    part('[data-name]').textContent = file.name;
    bar.ariaLabel = file.name;
    button.ariaLabel = (button.ariaLabel || '').replace('{0}', file.name);
    listOf(input).append(tile);

    const progress = done => {
      bar.value = file.size ? Math.floor(100 * done / file.size) : 0;
      text.textContent = (data.uploadProgressText || '').replace('{0}', number.format(done / 1048576))
        .replace('{1}', number.format(file.size / 1048576)).replace('{2}', bar.value);
    };
    const end = () => {
      running.delete(job);
      const at = queue.indexOf(job);
      if (at >= 0) queue.splice(at, 1);
      pump();
    };
    const fail = message => {
      tile.classList.replace('pending', 'failed');
      bar.remove();
      const use = tile.querySelector('.ph use');
      if (use) use.setAttribute('href', use.getAttribute('href').replace(/#.*/, '#photo-x'));
      text.textContent = message;
      button.ariaLabel = (button.dataset.dismissLabel || button.ariaLabel).replace('{0}', file.name);
      say(input, file.name + ' : ' + message);
      const wait = waits.get(job.form);
      if (wait) wait.failed = true;
      end();
    };

    button.addEventListener('click', () => {
      const failed = tile.classList.contains('failed');
      drop(tile, input);
      if (failed) return;
      job.xhr.abort();
      end();
    });
    progress(0);
    if (+data.uploadMax && file.size > +data.uploadMax) return fail(data.uploadMaxText || '');

    job.send = () => {
      const { xhr } = job, body = new FormData();
      body.append('__RequestVerificationToken', token(job.form));
      body.append('file', file, file.name);
      xhr.open('POST', data.uploadUrl);
      xhr.setRequestHeader('Accept', 'application/json');
      xhr.upload.onprogress = e => progress(Math.min(e.loaded, file.size));
      xhr.onerror = () => fail(data.uploadFailedText || '');
      xhr.onload = () => {
        let json = {};
        try { json = JSON.parse(xhr.responseText) || {}; } catch { /* a page instead of an answer: said as a failure below */ }
        const box = document.createElement('template');
        box.innerHTML = xhr.status < 300 && json.html ? json.html.trim() : '';
        const fresh = box.content.firstElementChild;
        if (!fresh) return fail(json.error || data.uploadFailedText || '');
        const held = tile.contains(document.activeElement);
        tile.replaceWith(fresh);
        if (held) (fresh.querySelector('button, a') || input).focus();
        changed(job.form);
        end();
        if (![...queue, ...running].some(j => j.input === input)) say(input, stored(input));
      };
      xhr.send(body);
    };
    queue.push(job);
    pump();
  }

  function pump() {
    while (running.size < 2 && queue.length) {
      const job = queue.shift();
      running.add(job);
      job.send();
    }
    for (const [form, wait] of waits) {
      const left = [...queue, ...running].filter(j => j.form === form).length;
      if (left) { tellWait(form, left); continue; }
      waits.delete(form);
      tellWait(form, 0);
      if (wait.by) wait.by.removeAttribute('aria-busy');
      if (!wait.failed) form.requestSubmit(wait.by && wait.by.form === form ? wait.by : null);
    }
  }
  function tellWait(form, left) {
    const input = inputs.find(i => i.form === form), place = form.querySelector('[data-upload-wait]');
    const text = left ? count(input.dataset.uploadWaitText, left) : '';
    if (place) place.textContent = text;
    else if (text) say(input, text);
  }

  function take(input, files) {
    for (const file of input.multiple ? files : [...files].slice(0, 1)) start(input, file);
  }
  for (const input of inputs) {
    input.addEventListener('change', () => {
      const files = [...input.files];
      // Emptied at once, so that the form does not carry the files a second time.
      input.value = '';
      take(input, files);
    });
    const zone = input.closest('.drop');
    if (!zone) continue;
    zone.addEventListener('dragover', () => zone.classList.add('over'));
    zone.addEventListener('dragleave', e => { if (!zone.contains(e.relatedTarget)) zone.classList.remove('over'); });
    zone.addEventListener('drop', e => {
      zone.classList.remove('over');
      take(input, [...e.dataTransfer.files]);
    });
  }

  // A file dropped beside the zone would replace the page, and with it what was typed.
  for (const type of ['dragover', 'drop']) document.addEventListener(type, e => {
    const own = e.target.type === 'file' && !e.target.closest('.drop');
    if (!own && e.dataTransfer && e.dataTransfer.types.includes('Files')) e.preventDefault();
  });
  document.addEventListener('paste', e => {
    const files = e.clipboardData ? [...e.clipboardData.files] : [];
    // Office programs put a picture beside copied text; then the text is meant.
    if (!files.length || e.clipboardData.types.includes('text/plain')) return;
    const zone = e.target.closest && e.target.closest('.drop');
    take(inputs.find(i => zone && zone.contains(i)) || inputs[0], files);
  });

  document.addEventListener('submit', e => {
    const form = e.target, left = [...queue, ...running].filter(j => j.form === form).length;
    if (!left) return;
    e.preventDefault();
    e.stopImmediatePropagation();
    const before = waits.get(form);
    if (before && before.by) before.by.removeAttribute('aria-busy');
    if (e.submitter) e.submitter.setAttribute('aria-busy', 'true');
    waits.set(form, { by: e.submitter });
    tellWait(form, left);
  }, true);

  document.addEventListener('click', async e => {
    const button = e.target.closest && e.target.closest('button[name=Remove][data-remove-url]');
    const tile = button && button.closest('.tile'), form = button && button.form;
    const input = tile && inputs.find(i => listOf(i) === tile.parentElement);
    if (!input || !form) return;
    e.preventDefault();
    if (button.ariaBusy) return;
    button.ariaBusy = 'true';
    const body = new URLSearchParams({ Remove: button.value, __RequestVerificationToken: token(form) });
    const answer = await fetch(button.dataset.removeUrl, { method: 'POST', body, redirect: 'manual', headers: { Accept: 'application/json' } }).catch(() => null);
    if (answer && (answer.ok || answer.status === 404)) {
      drop(tile, input);
      say(input, [input.dataset.uploadRemovedText, stored(input)].filter(Boolean).join(' '));
      changed(form);
      return;
    }
    // Offline: the tile stays. Otherwise the plain way says what is wrong.
    button.ariaBusy = null;
    if (answer) form.requestSubmit(button);
    else say(input, input.dataset.uploadFailedText || '');
  });
})();
