/* Support's queue: selection and keys. Without it the boxes are ticked one by one and everything else works.
   [data-queue] holds it all; data-keys="on|off" says whether keys work (the ? button always opens their list).
   [data-selected="none|one|{0} many"] tells how many rows are ticked; [data-select-all] and [data-select-none] tick and untick them.
   Keys, never while typing: j and k go from row to row, x ticks, a assigns (the row, when none is ticked), r answers, ? lists the keys.
   The focus is on the row's link, so that Enter opens it and a screen reader says which one it is. */
(() => {
  'use strict';
  const queue = document.querySelector('[data-queue]');
  if (!queue) return;
  const $ = selector => queue.querySelector(selector), boxes = [...queue.querySelectorAll('tbody .pick')], links = [...queue.querySelectorAll('tbody a.key')];
  const told = $('[data-selected]'), all = $('[data-select-all]'), none = $('[data-select-none]'), keys = $('#keys'), show = $('[data-keys-show]'), to = $('#to');

  const tell = () => {
    if (!told) return;
    const count = boxes.filter(box => box.checked).length, words = told.dataset.selected.split('|');
    told.textContent = words[Math.min(count, 2)].replace('{0}', count);
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && !all.checked;
    none.hidden = !count;
  };
  const tick = on => {
    for (const box of boxes) box.checked = on;
    tell();
  };
  if (told) {
    all.hidden = false;
    all.addEventListener('change', () => tick(all.checked));
    none.addEventListener('click', () => {
      tick(false);
      all.focus();
    });
    for (const box of boxes) box.addEventListener('change', tell);
    // A page that is come back to keeps its ticks.
    addEventListener('pageshow', tell);
    tell();
  }

  const open = () => keys.showModal();
  show.hidden = false;
  show.addEventListener('click', open);
  if (queue.dataset.keys !== 'on') return;

  let last = -1;
  const current = () => {
    const row = document.activeElement && document.activeElement.closest('tbody tr');
    return row && queue.contains(row) ? (last = links.findIndex(link => row.contains(link))) : last;
  };
  const go = index => {
    if (!links.length) return;
    last = Math.max(0, Math.min(links.length - 1, index));
    links[last].focus();
    links[last].closest('tr').scrollIntoView({ block: 'nearest' });
  };
  const select = on => {
    const index = Math.max(0, current());
    if (!boxes[index]) return;
    boxes[index].checked = on === undefined ? !boxes[index].checked : on;
    if (on === undefined) go(index);
    tell();
  };
  const act = {
    j: () => go(current() + 1),
    k: () => go(current() < 0 ? 0 : current() - 1),
    x: () => select(),
    a: () => {
      if (!to) return;
      if (!boxes.some(box => box.checked)) select(true);
      to.focus();
    },
    r: () => {
      const link = links[Math.max(0, current())];
      if (link) location.href = link.href + '#Answer_Text';
    },
    '?': open,
  };
  document.addEventListener('keydown', e => {
    if (e.defaultPrevented || e.isComposing || e.ctrlKey || e.altKey || e.metaKey || document.querySelector('dialog[open]')) return;
    if (e.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]')) return;
    const does = act[e.key];
    if (!does) return;
    e.preventDefault();
    does();
  });
})();
