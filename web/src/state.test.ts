import { describe, expect, it } from 'vitest';
import { address, format, parse, withShelf } from './state';

const again = (query: string) => format(parse(query));

describe('state', () => {
  it('says the same when written again', () => {
    for (const query of [
      'area=E05015239-2023&within=800',
      'area=E05015239-2023&within=0&kind=building&category=hall,library&show=across,green&all=list',
      'area=our-wards:st+mary%27s+%26+co-2023&within=1250&category=faith',
      'area=E1&within=800&access=step-free&open=weekday-evening&unknown=include&from_postcode=M31+4FL&pick=b,a&show=green',
    ]) {
      expect(again(query)).toBe(query);
    }
  });

  it('takes what forms send: repeated names and empty values', () => {
    expect(again('area=E1&within=800&kind=&category=library&category=hall')).toBe(
      'area=E1&within=800&category=library,hall',
    );
    expect(again('area=E1&kind=group,building')).toBe('area=E1&within=800');
  });

  it('keeps the order of the shortlist when a form sends what is ticked', () => {
    expect(again('area=E1&order=c,a&pick=a&pick=b&pick=c')).toBe('area=E1&within=800&pick=c,a,b');
    expect(again('area=E1&access=&open=&from_postcode=&order=a')).toBe('area=E1&within=800');
    expect(again('area=E1&open=noon&access=lift')).toBe('area=E1&within=800');
  });

  it('falls back to what the server falls back to', () => {
    expect(again('area=E1&within=far')).toBe('area=E1&within=800');
    expect(again('area=E1&within=-5')).toBe('area=E1&within=800');
    expect(again('area=E1&within=99999999')).toBe('area=E1&within=50000');
    expect(again('area=E1&kind=shop&show=nonsense,green')).toBe('area=E1&within=800&show=green');
  });

  it('opens and closes groups in one order', () => {
    const state = parse('area=E1&show=closed');
    expect(address(withShelf(state, 'across', true))).toBe('/?area=E1&within=800&show=across,closed');
    expect(address(withShelf(state, 'closed', false))).toBe('/?area=E1&within=800');
    expect(withShelf(state, 'closed', true)).toEqual(state);
  });

  it('keeps text that looks like markup as text', () => {
    expect(parse('area=%3Cscript%3E').area).toBe('<script>');
    expect(again('area=%3Cscript%3E')).toBe('area=%3Cscript%3E&within=800');
  });
});
