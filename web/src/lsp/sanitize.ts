// Markdown of the server contains what stands in programs, which may be anybody's. Of the HTML that is made of it only plain markup is kept.

import { linkTo } from './links';

const KEPT = new Set(
  'a b blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i li ol p pre s span strong sub sup table tbody td th thead tr ul'.split(' '),
);
/** Where a `<` begins no tag of this list with plain attributes. */
const NO_TAG = new RegExp(`<(?!/?(?:${[...KEPT].join('|')})(?:\\s+(?:href|title|class|align|start)="[^"<>]*")*\\s*/?>)`, 'gi');

/** The HTML with everything as text that is not one of these tags. A browser that parses nothing else has nothing to refuse. */
export function plainTags(html: string): string {
  return html.replaceAll(NO_TAG, '&lt;');
}

/** The HTML without anything that acts: elements outside of the list, and links that lead elsewhere than into the reference. */
export function sanitize(html: string): string {
  const body = new DOMParser().parseFromString(plainTags(html), 'text/html').body;
  for (const element of [...body.querySelectorAll('*')]) {
    clean(element);
  }
  return body.innerHTML;
}

function clean(element: Element): void {
  const name = element.localName;
  if (!KEPT.has(name)) {
    element.replaceWith(...element.childNodes);
    return;
  }
  const href = name === 'a' ? linkTo(element.getAttribute('href') ?? '') : undefined;
  for (const attribute of [...element.attributes]) {
    element.removeAttribute(attribute.name);
  }
  if (href !== undefined) {
    element.setAttribute('href', href);
    element.setAttribute('target', '_blank');
    element.setAttribute('rel', 'noopener');
  } else if (name === 'a') {
    element.replaceWith(...element.childNodes);
  }
}
