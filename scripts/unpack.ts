import { inflateRawSync } from "node:zlib";

/** One file of an archive. */
export interface ArchiveEntry {
  readonly name: string;
  readonly content: Buffer;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const STORED = 0;
const DEFLATED = 8;
/** The block size of tar archives, in bytes. */
const BLOCK = 512;

/** The file of this name in a tar archive (uncompressed; names of up to 100 characters), or undefined. */
export function fileInTar(archive: Buffer, name: string): Buffer | undefined {
  let offset = 0;
  while (offset + BLOCK <= archive.length) {
    const header = archive.subarray(offset, offset + BLOCK);
    const size = Number.parseInt(text(header, 124, 12), 8) || 0;
    const start = offset + BLOCK;
    if (text(header, 0, 100) === name) return archive.subarray(start, start + size);
    offset = start + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}

/**
 * The files in a zip archive, read through its directory (APPNOTE.TXT, sections 4.3.12 and 4.3.16).
 * @throws Error if the archive has no directory, or uses an unsupported compression method
 */
export function filesInZip(archive: Buffer): readonly ArchiveEntry[] {
  const end = archive.lastIndexOf(littleEndian(END_OF_DIRECTORY));
  if (end < 0) throw new Error("not a zip archive: it has no directory");
  const entries: ArchiveEntry[] = [];
  let offset = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(offset) !== DIRECTORY_ENTRY)
      throw new Error(`zip archive: no directory entry at ${offset}`);
    const nameLength = archive.readUInt16LE(offset + 28);
    const name = archive.toString("utf8", offset + 46, offset + 46 + nameLength);
    if (!name.endsWith("/")) entries.push({ name, content: contentOf(archive, offset, name) });
    offset += 46 + nameLength + archive.readUInt16LE(offset + 30) + archive.readUInt16LE(offset + 32);
  }
  return entries;
}

function contentOf(archive: Buffer, entry: number, name: string): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const size = archive.readUInt32LE(entry + 20);
  const local = archive.readUInt32LE(entry + 42);
  // The local header repeats the name and the extra field, whose length may differ.
  const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const packed = archive.subarray(start, start + size);
  if (method === STORED) return packed;
  if (method === DEFLATED) return inflateRawSync(packed);
  throw new Error(`zip archive: ${name} is packed by method ${method}; only stored and deflated files can be read`);
}

function littleEndian(signature: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(signature);
  return bytes;
}

function text(header: Buffer, start: number, length: number): string {
  return header
    .toString("latin1", start, start + length)
    .replace(/\0.*$/s, "")
    .trim();
}
