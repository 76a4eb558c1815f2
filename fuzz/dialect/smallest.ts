/**
 * A smallest version of the bytes that is still of a kind: parts are left out as long as one of the shorter versions is.
 * @param ofKind which of the candidates are; they are asked about together, since each question takes a process
 */
export function smallest(bytes: Buffer, ofKind: (candidates: readonly Buffer[]) => readonly Buffer[]): Buffer {
  let current = bytes;
  for (let size = Math.ceil(bytes.length / 2); size >= 1;) {
    const candidates: Buffer[] = [];
    const step = Math.max(1, Math.ceil(current.length / MOST), Math.ceil(size / 2));
    for (let start = 0; start < current.length; start += step) {
      candidates.push(Buffer.concat([current.subarray(0, start), current.subarray(start + size)]));
    }
    const [found] = ofKind(candidates);
    if (found !== undefined) {
      current = found;
      size = Math.min(size, current.length);
    } else if (size === 1) break;
    else size = Math.floor(size / 2);
  }
  return current;
}

/** The most candidates of one question. */
const MOST = 100;
