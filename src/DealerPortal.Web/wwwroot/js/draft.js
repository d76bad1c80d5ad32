/* Autosave of a draft. Without it the form has a «save the draft» button.
   <form data-draft data-draft-save-url="/x" data-draft-saved-text="Saved at {0}" data-draft-failed-text data-draft-offline-text
     data-draft-conflict-text="Changed elsewhere. [Reload]" data-draft-conflict-url data-draft-sent-text="Already sent: [see it]">
   In it: hidden inputs __RequestVerificationToken and Revision. [..] in a text becomes the link; without brackets the whole text does.
   Anywhere: <p class="saved" role="status" data-draft-status><svg class="icon"><use href="sprite#cloud-check"/></svg><span data-draft-text></span></p>
   POST of the named fields (no files, no buttons) -> 200 { revision, savedAt, fragments: { id: html } } | 409 | 410 { location }.
   <button name="Edit" value="…" data-edit> changes the form's shape: 200 also has focus, the id of the field to go on with.
   Status gets data-state saved, failed, offline, conflict or sent.
   Events: draft:save on the form sets detail.done (a promise of true when all is saved); upload:changed makes it save for fresh fragments. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-draft]');
  if (!form) return;
  const data = form.dataset, later = new Map();
  const icons = { saved: 'cloud-check', failed: 'cloud-off', offline: 'cloud-off', conflict: 'alert-triangle', sent: 'alert-triangle' };
  let timer, busy = null, request, wanted = false, stopped = false, waiting = false, gone = false, sending = null, delay = 0, sent;

  const pairs = () => [...new FormData(form)].filter(([, value]) => typeof value === 'string');
  const snapshot = () => new URLSearchParams(pairs().filter(([name]) => name !== 'Revision' && name !== '__RequestVerificationToken')).toString();
  // Typed before this script came: not saved yet. What a browser puts back into an old page may be older than the draft.
  const [opened] = performance.getEntriesByType('navigation');
  const isTyped = el => el.type === 'checkbox' || el.type === 'radio' ? el.checked !== el.defaultChecked
    : el.tagName === 'SELECT' ? el.selectedIndex !== Math.max(0, [...el.options].findIndex(option => option.defaultSelected))
      : el.type !== 'file' && 'defaultValue' in el && el.value !== el.defaultValue;
  let saved = opened && opened.type === 'navigate' && [...form.elements].some(el => el.name && isTyped(el)) ? '' : snapshot();

  // A save that the page did not live to see answered: a page that came before it lacks what was typed last, and is loaded again
  // until it has it. Each wait is longer, and after the last the save is taken for lost.
  const pendingKey = 'draft:' + location.pathname;
  const revision = () => +(form.elements.Revision ? form.elements.Revision.value : 0);
  const waits = [500, 1000, 2000, 4000];
  const expect = (number, tries = 0) => { try { sessionStorage.setItem(pendingKey, `${number} ${tries}`); } catch { /* without storage a reload shows it */ } };
  const answered = () => { try { sessionStorage.removeItem(pendingKey); } catch { /* nothing was kept */ } };
  try {
    const [awaited, tries] = (sessionStorage.getItem(pendingKey) || '0 0').split(' ').map(Number);
    if (awaited > revision() && tries < waits.length && !document.querySelector('.error-summary')) {
      expect(awaited, tries + 1);
      setTimeout(() => { if (snapshot() === saved && !busy && !sending) location.replace(location.href); }, waits[tries]);
    } else answered();
  } catch { /* without storage a reload shows it */ }

  function show(state, text, href) {
    for (const el of document.querySelectorAll('[data-draft-status]')) {
      let target = el.querySelector('[data-draft-text]');
      if (!target) {
        target = document.createElement('span');
        target.dataset.draftText = '';
        el.replaceChildren(...el.querySelectorAll('svg'), target);
      }
      const use = el.querySelector('use');
      if (use) use.setAttribute('href', use.getAttribute('href').replace(/#.*/, '#' + icons[state]));
      el.dataset.state = state;
      const [before, inside, after] = /\[.+\]/.test(text) ? text.split(/[[\]]/) : ['', text, ''];
      const plain = before + inside + after;
      if (target.textContent === plain) continue;
      if (!href) { target.textContent = plain; continue; }
      const link = document.createElement('a');
      link.href = href;
      link.textContent = inside;
      target.replaceChildren(before, link, after);
    }
  }

  function place(id, html) {
    const el = document.getElementById(id), fresh = document.createElement('template');
    if (!el) return;
    fresh.innerHTML = html;
    if (fresh.innerHTML === el.innerHTML) return later.delete(id);
    // Never under the hands of the person: a part that holds the focus is replaced when the focus leaves it.
    if (el.contains(document.activeElement)) return later.set(id, html);
    later.delete(id);
    el.replaceChildren(fresh.content);
  }

  async function run() {
    while ((wanted || snapshot() !== saved) && !stopped && !waiting && !sending) {
      wanted = false;
      sent = snapshot();
      const body = new URLSearchParams(pairs());
      request = new AbortController();
      expect(revision() + 1);
      let answer, json = {};
      try {
        answer = await fetch(data.draftSaveUrl, {
          method: 'POST', body, redirect: 'manual', signal: request.signal,
          headers: { Accept: 'application/json' }, keepalive: body.toString().length < 60000
        });
        json = await answer.json().catch(() => ({}));
      } catch { answer = null; }
      answered();
      if (answer && answer.ok && json.revision !== undefined) {
        delay = 0;
        if (form.elements.Revision) form.elements.Revision.value = json.revision;
        saved = sent;
        show('saved', (data.draftSavedText || '').replace('{0}', json.savedAt || ''));
        // What was typed meanwhile is not in these fragments; the next answer brings newer ones.
        if (snapshot() === sent) {
          for (const [id, html] of Object.entries(json.fragments || {})) place(id, html);
          saved = snapshot();
        }
      } else if (answer && answer.status === 409) {
        stopped = true;
        show('conflict', data.draftConflictText || '', data.draftConflictUrl || location.href);
      } else if (answer && answer.status === 410) {
        stopped = true;
        show('sent', data.draftSentText || '', json.location);
      } else if (waiting || sending) {
        return false;
      } else {
        wanted = true;
        show(answer ? 'failed' : 'offline', (answer ? data.draftFailedText : data.draftOfflineText) || '');
        // A refusal (4xx) will not change by itself: the next key tries again.
        if (!answer || answer.status === 0 || answer.status >= 500 || answer.status === 429) {
          delay = Math.min(delay ? delay * 2 : 2000, 60000);
          clearTimeout(timer);
          timer = setTimeout(save, delay);
        }
        return false;
      }
    }
    return !stopped && snapshot() === saved;
  }

  function save() {
    clearTimeout(timer);
    return busy || (busy = run().finally(() => { busy = null; }));
  }
  function soon(ms) {
    if (stopped || sending) return;
    clearTimeout(timer);
    timer = setTimeout(save, ms);
  }

  form.addEventListener('input', () => soon(800));
  // A field that was left, or an item chosen from a list: the answer (the service offered) is wanted at once.
  form.addEventListener('change', () => soon(200));
  form.addEventListener('upload:changed', () => { wanted = true; soon(0); });
  form.addEventListener('draft:save', e => { e.detail.done = save(); });
  form.addEventListener('focusout', () => setTimeout(() => {
    if (snapshot() !== saved) return;
    for (const [id, html] of later) place(id, html);
    saved = snapshot();
  }));
  // A button that changes the form's shape: what is typed is saved, then the changed part comes back. Without an answer it is a plain submit.
  form.addEventListener('click', async e => {
    const by = e.target.closest('button[data-edit]');
    if (!by || stopped || sending || waiting) return;
    e.preventDefault();
    by.disabled = true;
    const isSaved = await save();
    by.disabled = false;
    if (!isSaved || busy || !(await (busy = edit(by).finally(() => { busy = null; })))) form.requestSubmit(by);
  });

  async function edit(by) {
    const body = new URLSearchParams(pairs());
    body.set(by.name, by.value);
    const answer = await fetch(data.draftSaveUrl, { method: 'POST', body, redirect: 'manual', headers: { Accept: 'application/json' } }).catch(() => null);
    const json = answer && answer.ok ? await answer.json().catch(() => ({})) : {};
    if (json.revision === undefined) return false;
    if (form.elements.Revision) form.elements.Revision.value = json.revision;
    if (document.activeElement) document.activeElement.blur();
    for (const [id, html] of Object.entries(json.fragments || {})) place(id, html);
    saved = snapshot();
    const next = json.focus && document.getElementById(json.focus);
    if (next) next.focus();
    return true;
  }

  addEventListener('online', () => { if (delay) save(); });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && !sending && !gone && snapshot() !== saved) save();
  });
  // Before the next page is asked for, so that it finds what was typed; pagehide comes after its answer.
  addEventListener('beforeunload', () => {
    if (!sending && !stopped && snapshot() !== saved) save();
  });
  addEventListener('pagehide', () => {
    if (sending || stopped || snapshot() === saved) return;
    gone = true;
    if (!busy) return save();
    if (snapshot() === sent) return;
    // The page ends before the save under way can be followed by another: this one counts on it to arrive first.
    const body = new URLSearchParams(pairs());
    body.set('Revision', revision() + 1);
    expect(revision() + 2);
    fetch(data.draftSaveUrl, { method: 'POST', body, redirect: 'manual', keepalive: true }).catch(() => { });
  });

  const release = () => {
    if (!sending) return;
    clearTimeout(sending.timer);
    if (sending.by) { sending.by.disabled = false; sending.by.removeAttribute('aria-busy'); }
    sending = null;
  };
  form.addEventListener('submit', async e => {
    if (e.defaultPrevented) return;
    if (sending || waiting) return e.preventDefault();
    clearTimeout(timer);
    const by = e.submitter;
    if (by) by.setAttribute('aria-busy', 'true');
    if (busy) {
      // The answer under way carries the revision that this send must name.
      e.preventDefault();
      waiting = true;
      const patience = setTimeout(() => request.abort(), 10000);
      await busy.catch(() => { });
      clearTimeout(patience);
      waiting = false;
      return form.requestSubmit(by && by.form === form ? by : null);
    }
    // Disabled only after the browser has read the form, or the button's own value would be missing.
    sending = { by, timer: setTimeout(release, 15000) };
    setTimeout(() => {
      if (e.defaultPrevented) release();
      else if (sending && by) by.disabled = true;
    });
  });
  addEventListener('pageshow', () => {
    gone = false;
    release();
  });

  if (snapshot() !== saved) soon(0);
})();
