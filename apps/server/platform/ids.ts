import { randomFillSync } from 'node:crypto';

let lastMillisecond = 0;
let counter = 0;
const bytes = new Uint8Array(16);

/**
 * A UUID version 7 (RFC 9562 §5.7): sorts by creation, also within one millisecond of one process, where the
 * 12 bits of rand_a count up (method 1).
 */
export function newId(): string {
  randomFillSync(bytes);
  const now = Date.now();
  if (now > lastMillisecond) {
    lastMillisecond = now;
    counter = ((bytes[6]! << 8) | bytes[7]!) & 0x3ff;
  } else if (++counter > 0xfff) {
    lastMillisecond += 1;
    counter = 0;
  }
  const hex = Buffer.from(bytes).toString('hex');
  const time = lastMillisecond.toString(16).padStart(12, '0');
  const variant = ((bytes[8]! & 0x3f) | 0x80).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${hex.slice(18, 20)}-${hex.slice(20)}`;
}
