// Says what changed to people who do not see it change.

const region = () => document.getElementById('announcer');

/** Speaks a text once. */
export function announce(text: string): void {
  const element = region();
  if (!element) return;
  element.textContent = '';
  // A region that is emptied and filled at once may stay silent.
  setTimeout(() => {
    element.textContent = text;
  }, 50);
}
