// Icons, drawn with strokes in the colour of the text.

const PATHS = {
  run: 'M7 5l11 7-11 7z',
  test: 'M9 3h6M10 3v6l-5 9a2 2 0 002 3h10a2 2 0 002-3l-5-9V3M7.5 15h9',
  debug: 'M8 8a4 4 0 018 0M8 8h8v7a4 4 0 01-8 0zM4 8l4 3M20 8l-4 3M3 14h5M16 14h5M5 20l3.5-3M19 20l-3.5-3',
  prove: 'M12 3l7 3v6c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6z',
  verify: 'M12 3l7 3v6c0 4.5-3 7.5-7 9-4-1.5-7-4.5-7-9V6zM9 12l2.2 2.2L15.5 10',
  share: 'M12 15V4M8 8l4-4 4 4M5 13v6h14v-6',
  theme: 'M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16',
  keys: 'M3 7h18v10H3zM6.5 10.500h1M10 10.500h1M13.5 10.500h1M17 10.500h.5M7.5 14h9',
  start: 'M6 5v14M19 5l-10 7 10 7z',
  reverse: 'M12 6l-8 6 8 6zM20 6l-8 6 8 6z',
  back: 'M18 12H6M11 7l-5 5 5 5',
  next: 'M6 12h12M13 7l5 5-5 5',
  into: 'M12 4v11M7.5 10.500L12 15l4.5-4.500M8 20h8',
  out: 'M12 15V4M7.5 8.500L12 4l4.5 4.500M8 20h8',
  continue: 'M4 6l8 6-8 6zM12 6l8 6-8 6z',
  end: 'M18 5v14M5 5l10 7-10 7z',
  pause: 'M8 5v14M16 5v14',
  stop: 'M6 6h12v12H6z',
} as const;

export type Icon = keyof typeof PATHS;

export function icon(name: Icon): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  return svg;
}
