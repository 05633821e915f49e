// An officer prepares for tomorrow's meeting: halls near an area, nearest to a postcode, six of them on one sheet.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { base, pictures, test } from './browser.mjs';
import { andSettle, audit, fits, focus, listed, open, picture, settled, tabTo } from './page.mjs';

/** The names on a shortlist, in its order. */
const names = (page) => page.locator('.place__name a').allTextContents();

/** A postcode that is loaded: that of some place in the list. */
async function somePostcode(page) {
  const places = await page.locator('#list .hit__place').allTextContents();
  return places.map((text) => /[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/.exec(text)?.[0]).find(Boolean);
}

/** Types a text into a field over what is there, and leaves the field by Enter. */
async function typeAndEnter(page, text) {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** The list has exactly what was asked for. */
async function isSorted(page, postcode) {
  const labels = await page.locator('#list .hit__from').allTextContents();
  const metres = labels.map((text) => {
    const [, number, unit] = /^(?:less than )?([\d.]+) (k?m) from /.exec(text) ?? [];
    return Number(number) * (unit === 'km' ? 1000 : 1);
  });
  assert.ok(labels.length > 0 && labels.every((text) => text.includes(postcode) && text.endsWith('straight line')), labels.join());
  assert.deepEqual(metres, [...metres].sort((a, b) => a - b));
}

/** How many pages a PDF has. */
const pagesOf = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

export async function officerWalks({ withPage, wide, narrow, ward }) {
  const area = ward.href.match(/area=([^&]+)/)[1];

  await test('officer, by mouse: step-free halls on a weekday evening, nearest first, six on one sheet, shared', () =>
    withPage(wide, async (page, context) => {
      await open(page, '/');
      await page.locator('#q').fill(ward.name);
      await page.locator('#q').press('Enter');
      await page.waitForURL(/[?&](area|q)=/);
      if (!page.url().includes('area=')) await page.getByRole('main').getByRole('link', { name: ward.name, exact: true }).first().click();
      await page.waitForURL(/area=/);
      await settled(page);
      const postcode = await somePostcode(page);
      await andSettle(page, () => page.getByLabel(/^How far/).selectOption('1200'));
      await page.getByText('Choose categories').click();
      await andSettle(page, () => page.getByRole('checkbox', { name: /^Hall or meeting room/ }).check());
      const all = (await listed(page)).length;
      await andSettle(page, () => page.getByRole('checkbox', { name: 'Only with step-free access' }).check());
      await andSettle(page, () => page.getByLabel('Open', { exact: true }).selectOption('weekday-evening'));
      const sure = (await listed(page)).length;
      assert.ok(sure < all, `${sure} of ${all}`);
      const note = await page.locator('#unknown').textContent();
      assert.match(note, /^\d+ more may have step-free access and be open on a weekday evening.*not known, ask/);
      await andSettle(page, () => page.getByRole('link', { name: 'List them too' }).click());
      assert.equal((await listed(page)).length, sure + Number(/^\d+/.exec(note)[0]));
      await andSettle(page, async () => {
        await page.getByLabel('Nearest to postcode').fill(postcode.toLowerCase());
        await page.keyboard.press('Enter');
      });
      await isSorted(page, postcode);
      await picture(page, 'officer-list-1280');
      await andSettle(page, () => page.locator('.chip').first().click());
      for (let i = 0; i < 6; i += 1) {
        const id = await page.locator('#list input[name=pick]:not(:checked)').first().getAttribute('id');
        await andSettle(page, () => page.locator(`#${id}`).check());
        assert.equal((await focus(page)).id, id, 'the focus stays on the box');
      }
      await page.waitForFunction(() => document.querySelector('#announcer')?.textContent === 'Shortlist: 6 places');
      await page.getByRole('link', { name: 'See the shortlist' }).click();
      await page.waitForURL(/\/shortlist\?/);
      const first = await names(page);
      assert.equal(first.length, 6);
      assert.equal(await page.locator('h1').textContent(), 'Shortlist: 6 places');
      await page.getByRole('link', { name: `Move down ${first[0]}`, exact: true }).click();
      await page.waitForFunction((name) => document.querySelector('.place__name a')?.textContent !== name, first[0]);
      const second = await names(page);
      assert.deepEqual(second, [first[1], first[0], ...first.slice(2)]);
      assert.equal(await page.locator('.sheet__map svg text').count(), 6 + 2, 'six numbers, a scale and north');
      await picture(page, 'shortlist-1280');

      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['.place__moves', '.from', '.take', '.footer', '.masthead']) {
        assert.ok(!(await page.locator(hidden).first().isVisible()), `${hidden} is not printed`);
      }
      await page.emulateMedia({ media: null });
      const pdf = await page.pdf({ preferCSSPageSize: true });
      writeFileSync(join(pictures, 'shortlist.pdf'), pdf);
      assert.equal(pagesOf(pdf), 1, 'six places fit on one page');

      const other = await context.newPage();
      await open(other, page.url());
      assert.deepEqual(await names(other), second);
      await other.getByRole('link', { name: /^Back to the list/ }).click();
      await other.waitForURL(/\/\?area=/);
      assert.equal(await other.locator('#from_postcode').inputValue(), postcode);
      assert.equal(await other.locator('#picked li').count(), 6);
    }));

  await test('officer, by keyboard alone: ask, sort, tick two, reorder, remove', () =>
    withPage(wide, async (page) => {
      await open(page, `/?area=${area}&within=1200&kind=building`);
      const postcode = await somePostcode(page);
      await tabTo(page, (at) => at.id === 'access');
      await andSettle(page, () => page.keyboard.press('Space'));
      assert.equal((await focus(page)).id, 'access');
      await tabTo(page, (at) => at.id === 'open', 3);
      // Any time, mornings, afternoons, evenings.
      for (let i = 0; i < 3; i += 1) await andSettle(page, () => page.keyboard.press('ArrowDown'));
      await tabTo(page, (at) => at.id === 'from_postcode', 3);
      await andSettle(page, () => typeAndEnter(page, postcode));
      assert.equal((await focus(page)).id, 'from_postcode');
      await tabTo(page, (at) => at.id === 'unknown-link');
      await andSettle(page, () => page.keyboard.press('Enter'));
      assert.match(page.url(), /access=step-free&open=weekday-evening&unknown=include&from_postcode=/);
      await isSorted(page, postcode);
      for (let i = 0; i < 2; i += 1) {
        await tabTo(page, (at) => at.id.startsWith('pick-'));
        await andSettle(page, () => page.keyboard.press('Space'));
      }
      await page.keyboard.press('Home');
      let at = await focus(page);
      for (let i = 0; i < 60 && at.id !== 'to-shortlist'; i += 1) {
        await page.keyboard.press('Shift+Tab');
        at = await focus(page);
      }
      assert.equal(at.id, 'to-shortlist');
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/shortlist\?/);
      const before = await names(page);
      await tabTo(page, (stop) => stop.text === `Move down ${before[0]}`, 20);
      await page.keyboard.press('Enter');
      await page.waitForURL(/#place-2$/);
      assert.deepEqual(await names(page), [...before].reverse());
      // The next stop is within what was moved.
      await tabTo(page, (stop) => stop.text === `Remove ${before[0]}`, 6);
      await page.keyboard.press('Enter');
      await page.waitForURL(/#shortlist$/);
      assert.deepEqual(await names(page), [before[1]]);
    }));

  await test('officer, without script: the same by the buttons of forms', () =>
    withPage({ ...wide, javaScriptEnabled: false }, async (page) => {
      await open(page, `/?area=${area}&within=1200`);
      const postcode = await somePostcode(page);
      await page.locator('#access').check();
      await page.locator('#open').selectOption('weekday-evening');
      await page.locator('#from_postcode').fill(postcode);
      await page.getByRole('button', { name: 'Update the list' }).click();
      await page.waitForURL(/access=step-free/);
      await page.locator('#unknown-link').click();
      await page.waitForURL(/unknown=include/);
      await isSorted(page, postcode);
      for (let i = 0; i < 3; i += 1) await page.locator('#list input[name=pick]').nth(i).check();
      await page.getByRole('button', { name: 'Update the shortlist' }).click();
      await page.waitForURL(/pick=/);
      assert.equal(await page.locator('#picked li').count(), 3);
      // Narrowed so that none of them is listed, they stay.
      await page.locator('#kind-group').check();
      await page.locator('#within').selectOption('0');
      await page.getByRole('button', { name: 'Update the list' }).click();
      await page.waitForURL(/kind=group/);
      assert.equal(await page.locator('#picked li').count(), 3);
      await page.locator('#to-shortlist').click();
      await page.waitForURL(/\/shortlist\?/);
      const before = await names(page);
      await page.getByRole('link', { name: `Move up ${before[2]}`, exact: true }).click();
      assert.deepEqual(await names(page), [before[0], before[2], before[1]]);
      await page.locator('#from_postcode').fill('ZZ99');
      await page.getByRole('button', { name: 'Show distances' }).click();
      assert.match(await page.locator('#from-error').textContent(), /is not a whole postcode/);
      assert.equal((await names(page)).length, 3);
      assert.ok(await page.locator('.sheet__map svg').isVisible(), 'the map needs no script');
    }));

  await test('officer: the shortlist as a spreadsheet, and as one file that needs no server', () =>
    withPage({ ...wide, bypassCSP: true }, async (page, context) => {
      await open(page, `/?area=${area}&within=1200`);
      const picks = await page.locator('#list input[name=pick]').evaluateAll((all) => all.slice(0, 3).map((box) => box.value));
      await open(page, `/shortlist?area=${area}&within=1200&pick=${picks}`);
      const shown = await names(page);
      const take = async (name) => {
        const href = await page.getByRole('link', { name }).getAttribute('href');
        const answer = await page.request.get(base + href);
        assert.equal(answer.status(), 200, name);
        assert.match(answer.headers()['content-disposition'], /^attachment/);
        return answer.body();
      };
      assert.equal((await take('Spreadsheet (XLSX)')).subarray(0, 2).toString(), 'PK');
      const file = join(pictures, 'shortlist.html');
      writeFileSync(file, await take('One file to send (HTML)'));
      const alone = await context.newPage();
      const asked = [];
      alone.on('request', (request) => asked.push(request.url()));
      await alone.goto(`file://${file}`);
      assert.deepEqual(await alone.locator('h2 a').allTextContents(), shown);
      assert.ok(await alone.locator('svg').isVisible());
      assert.deepEqual(asked, [`file://${file}`], 'it asks for nothing');
      await audit(alone);
      await alone.setViewportSize(narrow.viewport);
      await fits(alone);
    }));

  await test('officer: an area in a frame of another site, without cookies or script', () =>
    withPage(wide, async (page, context) => {
      const body = `<!doctype html><title>Council</title><link rel="icon" href="data:,"><iframe title="x" width="600" height="500" src="${base}/embed/area/${area}?within=800"></iframe>`;
      const council = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(body));
      await new Promise((resolve) => council.listen(0, '127.0.0.1', resolve));
      const site = `http://127.0.0.1:${council.address().port}/`;
      await page.goto(site, { waitUntil: 'networkidle' });
      const frame = page.frames()[1];
      await frame.waitForSelector('.hit__name');
      assert.equal(await frame.locator('script').count(), 0);
      assert.ok(await frame.locator('svg').isVisible());
      assert.deepEqual(await context.cookies(), []);
      const [tab] = await Promise.all([context.waitForEvent('page'), frame.locator('.hit__name').first().click()]);
      await tab.waitForLoadState();
      assert.match(tab.url(), /\/asset\//);
      assert.equal(page.url(), site);
      council.close();
    }));
}

/** New pages to audit, by name. */
export async function officerPages(browser, ward) {
  const area = ward.href.match(/area=([^&]+)/)[1];
  const page = await browser.newPage();
  await open(page, `/?area=${area}&within=1200`);
  const postcode = (await somePostcode(page)).replace(' ', '+');
  const picks = await page.locator('#list input[name=pick]').evaluateAll((all) => all.slice(0, 6).map((box) => box.value));
  await page.close();
  return {
    'list-hire': `/?area=${area}&within=1200&access=step-free&open=weekday-evening&unknown=include&from_postcode=${postcode}&pick=${picks}`,
    'list-no-postcode': `/?area=${area}&within=800&from_postcode=M31`,
    shortlist: `/shortlist?area=${area}&within=1200&from_postcode=${postcode}&pick=${picks}`,
    'shortlist-misread': `/shortlist?area=${area}&from_postcode=X1&pick=${picks[0]},77,!`,
    'shortlist-empty': '/shortlist',
    embed: `/embed/area/${area}?within=800`,
  };
}
