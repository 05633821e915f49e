import { expect, it } from 'vitest';
import { areaLayers } from './area';
import { assetLayers } from './assets';
import { neighbourLayers } from './neighbours';
import { background } from './colours';
import { spendLayers } from './spend';
import { inOrder, ORDER } from './order';

it('draws every layer that there is, in one order', () => {
  const layers = [...assetLayers, ...areaLayers, ...neighbourLayers, ...spendLayers, background];
  expect(inOrder(layers).map((layer) => layer.id)).toEqual(ORDER);
});

it('refuses a layer that nobody gave a place', () => {
  expect(() => inOrder([{ id: 'new' }])).toThrow(/has no place in layers\/order.ts/);
});
