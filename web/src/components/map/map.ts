// The map beside the list: no base map, only what we know. It draws what the server says the list shows.
import { type GeoJSONSource, LngLatBounds, type Map as MapLibre, type MapGeoJSONFeature, Popup } from 'maplibre-gl';
import { emptyMap, points } from './empty';
import { addInOrder } from '../../layers/order';
import { areaLayers } from '../../layers/area';
import { assetLayers, addMarks } from '../../layers/assets';
import { neighbourLayers } from '../../layers/neighbours';
import { popupContent, type AssetProperties } from './popup';

/** What `/api/map` answers. */
interface MapData {
  area: GeoJSON.Feature;
  neighbours: GeoJSON.FeatureCollection;
  assets: GeoJSON.FeatureCollection<GeoJSON.Point>;
}

const EMPTY: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export class DrawnMap {
  #map: MapLibre;
  #popup: Popup | undefined;
  #area = '';
  #source = '';

  private constructor(map: MapLibre) {
    this.#map = map;
  }

  /** A map in the element with this id, with nothing on it yet. */
  static async create(id: string): Promise<DrawnMap> {
    const element = document.getElementById(id);
    if (!element) throw new Error(`there is no element ${id}`);
    const map = await emptyMap(element);
    const drawn = new DrawnMap(map);
    drawn.#prepare(element.dataset.name ?? '');
    return drawn;
  }

  #prepare(name: string): void {
    const map = this.#map;
    const canvas = map.getCanvas();
    canvas.setAttribute('aria-label', `Map of ${name}. The list holds the same places. Arrow keys move it, plus and minus zoom.`);
    canvas.setAttribute('role', 'application');
    addMarks(map);
    for (const id of ['area', 'neighbours', 'names', 'assets']) {
      map.addSource(id, { type: 'geojson', data: EMPTY, ...(id === 'assets' ? { promoteId: 'id' } : {}) });
    }
    addInOrder(map, [...neighbourLayers, ...areaLayers, ...assetLayers]);
    map.on('click', (event) => this.#click(map.queryRenderedFeatures(around(event.point), { layers: ['asset-marks'] })));
    map.on('mousemove', (event) => {
      const over = map.queryRenderedFeatures(around(event.point), { layers: ['asset-marks'] });
      canvas.style.cursor = over.length > 0 ? 'pointer' : '';
    });
  }

  /** Draws the answer of an address. */
  async show(source: string): Promise<void> {
    if (source === this.#source) return;
    this.#source = source;
    const response = await fetch(source);
    if (!response.ok || source !== this.#source) return;
    const data = (await response.json()) as MapData;
    this.#popup?.remove();
    this.#set('area', { type: 'FeatureCollection', features: [data.area] });
    this.#set('neighbours', data.neighbours);
    this.#set('names', names(data));
    this.#set('assets', data.assets);
    this.#fit(data);
    const element = this.#map.getContainer();
    element.dataset.ids = data.assets.features.map((asset) => asset.properties?.id).join(' ');
  }

  /** Makes one asset stand out, or none. */
  highlight(id: string | undefined): void {
    this.#map.setFilter('asset-highlight', ['==', ['get', 'id'], id ?? '']);
  }

  resize(): void {
    this.#map.resize();
  }

  #set(id: string, data: GeoJSON.GeoJSON): void {
    this.#map.getSource<GeoJSONSource>(id)?.setData(data);
  }

  /** Moves to what is drawn; gently when only a filter changed, and not at all for people who want no motion. */
  #fit(data: MapData): void {
    const bounds = new LngLatBounds();
    for (const point of points(data.area.geometry)) bounds.extend(point);
    for (const asset of data.assets.features) {
      if (asset.properties?.relation === 'near') bounds.extend(asset.geometry.coordinates as [number, number]);
    }
    const isSame = this.#area === data.area.id;
    this.#area = String(data.area.id);
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (!bounds.isEmpty()) this.#map.fitBounds(bounds, { padding: 36, maxZoom: 16, animate: isSame && !still, duration: 400 });
  }

  #click(found: MapGeoJSONFeature[]): void {
    const unique = [...new globalThis.Map(found.map((one) => [one.properties.id as string, one])).values()];
    const first = unique[0];
    if (!first || first.geometry.type !== 'Point') return;
    this.#popup?.remove();
    this.#popup = new Popup({ maxWidth: '18rem', offset: 12, focusAfterOpen: true })
      .setLngLat(first.geometry.coordinates as [number, number])
      .setDOMContent(popupContent(unique.map((one) => one.properties as AssetProperties)))
      .addTo(this.#map);
  }
}

/** A finger is wider than a point. */
function around(point: { x: number; y: number }): [[number, number], [number, number]] {
  const reach = 6;
  return [
    [point.x - reach, point.y - reach],
    [point.x + reach, point.y + reach],
  ];
}

/** Where the names of the area and its neighbours stand. */
function names(data: MapData): GeoJSON.FeatureCollection {
  const name = (feature: GeoJSON.Feature, own: boolean): GeoJSON.Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: feature.properties?.inside as [number, number] },
    properties: { name: feature.properties?.name as string, own },
  });
  return {
    type: 'FeatureCollection',
    features: [name(data.area, true), ...data.neighbours.features.map((neighbour) => name(neighbour, false))],
  };
}
