// Elements in one expression.

type Child = Node | string | undefined | false;

/** Properties of an element, and attributes that are no properties. */
type Properties<K extends keyof HTMLElementTagNameMap> = Omit<Partial<HTMLElementTagNameMap[K]>, 'attributes' | 'style'> & {
  attributes?: Record<string, string>;
};

/** An element with properties, attributes (under `attributes`) and children. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Properties<K>,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const { attributes = {}, ...rest } = properties;
  const element = Object.assign(document.createElement(tag), rest);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

export function button(text: string, onclick: () => unknown, className = ''): HTMLButtonElement {
  return h('button', { type: 'button', className, onclick: () => void onclick() }, text);
}

/** An element of the page's own text, which is there. */
export function byId<T extends HTMLElement>(id: string, type: abstract new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) {
    throw new Error(`the page has no ${type.name} #${id}`);
  }
  return element;
}
