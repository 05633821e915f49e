// What a click on the map shows. Names come from strangers' files: they are set as text, never as markup.

export interface AssetProperties {
  id: string;
  name: string;
  kind: string;
  why: string;
  href: string;
}

const MOST = 6;

/** One entry for each asset at the place. */
export function popupContent(assets: AssetProperties[]): HTMLElement {
  const list = document.createElement('ul');
  list.className = 'popup';
  for (const asset of assets.slice(0, MOST)) {
    const item = document.createElement('li');
    const link = document.createElement('a');
    // Our own pages only, whatever the data say.
    link.href = asset.href.startsWith('/asset/') ? asset.href : `/asset/${encodeURIComponent(asset.id)}`;
    link.textContent = asset.name;
    const why = document.createElement('p');
    why.textContent = asset.why;
    item.append(link, why);
    list.append(item);
  }
  if (assets.length > MOST) {
    const more = document.createElement('li');
    more.textContent = `and ${assets.length - MOST} more at this place`;
    list.append(more);
  }
  return list;
}
