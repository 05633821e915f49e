// Starts the system's Chromium, and counts what passed.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

export const base = (process.env.ASSETMAP_URL ?? 'http://127.0.0.1:8080').replace(/\/$/, '');

/** Where pictures go. */
export const pictures = process.env.SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'assetmap-pictures-'));
mkdirSync(pictures, { recursive: true });

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

let passed = 0;
let failed = 0;

/** Runs one test; a failure does not stop the next. */
export async function test(name, run) {
  try {
    await run();
    passed += 1;
    console.log(`ok    ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL  ${name}\n      ${String(error?.stack ?? error).split('\n').slice(0, 12).join('\n      ')}`);
  }
}

/** Prints the sum; gives the exit code. */
export function summary() {
  console.log(`pictures are in ${pictures}`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
