/** A square picture: PNG bytes and the length of its side in pixels. */
export interface Picture {
  size: number;
  png: Buffer;
}

/** The types of an ICNS file that hold PNGs, by side; two where the same picture also serves a doubled density. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['icp6', 'ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/** Packs pictures of up to 256 pixels into a Windows icon. */
export function ico(pictures: readonly Picture[]): Buffer {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    if (size > 256) throw new RangeError(`a Windows icon has pictures of up to 256 pixels, not ${size}`);
    const entry = 6 + 16 * index;
    // A side of 256 does not fit into its byte and is written as 0.
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(png.length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/** Packs pictures into an icon for macOS. */
export function icns(pictures: readonly Picture[]): Buffer {
  const entries = pictures.flatMap(({ size, png }) => {
    const types = ICNS_TYPES[size];
    if (types === undefined) throw new RangeError(`a macOS icon has no pictures of ${size} pixels`);
    return types.map((type) => chunk(type, png));
  });
  return chunk('icns', Buffer.concat(entries));
}

function chunk(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'ascii');
  head.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([head, content]);
}
