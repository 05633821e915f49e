import type { BackgroundLayerSpecification } from 'maplibre-gl';

/** The same as in styles/base.css. Groups and buildings also differ in shape. */
export const colours = {
  ground: '#eef1ee',
  area: '#0f6b63',
  neighbour: '#8a9994',
  name: '#45524e',
  group: '#a6460f',
  building: '#1c4f8f',
  highlight: '#ffd24d',
  ink: '#10201d',
} as const;

export const background: BackgroundLayerSpecification = {
  id: 'background',
  type: 'background',
  paint: { 'background-color': colours.ground },
};
