import { describe, expect, it } from 'vitest';
import { icns, ico } from './icon-containers.ts';

const picture = (size: number) => ({ size, png: Buffer.from(`png of ${size}`) });

describe('ico', () => {
  it('lists each picture with its side, length and place', () => {
    const file = ico([picture(16), picture(256)]);
    expect(file.readUInt16LE(2)).toBe(1);
    expect(file.readUInt16LE(4)).toBe(2);
    const found = [6, 22].map((entry) => {
      const start = file.readUInt32LE(entry + 12);
      return [file[entry], file.toString('utf8', start, start + file.readUInt32LE(entry + 8))];
    });
    expect(found).toEqual([
      [16, 'png of 16'],
      [0, 'png of 256'],
    ]);
  });

  it('refuses pictures that are too large', () => {
    expect(() => ico([picture(512)])).toThrow('up to 256 pixels');
  });
});

describe('icns', () => {
  it('holds each picture under the types of its side', () => {
    const file = icns([picture(16), picture(32)]);
    expect(file.toString('ascii', 0, 4)).toBe('icns');
    expect(file.readUInt32BE(4)).toBe(file.length);
    const found: string[] = [];
    for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
      found.push(
        file.toString('utf8', at, at + 4) + file.toString('utf8', at + 8, at + file.readUInt32BE(at + 4)),
      );
    }
    expect(found).toEqual(['icp4png of 16', 'icp5png of 32', 'ic11png of 32']);
  });

  it('refuses sides it has no type for', () => {
    expect(() => icns([picture(48)])).toThrow('48 pixels');
  });
});
