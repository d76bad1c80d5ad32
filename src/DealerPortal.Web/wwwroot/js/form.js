/* Small helps for every page. Without it: no reveal button, menus stay plain <details>, resend is always possible.
   [data-focus] (tabindex="-1"; the error summary) gets the focus on load.
   <button type="button" hidden data-reveal="#id, #id2" aria-pressed="false" aria-label="Show the password" data-reveal-on="Shown" data-reveal-off="Hidden">
     shows passwords; its <use> turns from eye to eye-off; hidden again before the form is sent.
   <button type="button" hidden data-print> prints the page.
   details.menu closes on Escape, on a click outside and when the focus leaves.
   <span data-countdown="42" data-countdown-text="possible in {0} s" [data-countdown-done="possible now"] data-countdown-for="id of the button">
   form[data-keep-form] (language switch): saves form[data-draft] first (a second click goes on even if that failed), and keeps the visible
     non-password fields of every form[data-carry] (with an id) in sessionStorage for the next load of the same path only.
     Its hidden [data-keep-url] (path and query to come back to) follows a query changed by a live search.
   form[data-guard]: the browser asks before a page is left with a text or a file in it that is neither sent nor kept. */
(() => {
  'use strict';
  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  const first = document.querySelector('[data-focus]');
  if (first) first.focus();

  each('button[data-reveal]', button => {
    const fields = [...document.querySelectorAll(button.dataset.reveal)], use = button.querySelector('use'), voice = document.createElement('span');
    if (!fields.length) return;
    voice.className = 'visually-hidden';
    voice.setAttribute('role', 'status');
    (button.closest('.input-group') || button).after(voice);
    const show = on => {
      for (const field of fields) field.type = on ? 'text' : 'password';
      button.setAttribute('aria-pressed', on);
      if (use) use.setAttribute('href', use.getAttribute('href').replace(/#.*/, on ? '#eye-off' : '#eye'));
    };
    button.hidden = false;
    button.addEventListener('click', () => {
      const on = fields[0].type === 'password';
      show(on);
      voice.textContent = (on ? button.dataset.revealOn : button.dataset.revealOff) || '';
    });
    if (fields[0].form) fields[0].form.addEventListener('submit', () => show(false));
  });

  each('button[data-print]', button => {
    button.hidden = false;
    button.addEventListener('click', () => print());
  });

  const closeMenus = keep => each('details.menu[open]', menu => { if (!keep(menu)) menu.open = false; });
  document.addEventListener('click', e => closeMenus(menu => menu.contains(e.target)));
  document.addEventListener('focusout', e => {
    const menu = e.target.closest('details.menu[open]');
    if (menu && e.relatedTarget && !menu.contains(e.relatedTarget)) menu.open = false;
  });
  document.addEventListener('keydown', e => {
    if (e.key !== 'Escape' || e.defaultPrevented) return;
    closeMenus(menu => {
      if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
      return false;
    });
  });

  each('[data-countdown]', el => {
    const button = document.getElementById(el.dataset.countdownFor), end = Date.now() + el.dataset.countdown * 1000;
    if (!(end > Date.now())) return;
    if (button) button.disabled = true;
    // Silent while counting: a screen reader would speak every second.
    el.setAttribute('aria-live', 'off');
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left > 0) {
        el.textContent = (el.dataset.countdownText || '{0}').replace('{0}', left);
        return;
      }
      clearInterval(timer);
      if (button) button.disabled = false;
      el.setAttribute('aria-live', 'polite');
      el.textContent = el.dataset.countdownDone || '';
    };
    const timer = setInterval(tick, 1000);
    tick();
  });

  // Marked before anything is revealed: a shown password is still one, and is never stored.
  each('input[type=password]', field => { field.dataset.secret = ''; });
  const tick = el => /^(checkbox|radio)$/.test(el.type);
  const place = form => 'carry:' + location.pathname + '#' + form.id;
  const carried = form => [...form.elements].filter(el => el.name && /^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName)
    && !('secret' in el.dataset) && !/^(hidden|password|file|submit|button|reset|image)$/.test(el.type));
  const same = (el, [name, value]) => el.name === name && (!tick(el) || el.value === value);
  try {
    each('form[data-carry]', form => {
      const kept = JSON.parse(sessionStorage.getItem(place(form)) || '[]');
      for (const el of carried(form)) {
        const at = kept.findIndex(entry => same(el, entry));
        if (at < 0) continue;
        const [, value, on] = kept.splice(at, 1)[0];
        if (tick(el)) el.checked = on;
        else if (el.tagName !== 'SELECT' || [...el.options].some(option => option.value === value)) el.value = value;
      }
    });
    Object.keys(sessionStorage).filter(key => key.startsWith('carry:')).forEach(key => sessionStorage.removeItem(key));
  } catch { /* storage switched off, or written by something else: the page stands as the server sent it */ }

  let sent = null, kept = false;
  addEventListener('submit', e => {
    if (e.defaultPrevented) return;
    sent = e.target;
    kept = sent.matches('[data-keep-form]');
  });
  addEventListener('beforeunload', e => {
    const unsent = field => field.form !== sent && (field.type === 'file' ? field.files.length > 0 : !kept && field.value.trim() !== '');
    if ([...document.querySelectorAll('form[data-guard] textarea, form[data-guard] [type=file]')].some(unsent)) e.preventDefault();
  });

  const query = location.search;
  each('form[data-keep-form]', form => form.addEventListener('submit', async e => {
    try {
      each('form[data-carry]', from => sessionStorage.setItem(place(from), JSON.stringify(
        carried(from).map(el => [el.name, el.value, el.checked]))));
    } catch { /* storage switched off: the switch itself still works */ }
    const back = form.querySelector('[data-keep-url]');
    if (back && location.search !== query) back.value = location.pathname + location.search;
    const draft = document.querySelector('form[data-draft]');
    if (!draft || form.dataset.keepForm === 'go') return;
    const save = new CustomEvent('draft:save', { detail: {} });
    draft.dispatchEvent(save);
    if (!save.detail.done) return;
    e.preventDefault();
    form.dataset.keepForm = 'go';
    const done = await Promise.race([save.detail.done, new Promise(tell => setTimeout(tell, 5000))]);
    if (done) form.requestSubmit(e.submitter);
  }));
})();
