/* Enter, and the hand scanner, which types fast and ends with Enter or Tab. Without it Enter saves the draft and does not send.
   form[data-draft]: Enter in a single-line field moves on to the next field that is still to be filled in; it never sends.
   Keys into input[data-scan] that come faster than anyone types, then Enter or Tab: fires scan:read on the field,
     detail { text: what was scanned, before: what the field held before }.
   field:done (combo.js, scan-place.js) on a field moves on from it. What stands in [data-aside] is passed over. */
(() => {
  'use strict';
  const form = document.querySelector('form[data-draft]');
  if (!form) return;
  const shortest = 6, pause = 250, perKey = 50;

  const isToFill = el => el.type === 'radio' ? ![...form.elements].some(other => other.name === el.name && other.checked)
    : el.type === 'checkbox' ? !el.checked : !el.value.trim();
  function moveOn(from) {
    const fields = [...form.elements].filter(el => el === from
      || (/^(INPUT|SELECT|TEXTAREA)$/.test(el.tagName) && !/^(hidden|submit|button|reset|image)$/.test(el.type)
        && !el.matches(':disabled, [data-aside] *') && !el.readOnly && el.offsetParent));
    const after = fields.slice(fields.indexOf(from) + 1), next = after.find(isToFill) || after[0];
    if (next) next.focus();
  }

  let burst = null;
  const isScan = ({ text, first, last }) => text.length >= shortest && (last - first) / (text.length - 1) <= perKey;
  // Before the type-ahead of the field hears of it.
  form.addEventListener('keydown', e => {
    const field = e.target, goesOn = burst && burst.field === field && e.timeStamp - burst.last <= pause;
    if (e.isComposing || !field.matches('input[data-scan]')) burst = null;
    else if (e.key === 'Enter' || e.key === 'Tab') {
      const scan = goesOn && isScan(burst) ? burst : null;
      burst = null;
      if (!scan || e.shiftKey) return;
      e.preventDefault();
      e.stopPropagation();
      field.dispatchEvent(new CustomEvent('scan:read', { bubbles: true, detail: { text: scan.text, before: scan.before } }));
    } else if (e.key.length === 1 && !e.metaKey && (!e.ctrlKey || e.getModifierState('AltGraph'))) {
      if (!goesOn) burst = { field, before: field.value, text: '', first: e.timeStamp };
      burst.text += e.key;
      burst.last = e.timeStamp;
    } else if (!/^(Shift|AltGraph|CapsLock)$/.test(e.key)) burst = null;
  }, true);

  form.addEventListener('keydown', e => {
    const field = e.target;
    if (e.key !== 'Enter' || e.defaultPrevented || e.isComposing || field.tagName !== 'INPUT'
      || /^(submit|button|reset|image|file)$/.test(field.type)) return;
    e.preventDefault();
    moveOn(field);
  });
  form.addEventListener('field:done', e => moveOn(e.target));
})();
