import { createServer } from 'node:http';

/** Answers every request with this text. @returns `{ url, stop }` */
export function pageOf(text) {
  return serving((_, answer) => answer.setHeader('content-type', 'application/json').end(text));
}

/** Answers with a byte a second, and never to the end. */
export function tarpit() {
  return serving((_, answer) => {
    answer.writeHead(200, { 'content-type': 'application/json' });
    const drip = setInterval(() => answer.write(' '), 1000);
    answer.on('close', () => clearInterval(drip));
  });
}

/** Takes the connection and says nothing. */
export function silence() {
  return serving(() => undefined);
}

function serving(handler) {
  const server = createServer({ keepAliveTimeout: 1000 }, handler);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const stop = () => {
        server.closeAllConnections();
        server.close();
      };
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, stop });
    });
  });
}
