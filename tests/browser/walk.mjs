// Walks the pages as a community officer would: with a mouse, with a keyboard alone, without script, on a small
// screen. ASSETMAP_URL names a server that has wards and halls loaded.
import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { base, launch, summary, test } from './browser.mjs';
import { editorWalks } from './editor.mjs';
import { officerPages, officerWalks } from './officer.mjs';
import { plannerPages, plannerWalks } from './planner.mjs';
import { andSettle, audit, fits, focus, listed, mapped, open, picture, settled, tabTo } from './page.mjs';

const browser = await launch();
const wide = { viewport: { width: 1280, height: 900 } };
const narrow = { viewport: { width: 320, height: 640 } };

/** A page of its own, with no memory of others. Whatever it complains of is a failure of the test. */
async function withPage(options, run) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    await run(page, context);
    const expected = /status of (401|404|422)/;
    assert.deepEqual(complaints.filter((text) => !expected.test(text)), []);
  } finally {
    await context.close();
  }
}

/** The ward with the most in it: name and address of its list. */
const ward = await (async () => {
  const page = await browser.newPage();
  await open(page, '/');
  const areas = await page.locator('#ward .areas__item').evaluateAll((items) =>
    items.map((item) => ({
      name: item.querySelector('a').textContent.trim(),
      href: item.querySelector('a').getAttribute('href'),
      buildings: Number(/([\d,]+) building/.exec(item.textContent)?.[1].replace(',', '') ?? 0),
    })),
  );
  await page.close();
  return areas.sort((a, b) => b.buildings - a.buildings)[0];
})();
assert.ok(ward, `${base} has no wards loaded`);
const only = (state) => `${ward.href.split('&')[0]}&${state}`;

await test('a ward, 800 metres, only halls, one of them, back, and the shared link', () =>
  withPage(wide, async (page, context) => {
    await open(page, '/');
    await picture(page, 'start-1280');
    await page.getByRole('link', { name: ward.name, exact: true }).first().click();
    await page.waitForURL(/area=/);
    await andSettle(page, () => page.getByLabel(/^How far/).selectOption('400'));
    await andSettle(page, () => page.getByLabel(/^How far/).selectOption('800'));
    await andSettle(page, () => page.getByRole('radio', { name: /^Buildings/ }).check());
    await page.getByText('Choose categories').click();
    await andSettle(page, () => page.getByRole('checkbox', { name: /^Hall or meeting room/ }).check());
    assert.match(page.url(), /within=800&kind=building&category=hall$/);
    const kinds = await page.locator('#list .hit__what').allTextContents();
    assert.ok(kinds.length > 0 && kinds.every((text) => text.includes('Hall or meeting room')), kinds.join());
    await page.waitForFunction(() => document.querySelector('#announcer')?.textContent);
    const count = await page.locator('#count').textContent();
    assert.ok((await page.locator('#announcer').textContent()).startsWith(count));
    await page.waitForSelector('#map[data-ids]');
    await page.waitForTimeout(600);
    await picture(page, 'list-halls-1280');
    const before = await listed(page);
    const shared = page.url();

    const name = await page.locator('#list .hit__name').first().textContent();
    await page.locator('#list .hit__name').first().click();
    await page.waitForURL(/\/asset\//);
    assert.equal(await page.locator('h1').textContent(), name);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.waitForURL(shared);
    assert.deepEqual(await listed(page), before);

    const other = await context.newPage();
    await open(other, shared);
    assert.deepEqual(await listed(other), before);
    assert.ok(await other.getByRole('radio', { name: /^Buildings/ }).isChecked());
  }));

await test('the browser’s own back and forward show each list again', () =>
  withPage(wide, async (page) => {
    await open(page, ward.href);
    const first = await listed(page);
    await andSettle(page, () => page.getByLabel(/^How far/).selectOption('0'));
    const second = await listed(page);
    await andSettle(page, () => page.goBack());
    assert.deepEqual(await listed(page), first);
    assert.equal(await page.locator('#within').inputValue(), '800');
    await andSettle(page, () => page.goForward());
    assert.deepEqual(await listed(page), second);
  }));

await test('the same walk by keyboard alone, with the focus always in sight', () =>
  withPage(wide, async (page) => {
    await open(page, '/');
    await page.keyboard.press('Tab');
    assert.equal((await focus(page)).text, 'Skip to main content');
    await page.keyboard.press('Enter');
    await tabTo(page, (at) => at.id === 'q', 3);
    await page.keyboard.type(ward.href.match(/area=([^&]+)/)[1]);
    await page.keyboard.press('Enter');
    await page.waitForURL(/area=/);
    await settled(page);
    await page.waitForSelector('#map[data-ids]');
    await tabTo(page, (at) => at.id === 'within');
    await andSettle(page, () => page.keyboard.press('ArrowDown'));
    assert.equal((await focus(page)).id, 'within', 'the focus stays on what was changed');
    await tabTo(page, (at) => at.id === 'kind-', 5);
    await andSettle(page, () => page.keyboard.press('ArrowLeft'));
    assert.equal((await focus(page)).id, 'kind-building');
    await tabTo(page, (at) => at.id === 'categories-summary', 5);
    await page.keyboard.press('Enter');
    await tabTo(page, (at) => at.id === 'category-hall', 40);
    await andSettle(page, () => page.keyboard.press('Space'));
    assert.equal((await focus(page)).id, 'category-hall');
    assert.match(page.url(), /within=1200&kind=building&category=hall$/);
    const list = page.url();
    const before = await listed(page);
    await tabTo(page, (at) => at.classes === 'hit__name');
    await picture(page, 'keyboard-1280');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/asset\//);
    await tabTo(page, (at) => at.text === 'Back to the list', 8);
    await page.keyboard.press('Enter');
    await page.waitForURL(list);
    assert.deepEqual(await listed(page), before);
  }));

await test('one key skips the map', () =>
  withPage(wide, async (page) => {
    await open(page, only('within=0&category=library'));
    await page.waitForSelector('#map[data-ids]');
    await tabTo(page, (at) => at.text === 'Skip the map');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => document.activeElement.closest('footer') !== null);
    assert.ok(at, 'the next stop is behind the map');
  }));

