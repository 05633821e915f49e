// The form beside the list: every choice counts at once, without the button.
import { parse, type State } from '../../state';
import type { Results } from '../results/results';

/** Watches the form. */
export function startFilters(list: Results): void {
  document.addEventListener('change', (event) => {
    const form = formOf(event);
    if (!form || !(event.target instanceof Element)) return;
    narrow(event.target);
    void list.go(stateOf(form, list.state));
  });
  document.addEventListener('submit', (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    void list.go(stateOf(form, list.state));
  });
}

function formOf(event: Event): HTMLFormElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLFormElement>('#filters') : null;
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
