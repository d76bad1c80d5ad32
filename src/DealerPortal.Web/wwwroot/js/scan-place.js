/* Puts a scan where it belongs, says so and lets it be undone. Needs scan-rules.js.
   <input data-scan="model|serial|imei">; the model's has data-combo-url, which knows the catalogue.
   scan:read on such a field, detail { text, before? }: before is there when the scan was typed into the field, and is what it goes back to.
   <div role="status" data-scan-said="model|serial"></div> in the page; <template id="scan-said"> with [data-text] and [data-undo];
   [data-scan-texts] with data-placed-model, -serial, -imei, data-placed-several="{0}", data-read="{0}", data-replaced="{0} {1}", data-undone.
   Fires field:done on the field that is filled in, when the next one is due. */
(() => {
  'use strict';
  const texts = document.querySelector('[data-scan-texts]'), template = document.getElementById('scan-said');
  if (!texts || !template) return;
  const rules = window.scanRules, patience = 1500;
  const fieldOf = kind => [...document.querySelectorAll(`input[data-scan=${kind}]`)].find(el => el.offsetParent);
  const lines = () => document.querySelectorAll('[data-scan-said]');
  const nameOf = field => field.labels[0].firstChild.textContent.replace('*', '').trim();

  function put(kind, text) {
    // Looked up each time: a save may have brought the field anew.
    const field = fieldOf(kind);
    if (!field) return;
    const value = field.maxLength > 0 ? text.slice(0, field.maxLength) : text;
    if (field.value === value) return;
    field.value = value;
    for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
  }

  /** Whether the catalogue knows the code; undefined when it cannot be asked. */
  async function isKnown(code) {
    const model = fieldOf('model');
    if (!model) return undefined;
    const url = new URL(model.dataset.comboUrl, location.href);
    url.searchParams.set('q', code);
    try {
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal: AbortSignal.timeout(patience) });
      return answer.ok ? (await answer.json()).some(item => rules.keyOf(item.value) === rules.keyOf(code)) : undefined;
    } catch { return undefined; }
  }

  async function kindOf(text, own) {
    if (rules.isImei(text)) return fieldOf('imei') ? 'imei' : own;
    const serial = own !== 'serial' && rules.isSerialLike(text) ? fieldOf('serial') : null, mayBeSerial = serial && !serial.value.trim();
    if (own === 'model' && !mayBeSerial) return own;
    const known = rules.isModel(text) ? await isKnown(text) : false;
    return known ? 'model' : known === false && mayBeSerial ? 'serial' : own;
  }

  function say(field, text, undo) {
    const line = document.querySelector(`[data-scan-said="${field.dataset.scan}"]`) || [...lines()].pop();
    const said = template.content.cloneNode(true), button = said.querySelector('[data-undo]');
    said.querySelector('[data-text]').textContent = text;
    lines().forEach(other => other.replaceChildren());
    line.append(said);
    line.scrollIntoView({ block: 'nearest' });
    button.addEventListener('click', () => {
      undo();
      button.remove();
      line.querySelector('[data-text]').textContent = texts.dataset.undone;
      const again = fieldOf(field.dataset.scan);
      if (again) again.focus();
    });
  }

  document.addEventListener('scan:read', async e => {
    const field = e.target, own = field.dataset.scan, { text: scanned, before } = e.detail, isTyped = before !== undefined;
    const held = field.value, focus = document.activeElement, { text, parts } = rules.read(scanned);
    const labelled = Object.entries(parts).filter(([kind]) => fieldOf(kind));
    const places = labelled.length ? labelled : [[await kindOf(text, own), text]];
    // Whoever went on typing meanwhile has the last word.
    if (field.value !== held) return;

    const earlier = places.map(([kind]) => [kind, kind === own && isTyped ? before : fieldOf(kind).value]);
    const isMoved = places.every(([kind]) => kind !== own), isOwn = !labelled.length && !isMoved;
    if (isMoved && isTyped) put(own, before);
    places.forEach(([kind, value]) => put(kind, value));
    const undo = () => {
      earlier.forEach(([kind, value]) => put(kind, value));
      // What was read stays, where it was scanned.
      if (!isOwn) put(own, text);
    };
    const replaced = isOwn ? earlier[0][1].trim() : '', said = texts.dataset;
    lines().forEach(line => line.replaceChildren());
    if (places.length > 1) say(field, said.placedSeveral.replace('{0}', places.map(([kind]) => nameOf(fieldOf(kind))).join(', ')), undo);
    else if (isMoved) say(field, said[{ model: 'placedModel', serial: 'placedSerial', imei: 'placedImei' }[places[0][0]]], undo);
    else if (replaced && replaced !== text) say(field, said.replaced.replace('{0}', text).replace('{1}', replaced), undo);
    else if (!isOwn || !isTyped) say(field, said.read.replace('{0}', places[0][1]), undo);

    if (document.activeElement !== focus) return;
    if (field.value.trim()) field.dispatchEvent(new CustomEvent('field:done', { bubbles: true }));
    else field.focus();
  });

  // What is typed afterwards must not fall to an undo.
  document.addEventListener('input', e => {
    if (e.isTrusted && e.target.matches('input[data-scan]')) lines().forEach(line => line.replaceChildren());
  });
})();
