// The chosen area: softly filled, with its outline and the names of it and its neighbours.
import type { LayerSpecification } from 'maplibre-gl';
import { colours } from './colours';

export const areaLayers: LayerSpecification[] = [
  { id: 'area-fill', type: 'fill', source: 'area', paint: { 'fill-color': colours.area, 'fill-opacity': 0.12 } },
  { id: 'area-outline', type: 'line', source: 'area', paint: { 'line-color': colours.area, 'line-width': 2.5 } },
  {
    id: 'area-names',
    type: 'symbol',
    source: 'names',
    layout: {
      'text-field': ['get', 'name'],
      'text-font': ['Noto Sans'],
      'text-size': ['case', ['get', 'own'], 16, 13],
      'text-max-width': 8,
      'symbol-sort-key': ['case', ['get', 'own'], 0, 1],
    },
    paint: {
      'text-color': ['case', ['get', 'own'], colours.area, colours.name],
      'text-halo-color': '#ffffff',
      'text-halo-width': 1.6,
    },
  },
];
