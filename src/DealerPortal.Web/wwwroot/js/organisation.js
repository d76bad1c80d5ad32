/* For people who work for several organisations: <body data-organisation="7"> says for which one this page was made, and everything that leads on from it
   carries that, so that each tab stays in its own. Without it, forms do so by themselves and links lead to the organisation chosen last. */
(() => {
  'use strict';
  const name = 'organisation', id = document.body.dataset.organisation;
  if (!id) return;

  const carry = to => {
    const url = new URL(to, location.href);
    if (url.origin === location.origin && !url.searchParams.has(name)) url.searchParams.set(name, id);
    return url.href;
  };

  const here = carry(location.href);
  if (here !== location.href) history.replaceState(history.state, '', here);

  // However a link is followed: clicked, in another tab, or from its menu.
  for (const way of ['click', 'auxclick', 'contextmenu']) {
    document.addEventListener(way, e => {
      const link = e.target.closest?.('a[href]');
      if (link && !link.getAttribute('href').startsWith('#')) link.href = carry(link.href);
    }, true);
  }

  const ask = window.fetch, open = XMLHttpRequest.prototype.open;
  window.fetch = (to, how) => ask(carry(to), how);
  XMLHttpRequest.prototype.open = function (method, to, ...rest) { return open.call(this, method, carry(to), ...rest); };
})();
