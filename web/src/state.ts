// The address holds the whole state of a list. This is its one reader and writer in the browser; its twin on the
// server is `crates/api/src/pages/ask.rs`, and both write the same text for the same state.

export type Kind = 'group' | 'building';

export interface State {
  /** Id of an area, such as E05015239-2023. */
  area: string;
  /** How far from its edge, metres. */
  within: number;
  /** Only this kind; both when absent. */
  kind?: Kind;
  /** Only these categories or families; all when empty. */
  category: string[];
  /** Only places with step-free access. */
  stepFree: boolean;
  /** Only what is open in this part of the week. */
  open?: string;
  /** Of those two also what no source says. */
  withUnknown: boolean;
  /** Nearest to this postcode first, as typed. */
  fromPostcode: string;
  /** The shortlist, in its order. */
  pick: string[];
  /** Groups below the list that are open. */
  show: string[];
  /** Lists that are not cut. */
  all: string[];
}

const USUAL_DISTANCE = 800;
const FURTHEST = 50_000;
const PARTS = ['weekday-morning', 'weekday-afternoon', 'weekday-evening', 'weekend'];
const SHELVES = ['list', 'across', 'registered', 'green', 'land', 'closed'];

/** Reads the part of an address after the question mark. Words that mean nothing are left out, as the server does. */
export function parse(query: string): State {
  const params = new URLSearchParams(query);
  const words = (name: string) =>
    params
      .getAll(name)
      .flatMap((value) => value.split(','))
      .map((word) => word.trim())
      .filter(Boolean);
  const shelves = (name: string) => SHELVES.filter((shelf) => words(name).includes(shelf));
  const kinds = words('kind').filter((word) => word === 'group' || word === 'building');
  const order = words('order');
  const place = (pick: string) => (order.includes(pick) ? order.indexOf(pick) : order.length);
  const open = params.get('open')?.trim() ?? '';
  const within = params.get('within')?.trim() ?? '';
  return {
    area: params.get('area')?.trim() ?? '',
    within: /^\d+$/.test(within) ? Math.min(Number(within), FURTHEST) : USUAL_DISTANCE,
    ...(kinds.length === 1 ? { kind: kinds[0] as Kind } : {}),
    category: [...new Set(words('category'))],
    stepFree: params.get('access')?.trim() === 'step-free',
    ...(PARTS.includes(open) ? { open } : {}),
    withUnknown: params.get('unknown')?.trim() === 'include',
    fromPostcode: params.get('from_postcode')?.trim() ?? '',
    pick: [...new Set(words('pick'))].sort((a, b) => place(a) - place(b)),
    show: shelves('show'),
    all: shelves('all'),
  };
}

/** The query that says the state, always in the same order. */
export function format(state: State): string {
  const pairs: [string, string][] = [
    ['area', state.area],
    ['within', String(state.within)],
  ];
  if (state.kind) pairs.push(['kind', state.kind]);
  const list = (name: 'category' | 'pick' | 'show' | 'all') => {
    if (state[name].length > 0) pairs.push([name, state[name].join(',')]);
  };
  list('category');
  if (state.stepFree) pairs.push(['access', 'step-free']);
  if (state.open) pairs.push(['open', state.open]);
  if (state.withUnknown) pairs.push(['unknown', 'include']);
  if (state.fromPostcode) pairs.push(['from_postcode', state.fromPostcode]);
  for (const name of ['pick', 'show', 'all'] as const) list(name);
  const text = new URLSearchParams(pairs).toString();
  return text.replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/** The list's address. */
export function address(state: State): string {
  return `/?${format(state)}`;
}

/** The state with a group below the list opened or closed. */
export function withShelf(state: State, shelf: string, open: boolean): State {
  const others = state.show.filter((word) => word !== shelf);
  const show = SHELVES.filter((word) => (open && word === shelf) || others.includes(word));
  return { ...state, show };
}
