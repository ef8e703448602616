import type { FastifyReply, FastifyRequest } from 'fastify';

/** A response that stays open; written to past Fastify, because it must be cut off within milliseconds. */
export interface OpenStream {
  write(text: string): void;
  /** Waits until the reader has taken what was written, or is gone. */
  drained(): Promise<void>;
  closed: boolean;
  /** Ends the response and its connection; a reader who does not read gets half a second. */
  end(): void;
}

/** A reader that is this far behind is cut off; it comes back and goes on where it was. */
const mostUnread = 1_048_576;

export function openStream(
  request: FastifyRequest,
  reply: FastifyReply,
  contentType: string,
  onClose: () => void,
): OpenStream {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-request-id': request.id,
  });
  raw.flushHeaders();
  const stream: OpenStream = {
    closed: false,
    write(text) {
      if (stream.closed) return;
      if (raw.writableLength > mostUnread) stream.end();
      else raw.write(text);
    },
    drained: () =>
      new Promise((resolve) => {
        if (stream.closed || !raw.writableNeedDrain) return resolve();
        raw.once('drain', resolve).once('close', resolve);
      }),
    end() {
      if (stream.closed) return;
      stream.closed = true;
      raw.end();
      const { socket } = raw;
      socket?.destroySoon();
      setTimeout(() => socket?.destroy(), 500).unref();
      onClose();
    },
  };
  raw.on('error', () => {});
  raw.on('close', () => {
    if (stream.closed) return;
    stream.closed = true;
    onClose();
  });
  return stream;
}
