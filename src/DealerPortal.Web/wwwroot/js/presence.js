/* Who else has this page open.
   <div data-presence="/…/presence" data-presence-every="15" data-presence-form="#form" [data-presence-writing="#field"]>: posts the form's fields there,
   with writing=true while the field holds text, and shows the HTML that comes back. Leaving the page posts to …/leave. */
(() => {
  'use strict';
  const place = document.querySelector('[data-presence]');
  if (!place) return;
  const url = place.dataset.presence, form = document.querySelector(place.dataset.presenceForm);
  const field = document.querySelector(place.dataset.presenceWriting || 'nothing');
  let told = false, timer;
  const isWriting = () => !!field && field.value.trim() !== '';
  const body = () => {
    const data = new FormData(form);
    data.set('writing', isWriting());
    return data;
  };
  async function beat() {
    clearTimeout(timer);
    told = isWriting();
    try {
      const answer = await fetch(url, { method: 'POST', body: body(), headers: { 'X-Requested-With': 'fetch' } });
      // Signed out or gone: the next click says so.
      if (!answer.ok || answer.redirected) return;
      const html = (await answer.text()).trim();
      if (html !== place.innerHTML.trim()) place.innerHTML = html;
    } catch { /* the network is away; the next beat tries again */ }
    timer = setTimeout(beat, place.dataset.presenceEvery * 1000);
  }
  if (field) field.addEventListener('input', () => { if (isWriting() !== told) beat(); });
  document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') beat(); });
  addEventListener('pagehide', () => navigator.sendBeacon(`${url}/leave`, body()));
  timer = setTimeout(beat, place.dataset.presenceEvery * 1000);
})();
