// The page of public money: an area that is pointed at, in the table or on the map, stands out in both; and a map that can be
// moved, for who wants one. The picture with its links stays what the keyboard uses.
import type { SpendMap } from './map';

const AREA = '#areas tbody th a, .picture--shades a';

/** Gives the page its extras. */
export function startSpend(): void {
  const frame = document.getElementById('spend-map');
  const source = frame?.dataset.map;
  if (!frame || !source) return;
  let drawn: Promise<SpendMap | undefined> | undefined;
  for (const type of ['mouseover', 'focusin', 'mouseout', 'focusout']) {
    document.addEventListener(type, (event) => {
      const link = event.target instanceof Element ? event.target.closest(AREA) : null;
      if (!link) return;
      const href = type === 'mouseover' || type === 'focusin' ? link.getAttribute('href') : null;
      show(href);
      void drawn?.then((map) => map?.show(href));
    });
  }
  const button = document.createElement('button');
  button.type = 'button';
  button.id = 'spend-move';
  button.className = 'button button--plain map__move';
  button.textContent = 'Zoom and move the map';
  button.setAttribute('aria-pressed', 'false');
  const canvas = document.createElement('div');
  canvas.className = 'map__canvas spend__canvas';
  canvas.hidden = true;
  frame.after(canvas, button);
  button.addEventListener('click', () => {
    const isMoving = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isMoving));
    canvas.hidden = !isMoving;
    frame.hidden = isMoving;
    if (!isMoving) return;
    drawn ??= import('./map')
      .then(({ SpendMap }) => SpendMap.create(canvas, source))
      .catch(() => {
        canvas.textContent = 'The map can’t be drawn in this browser. The picture and the table show the same.';
        return undefined;
      });
  });
}

/** Makes the area with this ledger stand out, or none. */
function show(href: string | null): void {
  for (const link of document.querySelectorAll(AREA)) {
    const isShown = link.getAttribute('href') === href;
    (link.closest('tr') ?? link).classList.toggle('is-shown', isShown);
  }
}
