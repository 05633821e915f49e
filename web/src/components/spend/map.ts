// The map of public money that can be moved. It draws what the server says the page shows; a click leads to the area's ledger.
import { LngLatBounds, type Map as MapLibre, Popup } from 'maplibre-gl';
import { addInOrder } from '../../layers/order';
import { addHatch, spendLayers } from '../../layers/spend';
import { emptyMap, points } from '../map/empty';

const LABEL =
  'Map of spend per head. The table has the same figures, and a link to each area, which stands out here while the link has the focus. Arrow keys move the map, plus and minus zoom.';

const FILLED = ['spend-fill', 'spend-gap'];

export class SpendMap {
  #map: MapLibre;
  #codes = new globalThis.Map<string, string>();

  private constructor(map: MapLibre) {
    this.#map = map;
  }

  /** The map of an answer of `/api/spend/map`, in an element. */
  static async create(element: HTMLElement, source: string): Promise<SpendMap> {
    const response = await fetch(source);
    if (!response.ok) throw new Error(`${source}: ${response.status}`);
    const areas = (await response.json()) as GeoJSON.FeatureCollection;
    const drawn = new SpendMap(await emptyMap(element));
    drawn.#draw(areas);
    return drawn;
  }

  /** Makes the area with this ledger stand out, or none. */
  show(href: string | null): void {
    const code = this.#codes.get(href ?? '') ?? '';
    this.#map.setFilter('spend-shown', ['==', ['get', 'code'], code]);
    this.#map.getContainer().dataset.shown = code;
  }

  #draw(areas: GeoJSON.FeatureCollection): void {
    const map = this.#map;
    const canvas = map.getCanvas();
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-label', LABEL);
    addHatch(map);
    map.addSource('spend', { type: 'geojson', data: areas });
    map.addSource('names', { type: 'geojson', data: names(areas) });
    addInOrder(map, spendLayers);
    const bounds = new LngLatBounds();
    for (const area of areas.features) {
      for (const point of points(area.geometry)) bounds.extend(point);
      this.#codes.set(String(area.properties?.href), String(area.properties?.code));
    }
    if (!bounds.isEmpty()) map.fitBounds(bounds, { padding: 20, animate: false });
    this.#point(map);
    const container = map.getContainer();
    container.dataset.figures = JSON.stringify(areas.features.map((area) => [area.properties?.name, area.properties?.per_head_pence]));
  }

  #point(map: MapLibre): void {
    const popup = new Popup({ closeButton: false, closeOnClick: false, focusAfterOpen: false });
    map.on('mousemove', (event) => {
      const area = map.queryRenderedFeatures(event.point, { layers: FILLED })[0]?.properties;
      map.getCanvas().style.cursor = area ? 'pointer' : '';
      this.show(area ? String(area.href) : null);
      if (area) popup.setLngLat(event.lngLat).setText(`${area.name}: ${area.said}`).addTo(map);
      else popup.remove();
    });
    map.on('click', (event) => {
      const href = map.queryRenderedFeatures(event.point, { layers: FILLED })[0]?.properties.href as string | undefined;
      // Our own pages only, whatever the data say.
      if (href?.startsWith('/spend/')) location.assign(href);
    });
  }
}

/** Where the names of the areas stand. */
function names(areas: GeoJSON.FeatureCollection): GeoJSON.FeatureCollection<GeoJSON.Point> {
  return {
    type: 'FeatureCollection',
    features: areas.features.map((area) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: area.properties?.inside as [number, number] },
      properties: { name: area.properties?.name as string },
    })),
  };
}
