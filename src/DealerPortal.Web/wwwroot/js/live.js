/* Keeps what a page shows up to date. Without it a reload does the same.
   <main data-live="/live/…" data-live-tag="…" data-live-every="4000">: asks there with the tag of what is shown; 304 means nothing is new. Otherwise the
   page is read again and its [data-live-part] (with an id) take the place of those shown. What holds the focus in a field, or a field that was changed, stays.
   #live-said (role=status) then says what [data-live-news] of the new page holds. Asks at once when the page is looked at again. */
(() => {
  'use strict';
  const main = document.querySelector('[data-live]'), said = document.getElementById('live-said');
  if (!main) return;
  const fields = 'input:not([type=hidden]), textarea, select';
  let tag = main.dataset.liveTag, timer, asking = false;

  const isTouched = part => [...part.querySelectorAll(fields)].some(field => field === document.activeElement
    || (/^(checkbox|radio)$/.test(field.type) ? field.checked !== field.defaultChecked
      : field.tagName === 'SELECT' ? [...field.options].some(option => option.selected !== option.defaultSelected)
        : field.type === 'file' ? field.files.length > 0 : field.value !== field.defaultValue));

  function take(page) {
    let changed = false;
    for (const part of document.querySelectorAll('[data-live-part]')) {
      const fresh = page.getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML || isTouched(part)) continue;
      const link = part.contains(document.activeElement) && document.activeElement.getAttribute('href');
      part.innerHTML = fresh.innerHTML;
      if (link) [...part.querySelectorAll('a')].find(a => a.getAttribute('href') === link)?.focus();
      changed = true;
    }
    const news = page.querySelector('[data-live-news]');
    if (changed && said && news) said.textContent = news.dataset.liveNews;
  }

  async function ask() {
    clearTimeout(timer);
    if (asking || document.visibilityState !== 'visible') return;
    asking = true;
    let goesOn = true;
    try {
      const answer = await fetch(main.dataset.live, { cache: 'no-store', redirect: 'error', headers: { 'If-None-Match': `"${tag}"`, 'X-Requested-With': 'fetch' } });
      // Signed out, or no longer to be seen: the next click says so.
      goesOn = answer.ok || answer.status === 304 || answer.status >= 429;
      if (answer.status === 204) {
        const page = await fetch(location.href, { cache: 'no-store', redirect: 'error', headers: { 'X-Live': 'page' } });
        if (page.ok) {
          take(new DOMParser().parseFromString(await page.text(), 'text/html'));
          tag = answer.headers.get('ETag').replace(/^(W\/)?"|"$/g, '');
        }
      }
    } catch { /* the network is away: it is asked again */ }
    asking = false;
    if (goesOn) timer = setTimeout(ask, main.dataset.liveEvery);
  }

  document.addEventListener('visibilitychange', ask);
  timer = setTimeout(ask, main.dataset.liveEvery);
})();
