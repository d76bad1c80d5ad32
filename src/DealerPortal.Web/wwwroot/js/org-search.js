/* Live search: the results follow the typing. Without it the form is a plain GET form.
   <form method="get" data-live-search data-live-target="#results" [data-live-min="3"]>, its text field of any name.
   GET of the form's own address with X-Requested-With: fetch -> the HTML of the target's inside. The address bar follows, so that a reload keeps it.
   A choice (radio, checkbox) made in the target stays where the same name and value come back.
   In the fragment [data-live-status] (no role of its own) is what a screen reader hears. */
(() => {
  'use strict';
  for (const form of document.querySelectorAll('form[data-live-search]')) {
    const target = document.querySelector(form.dataset.liveTarget);
    const field = [...form.elements].find(el => /^(text|search)$/.test(el.type));
    if (!target || !field) continue;
    const voice = document.createElement('p');
    let timer, request, shown = field.value.trim();
    voice.className = 'visually-hidden';
    voice.setAttribute('role', 'status');
    form.append(voice);

    const search = async () => {
      clearTimeout(timer);
      if (request) request.abort();
      const mine = request = new AbortController(), url = new URL(form.action, location.href), text = field.value.trim();
      url.search = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
      target.setAttribute('aria-busy', 'true');
      try {
        const answer = await fetch(url, { headers: { 'X-Requested-With': 'fetch' }, signal: mine.signal });
        if (!answer.ok || answer.redirected) throw new Error(answer.status);
        const html = await answer.text();
        if (mine !== request) return true;
        const picked = [...target.querySelectorAll(':checked')].filter(el => el.name);
        target.innerHTML = html;
        for (const el of target.querySelectorAll('input')) if (picked.some(p => p.name === el.name && p.value === el.value)) el.checked = true;
        const status = target.querySelector('[data-live-status]');
        voice.textContent = status ? status.textContent : '';
        shown = text;
        history.replaceState(history.state, '', url);
        return true;
      } catch {
        return mine !== request || mine.signal.aborted;
      } finally {
        if (mine === request) target.removeAttribute('aria-busy');
      }
    };

    field.addEventListener('input', () => {
      clearTimeout(timer);
      const text = field.value.trim();
      if (text !== shown && text.length >= (form.dataset.liveMin || 3)) timer = setTimeout(search, 200);
    });
    form.addEventListener('submit', async e => {
      e.preventDefault();
      // Where the answer fails, the plain page says why.
      if (!await search()) form.submit();
    });
  }
})();
