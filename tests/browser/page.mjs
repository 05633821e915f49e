// What tests ask of a page, in words.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { base, pictures } from './browser.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Goes to a path and waits until nothing is loading. */
export async function open(page, path) {
  const response = await page.goto(new URL(path, base).href, { waitUntil: 'networkidle' });
  return response;
}

/** Waits until the list for the present address is in place. */
export const settled = (page) => page.waitForFunction(() => !document.querySelector('#results')?.hasAttribute('aria-busy'));

/** Does something, and waits for the list that it brings. */
export async function andSettle(page, act) {
  const before = await page.locator('#results').getAttribute('data-map');
  await act();
  await page.waitForFunction((src) => document.querySelector('#results')?.getAttribute('data-map') !== src, before);
  await settled(page);
}

/** Ids of what the list and the open groups below it show. */
export const listed = (page) =>
  page.evaluate(() => {
    const shown = (hit) => !hit.closest('details:not([open])');
    return [...document.querySelectorAll('#results .hit')].filter(shown).map((hit) => hit.dataset.id);
  });

/** Ids of what the map was given for the list at this address. */
export async function mapped(page) {
  const source = await page.locator('#results').getAttribute('data-map');
  const answer = await page.request.get(new URL(source, base).href);
  assert.equal(answer.status(), 200);
  return (await answer.json()).assets.features.map((feature) => feature.id);
}

/** Does something, and waits for the page that it leads to. */
export async function andGo(page, act) {
  await Promise.all([page.waitForNavigation({ waitUntil: 'networkidle' }), act()]);
}

/** Where the keyboard is, and whether one can see it. */
export const focus = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    const inView = box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0;
    const href = element.getAttribute('href');
    return { id: element.id, tag: element.tagName, href, classes: element.className, text: element.textContent.trim(), seen, inView };
  });

/** Presses Tab until the focus is where a test says; every stop must be seen. */
export async function tabTo(page, isThere, most = 200) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const at = await focus(page);
    if (at.tag === 'BODY') continue;
    assert.ok(at.seen && at.inView, `the focus can't be seen on ${JSON.stringify(at)}`);
    if (isThere(at)) return at;
  }
  throw new Error(`${most} tabs did not lead there`);
}

/** Audits a page by axe: WCAG 2.2 AA and best practice. */
export async function audit(page) {
  await page.addScriptTag({ path: AXE }).catch(() => page.evaluate(AXE));
  const found = await page.evaluate(
    async (rules) => (await globalThis.axe.run(document, { runOnly: rules })).violations,
    RULES,
  );
  const told = found.map((one) => `${one.id}: ${one.help}\n  ${one.nodes.map((node) => node.html.slice(0, 160)).join('\n  ')}`);
  assert.equal(found.length, 0, `axe found\n${told.join('\n')}`);
}

/** Nothing is wider than the window. */
export async function fits(page) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `the page is ${over} px wider than the window`);
}

export const picture = (page, name) => page.screenshot({ path: join(pictures, `${name}.png`), fullPage: false });
