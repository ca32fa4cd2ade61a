// What a process that ended left on its error stream, as part of a sentence.

const MOST = 300;

/** The paragraph that tells of an error, else the last one, on one line and without its full stop. */
export function reason(text: string): string {
  const paragraphs = text.split(/\r?\n\s*\r?\n/).filter((one) => one.trim() !== '');
  const telling = paragraphs.findLast((one) => /\berror\b|\bpanicked\b/i.test(one)) ?? paragraphs.at(-1) ?? '';
  const lines = telling.trim().split(/\s*\r?\n\s*/).slice(-3);
  const line = lines.join(' ').replace(/[.\s]+$/, '');
  return line.length > MOST ? `…${line.slice(-MOST)}` : line;
}
