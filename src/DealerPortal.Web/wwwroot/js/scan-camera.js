/* Reads Code 128, EAN, QR and Data Matrix with the camera. Without it, or without a camera API, the buttons are not shown.
   <button type="button" data-scan-open="model" aria-label="Scan the model code"> beside input[data-scan=model]; html gets the class can-scan.
   <dialog data-scan-dialog data-decoder="/zxing.js" data-opening data-looking data-refused data-none data-busy data-failed data-no-decoder data-reading data-nothing>
     with [data-scan-title], [data-scan-view] around a video, [data-scan-status], [data-scan-trouble] around [data-scan-reason],
     [data-scan-photo] around a file input, buttons [data-scan-skip], [data-scan-other], [data-scan-torch].
   What is read closes the dialog and fires scan:read on the field, detail { text }. The browser's own BarcodeDetector is used where it reads all of them;
   otherwise the decoder is loaded, once the dialog is open. */
(() => {
  'use strict';
  const dialog = document.querySelector('dialog[data-scan-dialog]');
  if (!dialog || !navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return;
  const part = name => dialog.querySelector(`[data-scan-${name}]`), texts = dialog.dataset;
  const view = part('view'), video = view.querySelector('video'), status = part('status'), trouble = part('trouble'), photo = part('photo');
  const other = part('other'), torch = part('torch'), picture = photo.querySelector('input');
  const needed = ['code_128', 'ean_13', 'qr_code', 'data_matrix'], welcome = ['code_39', 'ean_8', 'upc_a'];
  const rhythm = 120, widest = 1280, stillWidest = 2400;
  let kind, stream = null, session = 0, cameras = [], chosen = null, reader = null;

  async function nativeReader() {
    const formats = 'BarcodeDetector' in window ? await BarcodeDetector.getSupportedFormats().catch(() => []) : [];
    if (!needed.every(format => formats.includes(format))) return null;
    const detector = new BarcodeDetector({ formats: [...needed, ...welcome].filter(format => formats.includes(format)) });
    return async canvas => ((await detector.detect(canvas))[0] || {}).rawValue;
  }
  const load = url => new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = done;
    script.onerror = () => { script.remove(); failed(new Error(url)); };
    document.head.append(script);
  });
  async function vendoredReader() {
    if (!window.ZXing) await load(texts.decoder);
    const { MultiFormatOneDReader, QRCodeReader, DataMatrixReader, DecodeHintType, BarcodeFormat, BinaryBitmap, HybridBinarizer, HTMLCanvasElementLuminanceSource } = window.ZXing;
    const hints = new Map([
      [DecodeHintType.POSSIBLE_FORMATS, [...needed, ...welcome].map(format => BarcodeFormat[format.toUpperCase()])],
      [DecodeHintType.TRY_HARDER, true]
    ]);
    // Bars last: looking for them sideways turns the picture itself.
    const decoders = [new QRCodeReader(), new DataMatrixReader(), new MultiFormatOneDReader(hints)];
    return async canvas => {
      const bitmap = new BinaryBitmap(new HybridBinarizer(new HTMLCanvasElementLuminanceSource(canvas)));
      for (const decoder of decoders) {
        try { return decoder.decode(bitmap, hints).getText(); } catch { /* no such code in this picture */ }
      }
      return null;
    };
  }
  // Kept once it is there; what failed to load is tried again.
  const getReader = async () => reader || (reader = await nativeReader() || await vendoredReader());

  /** The middle of a picture (share 1: all of it), no wider than asked. */
  function draw(source, width, height, share, limit) {
    const canvas = document.createElement('canvas'), wide = width * share, high = height * share, scale = Math.min(1, limit / Math.max(wide, high));
    canvas.width = Math.round(wide * scale);
    canvas.height = Math.round(high * scale);
    canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, (width - wide) / 2, (height - high) / 2, wide, high, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  function stop() {
    session++;
    if (stream) stream.getTracks().forEach(track => track.stop());
    stream = video.srcObject = null;
    other.hidden = torch.hidden = true;
    torch.setAttribute('aria-pressed', 'false');
  }
  function fail(reason) {
    stop();
    status.textContent = '';
    view.hidden = true;
    trouble.hidden = photo.hidden = false;
    part('reason').textContent = reason;
  }
  const reasonOf = error => ({
    NotAllowedError: texts.refused, SecurityError: texts.refused, NotFoundError: texts.none, OverconstrainedError: texts.none,
    NotReadableError: texts.busy, AbortError: texts.busy
  })[error.name] || texts.failed;

  function found(text) {
    dialog.close();
    if (navigator.vibrate) navigator.vibrate(60);
    const field = document.querySelector(`input[data-scan=${kind}]`);
    if (field) field.dispatchEvent(new CustomEvent('scan:read', { bubbles: true, detail: { text } }));
  }

  async function look(mine, read) {
    let last = null;
    for (let round = 0; mine === session; round++) {
      if (video.readyState >= 2 && video.videoWidth) {
        // By turns what the frame shows in full detail and the whole picture.
        const text = await read(draw(video, video.videoWidth, video.videoHeight, round % 2 ? 1 : .7, widest)).catch(() => null);
        if (mine !== session) return;
        // One reading may be wrong; two alike are not.
        if (text && text === last) return found(text);
        last = text || last;
      }
      await new Promise(next => setTimeout(next, rhythm));
    }
  }

  async function start() {
    stop();
    const mine = session;
    trouble.hidden = photo.hidden = true;
    view.hidden = false;
    status.textContent = texts.opening;
    let live;
    try {
      live = await navigator.mediaDevices.getUserMedia({
        audio: false,
        video: { width: { ideal: 1920 }, height: { ideal: 1080 }, ...(chosen ? { deviceId: { exact: chosen } } : { facingMode: { ideal: 'environment' } }) }
      });
    } catch (error) {
      if (mine === session) fail(reasonOf(error));
      return;
    }
    if (mine !== session) return live.getTracks().forEach(track => track.stop());
    stream = video.srcObject = live;
    video.play().catch(() => { /* closed before it began */ });
    const track = live.getVideoTracks()[0], can = track.getCapabilities ? track.getCapabilities() : {};
    track.addEventListener('ended', () => { if (mine === session) fail(texts.busy); });
    torch.hidden = !can.torch;
    cameras = (await navigator.mediaDevices.enumerateDevices().catch(() => [])).filter(device => device.kind === 'videoinput');
    if (mine !== session) return;
    other.hidden = cameras.length < 2;
    try {
      const read = await getReader();
      if (mine !== session) return;
      status.textContent = texts.looking;
      await look(mine, read);
    } catch {
      if (mine === session) fail(texts.noDecoder);
    }
  }

  async function readPicture(file) {
    const mine = ++session;
    part('reason').textContent = texts.reading;
    let text = null, reason = texts.nothing;
    try {
      const read = await getReader().catch(error => { reason = texts.noDecoder; throw error; });
      const bitmap = await createImageBitmap(file);
      for (const [share, limit] of [[1, widest], [1, stillWidest], [.6, widest]]) {
        text = text || await read(draw(bitmap, bitmap.width, bitmap.height, share, limit));
      }
    } catch { /* no picture, or no decoder: said below */ }
    if (mine !== session) return;
    if (text) found(text);
    else part('reason').textContent = reason;
  }

  document.documentElement.classList.add('can-scan');
  document.addEventListener('click', e => {
    const by = e.target.closest('button[data-scan-open]');
    if (!by) return;
    kind = by.dataset.scanOpen;
    part('title').textContent = by.ariaLabel;
    dialog.showModal();
    start();
  });
  dialog.addEventListener('close', stop);
  part('skip').addEventListener('click', () => dialog.close());
  other.addEventListener('click', () => {
    const now = stream ? stream.getVideoTracks()[0].getSettings().deviceId : chosen;
    chosen = cameras[(cameras.findIndex(camera => camera.deviceId === now) + 1) % cameras.length].deviceId;
    start();
  });
  torch.addEventListener('click', () => {
    const on = torch.getAttribute('aria-pressed') !== 'true';
    stream.getVideoTracks()[0].applyConstraints({ advanced: [{ torch: on }] })
      .then(() => torch.setAttribute('aria-pressed', on), () => { torch.hidden = true; });
  });
  picture.addEventListener('change', () => {
    const file = picture.files[0];
    picture.value = '';
    if (file) readPicture(file);
  });
  // Nobody looks: the camera is let go, and taken again with the page.
  document.addEventListener('visibilitychange', () => {
    if (!dialog.open) return;
    if (document.visibilityState === 'hidden') { if (stream) stop(); }
    else if (!view.hidden) start();
  });
  addEventListener('pagehide', stop);
})();
