// Fetches the list for a new address and puts it in place of the old one. The server writes the list; there is no
// second writer here.
import { announce } from '../announcer/announcer';
import { address, parse, type State, withShelf } from '../../state';

type Listener = () => void;

/** How an address comes to be shown. */
type Move = 'push' | 'replace' | 'none';

/** What changed, for those who listen. */
type News = 'list' | 'shortlist';

const SWAPPED = '[data-swap]';

export class Results {
  #listeners: Listener[] = [];
  #fetching: AbortController | undefined;

  constructor() {
    window.addEventListener('popstate', () => this.show(location.href, 'none'));
    document.addEventListener('click', (event) => this.#click(event));
    // toggle does not bubble
    document.addEventListener('toggle', (event) => this.#toggle(event), true);
  }

  get state(): State {
    return parse(location.search);
  }

  /** Calls back whenever another answer is in place. */
  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** Shows the list of a state. */
  go(state: State, move: Move = 'push', news: News = 'list'): Promise<void> {
    return this.show(address(state), move, news);
  }

  /** Shows the list of an address. When that can't be done in place, goes there. */
  async show(url: string, move: Move, news: News = 'list'): Promise<void> {
    this.#fetching?.abort();
    const fetching = new AbortController();
    this.#fetching = fetching;
    if (move === 'push') history.pushState(null, '', url);
    if (move === 'replace') history.replaceState(null, '', url);
    document.getElementById('results')?.setAttribute('aria-busy', 'true');
    try {
      const response = await fetch(url, { signal: fetching.signal, headers: { Accept: 'text/html' } });
      const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
      if (!response.ok || !fresh.getElementById('results')) throw new Error('another kind of page');
      swap(fresh);
    } catch {
      if (!fetching.signal.aborted) location.assign(url);
      return;
    }
    if (move !== 'replace') announce(news === 'shortlist' ? shortlist() : summary());
    for (const listener of this.#listeners) listener();
  }

  /** Links to this area's list change it in place. */
  #click(event: MouseEvent): void {
    const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!plain || !link?.closest(SWAPPED) || link.origin !== location.origin || link.pathname !== '/') return;
    if (parse(link.search).area !== this.state.area) return;
    event.preventDefault();
    void this.show(link.href, 'push');
  }

  /** A group that is opened is part of the state; links in the list then lead back to it. */
  #toggle(event: Event): void {
    const shelf = event.target;
    if (!(shelf instanceof HTMLDetailsElement) || !shelf.dataset.shelf) return;
    const rendered = shelf.dataset.rendered === 'open';
    if (shelf.open === rendered) return;
    const state = this.state;
    const changed = withShelf(state, shelf.dataset.shelf, shelf.open);
    if (address(changed) !== address(state)) void this.go(changed, 'replace');
  }
}

/** Puts the parts of a fresh page in place of this one's; keeps the focus, what is unfolded, and the scroll. */
function swap(fresh: Document): void {
  const focused = document.activeElement?.id;
  const focusedInSwap = document.activeElement?.closest(SWAPPED);
  const unfolded = document.querySelector<HTMLDetailsElement>('#categories')?.open;
  for (const part of document.querySelectorAll(SWAPPED)) {
    const replacement = fresh.getElementById(part.id);
    if (replacement) part.replaceWith(document.adoptNode(replacement));
  }
  document.title = fresh.title;
  const categories = document.querySelector<HTMLDetailsElement>('#categories');
  if (categories && unfolded !== undefined) categories.open = unfolded;
  if (!focusedInSwap) return;
  const again = focused ? document.getElementById(focused) : null;
  // A link that has served its turn is gone: the count is the next thing to read.
  const target = again ?? document.getElementById('count');
  if (target === null) return;
  if (!again) target.tabIndex = -1;
  target.focus({ preventScroll: true });
}

/** How long the shortlist is now. */
function shortlist(): string {
  return document.getElementById('picked-count')?.textContent?.trim() ?? 'Your shortlist is empty';
}

/** The count and what it is made of, as the page says them. */
function summary(): string {
  const text = (id: string) => document.getElementById(id)?.textContent?.trim() ?? '';
  return `${text('count')}. ${text('count-detail')}`;
}
