// A planner asks what is spent where: by year and service, on the map and in the table, down to one payment and why it is
// there.
import assert from 'node:assert/strict';
import { base, test } from './browser.mjs';
import { andGo, fits, open, picture, tabTo } from './page.mjs';

/** A service that everybody uses, so that every area has a figure; some of it has a place, so that they differ. */
const SERVICE = 'culture';

/** A service of which nothing has a place: it is the same per head everywhere. */
const SAME = 'waste';

/** The colour of the highest figures. */
const DARKEST = '#253494';

/** `£1,234.50` in pence. */
const pence = (text) => {
  const amount = Number(text.replace(/[£,]/g, '').replace('.', ''));
  assert.ok(Number.isInteger(amount), text);
  return amount;
};

/** The figure per head of each area, as the table says it: in its order. */
const tabled = async (page) => {
  const rows = await page.locator('#areas tbody tr').evaluateAll((all) =>
    all.map((row) => [row.querySelector('th a').textContent.trim(), row.querySelector('td').textContent.trim()]),
  );
  return rows.map(([name, figure]) => [name, pence(figure)]);
};

/** The same as the picture says it, and the colour. */
const pictured = async (page) => {
  const areas = await page.locator('.picture--shades a').evaluateAll((all) =>
    all.map((area) => [area.getAttribute('aria-label'), area.querySelector('path').getAttribute('fill')]),
  );
  return areas.map(([said, fill]) => {
    const [, name, figure] = /^(.*): (-?£[\d,.]+) per head$/.exec(said);
    return [name, pence(figure), fill];
  });
};

/** The same of the table to take away. */
async function taken(page, column) {
  const href = await page.locator('#csv').getAttribute('href');
  const answer = await page.request.get(base + href);
  assert.equal(answer.status(), 200);
  const [head, ...rows] = (await answer.text()).replace(/^\ufeff/, '').trim().split(/\r?\n/).map(cells);
  return rows.map((row) => [row[head.indexOf('name')], Number(row[head.indexOf(column)])]);
}

const cells = (line) => [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare);

const byName = (figures) => [...figures].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, figure]) => [name, figure]);

/** The area with the most per head, after all three have said the same of every area. */
async function highest(page, column = 'per_head_pence') {
  const [table, drawn, csv] = [await tabled(page), await pictured(page), await taken(page, column)];
  assert.ok(table.length > 10, `${table.length} areas`);
  assert.deepEqual(byName(drawn), byName(table), 'the map says what the table says');
  assert.deepEqual(byName(csv), byName(table), 'so does the table to take away');
  assert.deepEqual(table.map(([, figure]) => figure), table.map(([, figure]) => figure).sort((a, b) => b - a));
  const [name, figure] = table[0];
  assert.equal(drawn.find(([of]) => of === name)[2], DARKEST, 'the most per head is the darkest');
  assert.ok(drawn.every(([, of, fill]) => fill !== DARKEST || of <= figure));
  return name;
}

