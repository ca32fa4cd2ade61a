// The language reference as a page of its own. Diagnostics and hovers link to lines of the document (`…language.md#L436`), so each block and
// each row of a table has the number of its line as its id.

import { Marked } from 'marked';

const lines = (text) => text.split('\n').length - 1;

export function reference(markdown, style) {
  const marked = new Marked();
  let line = 1;
  const body = marked.lexer(markdown).map((token) => {
    const start = line;
    line += lines(token.raw);
    return block(marked, token, start);
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
<title>The language – Provable VM</title>
<link rel="icon" href="icon.svg">
<link rel="stylesheet" href="${style}">
</head>
<body class="reference">
<main>
${body.join('\n')}
</main>
</body>
</html>
`;
}

function block(marked, token, start) {
  const html = marked.parser([token]);
  if (token.type === 'table') {
    // The head and the line under it come first.
    let row = start + 1;
    const rows = html.replaceAll(/<tr>/g, () => {
      const id = row === start + 1 ? start : row;
      row += 1;
      return `<tr id="L${id}">`;
    });
    return `<div class="table">${rows}</div>`;
  }
  if (token.type === 'heading') {
    const slug = token.text.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');
    return `<a id="L${start}"></a>${html.replace(/^<h(\d)>/, `<h$1 id="${slug}">`)}`;
  }
  return token.type === 'space' ? '' : `<div id="L${start}">${html}</div>`;
}
