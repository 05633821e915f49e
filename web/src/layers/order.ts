// Which layer is drawn over which: one list, from the ground up. A layer that is not in it is refused, so that
// whoever adds one decides where it belongs.
import type { LayerSpecification } from 'maplibre-gl';

export const ORDER: readonly string[] = [
  'background',
  'spend-fill',
  'spend-gap',
  'spend-outline',
  'spend-shown',
  'spend-names',
  'neighbour-outline',
  'area-fill',
  'area-outline',
  'area-names',
  'asset-highlight',
  'asset-marks',
];

/** The layers in drawing order. */
export function inOrder<Layer extends { id: string }>(layers: Layer[]): Layer[] {
  for (const { id } of layers) {
    if (!ORDER.includes(id)) throw new Error(`layer ${id} has no place in layers/order.ts: decide where it is drawn`);
  }
  return [...layers].sort((a, b) => ORDER.indexOf(a.id) - ORDER.indexOf(b.id));
}

/** Adds layers to a map, each at its place. */
export function addInOrder(map: { addLayer(layer: LayerSpecification): unknown }, layers: LayerSpecification[]): void {
  for (const layer of inOrder(layers)) map.addLayer(layer);
}
