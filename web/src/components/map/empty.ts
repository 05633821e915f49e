// A map with its ground and controls, and nothing on it yet. It is large: import it only when a map is to be drawn.
import 'maplibre-gl/dist/maplibre-gl.css';
import '@fontsource/noto-sans/latin-400.css';
import '@fontsource/noto-sans/latin-ext-400.css';
import { AttributionControl, Map as MapLibre, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { background } from '../../layers/colours';

setWorkerUrl(workerUrl);

/** A map in an element. */
export async function emptyMap(container: HTMLElement): Promise<MapLibre> {
  await document.fonts.load('400 14px "Noto Sans"').catch(() => []);
  const map = new MapLibre({
    container,
    style: { version: 8, sources: {}, layers: [background] },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: matchMedia('(pointer: coarse)').matches,
    fadeDuration: 0,
    maxZoom: 18,
    center: [-2.3, 53.4],
    zoom: 9,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ unit: 'metric', maxWidth: 120 }), 'bottom-left');
  map.addControl(new AttributionControl({ compact: false, customAttribution: '<a href="/about">Sources</a>' }), 'bottom-right');
  await new Promise<void>((resolve) => map.once('load', () => resolve()));
  return map;
}

/** The points of an area's outer edges. */
export function* points(geometry: GeoJSON.Geometry): Generator<[number, number]> {
  if (geometry.type !== 'MultiPolygon') return;
  for (const polygon of geometry.coordinates) for (const point of polygon[0] ?? []) yield point as [number, number];
}
