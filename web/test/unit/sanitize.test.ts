import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkTo } from '../../src/lsp/links';
import { plainTags } from '../../src/lsp/sanitize';

test('markup of documents is kept', () => {
  for (const html of ['<p>a <code>b</code></p>', '<pre><code class="language-provable">x</code></pre>', '<a href="file:///x.md#L1" title="y">z</a>', '<hr>', '<br/>', '<td align="right">1</td>', '<ol start="2"><li>x</li></ol>']) {
    assert.equal(plainTags(html), html);
  }
});

test('anything else is text', () => {
  for (const html of [
    '<img src=x onerror="a()">',
    '<script>a()</script>',
    '<p onclick="a()">x</p>',
    '<p style="position: fixed">x</p>',
    '<svg><a href="x">',
    '<a href=javascript:a()>x</a>',
    '<a href="x" onclick="a()">x</a>',
    '<a/href="x">',
    '<math><p>',
    '<!-- <p> -->',
    '<iframe src="x">',
    '<p\u0000>',
    '< p>',
    'a < b',
  ]) {
    const text = plainTags(html);
    // What is left are plain tags of the list.
    assert.doesNotMatch(text.replaceAll(/<\/?(p|a href="x"|a)>/g, ''), /</, text);
  }
});

test('links lead into the reference or nowhere', () => {
  assert.equal(linkTo('file:///cache/provable/language-0.2.0.md#L436'), 'reference.html#L436');
  assert.equal(linkTo('file:///cache/provable/language-0.2.0.md'), 'reference.html');
  for (const href of ['https://example.org/', 'javascript:alert(1)', 'file:///etc/passwd', 'language.md.exe', 'file:///language.md#"><script>', '']) {
    assert.equal(linkTo(href), undefined, href);
  }
});
