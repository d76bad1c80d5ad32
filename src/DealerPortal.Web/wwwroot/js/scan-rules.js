/* What is this scan? Pure rules; the portal's own (Imei, ModelCode, SerialNumber) decide again when the form is sent.
   scanRules.read(text) -> { text, parts }: text without what readers and symbologies put around it, parts { model, serial, imei } only where the
     scan labels them: «S/N: …; MODEL: …», or an address with such a query.
   isImei, isModel, isSerialLike (as plates print them: 11 or 15 letters and digits), keyOf (a model code without its region). */
(() => {
  'use strict';
  const label = '(?:S/N|SN|SERIAL(?:[ _-]?(?:NO|NR|NUMBER))?|MODEL(?:[ _-]?(?:NO|NR|NUMBER|CODE))?|IMEI[ _-]?[12]?)\\.?\\s*[:=]';
  const labelled = new RegExp(`(?:^|[^A-Z0-9])(${label})\\s*(.+?)\\s*(?=$|[;,|&#\\r\\n\\t]|\\s${label})`, 'gi');

  const compact = text => text.replace(/[\s\p{Cf}]/gu, '').replace(/[\u2010-\u2015\u2212]/g, '-').toUpperCase();
  const digits = text => compact(text).replace(/[-/]/g, '');

  function isImei(text) {
    const number = digits(text);
    if (!/^\d{15}$/.test(number) || /^0+$/.test(number)) return false;
    const sum = [...number].reverse().reduce((total, digit, i) => total + (i % 2 ? (digit * 2) % 10 + (digit >= 5) : +digit), 0);
    return sum % 10 === 0;
  }
  // Digits alone are the box's EAN or a number of the shop, never a model.
  const isModel = text => /^(?=.*[A-Z])(?=-*[A-Z0-9])[A-Z0-9-]{2,40}(\/[A-Z0-9]{1,4})?$/.test(compact(text));
  const isSerial = text => /^(?=.*[A-Z0-9])[A-Z0-9/-]{1,40}$/.test(compact(text));
  const isSerialLike = text => /^([A-Z0-9]{11}|[A-Z0-9]{15})$/.test(compact(text));
  const keyOf = text => compact(text).split('/')[0];

  function clean(text) {
    // ]C1, ]E0, ]Q3 …: the AIM prefix that some readers send to name the symbology; * … *: the frame of a Code 39.
    const bare = text.replace(/\p{Cc}/gu, c => /\s/.test(c) ? c : '').trim().replace(/^\][A-Za-z][0-9A-Za-z]/, '').trim();
    return bare.replace(/^\*([^*]+)\*$/, '$1').trim();
  }

  function partsOf(text) {
    let source = text;
    if (/^https?:\/\//i.test(text)) {
      try { source = [...new URL(text).searchParams].map(pair => pair.join('=')).join('\n'); } catch { return {}; }
    }
    const parts = {};
    for (const [, name, value] of source.matchAll(labelled)) {
      const kind = /^M/i.test(name) ? 'model' : /^S/i.test(name) ? 'serial' : 'imei';
      const isRight = { model: isModel, serial: isSerial, imei: isImei }[kind](value);
      if (isRight && !parts[kind]) parts[kind] = value;
    }
    return parts;
  }

  window.scanRules = Object.freeze({
    read: scanned => { const text = clean(scanned); return { text, parts: partsOf(text) }; },
    isImei, isModel, isSerialLike, keyOf
  });
})();
