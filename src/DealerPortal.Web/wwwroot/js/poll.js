/* Keeps a part of the page fresh while something is under way. Without it a link loads the page again.
   <section data-poll="3000"> is filled anew from the page's own address (X-Requested-With: fetch -> its inside) as long as it holds [data-poll-on]. */
(() => {
  'use strict';
  for (const part of document.querySelectorAll('[data-poll]')) {
    const look = async () => {
      try {
        const answer = await fetch(location.href, { headers: { 'X-Requested-With': 'fetch' } });
        if (answer.ok && !answer.redirected) part.innerHTML = await answer.text();
      } catch { /* the network is away: it is asked again */ }
      wait();
    };
    const wait = () => { if (part.querySelector('[data-poll-on]')) setTimeout(look, +part.dataset.poll); };
    wait();
  }
})();
