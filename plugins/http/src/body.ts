import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib';

/** A body is larger than the operator allows. */
export class ResponseTooLargeError extends Error {
  override readonly name = 'ResponseTooLarge';

  constructor(maxBytes: number) {
    super(`HTTP response is larger than ${maxBytes} bytes`);
  }
}

/**
 * Reads a whole body and unpacks it, counting bytes on the way so that neither a long nor a well packed one fills memory.
 * @param encoding  value of the header Content-Encoding, e.g. `gzip`
 * @param maxBytes  0: any size
 * @throws {ResponseTooLargeError} as soon as it is too large; then the rest is not read
 */
export async function readBody(stream: Readable, encoding: string, maxBytes: number): Promise<Buffer> {
  const packed = await firstChunk(stream);
  if (packed.isEmpty) return Buffer.alloc(0);
  const unpacker = unpackerFor(encoding, packed.first);
  stream.unshift(packed.first);
  if (unpacker === undefined) return collect(stream, maxBytes);
  return collect(pipeline(stream, unpacker, ignore), maxBytes);
}

interface FirstChunk {
  readonly isEmpty: boolean;
  readonly first: Buffer;
}

/** Servers differ in what they call deflate; the first byte tells. */
async function firstChunk(stream: Readable): Promise<FirstChunk> {
  for await (const chunk of stream.iterator({ destroyOnReturn: false }))
    return { isEmpty: false, first: chunk as Buffer };
  return { isEmpty: true, first: Buffer.alloc(0) };
}

function unpackerFor(encoding: string, first: Buffer) {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return ((first[0] ?? 0) & 15) === 8 ? createInflate() : createInflateRaw();
    case 'br':
      return createBrotliDecompress();
    default:
      return undefined;
  }
}

async function collect(stream: Readable, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (maxBytes > 0 && size > maxBytes) throw new ResponseTooLargeError(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function ignore(): void {
  return;
}