await test('groups below the list open, are part of the address, and come back', () =>
  withPage(wide, async (page) => {
    await open(page, only('within=800'));
    const shelf = page.locator('#results details[data-shelf]').first();
    const word = await shelf.getAttribute('data-shelf');
    await shelf.locator('summary').click();
    await page.waitForURL(new RegExp(`show=${word}`));
    await settled(page);
    await page.reload({ waitUntil: 'networkidle' });
    assert.ok(await page.locator(`#shelf-${word}`).evaluate((details) => details.open));
    await page.locator(`#shelf-${word} .hit__name`).first().click();
    await page.getByRole('link', { name: 'Back to the list' }).click();
    await page.waitForURL(new RegExp(`show=${word}`));
  }));

await test('the map has exactly what the list has', () =>
  withPage(wide, async (page) => {
    for (const state of ['within=0', 'within=800', 'within=2000&kind=building', 'within=1200&category=hall,library', 'within=800&kind=group', 'within=800&show=green,land', 'within=5000&all=list']) {
      await open(page, only(state));
      await page.waitForSelector('#map[data-ids]');
      const ids = (await listed(page)).sort();
      assert.deepEqual((await mapped(page)).sort(), ids, state);
      const drawn = await page.locator('#map').getAttribute('data-ids');
      assert.deepEqual(drawn.split(' ').filter(Boolean).sort(), ids, `drawn for ${state}`);
    }
  }));

await test('a name on the map is text, whatever it holds', () =>
  withPage(wide, async (page) => {
    const point = (lon, lat) => [lon, lat];
    const square = [point(-1, 53), point(-0.9, 53), point(-0.9, 53.1), point(-1, 53.1), point(-1, 53)];
    const name = '<img src=x onerror="window.struck=true">';
    const properties = { id: 'x', name, kind: 'group', relation: 'inside', why: name, href: 'javascript:alert(1)', inside: [-0.99, 53.09] };
    const feature = (geometry) => ({ type: 'Feature', id: 'x', geometry, properties });
    await page.route('**/api/map*', (route) =>
      route.fulfill({
        json: {
          area: feature({ type: 'MultiPolygon', coordinates: [[square]] }),
          neighbours: { type: 'FeatureCollection', features: [] },
          assets: { type: 'FeatureCollection', features: [feature({ type: 'Point', coordinates: point(-0.95, 53.05) })] },
        },
      }),
    );
    await open(page, only('within=800'));
    await page.waitForSelector('#map[data-ids]');
    await page.waitForTimeout(800);
    const box = await page.locator('#map canvas').boundingBox();
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    const link = page.locator('.popup a');
    await link.waitFor();
    assert.equal(await link.textContent(), name);
    assert.equal(await link.getAttribute('href'), '/asset/x');
    assert.equal(await page.evaluate(() => window.struck), undefined);
  }));

