// Somebody with a token corrects an entry: signs in, is told of a mistake, saves, sees it, and sees what happened.
import assert from 'node:assert/strict';
import { base, test } from './browser.mjs';
import { audit, fits, focus, open, picture, tabTo } from './page.mjs';

const token = process.env.ASSETMAP_EDITOR;

async function checked(page, name) {
  await page.waitForTimeout(100);
  await picture(page, name);
  await fits(page);
  await audit(page);
}

export async function editorWalks({ withPage, wide, narrow, asset }) {
  const id = /asset\/([^?]+)/.exec(asset)[1];

  for (const [width, options] of [[320, narrow], [1280, wide]]) {
    await test(`editor at ${width} px: signs in, mends a mistake, saves, reads what happened; axe finds nothing`, () =>
      withPage({ ...options, bypassCSP: true }, async (page) => {
        await open(page, `/asset/${id}`);
        await page.getByRole('link', { name: 'Change this entry' }).click();
        await page.waitForURL(/sign-in/);
        await checked(page, `sign-in-${width}`);
        await page.getByLabel('Your token').fill('nonsense');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByText('This is not a token of this server').waitFor();
        await checked(page, `sign-in-wrong-${width}`);
        await page.getByLabel('Your token').fill(token);
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.waitForURL(new RegExp(`asset/${id}/edit`));
        await checked(page, `edit-${width}`);
        await page.getByText('Categories', { exact: true }).first().click();
        await fits(page);
        const postcode = page.getByLabel('Postcode', { exact: true });
        const before = await postcode.inputValue();
        await postcode.fill('nowhere');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
        await checked(page, `edit-problem-${width}`);
        await page.getByRole('alert').getByRole('link').click();
        assert.equal((await focus(page)).id, 'postcode', 'the problem leads to its field');
        await postcode.fill(before);
        await page.getByLabel('What it is or does').fill(`Seen at ${width} pixels.`);
        await page.getByLabel('Why you change it').fill('a walk');
        await page.getByRole('button', { name: 'Save' }).click();
        await page.waitForURL(new RegExp(`asset/${id}$`));
        await page.getByText(`Seen at ${width} pixels.`).waitFor();
        await open(page, `/asset/${id}/history`);
        assert.ok((await page.getByRole('heading', { name: 'Changed by walker' }).count()) > 0);
        await checked(page, `history-${width}`);
      }));
  }

  await test('editor, by keyboard and without script: a new group', () =>
    withPage({ ...wide, javaScriptEnabled: false }, async (page) => {
      await open(page, '/asset/new');
      await tabTo(page, (at) => at.id === 'token');
      await page.keyboard.type(token);
      await page.keyboard.press('Enter');
      await page.waitForURL(`${base}/asset/new`);
      await tabTo(page, (at) => at.id === 'name');
      await page.keyboard.type('The Walkers of Wexmarsh');
      await page.keyboard.press('Enter');
      await page.waitForURL(/asset\/[0-9a-f-]{36}$/);
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), 'The Walkers of Wexmarsh');
      await page.goto(`${base}/?q=walkers+of+wexmarsh`);
      assert.ok((await page.getByRole('link', { name: 'The Walkers of Wexmarsh' }).count()) > 0, 'search finds it at once');
    }));
}
