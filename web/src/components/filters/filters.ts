// The form beside the list: every choice counts at once, without the button.
import { address, parse, type State } from '../../state';
import type { Results } from '../results/results';

/** Longer than between two letters, shorter than one waits. */
const TYPING_MS = 300;

let typing: ReturnType<typeof setTimeout> | undefined;

/** Watches the form. */
export function startFilters(list: Results): void {
  document.addEventListener('change', (event) => {
    const form = formOf(event);
    if (!form || !(event.target instanceof Element)) return;
    narrow(event.target);
    const isPick = event.target instanceof HTMLInputElement && event.target.name === 'pick';
    const go = () => void list.go(stateOf(form, list.state), 'push', isPick ? 'shortlist' : 'list');
    clearTimeout(typing);
    // Who types into a select changes it with every letter.
    if (event.target instanceof HTMLSelectElement) typing = setTimeout(go, TYPING_MS);
    else go();
  });
  document.addEventListener('submit', (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    const state = stateOf(form, list.state);
    // Enter in a field is a change as well, and that has been heard already.
    if (address(state) !== address(list.state)) void list.go(state);
  });
}

function formOf(event: Event): HTMLFormElement | null {
  const target = event.target;
  // The boxes of the shortlist stand in the list, and belong to the form by name.
  const form = target instanceof HTMLInputElement ? target.form : target instanceof Element ? target.closest('form') : null;
  return form?.id === 'filters' ? form : null;
}

/** One category of a family that is chosen whole narrows the choice to it, and the other way round. */
function narrow(changed: Element): void {
  if (!(changed instanceof HTMLInputElement) || changed.name !== 'category' || !changed.checked) return;
  const family = changed.closest('fieldset');
  for (const other of family?.querySelectorAll<HTMLInputElement>('input[name=category]') ?? []) {
    const isWhole = other.hasAttribute('data-family');
    if (other !== changed && isWhole !== changed.hasAttribute('data-family')) other.checked = false;
  }
}

/** What the form asks for; opened groups stay open, long lists are cut again. */
function stateOf(form: HTMLFormElement, before: State): State {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) query.append(name, String(value));
  return { ...parse(query.toString()), show: before.show };
}