await test('without script everything is there', () =>
  withPage({ ...wide, javaScriptEnabled: false }, async (page) => {
    await open(page, '/');
    await page.locator('#q').fill(ward.href.match(/area=([^&]+)/)[1]);
    await page.locator('#q').press('Enter');
    await page.waitForURL(/area=/);
    await page.locator('#within').selectOption('1200');
    await page.locator('#kind-building').check();
    await page.getByText('Choose categories').click();
    await page.locator('#category-hall').check();
    await page.getByRole('button', { name: 'Update the list' }).click();
    await page.waitForURL(/within=1200/);
    const rows = page.locator('#list .hit');
    assert.ok((await rows.count()) > 0);
    assert.ok(await page.locator('#kind-building').isChecked());
    await picture(page, 'no-script-1280');
    const list = page.url();
    await page.locator('#list .hit__name').first().click();
    await page.waitForURL(/\/asset\//);
    await page.getByRole('link', { name: 'Back to the list' }).click();
    const query = (url) => [...new URL(url).searchParams].filter(([, value]) => value).join();
    assert.equal(query(page.url()), query(list));
    assert.ok(!(await page.locator('#map-region').isVisible()), 'no empty frame stands where the map would be');
  }));

await test('on a narrow screen the map waits behind a button', () =>
  withPage(narrow, async (page) => {
    const maps = [];
    page.on('request', (request) => /\/assets\/map-|maplibre/.test(request.url()) && maps.push(request.url()));
    await open(page, ward.href);
    await page.waitForTimeout(1800);
    assert.deepEqual(maps, [], 'the map is not even fetched');
    await page.getByRole('button', { name: 'Show map' }).click();
    await page.waitForSelector('#map[data-ids]');
    await page.locator('#map').scrollIntoViewIfNeeded();
    await page.waitForTimeout(600);
    await picture(page, 'map-320');
    await fits(page);
    await page.getByRole('button', { name: 'Hide map' }).click();
    assert.ok(!(await page.locator('#map').isVisible()));
  }));

await test('the script without the map is small', () =>
  withPage(wide, async (page) => {
    await open(page, '/');
    const source = await page.locator('script[type=module]').getAttribute('src');
    const body = await (await page.request.get(base + source)).body();
    const size = gzipSync(body).length;
    assert.ok(size <= 60_000, `${size} bytes compressed`);
    console.log(`      script ${size} bytes compressed`);
  }));

await test('the spreadsheet and the map data hold what the list holds', () =>
  withPage(wide, async (page) => {
    await open(page, only('within=800&kind=building&category=hall&all=list'));
    const ids = await listed(page);
    for (const name of ['Spreadsheet (CSV)', 'Map data (GeoJSON)']) {
      const href = await page.getByRole('link', { name }).getAttribute('href');
      const answer = await page.request.get(base + href);
      assert.equal(answer.status(), 200, name);
      const text = await answer.text();
      assert.deepEqual(ids.filter((id) => !text.includes(id)), [], name);
    }
  }));

await officerWalks({ withPage, wide, narrow, ward });
await plannerWalks({ withPage, wide, narrow });

// One page of each kind, at both widths.
const asset = await (async () => {
  const page = await browser.newPage();
  await open(page, only('within=800&category=hall'));
  const href = await page.locator('#list .hit__name').first().getAttribute('href');
  await page.close();
  return href;
})();
const pages = {
  start: '/',
  list: ward.href,
  'list-chosen': only('within=1200&kind=building&category=hall,faith&show=green,across,land'),
  'list-empty': only('within=0&kind=group&category=museum'),
  misread: only('within=far&category=nonsense'),
  search: '/?q=hall',
  nothing: '/?q=qqqqqq',
  asset,
  area: ward.href.replace(/^\/\?area=([^&]+).*/, '/area/$1'),
  about: '/about',
  missing: '/nowhere',
  'ogc-landing': '/ogc?f=html',
  'ogc-api': '/ogc/api?f=html',
  'ogc-conformance': '/ogc/conformance?f=html',
  'ogc-collections': '/ogc/collections?f=html',
  'ogc-collection': '/ogc/collections/assets?f=html',
  'ogc-schema': '/ogc/collections/assets/schema?f=html',
  'ogc-items': '/ogc/collections/assets/items?f=html',
  'ogc-areas': '/ogc/collections/wards/items?f=html',
  'ogc-item': asset.replace(/^\/asset\/([^?]+).*/, '/ogc/collections/assets/items/$1?f=html'),
  ...(await officerPages(browser, ward)),
  ...(await plannerPages(browser)),
};
for (const [width, options] of [[320, narrow], [1280, wide]]) {
  for (const [name, path] of Object.entries(pages)) {
    await test(`${name} at ${width} px: axe finds nothing, nothing sticks out`, () =>
      withPage({ ...options, bypassCSP: true }, async (page) => {
        await open(page, path);
        if (width === 1280 && (await page.locator('#map').count())) await page.waitForSelector('#map[data-ids]');
        await page.waitForTimeout(300);
        await picture(page, `${name}-${width}`);
        await fits(page);
        await audit(page);
        if (name === 'list') {
          await page.getByText('Choose categories').click();
          const folded = await page.locator('#results details:not([open])').evaluateAll((all) => all.map((one) => one.id));
          for (const id of folded) await andSettle(page, () => page.locator(`#${id} > summary`).click());
          await fits(page);
          await audit(page);
        }
      }));
  }
}

await test('at 400 % zoom, and with wider text spacing, nothing sticks out', () =>
  withPage({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4, bypassCSP: true }, async (page) => {
    for (const path of Object.values(pages)) {
      await open(page, path);
      await fits(page);
      await page.addStyleTag({
        content: '* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }',
      });
      await fits(page);
    }
  }));

await editorWalks({ withPage, wide, narrow, asset });

await browser.close();
process.exit(summary());
