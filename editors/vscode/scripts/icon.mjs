// Draws images/icon.png and images/file.png: a stack of three words, the top one checked.

import * as zlib from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Distance to a rounded box around (x, y) with half sides (w, h); negative inside. All in units of the image's side. */
const box = (px, py, x, y, w, h, r) => {
  const [dx, dy] = [Math.abs(px - x) - w + r, Math.abs(py - y) - h + r];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};
/** Distance to a line with round ends. */
const line = (px, py, ax, ay, bx, by, r) => {
  const [vx, vy] = [bx - ax, by - ay];
  const t = Math.min(1, Math.max(0, ((px - ax) * vx + (py - ay) * vy) / (vx * vx + vy * vy)));
  return Math.hypot(px - ax - t * vx, py - ay - t * vy) - r;
};
const check = (x, y) => Math.min(line(x, y, 0.42, 0.29, 0.485, 0.355, 0.032), line(x, y, 0.485, 0.355, 0.6, 0.215, 0.032));

const shapes = (isFile) => [
  ...(isFile ? [] : [[[27, 35, 51], (x, y) => box(x, y, 0.5, 0.5, 0.5, 0.5, 0.2)]]),
  [[66, 92, 138], (x, y) => box(x, y, 0.5, 0.755, 0.3, 0.085, 0.035)],
  [[97, 137, 196], (x, y) => box(x, y, 0.5, 0.545, 0.3, 0.085, 0.035)],
  [[62, 196, 142], (x, y) => box(x, y, 0.5, 0.285, 0.3, 0.135, 0.045)],
  [[255, 255, 255], check],
];

function draw(size, layers) {
  const rows = [];
  for (let j = 0; j < size; j++) {
    const row = Buffer.alloc(1 + 4 * size);
    for (let i = 0; i < size; i++) {
      let [r, g, b, a] = [0, 0, 0, 0];
      for (const [[cr, cg, cb], distance] of layers) {
        // One pixel of slope at the edge smooths it.
        const cover = Math.min(1, Math.max(0, 0.5 - distance((i + 0.5) / size, (j + 0.5) / size) * size));
        const out = cover + a * (1 - cover);
        if (out > 0) {
          [r, g, b] = [[r, cr], [g, cg], [b, cb]].map(([old, now]) => (now * cover + old * a * (1 - cover)) / out);
        }
        a = out;
      }
      row.set([r, g, b, a * 255].map(Math.round), 1 + 4 * i);
    }
    rows.push(row);
  }
  return Buffer.concat(rows);
}

function crc(data) {
  let sum = ~0;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  return ~sum >>> 0;
}

function png(size, layers) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // 8 bits a channel, RGBA
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = zlib.deflateSync(draw(size, layers), { level: 9 });
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

const images = fileURLToPath(new URL('../images/', import.meta.url));
writeFileSync(`${images}icon.png`, png(128, shapes(false)));
writeFileSync(`${images}file.png`, png(32, shapes(true)));
