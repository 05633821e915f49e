// The place where the map goes. The map itself is large and comes later: after the list on a wide screen, when asked
// for on a narrow one.
import type { Results } from '../results/results';
import type { DrawnMap } from './map';

const WIDE = '(min-width: 62rem)';

/** Gives the page its map. */
export function startMapRegion(list: Results): void {
  const region = document.getElementById('map-region');
  const button = region?.querySelector<HTMLButtonElement>('.map__show');
  const frame = document.getElementById('map-frame');
  if (!region || !button || !frame) return;

  let drawn: Promise<DrawnMap | undefined> | undefined;
  const draw = () => {
    drawn ??= import('./map')
      .then(({ DrawnMap }) => DrawnMap.create('map'))
      .catch(() => {
        frame.textContent = 'The map can’t be drawn in this browser. The list holds the same.';
        return undefined;
      });
    return drawn;
  };
  const refresh = async () => {
    if (!drawn) return;
    const source = document.getElementById('results')?.dataset.map;
    if (source) await (await drawn)?.show(source);
  };
  const open = async (isOpen: boolean) => {
    region.classList.toggle('split__map--open', isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    button.textContent = isOpen ? 'Hide map' : 'Show map';
    if (!isOpen) return;
    const map = await draw();
    map?.resize();
    await refresh();
  };

  region.hidden = false;
  showJump();
  button.addEventListener('click', () => void open(button.getAttribute('aria-expanded') !== 'true'));
  document.addEventListener('click', (event) => {
    if (event.target instanceof Element && event.target.closest('[data-map-link]')) void open(true);
  });
  list.onChange(() => {
    showJump();
    void refresh();
  });
  for (const type of ['mouseover', 'focusin', 'mouseout', 'focusout']) {
    document.addEventListener(type, (event) => {
      const hit = event.target instanceof Element ? event.target.closest<HTMLElement>('.hit') : null;
      if (!drawn || !hit) return;
      const id = type === 'mouseover' || type === 'focusin' ? hit.dataset.id : undefined;
      void drawn.then((map) => map?.highlight(id));
    });
  }

  const wide = matchMedia(WIDE);
  const auto = () => {
    if (wide.matches) void open(true);
  };
  wide.addEventListener('change', auto);
  // after the list
  if ('requestIdleCallback' in window) requestIdleCallback(auto, { timeout: 1500 });
  else setTimeout(auto, 300);
}

function showJump(): void {
  const link = document.querySelector<HTMLElement>('[data-map-link]');
  if (link) link.hidden = false;
}
