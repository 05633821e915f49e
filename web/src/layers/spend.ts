// Areas in the shades of the page, which the server has chosen; hatched where there is no figure.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { colours } from './colours';

export const spendLayers: LayerSpecification[] = [
  {
    id: 'spend-fill',
    type: 'fill',
    source: 'spend',
    filter: ['to-boolean', ['get', 'colour']],
    paint: { 'fill-color': ['get', 'colour'] },
  },
  {
    id: 'spend-gap',
    type: 'fill',
    source: 'spend',
    filter: ['!', ['to-boolean', ['get', 'colour']]],
    paint: { 'fill-pattern': 'hatch' },
  },
  { id: 'spend-outline', type: 'line', source: 'spend', paint: { 'line-color': colours.ink, 'line-width': 1 } },
  {
    id: 'spend-shown',
    type: 'line',
    source: 'spend',
    filter: ['==', ['get', 'code'], ''],
    paint: { 'line-color': colours.ink, 'line-width': 5 },
  },
  {
    id: 'spend-names',
    type: 'symbol',
    source: 'names',
    layout: { 'text-field': ['get', 'name'], 'text-font': ['Noto Sans'], 'text-size': 13, 'text-max-width': 8 },
    paint: { 'text-color': colours.ink, 'text-halo-color': '#ffffff', 'text-halo-width': 1.8 },
  },
];

/** Draws the pattern that the layers name. */
export function addHatch(map: MapLibre): void {
  const side = 8;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser has no canvas');
  pen.fillStyle = '#ffffff';
  pen.fillRect(0, 0, side, side);
  pen.strokeStyle = colours.neighbour;
  pen.lineWidth = 1.5;
  for (const shift of [-side, 0, side]) {
    pen.beginPath();
    pen.moveTo(shift, side);
    pen.lineTo(shift + side, 0);
    pen.stroke();
  }
  map.addImage('hatch', pen.getImageData(0, 0, side, side));
}
