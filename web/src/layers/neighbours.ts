// The outlines of the areas around.
import type { LayerSpecification } from 'maplibre-gl';
import { colours } from './colours';

export const neighbourLayers: LayerSpecification[] = [
  {
    id: 'neighbour-outline',
    type: 'line',
    source: 'neighbours',
    paint: { 'line-color': colours.neighbour, 'line-width': 1 },
  },
];
