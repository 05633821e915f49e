// What the list shows. Buildings are squares, groups are circles; what lies outside the area is hollow.
import type { LayerSpecification, Map as MapLibre } from 'maplibre-gl';
import { colours } from './colours';

const SIZE = 18;
const RATIO = 2;

export const assetLayers: LayerSpecification[] = [
  {
    id: 'asset-highlight',
    type: 'circle',
    source: 'assets',
    filter: ['==', ['get', 'id'], ''],
    paint: {
      'circle-radius': 15,
      'circle-color': colours.highlight,
      'circle-stroke-color': colours.ink,
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'asset-marks',
    type: 'symbol',
    source: 'assets',
    layout: {
      'icon-image': ['concat', ['get', 'kind'], ['case', ['==', ['get', 'relation'], 'near'], '-near', '-inside']],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  },
];

/** Draws the marks that the layer names. */
export function addMarks(map: MapLibre): void {
  for (const kind of ['group', 'building'] as const) {
    for (const place of ['inside', 'near'] as const) {
      map.addImage(`${kind}-${place}`, mark(kind, place === 'near'), { pixelRatio: RATIO });
    }
  }
}

function mark(kind: 'group' | 'building', hollow: boolean): ImageData {
  const side = SIZE * RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const pen = canvas.getContext('2d');
  if (!pen) throw new Error('this browser has no canvas');
  const trace = (inset: number) => {
    pen.beginPath();
    if (kind === 'building') pen.rect(inset, inset, side - 2 * inset, side - 2 * inset);
    else pen.arc(side / 2, side / 2, side / 2 - inset, 0, 2 * Math.PI);
  };
  const fill = (inset: number, colour: string) => {
    trace(inset);
    pen.fillStyle = colour;
    pen.fill();
  };
  fill(1, '#ffffff');
  fill(5, colours[kind]);
  if (hollow) fill(12, '#ffffff');
  return pen.getImageData(0, 0, side, side);
}
