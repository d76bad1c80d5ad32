/* Draws the first page of a PDF as soon as it is chosen, so that it is sent as a picture beside it. Without it, or when drawing fails, a picture is chosen by hand or left out.
   [data-cover data-library="pdf.mjs" data-worker="pdf.worker.mjs" data-drawing data-drawn data-failed] in a form, around
     input[type=file][data-cover-file], input[type=file][data-cover-picture] that gets the picture, input[data-cover-pages],
     img[hidden][data-cover-preview], [role=status][data-cover-said]. A send waits while it is drawn, for some seconds. */
(() => {
  'use strict';
  const longest = 896, patience = 15000;
  for (const box of document.querySelectorAll('[data-cover]')) {
    const part = name => box.querySelector(`[data-cover-${name}]`), texts = box.dataset;
    const file = part('file'), picture = part('picture'), pages = part('pages'), preview = part('preview'), said = part('said');
    let drawing = null, turn = 0, isOurs = false;

    const load = async () => {
      const library = await import(texts.library);
      library.GlobalWorkerOptions.workerSrc = texts.worker;
      return library;
    };
    async function draw(chosen) {
      const library = await load();
      // Nothing of the file runs, and nothing is fetched for it.
      const task = library.getDocument({ data: new Uint8Array(await chosen.arrayBuffer()), useWasm: false, useWorkerFetch: false, enableXfa: false, stopAtErrors: false });
      try {
        const pdf = await task.promise, page = await pdf.getPage(1), plain = page.getViewport({ scale: 1 });
        const viewport = page.getViewport({ scale: longest / Math.max(plain.width, plain.height) });
        const canvas = document.createElement('canvas');
        canvas.width = Math.max(1, Math.round(viewport.width));
        canvas.height = Math.max(1, Math.round(viewport.height));
        await page.render({ canvas, viewport, background: '#fff' }).promise;
        const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', .9));
        if (!blob) throw new Error('canvas');
        return { blob, count: pdf.numPages };
      } finally {
        await task.destroy();
      }
    }
    const limited = work => Promise.race([work, new Promise((_, failed) => setTimeout(() => failed(new Error('slow')), patience))]);
    function show(blob) {
      if (preview.src) URL.revokeObjectURL(preview.src);
      preview.hidden = !blob;
      if (blob) preview.src = URL.createObjectURL(blob);
      else preview.removeAttribute('src');
    }
    function forget() {
      if (isOurs) picture.value = '';
      isOurs = false;
      pages.value = '';
      show(null);
    }

    file.addEventListener('change', () => {
      const chosen = file.files[0], mine = ++turn;
      forget();
      said.textContent = chosen ? texts.drawing : '';
      if (!chosen) return;
      drawing = limited(draw(chosen)).then(({ blob, count }) => {
        if (mine !== turn) return;
        pages.value = count;
        said.textContent = texts.drawn;
        // A picture that was chosen by hand stays.
        if (picture.files.length) return show(picture.files[0]);
        const given = new DataTransfer();
        given.items.add(new File([blob], 'cover.jpg', { type: 'image/jpeg' }));
        picture.files = given.files;
        isOurs = true;
        show(blob);
      }).catch(() => { if (mine === turn) said.textContent = texts.failed; }).finally(() => { if (mine === turn) drawing = null; });
    });
    picture.addEventListener('change', () => {
      isOurs = false;
      show(picture.files[0] || null);
    });
    file.form.addEventListener('submit', e => {
      if (!drawing) return;
      e.preventDefault();
      const button = e.submitter;
      drawing.finally(() => file.form.requestSubmit(button));
    });
  }
})();
