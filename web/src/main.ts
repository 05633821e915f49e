// Everything here is extra: the pages are whole without it.
import './styles/base.css';
import './styles/frame.css';
import './styles/parts.css';
import './styles/list.css';
import './styles/table.css';
import './styles/map.css';
import './styles/shortlist.css';
import './styles/edit.css';
import './styles/spend.css';
import './styles/print.css';
import { startFilters } from './components/filters/filters';
import { startMapRegion } from './components/map/region';
import { Results } from './components/results/results';
import { startSpend } from './components/spend/spend';

document.documentElement.classList.add('has-script');

const results = document.getElementById('results');
if (results) {
  const list = new Results();
  startFilters(list);
  startMapRegion(list);
}

startSpend();
