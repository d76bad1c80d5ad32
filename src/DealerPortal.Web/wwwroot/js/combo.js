/* Type-ahead for a text field (ARIA 1.2 combobox, list autocomplete). Without it the field is a plain text field.
   <input data-combo data-combo-url="/x" [data-combo-min="2"] [data-combo-param="q"] [data-combo-status="{0} results;one result;no result"]>
   GET url?param=text, Accept: application/json -> [{ value, label?, detail? }]; the url may carry its own query.
   The field, or the .input-group it stands in, needs a block parent; that parent gets the class combo, the list follows the field.
   Choosing sets the value and fires input, change and combo:chosen (detail = the item; bubbles).
   Enter without an active option takes the item that is exactly what was typed, if there is one, and fires field:done (bubbles); it never submits. */
(() => {
  'use strict';
  const ready = new WeakSet();
  let count = 0;

  const compact = text => text.replace(/\s/g, '').toUpperCase();

  function attach(input) {
    if (ready.has(input)) return;
    ready.add(input);
    const data = input.dataset, anchor = input.closest('.input-group') || input, id = 'combo-' + (++count);
    const list = document.createElement('ul'), status = document.createElement('p');
    list.id = id;
    list.className = 'combo-list';
    list.hidden = true;
    list.setAttribute('role', 'listbox');
    const label = input.labels && input.labels[0];
    if (label) list.setAttribute('aria-labelledby', label.id || (label.id = id + '-label'));
    else if (input.ariaLabel) list.ariaLabel = input.ariaLabel;
    status.className = 'visually-hidden';
    status.setAttribute('role', 'status');
    anchor.parentElement.classList.add('combo');
    anchor.after(list, status);
    for (const [name, value] of [['role', 'combobox'], ['aria-autocomplete', 'list'], ['aria-expanded', 'false'], ['aria-controls', id], ['autocomplete', 'off']])
      input.setAttribute(name, value);

    let items = [], active = -1, timer, request, choosing = false;

    const activate = index => {
      active = index;
      [...list.children].forEach((el, i) => el.setAttribute('aria-selected', i === index));
      if (index < 0) return input.removeAttribute('aria-activedescendant');
      input.setAttribute('aria-activedescendant', list.children[index].id);
      list.children[index].scrollIntoView({ block: 'nearest' });
    };
    const close = () => {
      clearTimeout(timer);
      if (request) request.abort();
      list.hidden = true;
      input.setAttribute('aria-expanded', 'false');
      activate(-1);
    };
    const open = found => {
      items = found;
      list.replaceChildren(...items.map((item, i) => {
        const option = document.createElement('li'), name = document.createElement('b');
        option.id = id + '-' + i;
        option.setAttribute('role', 'option');
        name.textContent = item.label || item.value;
        option.append(name);
        if (item.detail) {
          const detail = document.createElement('span');
          detail.textContent = item.detail;
          option.append(' ', detail);
        }
        return option;
      }));
      const [many, one = many, none = many] = (data.comboStatus || '').split(';');
      status.textContent = (items.length > 1 ? many : items.length ? one : none).replace('{0}', items.length);
      list.hidden = !items.length;
      input.setAttribute('aria-expanded', String(items.length > 0));
      activate(-1);
    };
    const choose = item => {
      choosing = true;
      input.value = item.value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
      input.dispatchEvent(new Event('change', { bubbles: true }));
      choosing = false;
      close();
      input.dispatchEvent(new CustomEvent('combo:chosen', { bubbles: true, detail: item }));
    };
    const find = async (text, signal) => {
      const url = new URL(data.comboUrl, location.href);
      url.searchParams.set(data.comboParam || 'q', text);
      const answer = await fetch(url, { headers: { Accept: 'application/json' }, signal });
      return answer.ok ? answer.json() : [];
    };
    const takeExact = async () => {
      const text = input.value, isExact = item => compact(item.value) === compact(text);
      if (text.trim().length < (data.comboMin || 2)) return;
      const item = items.find(isExact) || (await find(text).catch(() => [])).find(isExact);
      if (item && item.value !== text && input.value === text) choose(item);
    };
    const look = async () => {
      const text = input.value.trim();
      if (text.length < (data.comboMin || 2)) return close();
      if (request) request.abort();
      const mine = request = new AbortController();
      try {
        const found = await find(text, mine.signal);
        if (mine === request && !mine.signal.aborted && document.activeElement === input) open(found);
      } catch { if (mine === request) close(); }
    };

    input.addEventListener('input', () => {
      if (choosing) return;
      clearTimeout(timer);
      timer = setTimeout(look, 150);
    });
    input.addEventListener('blur', close);
    input.addEventListener('keydown', e => {
      if (e.isComposing) return;
      const shown = !list.hidden, last = items.length - 1;
      if (e.key === 'Enter') {
        e.preventDefault();
        if (shown && active >= 0) return choose(items[active]);
        close();
        takeExact();
        input.dispatchEvent(new CustomEvent('field:done', { bubbles: true }));
      } else if (e.key === 'Escape') {
        if (!shown) return;
        e.preventDefault();
        e.stopPropagation();
        close();
      } else if (e.key === 'Tab') {
        if (shown && active >= 0) choose(items[active]);
      } else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
        const down = e.key === 'ArrowDown';
        e.preventDefault();
        if (!shown) { if (down) look(); }
        else if (e.altKey) { if (!down) close(); }
        else activate(down ? (active < last ? active + 1 : 0) : (active > 0 ? active - 1 : last));
      } else if ((e.key === 'Home' || e.key === 'End') && shown && active >= 0) {
        e.preventDefault();
        activate(e.key === 'Home' ? 0 : last);
      } else if (shown && (e.key === 'ArrowLeft' || e.key === 'ArrowRight')) activate(-1);
    });
    // Pressing on the list must not take the focus from the field: the blur would close it before the click.
    list.addEventListener('mousedown', e => e.preventDefault());
    list.addEventListener('click', e => {
      const index = [...list.children].indexOf(e.target.closest('[role=option]'));
      if (index >= 0) choose(items[index]);
    });
  }

  document.querySelectorAll('input[data-combo]').forEach(attach);
  // A field that came later, in a fragment, is attached when it is first used.
  document.addEventListener('focusin', e => { if (e.target.matches('input[data-combo]')) attach(e.target); });
})();