/** What a page of one payment must say. */
async function isExplained(page) {
  assert.match(page.url(), /\/spend\/lines\//);
  assert.match(await page.locator('h1').textContent(), /^-?£[\d,.]+ /);
  assert.ok((await page.locator('#because').textContent()).length > 20);
  assert.match(await page.locator('main').textContent(), /row \d+/);
}

export async function plannerWalks({ withPage, wide, narrow }) {
  await test('planner, by mouse: year, service, the darkest ward, its ledger, a payment and why it is there', () =>
    withPage(wide, async (page) => {
      await open(page, '/');
      await andGo(page, () => page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Spend' }).click());
      const years = page.getByLabel('Financial year');
      if (await years.count()) await years.selectOption({ index: 0 });
      await page.getByLabel('Service', { exact: true }).selectOption(SERVICE);
      await andGo(page, () => page.getByRole('button', { name: 'Show', exact: true }).click());
      assert.match(page.url(), new RegExp(`service=${SERVICE}`));
      assert.match(await page.locator('#months').textContent(), /12 months of \d{4}-\d\d/);
      const name = await highest(page);
      await picture(page, 'spend-1280');
      await page.locator('#areas tbody th a').first().hover();
      assert.equal(await page.locator('.picture--shades a.is-shown').count(), 1, 'it stands out on the map');
      await andGo(page, () => page.locator(`.picture--shades a[aria-label^="${name}:"] path`).click());
      assert.ok((await page.locator('h1').textContent()).startsWith(`What is spent in ${name} `));
      assert.match(page.url(), new RegExp(`service=${SERVICE}`), 'the question goes along');
      await picture(page, 'ledger-1280');
      await andGo(page, () => page.locator('#lines tbody th a').first().click());
      await isExplained(page);
      await picture(page, 'payment-1280');
    }));

  await test('planner, by keyboard alone: the same', () =>
    withPage(wide, async (page) => {
      await open(page, '/spend');
      await tabTo(page, (at) => at.id === 'service');
      const title = await page.locator(`#service option[value=${SERVICE}]`).textContent();
      await page.keyboard.type(title);
      await tabTo(page, (at) => at.id === 'choose');
      await andGo(page, () => page.keyboard.press('Enter'));
      assert.match(page.url(), new RegExp(`service=${SERVICE}`));
      const name = await highest(page);
      await tabTo(page, (at) => at.tag === 'a' && at.text.startsWith(`${name}:`));
      await andGo(page, () => page.keyboard.press('Enter'));
      assert.ok((await page.locator('h1').textContent()).startsWith(`What is spent in ${name} `));
      const href = await page.locator('#lines tbody th a').first().getAttribute('href');
      await page.locator('#lines-heading').evaluate((heading) => {
        heading.tabIndex = -1;
        heading.focus();
      });
      await tabTo(page, (at) => at.href === href);
      await andGo(page, () => page.keyboard.press('Enter'));
      await isExplained(page);
    }));

  await test('planner: the map that moves shows the same figures, and a click leads to a ledger', () =>
    withPage(wide, async (page) => {
      await open(page, `/spend?service=${SERVICE}`);
      const table = await tabled(page);
      await page.getByRole('button', { name: 'Zoom and move the map' }).click();
      await page.waitForSelector('.spend__canvas[data-figures]');
      await page.waitForTimeout(600);
      await picture(page, 'spend-map-1280');
      const drawn = JSON.parse(await page.locator('.spend__canvas').getAttribute('data-figures'));
      assert.deepEqual(byName(drawn), byName(table));
      const link = page.locator('#areas tbody th a').first();
      await link.focus();
      const code = (await link.getAttribute('href')).split(/[/?]/)[2];
      await page.waitForSelector(`.spend__canvas[data-shown="${code}"]`);
      const box = await page.locator('.spend__canvas canvas').boundingBox();
      await andGo(page, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
      assert.match(page.url(), /\/spend\/E05/);
    }));

  await test('planner: prices of another year, on the map, in the table, in the file, and for one area', () =>
    withPage(wide, async (page) => {
      await open(page, `/spend?service=${SERVICE}`);
      const paid = new Map(await tabled(page));
      await page.getByLabel('Prices', { exact: true }).selectOption('2015-16');
      await andGo(page, () => page.getByRole('button', { name: 'Show', exact: true }).click());
      assert.match(page.url(), /prices=2015-16/);
      assert.match(await page.locator('#prices-said').textContent(), /released \d+ \w+ \d{4}/);
      const name = await highest(page, 'real_per_head_pence');
      assert.ok((await tabled(page)).every(([of, figure]) => figure < paid.get(of)), 'prices have risen');
      await andGo(page, () => page.getByRole('link', { name, exact: true }).click());
      assert.match(page.url(), /prices=2015-16/, 'they go along');
      assert.match(await page.locator('#prices-said').textContent(), /as paid/);
      await open(page, '/spend?prices=2060-61');
      assert.match(await page.locator('main').textContent(), /2060-61: no deflator published yet/);
    }));

  await test('planner: the lines of an area, the largest first or the newest, page by page', () =>
    withPage(wide, async (page) => {
      await open(page, '/spend');
      await andGo(page, () => page.locator('#areas tbody th a').first().click());
      const shares = () => page.locator('#lines tbody tr').evaluateAll((rows) => rows.map((row) => row.children[1].firstChild.textContent.trim()));
      const sizes = (await shares()).map((text) => Math.abs(pence(text)));
      assert.deepEqual(sizes, [...sizes].sort((a, b) => b - a));
      const first = await page.locator('#lines tbody th a').evaluateAll((all) => all.map((link) => link.href));
      await andGo(page, () => page.locator('#next').click());
      const later = (await shares()).map((text) => Math.abs(pence(text)));
      assert.ok(later[0] <= sizes.at(-1), 'the next page goes on');
      const second = await page.locator('#lines tbody th a').evaluateAll((all) => all.map((link) => link.href));
      assert.equal(new Set([...first, ...second]).size, first.length + second.length, 'no line twice');
      await andGo(page, () => page.getByRole('link', { name: 'Sort by Date' }).click());
      assert.match(page.url(), /order=date/);
      assert.ok(!page.url().includes('after='), 'from the start');
    }));

  await test('planner: the table of areas is all there at 1024 and 1280 pixels', () =>
    withPage({ viewport: { width: 1024, height: 768 } }, async (page) => {
      for (const width of [1024, 1280]) {
        await page.setViewportSize({ width, height: 768 });
        await open(page, '/spend');
        const [needs, has] = await page.locator('.spend__areas .table').evaluate((table) => [table.scrollWidth, table.clientWidth]);
        assert.ok(needs <= has, `${needs} in ${has} at ${width}`);
        await picture(page, `spend-${width}`);
      }
    }));

  await test('planner, without script, on a small screen: the form, the picture and the table are there', () =>
    withPage({ ...narrow, javaScriptEnabled: false }, async (page) => {
      await open(page, '/spend');
      assert.ok(await page.locator('.picture--shades').isVisible());
      await page.getByLabel('Service', { exact: true }).selectOption(SERVICE);
      await andGo(page, () => page.getByRole('button', { name: 'Show', exact: true }).click());
      await highest(page);
      await andGo(page, () => page.getByRole('link', { name: 'Sort by Total' }).click());
      assert.match(page.url(), /sort=total/);
      assert.ok((await page.locator('#areas th[aria-sort]').textContent()).includes('Total'));
    }));

  await test('planner: what is the same in each ward is told in words, without a map', () =>
    withPage(wide, async (page) => {
      await open(page, `/spend?service=${SAME}`);
      assert.match(await page.locator('#no-map').textContent(), /^The same in each ward/);
      assert.equal(await page.locator('.picture--shades').count(), 0);
      assert.equal(new Set((await tabled(page)).map(([, figure]) => figure)).size, 1);
    }));

  await test('planner: the page of an area leads to its ledger, and back', () =>
    withPage(wide, async (page) => {
      await open(page, '/spend');
      const href = await page.locator('#areas tbody th a').first().getAttribute('href');
      await open(page, href);
      await andGo(page, () => page.getByRole('link', { name: /^About / }).click());
      await andGo(page, () => page.getByRole('link', { name: 'What is spent here' }).click());
      assert.equal(new URL(page.url()).pathname, href.split('?')[0]);
      await page.emulateMedia({ media: 'print' });
      for (const hidden of ['.filters', '.take', '.masthead__nav']) {
        assert.ok(!(await page.locator(hidden).first().isVisible()), `${hidden} is not printed`);
      }
      await page.emulateMedia({ media: null });
      await fits(page);
    }));
}

/** One page of each kind. */
export async function plannerPages(browser) {
  const page = await browser.newPage();
  await open(page, `/spend?service=${SERVICE}`);
  const ledger = await page.locator('#areas tbody th a').first().getAttribute('href');
  await open(page, ledger);
  const payment = await page.locator('#lines tbody th a').first().getAttribute('href');
  await page.close();
  return {
    spend: '/spend',
    'spend-misread': '/spend?year=soon&sort=name',
    'spend-nothing': '/spend?year=1990-91',
    'spend-real': '/spend?prices=2024-25',
    ledger,
    payment,
    'spend-units': '/spend/units',
    'spend-method': '/spend/method',
    'ogc-spend': '/ogc/collections/locality-spend/items?f=html&limit=5',
  };
}
