// Where links of the server lead to in the page.

/**
 * The page's own address for a link to the language reference, which the server has as a file with the number of a line
 * (`…/language-0.2.0.md#L436`). Undefined for anything else: the page leads nowhere outside of itself.
 */
export function linkTo(href: string): string | undefined {
  const found = /\/language[^/]*\.md(#[\w-]*)?$/.exec(href);
  return found === null ? undefined : `reference.html${found[1] ?? ''}`;
}
