// Reading a file from its beginning: bytes, numbers and points.

import { G1, G2, Refused, demand, fromLittleEndian, order } from './basics.mjs';

const coordinateBytes = new Map([[G1, 48], [G2, 96]]);

/** The name under which a valid point is remembered. The group is in it, since encodings of both may have the same length. */
export const nameOfPoint = (group, isCompressed, bytes) => `${group === G1 ? 1 : 2}${isCompressed ? 'c' : 'u'}${bytes.toString('latin1')}`;

export class Reader {
  /** `known`, if given, maps the names of points that were found valid before to the points; what is read is added. */
  constructor(bytes, known) {
    this.bytes = bytes;
    this.at = 0;
    this.known = known;
  }

  take(count) {
    demand(this.at + count <= this.bytes.length, 'the file is too short');
    this.at += count;
    return this.bytes.subarray(this.at - count, this.at);
  }

  byte() { return this.take(1)[0]; }

  /** A little-endian integer of so many bytes, at most 6. */
  count(bytes) { return this.take(bytes).readUIntLE(0, bytes); }

  number() {
    const number = fromLittleEndian(this.take(32));
    demand(number < order, 'a number is not below the order of the group');
    return number;
  }

  point(group, isCompressed) {
    const start = this.at;
    const bytes = this.take(coordinateBytes.get(group) * (isCompressed ? 1 : 2));
    const name = this.known && nameOfPoint(group, isCompressed, bytes);
    const before = this.known?.get(name);
    if (before) return before;
    let point;
    try {
      // The library checks that the point is on the curve and in the group of prime order.
      point = group.fromBytes(bytes);
      // The encoding that it writes is the only one allowed. It reads no other now, but does not promise that.
      if (!Buffer.from(point.toBytes(isCompressed)).equals(bytes)) throw new Error('another encoding');
    } catch (error) {
      throw new Refused(`the point at byte ${start} is invalid (${error.message})`);
    }
    this.known?.set(name, point);
    return point;
  }

  /** Uncompressed points. The property `bytes` of the list has their encodings, one after the other. */
  points(group, count) {
    const start = this.at;
    const list = [];
    for (let i = 0; i < count; i += 1) list.push(this.point(group, false));
    list.bytes = this.bytes.subarray(start, this.at);
    return list;
  }
}
